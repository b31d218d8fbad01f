"""Where the files of data sets are: below the home folder's `data`, for this machine's own user alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

OWN_FOLDER, OWN_FILE = 0o700, 0o600


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
def written_whole(name: str) -> Iterator[Path]:
    """A folder to write in, that gets its name at the end; when it goes wrong nothing is left of it."""
    there = folder_of(name)
    beside = there.with_name(f"{there.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=OWN_FOLDER, parents=True)
    beside.parent.chmod(OWN_FOLDER)
    try:
        yield beside
        shut(beside)
        shutil.rmtree(there, ignore_errors=True)
        beside.replace(there)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def shut(folder: Path) -> None:
    """Nobody else on the machine reads what is in it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(OWN_FOLDER if path.is_dir() else OWN_FILE)


def throw_away(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
