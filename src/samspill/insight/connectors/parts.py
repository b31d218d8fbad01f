"""Parts of a pull on disk, each with its hash, so that a pull that broke off asks only for what lacks."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samspill.insight.connectors.table import Choice

PLAN = "plan.json"


class Shelf:
    """A folder for the parts of one question. Parts of another question or version are thrown away."""

    def __init__(self, folder: Path, plan: Mapping[str, Any]) -> None:
        self.folder = folder
        told = json.dumps(plan, ensure_ascii=False, sort_keys=True)
        known = folder / PLAN
        self.is_continued = known.is_file() and known.read_text("utf-8") == told
        if not self.is_continued:
            self.clear()
            folder.mkdir(parents=True)
            _write(known, told.encode())

    def keep(self, choice: Choice, body: bytes) -> None:
        """The hash goes first, so that a file cut short by a full disk is not taken for a part."""
        _write(self._path(choice), sha256(body).encode() + b"\n" + body)

    def find(self, choice: Choice) -> bytes | None:
        """The part as it came; None when it is not there, or not whole."""
        try:
            told, _, body = self._path(choice).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        return body if told.decode("ascii", "replace") == sha256(body) else None

    def clear(self) -> None:
        throw_away(self.folder)

    def _path(self, choice: Choice) -> Path:
        asked = json.dumps(choice, ensure_ascii=False, sort_keys=True)
        return self.folder / f"{sha256(asked.encode())[:24]}.part"


def throw_away(folder: Path) -> None:
    """The parts are needed no more: what they made is safe."""
    shutil.rmtree(folder, ignore_errors=True)


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
