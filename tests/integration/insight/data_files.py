"""Files of places to bring in, and what there is of them afterwards."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from factories.people import TODAY
from samspill.analysis.intake import parse_mapping
from samspill.directory.public import machine
from samspill.insight.public import DataSet, DataVersion, bring_in, check_version, make_data_set
from unit.analysis.intake.made_files import GOOD, MAPPING, written

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
SAMSPILL = machine(None, TODAY)
TITLES = {"nb": "Plasser i kommunene", "nn": "Plassar i kommunane", "en": "Places"}
FAULTY = (*GOOD[:3], "2025;3103;KAD;6;2 190;1 350;510;-44", "2025;9999;Hotell;6;1;1;1;1")
MENDED = (*GOOD[:3], "2025;3103;KAD;7;2 190;1 350;510;44")


def places(**said: object) -> DataSet:
    fields = {"titles": TITLES, "source": "Kommunene selv", "licence": "NLOD 2.0", **said}
    return make_data_set("places", "places", by=SAMSPILL, **fields)


def version_of(data_set: DataSet, rows: Iterable[str], folder: Path) -> DataVersion:
    """Brought in and checked."""
    path = written(folder, rows)
    version = bring_in(data_set, path, mapping=parse_mapping(MAPPING), retrieved_at=NOW, by=SAMSPILL)
    return check_version(version, by=SAMSPILL)


def kept(home: Path) -> list[str]:
    """Every file below the home folder, by its path."""
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
