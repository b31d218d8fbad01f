"""Documents for tests: made block by block, or read from text as a file would be."""

from collections.abc import Sequence
from pathlib import Path

from samspill.documents.public import Block, BlockKind, Cell, Document, read_here
from samspill.plans.reading import KnownCommunity, PlanReading, read_plan

HEADER = ("Hva vil vi?", "Hvordan få det til?", "Ansvarlig")
KNOWN = (
    KnownCommunity(
        "HF90",
        "Nordkyst og Ytre Sund",
        trust_names=("Nordkystsykehuset HF", "NKS"),
        municipalities=("Vik", "Ness", "Sund", "Storøy"),
    ),
    KnownCommunity("HF91", "Nordkyst", trust_names=("Kystklinikken HF",), municipalities=("Dal", "Vik")),
    KnownCommunity("HF92", "Innlandsfjellet (Høyfjell)", full_names=("Fjellregionen",)),
)


def read_text(
    folder: Path, text: str, *, known: Sequence[KnownCommunity] = (), name: str = "plan.md"
) -> PlanReading:
    path = folder / name
    path.write_text(text, "utf-8")
    return read_plan(read_here(path), communities=known)


def document_of(*blocks: Block) -> Document:
    """The blocks get lines of their own, one after the other."""
    placed: list[Block] = []
    lines: list[str] = []
    for block in blocks:
        own = block.verbatim.split("\n")
        first = len(lines) + 1
        lines += own
        placed.append(_at(block, first, len(lines)))
    pages = max((block.page or 1 for block in blocks), default=1)
    return Document("plan.pdf", "0" * 64, "pdf", tuple(placed), tuple(lines), pages)


def _at(block: Block, first: int, last: int) -> Block:
    return Block(
        kind=block.kind,
        text=block.text,
        verbatim=block.verbatim,
        line=first,
        last_line=last,
        page=block.page,
        level=block.level,
        label=block.label,
        cells=block.cells,
        table=block.table,
        is_header=block.is_header,
    )


def heading(text: str, *, number: str = "", level: int = 2, page: int = 1) -> Block:
    return Block(
        BlockKind.HEADING, text, f"{number} {text}".strip(), 0, 0, page=page, level=level, label=number
    )


def paragraph(text: str, *, page: int = 1) -> Block:
    return Block(BlockKind.PARAGRAPH, text, text, 0, 0, page=page)


def item(text: str, *, label: str = "-", level: int = 1) -> Block:
    return Block(BlockKind.LIST_ITEM, text, f"{label} {text}", 0, 0, page=1, level=level, label=label)


def row(*texts: str, table: int = 1, page: int = 1, is_header: bool = False, spans: int = 1) -> Block:
    cells = tuple(Cell(text, column, spans) for column, text in enumerate(texts))
    line = "\t".join(texts)
    return Block(
        BlockKind.TABLE_ROW, line, line, 0, 0, page=page, cells=cells, table=table, is_header=is_header
    )


def page_break(page: int) -> Block:
    return Block(BlockKind.PAGE_BREAK, "", "", 0, 0, page=page)
