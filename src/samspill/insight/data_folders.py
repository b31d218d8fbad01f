"""Where the files of data sets are: below the home folder's `data`, for this machine's own user alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

OWN_FOLDER, OWN_FILE = 0o700, 0o600
PART = ".part"


def data_folder() -> Path:
    """Made when it is first needed."""
    folder = Path(settings.HOME) / "data"
    folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    folder.chmod(OWN_FOLDER)
    return folder


def folder_of(name: str) -> Path:
    """The folder of a version by its name, as `DataVersion.folder` has it."""
    return data_folder() / name


def waiting_folder(key: str, number: int) -> Path:
    """Where the file of a version stands until it has been checked."""
    return data_folder() / key / f"{number}.waiting"


def keep_waiting(file: Path, name: str, key: str, number: int) -> Path:
    """A copy of the file, or of the Parquet files of a folder, for us alone; what was there goes away."""
    folder = waiting_folder(key, number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=OWN_FOLDER, parents=True)
    if file.is_dir():
        shutil.copytree(file, folder / name, ignore=_all_but_parquet)
    else:
        shutil.copyfile(file, folder / name)
    shut(folder)
    folder.parent.chmod(OWN_FOLDER)
    return folder / name


def _all_but_parquet(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not (name.endswith(".parquet") or (Path(folder) / name).is_dir())}


@contextmanager
def written_whole(name: str, *, keeps: bool = False) -> Iterator[Path]:
    """A folder to write in, that gets its name at the end; when it goes wrong nothing is left of it.

    With `keeps`, what another process has given the name meanwhile stands: it is the same.
    """
    there = folder_of(name)
    there.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    there.parent.chmod(OWN_FOLDER)
    beside = Path(mkdtemp(prefix=f"{there.name}.", suffix=PART, dir=there.parent))
    try:
        yield beside
        shut(beside)
        if not (keeps and there.is_dir()):
            shutil.rmtree(there, ignore_errors=True)
            beside.replace(there)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def throw_halves_away(older_than: float) -> None:
    """What processes that were ended left half written, before the moment `older_than` (of the clock)."""
    for path in data_folder().glob(f"*/*{PART}"):
        if path.stat().st_mtime < older_than:
            shutil.rmtree(path, ignore_errors=True)


def shut(folder: Path) -> None:
    """Nobody else on the machine reads what is in it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(OWN_FOLDER if path.is_dir() else OWN_FILE)


def throw_away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
