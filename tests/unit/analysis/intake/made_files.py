"""Small files to bring in: the table of places, as a municipality or a county would write it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from samspill.analysis.intake import Areas, Brought, FileMapping, Former, bring, parse_mapping
from samspill.analysis.packs import CodeChange

TODAY = date(2026, 11, 23)
HEADER = "År;Kommunenr;Plasstype;Plasser;Plassdøgn;Brukte døgn;Forespørsler;Avvist"
GOOD = (
    "2024;3101;KAD;4;1 460;900;300;12",
    "2024;3103;KAD;6;2 190;1 300;500;40",
    "2025;3101;KAD;4;1 460;950;310;15",
    "2025;3103;KAD;6;2 190;1 350;510;44",
)
MAPPING = """
table: places
written: 2026-11-23
columns:
  year: År
  area: Kommunenr
  kind: {from: Plasstype, codes: {KAD: kad, Sykehjem: nursing_home}}
  places: Plasser
  days_open: Plassdøgn
  days_used: Brukte døgn
  requests: Forespørsler
  refused: Avvist
"""
BIRTHS = """
table: births
written: 2026-11-23
columns:
  year: year
  area: area
  births: births
  preterm: preterm
  caesarean: {is: 0}
  unplanned_outside: {is: 0}
  midwife_home_visit: {is: 0}
  mental_health_asked: {is: 0}
"""
AREAS = Areas(
    frozenset({"3101", "3103", "1508", "1580"}),
    (
        CodeChange("0101", "3101", 1.0, 2006, 2019),
        CodeChange("0104", "3103", 1.0, 2006, 2019),
        CodeChange("0136", "3103", 1.0, 2006, 2019),
        CodeChange("1507", "1508", 0.75, 2020, 2023),
        CodeChange("1507", "1580", 0.25, 2020, 2023),
    ),
)


def written(folder: Path, rows: Iterable[str], header: str = HEADER, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def brought(
    folder: Path,
    rows: Iterable[str],
    mapping: str | FileMapping = MAPPING,
    *,
    header: str = HEADER,
    areas: Areas | None = AREAS,
    former: Former | None = None,
) -> Brought:
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / "out"
    out.mkdir()
    read = parse_mapping(mapping) if isinstance(mapping, str) else mapping
    return bring(written(folder, rows, header), read, out, today=TODAY, areas=areas, former=former)


def rows_of(found: Brought, *columns: str) -> list[tuple]:
    assert found.faults == found.asks, list(map(str, found.faults))
    tables = [pq.read_table(path) for path in found.files]
    return [
        row for one in tables for row in zip(*(one.column(name).to_pylist() for name in columns), strict=True)
    ]


def codes(found: Brought) -> list[str]:
    return [one.code for one in found.faults]
