"""A plan in simple Markdown written as Word, PDF or bare text in the ways offices do it.

Reads its own little Markdown, so that what is written does not lean on the reader that is to be tried.
`Style` says how: headings by style or only in bold, real or typed bullets, goals in merged cells, soft
breaks, tables with or without lines, other page breaks, headers and footers, words divided at line ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from textwrap import wrap

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

Rows = list[list[str]]

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"(\s*)([-*•→]|o(?=\s[A-ZÆØÅ])|\d{1,2}[.)]|[a-zæøå]\))\s+(.*)")
_BARE_HEADING = re.compile(r"(?P<number>\d{1,2}(?:\.\d)?\.?\s+)?[A-ZÆØÅ][^.:;?!,]{2,60}[^.:;?!,\d]")
_RULE = re.compile(r"\|?[\s:|-]+\|?")
_STRESS = re.compile(r"(\*\*|\*)(.+?)\1")
_MARGIN = 57.0  # points


@dataclass(frozen=True, slots=True)
class Part:
    """`kind` is heading, text, item or table; `level` of a heading or item; `label` of an item."""

    kind: str
    text: str = ""
    level: int = 0
    label: str = ""
    rows: Rows = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Style:
    """How a plan is written. `height` and `width` of the page in points move the breaks in a PDF."""

    bold_headings: bool = False
    typed_bullets: bool = False
    merged: bool = False
    soft_breaks: bool = False
    ruled: bool = True
    repeats: bool = True
    running: bool = True
    hyphens: bool = False
    columns: int = 1
    height: float = A4[1]
    width: float = A4[0]
    aligned_middle: bool = False


WAYS: dict[str, tuple[str, Style | int]] = {
    "word": ("docx", Style()),
    "word-bold-typed": ("docx", Style(bold_headings=True, typed_bullets=True)),
    "word-merged-broken": ("docx", Style(merged=True, soft_breaks=True)),
    "pdf": ("pdf", Style()),
    "pdf-low-pages": ("pdf", Style(height=470, repeats=False)),
    "pdf-hyphens-merged": ("pdf", Style(merged=True, hyphens=True, aligned_middle=True)),
    "pdf-bold": ("pdf", Style(bold_headings=True)),
    "pdf-wide": ("pdf", Style(width=A4[1], height=A4[0])),
    "pdf-unruled": ("pdf", Style(ruled=False)),
    "pdf-unruled-wide": (
        "pdf",
        Style(ruled=False, width=A4[1], height=420, bold_headings=True, repeats=False),
    ),
    "pdf-two-columns": ("pdf", Style(columns=2)),
    "text": ("txt", 0),
    "text-wrapped": ("txt", 76),
}


def write(parts: Sequence[Part], folder: Path, way: str) -> Path:
    """The plan in one of `WAYS`."""
    ending, style = WAYS[way]
    path = folder / f"{way}.{ending}"
    if not isinstance(style, Style):
        return write_text(parts, path, width=style)
    return write_word(parts, path, style) if ending == "docx" else write_pdf(parts, path, style)


def parts_of(markdown: str, *, is_bare: bool = False) -> list[Part]:
    """`is_bare` reads a plan without «#»: headings stand alone, and items go on in indented lines."""
    parts: list[Part] = []
    lines = markdown.split("\n")
    for index, line in enumerate(lines):
        if line.strip().startswith("|") or " | " in line:
            if not _RULE.fullmatch(line.strip()):
                _add_row(parts, _cells(line), index, lines)
        elif "\t" in line.strip():
            _add_row(parts, line.rstrip("\n").split("\t"), index, lines)
        elif found := _HEADING.fullmatch(line.strip()):
            parts.append(Part("heading", found[2], len(found[1])))
        elif is_bare and _stands_alone(lines, index) and (found := _BARE_HEADING.fullmatch(line.strip())):
            parts.append(
                Part("heading", line.strip(), 2 if "." in (found["number"] or "").strip(" .") else 1)
            )
        elif found := _ITEM.fullmatch(line):
            label = "•" if found[2] in ("→", "o") else found[2]  # what the fonts of a PDF have
            parts.append(Part("item", found[3], len(found[1].expandtabs(4)) // 2 + 1, label))
        elif line.strip():
            _add_line(parts, line, lines[index - 1] if index else "", goes_in=is_bare)
    return parts


def _add_line(parts: list[Part], line: str, before: str, *, goes_in: bool) -> None:
    """A line of text: the rest of the item or of the paragraph above it, or a paragraph of its own."""
    last = parts[-1] if parts else Part("none")
    starts = line.strip().startswith("**") or _starts_line(line)
    is_below = goes_in and last.kind == "item" and bool(before.strip())
    is_rest = is_below and (line.startswith("  ") or line[:1].islower())
    goes_on = before.strip() and last.kind == "text" and not before.startswith("|")
    if not starts and (is_rest or goes_on):
        parts[-1] = replace(last, text=f"{last.text} {line.strip()}")
    else:
        parts.append(Part("text", line.strip()))


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    """With a gap above and below: a heading in a plan of bare text."""
    return index > 0 and not lines[index - 1].strip() and not "".join(lines[index + 1 : index + 2]).strip()


def _starts_line(line: str) -> bool:
    """A labelled line, one with a number, or a short form explained, begins anew without a gap."""
    return bool(re.match(r"\s*(?:\w[\w ]{0,14}(?::| =|: )|[A-Z]\.\d{1,2})\s", line))


def _cells(line: str) -> list[str]:
    text = line.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") else text
    return [cell.strip() for cell in text.split("|")]


def _add_row(parts: list[Part], cells: list[str], index: int, lines: Sequence[str]) -> None:
    before = lines[index - 1].strip() if index else ""
    if parts and parts[-1].kind == "table" and ("|" in before or "\t" in before):
        parts[-1].rows.append(cells)
    else:
        parts.append(Part("table", rows=[cells]))


def plain(text: str) -> str:
    return re.sub(r"<br\s*/?>", "\n", _STRESS.sub(r"\2", text)).replace("<b>", "").replace("</b>", "")


def is_stressed(text: str) -> bool:
    return bool(re.fullmatch(r"\*\*.+\*\*|<b>.+</b>", text.strip()))


# Word


def write_word(parts: Sequence[Part], path: Path, style: Style) -> Path:
    word = docx.Document()
    lists = 0
    before = ""
    for part in parts:
        if part.kind == "table":
            _word_table(word, part.rows, style)
            word.add_paragraph("")
        elif part.kind == "heading" and style.bold_headings:
            word.add_paragraph().add_run(plain(part.text)).bold = True
        elif part.kind == "heading":
            _styled(word, plain(part.text), f"Heading {part.level}")
        elif part.kind == "item":
            lists += before != "item"
            _word_item(word, part, style)
        else:
            _word_text(word, part.text)
        before = part.kind
    word.save(str(path))
    return path


def _word_text(word: docx.document.Document, text: str) -> None:
    paragraph = word.add_paragraph()
    start = 0
    for found in _STRESS.finditer(text):
        paragraph.add_run(text[start : found.start()])
        paragraph.add_run(found[2]).bold = found[1] == "**"
        start = found.end()
    paragraph.add_run(text[start:])


def _word_item(word: docx.document.Document, part: Part, style: Style) -> None:
    if style.typed_bullets:
        mark = part.label if part.label[0].isalnum() else ("•", "o", "▪")[min(part.level, 3) - 1]
        word.add_paragraph(f"{mark}\t{plain(part.text)}")
    elif part.label[0].isalnum() and not part.label[0].isdigit():
        word.add_paragraph(f"{part.label} {plain(part.text)}")
    else:
        name = "List Number" if part.label[0].isdigit() else "List Bullet"
        _styled(word, plain(part.text), name + (f" {part.level}" if part.level > 1 else ""))


def _styled(word: docx.document.Document, text: str, name: str) -> None:
    """The library looks through all styles for each paragraph, which takes as long as all the rest."""
    word.add_paragraph(text)._p.style = _style_id(name)


@cache
def _style_id(name: str) -> str:
    return docx.Document().styles[name].style_id


def _word_table(word: docx.document.Document, rows: Rows, style: Style) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            _word_cell(cell, text, style)
    if style.merged:
        _merge(table, rows)


def _word_cell(cell: docx.table._Cell, text: str, style: Style) -> None:
    paragraph = cell.paragraphs[0]
    words = plain(text)
    lines = words.split("\n")
    if style.soft_breaks and len(lines) == 1 and len(words) > 40:  # broken by hand to fit the column
        lines = wrap(words, 30, break_long_words=False, break_on_hyphens=False)
    run = paragraph.add_run(lines[0])
    for line in lines[1:]:
        run.add_break()
        run.add_text(line)
    run.bold = is_stressed(text) or None


def _merge(table: docx.table.Table, rows: Rows) -> None:
    """Empty cells below a goal are merged with it; a row with one text is merged across."""
    width = len(rows[0])
    for index, row in enumerate(rows):
        if width > 2 and row and row[0] and not any(row[1:]):
            table.cell(index, 0).merge(table.cell(index, width - 1))
    top = 0
    for index, row in enumerate(rows[1:], start=1):
        if (row and row[0]) or not any(row[1:]):
            top = index
        elif top and any(rows[top][1:]):
            table.cell(top, 0).merge(table.cell(index, 0))


# PDF


def write_pdf(parts: Sequence[Part], path: Path, style: Style) -> Path:
    sheet = getSampleStyleSheet()
    body = sheet["BodyText"]
    flow: list[Flowable] = []
    wide = (style.width - 2 * _MARGIN - (style.columns - 1) * 20) / style.columns
    for part in parts:
        if part.kind == "table":
            flow += [_pdf_table(part.rows, wide, style), Spacer(1, 8)]
        elif part.kind == "heading":
            name = "BodyText" if style.bold_headings else f"Heading{min(part.level, 4)}"
            text = _marked(part.text)
            flow.append(Paragraph(f"<b>{text}</b>" if style.bold_headings else text, sheet[name]))
        elif part.kind == "item":
            mark = part.label if part.label[0].isalnum() else "•"
            indented = body.clone("item", leftIndent=14 * part.level, bulletIndent=14 * part.level - 12)
            flow.append(Paragraph(_marked(part.text), indented, bulletText=mark))
        else:
            flow.append(Paragraph(_marked(part.text), body))
    frames = [
        Frame(_MARGIN + number * (wide + 20), _MARGIN, wide, style.height - 2 * _MARGIN, 0, 0, 0, 0)
        for number in range(style.columns)
    ]
    template = PageTemplate(frames=frames, onPage=_running if style.running else lambda *_: None)
    BaseDocTemplate(str(path), pagesize=(style.width, style.height), pageTemplates=[template]).build(flow)
    return path


def _pdf_table(rows: Rows, wide: float, style: Style) -> Flowable:
    body = getSampleStyleSheet()["BodyText"].clone("cell", fontSize=9, leading=11)
    widths = _widths(rows, wide)
    cells = []
    for row in rows:
        made = []
        for text, width in zip([*row, *[""] * (len(rows[0]) - len(row))], widths, strict=True):
            words = _hyphened(text, width - 12) if style.hyphens else text
            marked = _marked(words)
            made.append(Paragraph(marked, body))
        cells.append(made)
    drawn = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if style.aligned_middle else "TOP")]
    if style.ruled:
        drawn.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    if style.merged:
        drawn += _pdf_spans(rows)
    return Table(cells, repeatRows=1 if style.repeats else 0, colWidths=widths, style=drawn)


def _pdf_spans(rows: Rows) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    return [
        ("SPAN", (0, index), (-1, index))
        for index, row in enumerate(rows)
        if len(row) > 2 and row[0] and not any(row[1:])
    ]


def _widths(rows: Rows, wide: float) -> list[float]:
    """Shares of the width by the longest word and the amount of text in each column."""
    columns = range(len(rows[0]))
    words = [
        max(
            stringWidth(word, "Helvetica-Bold", 9)
            for row in rows
            for word in (plain(row[column] if column < len(row) else "").split() or [""])
        )
        + 14
        for column in columns
    ]
    texts = [sum(len(row[column]) if column < len(row) else 0 for row in rows) ** 0.5 for column in columns]
    spare = max(wide - sum(words), 0)
    return [word + spare * text / sum(texts) for word, text in zip(words, texts, strict=True)]


def _hyphened(text: str, width: float) -> str:
    """Long words divided where the line is full, as a layout program does it."""
    lines, line = [], ""
    for word in text.split():
        if line and stringWidth(f"{line} {word}", "Helvetica", 9) > width:
            cut = next(
                (
                    place
                    for place in range(len(word) - 4, 3, -1)
                    if word.isalpha() and stringWidth(f"{line} {word[:place]}-", "Helvetica", 9) <= width
                ),
                0,
            )
            if len(word) > 9 and cut:
                lines.append(f"{line} {word[:cut]}-")
                line = word[cut:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "<br/>".join([*lines, line])


def _running(canvas: object, template: object) -> None:
    number, (width, height) = canvas.getPageNumber(), canvas._pagesize  # type: ignore[attr-defined]
    canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
    canvas.drawString(_MARGIN, height - 30, "Felles plan for samhandling")  # type: ignore[attr-defined]
    canvas.drawRightString(width - _MARGIN, 25, f"Side {number}")  # type: ignore[attr-defined]


def _marked(text: str) -> str:
    text = text.replace("&", "&amp;")
    breaks = re.sub(r"<br\s*/?>", "\n", text.replace("<b>", "**").replace("</b>", "**"))
    safe = breaks.replace("<", "&lt;").replace("\n", "<br/>")
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", safe))


# Text without any markup


def write_text(parts: Sequence[Part], path: Path, *, width: int = 0) -> Path:
    """Headings stand alone, tables have tabs; `width` wraps running text hard."""
    lines: list[str] = []
    for part in parts:
        if part.kind == "table":
            lines += [
                "",
                *("\t".join(plain(cell).replace("\n", " ") for cell in row) for row in part.rows),
                "",
            ]
        elif part.kind == "heading":
            lines += ["", plain(part.text), ""]
        elif part.kind == "item":
            mark = part.label if part.label[0].isalnum() else "•"
            lines += _wrapped(f"{'  ' * (part.level - 1)}{mark} ", plain(part.text), width)
        else:
            lines += ["", *_wrapped("", plain(part.text), width), ""]
    path.write_text("\n".join(lines), "utf-8")
    return path


def _wrapped(mark: str, text: str, width: int) -> list[str]:
    if not width:
        return [mark + text]
    return wrap(text, width, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
