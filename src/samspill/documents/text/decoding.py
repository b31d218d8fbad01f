"""Bytes to lines: UTF-8, UTF-16 with its mark, else Windows-1252, which older Norwegian files are in."""

import codecs
import re

from samspill.documents.kinds import UTF_16_MARKS
from samspill.documents.refusals import Unreadable

_NEWLINE = re.compile(r"\r\n|\r|\n")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.01  # share of the characters; text from old printers has a few, other files have many


def decode(data: bytes, file: str) -> str:
    """The text of the bytes. Raises `Unreadable` when no encoding fits or what comes out is not text."""
    text = _decoded(data, file)
    if "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise Unreadable("document.not_text", file=file)
    return text


def lines_of(text: str) -> list[str]:
    """Lines as an editor counts them; a newline at the very end opens no new line."""
    lines = _NEWLINE.split(text)
    if not lines[-1]:
        lines.pop()
    return lines


def _decoded(data: bytes, file: str) -> str:
    encodings = ("utf-16",) if data.startswith(UTF_16_MARKS) else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return data.removeprefix(codecs.BOM_UTF8).decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("document.not_text", file=file)
