"""Where the embedded database lives on disk, and what must be true of that place.

    home/                 SAMSPILL_HOME, or the user's data folder
      postgres/           PostgreSQL's own data folder, with the passwords in samspill.json (0600)
      postgres.new/       only while a new data folder is being made
      postgres.log(.1)    the server's log
      run/                the socket, when its path is short enough
      start.lock          held while somebody starts or stops the server
      in-use.lock         shared by everybody who uses the server

Not here: what is inside the data folder, and the server itself.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import platformdirs

from samspill.refusal import Refused

SOCKET_NAME = ".s.PGSQL.5432"
# Bytes of sun_path less the closing zero: unix(7) on Linux, unix(4) on macOS.
LONGEST_SOCKET_PATH = 103 if sys.platform == "darwin" else 107
MEGABYTE = 1024 * 1024
# A new data folder takes 46 MB (measured, PostgreSQL 18.6). The rest is for the write-ahead log, and for what
# people write before somebody mends it.
LEAST_FREE_BYTES = 200 * MEGABYTE
LOG_ROTATES_AT_BYTES = 1 * MEGABYTE


def home_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of this installation: SAMSPILL_HOME, or «samspill» in the user's data folder.

    Touches no disk.
    """
    chosen = environ.get("SAMSPILL_HOME", "").strip()
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("samspill", appauthor=False))


def data_folder(home: Path) -> Path:
    return home / "postgres"


def log_file(home: Path) -> Path:
    return home / "postgres.log"


def socket_folder(home: Path, temp: Path | None = None) -> Path:
    """Where the server's socket is put: `home/run`, or a short folder named after home where that cannot be.

    `home/run` comes first because every process finds it, whatever its environment: a runtime folder goes
    when its user logs out, and services may have a temp folder of their own. Touches no disk.
    """
    beside = home / "run"
    if _fits(beside):
        return beside
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return (temp or Path(tempfile.gettempdir())) / f"samspill-{os.getuid()}-{mark}"


def check_socket_path(folder: Path) -> None:
    """The operating system limits how long the path of a socket may be."""
    if not _fits(folder):
        raise Refused(
            "database.socket_path",
            f"The database's socket cannot be {folder / SOCKET_NAME}: its path may have no comma and at most"
            f" {LONGEST_SOCKET_PATH} bytes. Set SAMSPILL_HOME or TMPDIR to a shorter path.",
        )


def make_private_folder(folder: Path, user_id: int) -> None:
    """Make `folder` for `user_id` alone, or see that the one that is there is such a folder.

    The second matters in a temp folder, where anybody may have put something of that name.
    """
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, user_id, -1)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != user_id or found.st_mode & 0o077:
            raise Refused(
                "database.socket_folder",
                f"{folder} belongs to somebody else or is open to others. Remove it and start again.",
            ) from None
    except OSError as error:
        raise unusable(folder, error) from error


def make_home(home: Path, mode: int = 0o700) -> None:
    """Make the home folder if there is none, with `mode`, and see that one can write in it."""
    try:
        home.mkdir(mode=mode, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise unusable(home, error) from error


def free_bytes(folder: Path) -> int:
    """Bytes an ordinary user may still write where `folder` is, or will be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def check_space(home: Path, free: Callable[[Path], int] = free_bytes) -> None:
    """Enough room to start: a database that fills its disk stops in the middle of somebody's work."""
    left = free(home)
    if left < LEAST_FREE_BYTES:
        raise full_disk(home, f"only {left // MEGABYTE} MB is free")


def full_disk(home: Path, what: str = "the disk is full") -> Refused:
    return Refused(
        "database.disk_full",
        f"The database cannot run in {home}: {what}. Free at least {LEAST_FREE_BYTES // MEGABYTE} MB there,"
        " or set SAMSPILL_HOME to a folder on another disk.",
    )


def unusable(folder: Path, error: OSError) -> Refused:
    if error.errno == errno.ENOSPC:
        return full_disk(folder)
    return Refused(
        "database.folder",
        f"The folder {folder} cannot be used: {error.strerror or error}."
        " Make it writable for the user who runs samspill, or set SAMSPILL_HOME to another folder.",
    )


def rotate_log(log: Path) -> None:
    """Keep one older log beside the current one."""
    if log.exists() and log.stat().st_size > LOG_ROTATES_AT_BYTES:
        log.replace(log.with_name(log.name + ".1"))


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Wait until nobody else starts or stops the server; the lock goes with the process that holds it."""
    with (home / "start.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def sign_in(home: Path) -> IO[str]:
    """Say that this process uses the server, until the returned handle is closed."""
    handle = (home / "in-use.lock").open("a")
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def is_alone(handle: IO[str]) -> bool:
    """Nobody else has signed in. To be asked inside `only_one`."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        fcntl.flock(handle, fcntl.LOCK_SH)
    return True


def _fits(folder: Path) -> bool:
    # A comma would make two hosts of it: libpq-connect, "Specifying Multiple Hosts".
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH and "," not in str(folder)
