"""Start and stop the embedded server.

    stopped ──start──▶ running ──release──▶ stopped, if nobody else uses it; otherwise running
                          └───────stop───▶ stopped

Starting is idempotent: a server that runs is used as it is, whoever started it. The last to leave stops it,
so that one whose starter was killed is not left behind either.
"""

import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from samspill.config.embedded import folders
from samspill.config.embedded.connection import Connection, Role
from samspill.config.embedded.create import DISK_IS_FULL, create_data_folder
from samspill.config.embedded.passwords import embedded_connection
from samspill.config.embedded.postmaster import answers, forget_reused_pid, is_ready, stop_server, wait_until
from samspill.config.embedded.programs import Programs, find_programs, reason_in
from samspill.refusal import Refused

# Given on every start, so that a new release may change them. The rest is PostgreSQL's own defaults.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# What a new server says of the lock files of one that was killed, and of its memory, until the last of its
# processes has left and been buried (up to two seconds, measured).
STILL_LEAVING = ('.pid" already exists', '.lock" already exists', "pre-existing shared memory block")
LEAVING_SECONDS, REUSED_PID_SECONDS, SECONDS_BETWEEN_TRIES = 20.0, 3.0, 0.2
RECOVERY_SECONDS = 300


class Cluster:
    """The embedded server of one home folder. `temp` and `free` stand in for the machine's own in tests."""

    def __init__(
        self,
        home: Path,
        *,
        temp: Path | None = None,
        free: Callable[[Path], int] = folders.free_bytes,
        programs: Callable[[int | None], Programs] = find_programs,
    ) -> None:
        self.home = home.absolute()
        self.data = folders.data_folder(self.home)
        self._temp = temp
        self._free = free
        self._find_programs = programs
        self._signature: IO[str] | None = None

    def start(self) -> Connection:
        """Make the database if there is none, start its server if it does not run.

        Returns the app's connection. Raises Refused when machine, folder or disk are not fit for it.
        """
        programs = self._find_programs(data_major(self.data))
        folders.make_home(self.home, 0o711 if programs.account else 0o700)
        with folders.only_one(self.home):
            self._signature = self._signature or folders.sign_in(self.home)
            if not self._comes_by_itself():
                self._bring_up(programs)
        return self.connection("app")

    def release(self) -> None:
        """Leave, and stop the server if nobody else uses it. Does nothing before `start`."""
        if self._signature is None:
            return
        with folders.only_one(self.home):
            if folders.is_alone(self._signature):
                self._stop()
            self._sign_out()

    def stop(self) -> None:
        """Stop the server, whoever uses it. Nothing happens when it does not run."""
        if not self.home.is_dir():
            return
        with folders.only_one(self.home):
            self._sign_out()
            self._stop()

    def is_running(self) -> bool:
        return is_ready(self.data)

    def connection(self, role: Role) -> Connection:
        return embedded_connection(self.home, role, temp=self._temp)

    def dsn(self, role: Role) -> dict[str, Any]:
        """The entry of Django's DATABASES for `role`."""
        return self.connection(role).to_django()

    def _sign_out(self) -> None:
        if self._signature is not None:
            self._signature.close()
            self._signature = None

    def _stop(self) -> None:
        if answers(self.data):
            stop_server(self.data)

    def _comes_by_itself(self) -> bool:
        """Whether a server is there, waiting for one that recovers or is about to stop."""
        if not answers(self.data):
            return False
        if not wait_until(lambda: is_ready(self.data) or not answers(self.data), RECOVERY_SECONDS):
            raise self._not_started("it is still recovering from a crash; start again later")
        return answers(self.data)

    def _bring_up(self, programs: Programs) -> None:
        sockets = folders.socket_folder(self.home, self._temp)
        folders.check_socket_path(sockets)
        folders.check_space(self.home, self._free)
        if data_major(self.data) is None:
            create_data_folder(self.home, programs)
        check_version(self.data, programs.major)
        folders.make_private_folder(sockets, programs.user_id)
        self._launch(programs, sockets)

    def _launch(self, programs: Programs, sockets: Path) -> None:
        log = folders.log_file(self.home)
        folders.rotate_log(log)
        log.touch(mode=0o600)
        programs.give(log)
        began = time.monotonic()
        while said := self._try_to_launch(programs, sockets, log):
            waited = time.monotonic() - began
            if DISK_IS_FULL in said:
                raise folders.full_disk(self.home)
            if waited > LEAVING_SECONDS or not any(sign in said for sign in STILL_LEAVING):
                raise self._not_started(reason_in(said))
            if waited > REUSED_PID_SECONDS and self._signature and folders.is_alone(self._signature):
                forget_reused_pid(self.data)
            time.sleep(SECONDS_BETWEEN_TRIES)

    def _try_to_launch(self, programs: Programs, sockets: Path, log: Path) -> str:
        """Start once. Return "" when the server is ready, otherwise what it and its log said."""
        already_logged = log.stat().st_size
        quoted = str(sockets).replace('"', '""')
        settings = SERVER_SETTINGS | {"unix_socket_directories": f'"{quoted}"'}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        # From inside the folder: pg_ctl puts these two paths into a shell's double quotes as they are.
        here = ("-D", ".", "-l", f"../{log.name}")
        waits = ("-w", "-t", str(RECOVERY_SECONDS))
        done = programs.run("pg_ctl", "start", *here, *waits, "-o", options, folder=self.data)
        if done.returncode == 0:
            return ""
        return done.stderr + log.read_bytes()[already_logged:].decode("utf-8", errors="replace")

    def _not_started(self, why: str) -> Refused:
        log = folders.log_file(self.home)
        return Refused("database.start", f"The database did not start: {why}. Its log is {log}.")


def data_major(data: Path) -> int | None:
    """The PostgreSQL version the data folder was made by; None when there is no data folder."""
    try:
        return int((data / "PG_VERSION").read_text(encoding="ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise folders.unusable(data, error) from error
    except ValueError as error:
        raise Refused(
            "database.damaged",
            f"{data} is not a data folder of PostgreSQL. Put it back from a backup, or move it away.",
        ) from error


def check_version(data: Path, programs_major: int) -> None:
    """The data folder and the programs are of the same major version."""
    made_by = data_major(data)
    if made_by is not None and made_by > programs_major:
        raise Refused(
            "database.newer",
            f"{data} was made by PostgreSQL {made_by}, and this installation has {programs_major}."
            " Install the newer samspill again, or set SAMSPILL_HOME to another folder.",
        )
    if made_by is not None and made_by < programs_major:
        raise Refused(
            "database.older",
            f"{data} was made by PostgreSQL {made_by}, and this installation has {programs_major}."
            " Take a backup with the older samspill, and restore it here, SAMSPILL_HOME set to a new folder.",
        )
