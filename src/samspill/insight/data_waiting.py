"""A file somebody has sent and not brought in yet: it waits below the home folder, for the sender alone."""

import json
import re
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from samspill.insight.data_folders import OWN_FOLDER, data_folder, shut

INCOMING, ABOUT = "incoming", "about.json"
KEPT_SECONDS = 24 * 3600
TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


@dataclass(frozen=True)
class Waiting:
    """`name` is what the sender calls the file, `account_id` who that is; `table` what it was said to be."""

    token: str
    name: str
    table: str
    account_id: int

    @property
    def folder(self) -> Path:
        return data_folder() / INCOMING / self.token

    @property
    def file(self) -> Path:
        return self.folder / f"file{Path(self.name).suffix.lower()}"

    def throw_away(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(chunks: Iterable[bytes], name: str, table: str, account_id: int) -> Waiting:
    """Those that have waited a day are thrown away at the same time."""
    _throw_old_away(time.time())
    waiting = Waiting(secrets.token_urlsafe(18), name[-200:], table, account_id)
    waiting.folder.mkdir(mode=OWN_FOLDER, parents=True)
    with waiting.file.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
    (waiting.folder / ABOUT).write_text(json.dumps(asdict(waiting)), "utf-8")
    shut(waiting.folder.parent)
    return waiting


def find(token: str, account_id: int | None) -> Waiting | None:
    """The file, for the one who sent it."""
    if not TOKEN.fullmatch(token):
        return None
    about = data_folder() / INCOMING / token / ABOUT
    if not about.is_file():
        return None
    found = Waiting(**json.loads(about.read_text("utf-8")))
    return found if found.account_id == account_id else None


def _throw_old_away(now: float) -> None:
    folder = data_folder() / INCOMING
    for path in folder.iterdir() if folder.is_dir() else ():
        if now - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
