"""A pack's files about staff, that the staff room reads."""

from pathlib import Path

from samspill.analysis.packs import read_hospital_staff, read_municipal_nurses
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
