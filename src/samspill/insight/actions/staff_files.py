"""Keep a pack's files about staff with it, so that the staff room can read them when the folder is gone."""

from pathlib import Path

from samspill.analysis.packs import read_hospital_staff, read_municipal_nurses
from samspill.analysis.source import sha256_of
from samspill.insight.models import DataPack
from samspill.insight.queries.staffing import HOSPITAL_STEM, NURSES_STEM

READERS = {HOSPITAL_STEM: read_hospital_staff, NURSES_STEM: read_municipal_nurses}


def staff_files(folder: Path) -> list[Path]:
    """The files about staff in a pack's folder, read and found whole; none when it has none.

    Refuses a file that cannot be read, as its reader does.
    """
    found = []
    for stem, reader in READERS.items():
        paths = sorted(folder.glob(f"{stem}*"))
        if paths:
            reader(folder)
        found += paths
    return found


def keep_staff(pack: DataPack, files: list[Path]) -> None:
    """Newer staff with the same population takes the place of what was kept."""
    for path in files:
        pack.files.update_or_create(
            name=path.name, defaults={"sha256": sha256_of(path), "content": path.read_bytes()}
        )
