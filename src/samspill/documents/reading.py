"""One file to one document, here in this process: which reader, then the repairs all formats share.

Not here: the worker process that keeps a hostile file away from the server (`public`, `worker`).
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

from samspill.documents.blocks import BlockKind, Document
from samspill.documents.headings import find_headings, repair_levels
from samspill.documents.joining import Joiner
from samspill.documents.kinds import Kind, kind_of
from samspill.documents.limits import DEFAULT, MEGABYTE, Limits
from samspill.documents.pieces import Piece, to_block
from samspill.documents.refusals import Unreadable

_LONGEST_NAME = 255


class Reading(NamedTuple):
    """What a reader of one format returns: pieces, and the lines of text their numbers point into."""

    format: str
    pieces: list[Piece]
    lines: list[str]
    pages: int | None = None


def read_here(path: Path, *, limits: Limits = DEFAULT, name: str | None = None) -> Document:
    """Read the file in this process, without limits of time and memory. Only for files one trusts.

    `name` is what people call the file when it lies under another name on disk. Raises `Unreadable`.
    """
    file = file_name(path, name)
    return read_bytes(_bytes_of(path, file, limits), file, limits)


def read_bytes(data: bytes, file: str, limits: Limits = DEFAULT) -> Document:
    """Like `read_here`, of bytes in memory."""
    if not data.strip():
        raise Unreadable("document.empty", file=file)
    kind = kind_of(data, file, limits)
    reading = _read_as(kind, data, file, limits)
    if sum(map(len, reading.lines)) > limits.characters:
        raise Unreadable("document.too_long", file=file, limit=str(limits.characters))
    find_headings(reading.pieces)
    pieces = Joiner(reading.lines).join_sentences(reading.pieces)
    repair_levels(pieces)
    blocks = tuple(to_block(piece, reading.lines) for piece in pieces if _says_something(piece))
    if all(block.kind is BlockKind.PAGE_BREAK for block in blocks):
        raise Unreadable("document.empty", file=file)
    digest = hashlib.sha256(data).hexdigest()
    return Document(file, digest, reading.format, blocks, tuple(reading.lines), reading.pages)


def _says_something(piece: Piece) -> bool:
    """Markup around nothing, like `<b></b>`, leaves nothing to read."""
    return bool(piece.text) or piece.kind is BlockKind.PAGE_BREAK


def file_name(path: Path, name: str | None) -> str:
    """What to call the file in sentences: printable, and not longer than a file system allows."""
    return (name or path.name).replace("\0", "").encode("utf-8", "replace").decode()[-_LONGEST_NAME:]


def check_file(path: Path, file: str, limits: Limits) -> None:
    """The file is there and not larger than allowed. Raises `Unreadable`."""
    try:
        size = path.stat().st_size if path.is_file() else None
    except (OSError, ValueError) as error:
        raise Unreadable("document.missing", file=file) from error
    if size is None:
        raise Unreadable("document.missing", file=file)
    if size == 0:
        raise Unreadable("document.empty", file=file)
    if size > limits.file_bytes:
        found, limit = (f"{value / MEGABYTE:.0f}" for value in (size, limits.file_bytes))
        raise Unreadable("document.too_large", file=file, found=found, limit=limit)


def _bytes_of(path: Path, file: str, limits: Limits) -> bytes:
    check_file(path, file, limits)
    try:
        with path.open("rb") as stream:
            return stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise Unreadable("document.missing", file=file) from error


def _read_as(kind: Kind, data: bytes, file: str, limits: Limits) -> Reading:
    # Imported when used: a text should not wait for what a PDF needs
    if kind is Kind.PDF:
        from samspill.documents.pdf.reader import read_pdf

        return Reading("pdf", *read_pdf(data, file, limits))
    if kind is Kind.WORD:
        from samspill.documents.word.reader import read_word

        return Reading("docx", *read_word(data, file, limits))
    return _read_text(data, file, limits)


def _read_text(data: bytes, file: str, limits: Limits) -> Reading:
    from samspill.documents.text.decoding import decode, lines_of
    from samspill.documents.text.reader import read_lines
    from samspill.documents.text.signs import is_markdown

    text = decode(data, file)
    if len(text) > limits.characters:
        raise Unreadable("document.too_long", file=file, limit=str(limits.characters))
    breaks = text.count("\f")
    if breaks >= limits.pages:
        raise Unreadable("document.too_many_pages", file=file, limit=str(limits.pages))
    lines = lines_of(text)
    form = "markdown" if is_markdown(text) else "text"
    return Reading(form, read_lines(lines), lines, breaks + 1 if breaks else None)
