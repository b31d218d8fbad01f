"""Files of a pack that stand beside its figures, kept with it: they are read when its folder is gone."""

from pathlib import Path

from samspill.analysis.packs import open_districts
from samspill.analysis.source import sha256_of
from samspill.insight.models import DataPack
from samspill.insight.queries.districts import STEM


def district_files(folder: Path) -> list[Path]:
    """The file of city districts, read and found whole; none when there is none. Refuses as its reader."""
    return sorted(folder.glob(f"{STEM}*")) if open_districts(folder) is not None else []


def keep_beside(pack: DataPack, files: list[Path]) -> None:
    """A newer file with the same population takes the place of what was kept."""
    for path in files:
        pack.files.update_or_create(
            name=path.name, defaults={"sha256": sha256_of(path), "content": path.read_bytes()}
        )
