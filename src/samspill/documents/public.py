"""The door to reading documents: `read` for files of people, `read_here` for files we made ourselves.

A document comes back as plain values (`Document`, `Block`, `Cell`); a file that cannot be read raises
`Unreadable`, which is a `Refused` with one of the codes in `SENTENCES` and the values its sentence was made
from.
"""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

from samspill.documents.blocks import SOFT_BREAK, Block, BlockKind, Cell, Document
from samspill.documents.limits import DEFAULT, Limits
from samspill.documents.marks import is_labelled
from samspill.documents.reading import check_file, file_name, read_here
from samspill.documents.refusals import SENTENCES, Unreadable
from samspill.documents.wire import FAILED, pack_limits, unpack
from samspill.documents.word_changes import Change, Piece, of_new, of_old, word_changes

__all__ = [
    "DEFAULT",
    "SENTENCES",
    "SOFT_BREAK",
    "Block",
    "BlockKind",
    "Cell",
    "Change",
    "Document",
    "Limits",
    "Piece",
    "Unreadable",
    "is_labelled",
    "of_new",
    "of_old",
    "read",
    "read_here",
    "word_changes",
]

_log = logging.getLogger(__name__)

# What Python needs to start; secrets of the server stay out of the process that opens strangers' files
_ENVIRONMENT = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "LD_LIBRARY_PATH",
    "SYSTEMROOT",
    "TMPDIR",
    "TEMP",
    "TMP",
)

_ENDED_BY = {"SIGXCPU": "document.too_slow", "SIGKILL": "document.too_much_memory"}


def read(path: Path, *, limits: Limits = DEFAULT, name: str | None = None) -> Document:
    """Read a PDF, Word document, Markdown or text file in a process of its own.

    `name` is what people call the file when it lies under another name on disk (an upload); its ending must
    agree with the content. Raises `Unreadable`. Safe to call from threads: nothing is forked, and no signal
    is used.
    """
    file = file_name(path, name)
    check_file(path, file, limits)
    command = [
        sys.executable,
        "-P",
        "-B",
        "-m",
        "samspill.documents.worker",
        str(path),
        file,
        pack_limits(limits),
    ]
    environment = {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment | {"PYTHONUTF8": "1"},
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("document.too_slow", file=file, limit=_seconds(limits)) from error
    if ended.returncode != 0:
        raise _failure(ended, file, limits)
    return unpack(ended.stdout)


def _failure(ended: subprocess.CompletedProcess[bytes], file: str, limits: Limits) -> Unreadable:
    """What to say about a worker that ended without an answer."""
    by = signal.Signals(-ended.returncode).name if ended.returncode < 0 else ""
    _log.error("worker ended with %s: %s", by or ended.returncode, _why(ended.stderr))
    code = _ENDED_BY.get(by, "document.broken")
    return Unreadable(code, file=file, limit=_seconds(limits), found="a document")


def _why(said: bytes) -> str:
    """What the worker itself said of its end; what else stands there may be the document's own words."""
    lines = said.decode("utf-8", "replace").splitlines()
    return next((line.removeprefix(FAILED) for line in reversed(lines) if line.startswith(FAILED)), "–")


def _seconds(limits: Limits) -> str:
    return f"{limits.seconds:g}"
