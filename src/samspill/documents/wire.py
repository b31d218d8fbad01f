"""A document, or the refusal of one, as the bytes that pass from the worker process to the one that asked.

Not a format to keep: both ends are always the same version.
"""

import json
from dataclasses import astuple, fields
from typing import Any

from samspill.documents.blocks import Block, BlockKind, Cell, Document
from samspill.documents.limits import Limits
from samspill.documents.refusals import Unreadable

FAILED = "samspill: "
"""How the worker begins the line that tells why it failed; other lines are a library's, and are not kept."""
_BLOCK_FIELDS = tuple(field.name for field in fields(Block))
_CELLS = _BLOCK_FIELDS.index("cells")
_KIND = _BLOCK_FIELDS.index("kind")


def pack_document(document: Document) -> bytes:
    return _dump({
        "name": document.name,
        "sha256": document.sha256,
        "format": document.format,
        "blocks": [_pack_block(block) for block in document.blocks],
        "lines": document.lines,
        "pages": document.pages,
    })  # fmt: skip


def pack_refusal(refused: Unreadable) -> bytes:
    return _dump({"refused": refused.code, "values": refused.values})


def unpack(answer: bytes) -> Document:
    """The document. Raises `Unreadable` when the answer is a refusal, `ValueError` when it is none."""
    said: Any = json.loads(answer)
    if "refused" in said:
        raise Unreadable(said["refused"], **said["values"])
    blocks = tuple(_unpack_block(values) for values in said["blocks"])
    return Document(said["name"], said["sha256"], said["format"], blocks, tuple(said["lines"]), said["pages"])


def pack_limits(limits: Limits) -> str:
    return json.dumps(astuple(limits))


def unpack_limits(packed: str) -> Limits:
    return Limits(*json.loads(packed))


def _dump(said: dict[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _pack_block(block: Block) -> list[object]:
    values: list[object] = [getattr(block, name) for name in _BLOCK_FIELDS]
    values[_CELLS] = [(cell.text, cell.column, cell.spans, cell.bold) for cell in block.cells]
    return values


def _unpack_block(values: list[Any]) -> Block:
    values[_KIND] = BlockKind(values[_KIND])
    values[_CELLS] = tuple(Cell(*cell) for cell in values[_CELLS])
    return Block(*values)
