"""What the machine must offer the embedded database, each as something one can look at before starting.

Each look returns what was found, or raises Refused with what is wrong and how to mend it. Nothing is made or
started.
"""

import os
from collections.abc import Callable
from pathlib import Path

from samspill.config.embedded import folders
from samspill.config.embedded.cluster import check_version, data_major
from samspill.config.embedded.programs import find_programs
from samspill.refusal import Refused

Look = Callable[[], str]


def machine_looks(home: Path) -> list[tuple[str, Look]]:
    """Name and look, in the order they matter."""
    return [
        ("PostgreSQL", lambda: _programs(home)),
        ("Folder", lambda: _folder(home)),
        ("Socket", lambda: _socket(home)),
        ("Disk", lambda: _disk(home)),
        ("Data", lambda: _data(home)),
    ]


def _programs(home: Path) -> str:
    programs = find_programs(data_major(folders.data_folder(home)))
    found = f"version {programs.major} in {programs.folder}"
    if programs.prefix:
        return f"{found}, for root in a user namespace"
    return f"{found}, for root as {programs.account.pw_name}" if programs.account else found


def _folder(home: Path) -> str:
    nearest = home
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise folders.unusable(nearest, PermissionError(0, "one cannot write in it"))
    return str(home) if nearest == home else f"{home}, to be made"


def _socket(home: Path) -> str:
    folder = folders.socket_folder(home)
    folders.check_socket_path(folder)
    return str(folder)


def _disk(home: Path) -> str:
    folders.check_space(home)
    return f"{folders.free_bytes(home) // folders.MEGABYTE} MB free"


def _data(home: Path) -> str:
    data = folders.data_folder(home)
    made_by = data_major(data)
    if made_by is None:
        raise Refused("database.missing", "There is no database yet. Run samspill migrate to make it.")
    check_version(data, find_programs(made_by).major)
    return f"made by PostgreSQL {made_by}"
