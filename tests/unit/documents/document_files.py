"""Real files for the tests of `documents`: one plan in four formats, and files meant to do harm.

Everything is made when a test asks for it; the plan and its persons and bodies are invented.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document as WordDocument
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    ListFlowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)


class Heading(NamedTuple):
    label: str
    text: str
    depth: int


class Items(NamedTuple):
    texts: Sequence[str]


class Rows(NamedTuple):
    rows: Sequence[Sequence[str]]


Part = Heading | Items | Rows | str

PLAN: Sequence[Part] = (
    Heading("", "Handlingsplan for Helsefellesskapet Fjordvik", 0),
    "Planen gjelder for to år, og den er vedtatt av partnerskapsmøtet etter høring i alle kommuner.",
    Heading("1", "Innledning", 1),
    "Vi som arbeider i kommunene og på sykehuset, møter de samme pasientene. Derfor planlegger vi sammen.",
    Heading("2", "Innsatsområder", 1),
    "Partene har valgt to områder, og de er like viktige for alle som bor her:",
    Items(("barn og unge med store behov", "eldre med skrøpelighet", "personer med flere sykdommer")),
    Heading("2.1", "Barn og unge", 2),
    "Utvalget for barn og unge følger opp det som står i tabellen, og melder fra når noe stopper opp.",
    Rows(
        (
            ("Hva vil vi?", "Hvordan få det til?", "Ansvarlig"),
            ("Trygge overganger", "a) Lage en felles rutine for overgang til voksenlivet", "FSU BU"),
            ("", "b) Arrangere en felles fagdag hvert år", "SEKR"),
            ("Tidlig hjelp", "c) Prøve ut et team på tvers av nivåene", "Kommunene"),
        )
    ),
    Heading("2.2", "Eldre", 2),
    "Flere skal kunne bo hjemme lenger, og da må tjenestene henge sammen også om natten.",
    Rows(
        (
            ("Tiltak", "Ansvarlig", "Frist"),
            ("Felles opplæring i å se etter tegn på forverring", "SEKR", "1. mai 2027"),
            ("Telefon til geriater for alle sykehjem i området", "Sykehuset", "2028"),
        )
    ),
    Heading("3", "Veien videre", 1),
    "Planen evalueres annethvert år, og resultatet legges frem for partnerskapsmøtet.",
)


def as_text(plan: Sequence[Part] = PLAN) -> bytes:
    return "\n\n".join(_text_part(part) for part in plan).encode()


def _text_part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{part.label} {part.text}".strip()
    if isinstance(part, Items):
        return "\n".join(f"- {text}" for text in part.texts)
    return part if isinstance(part, str) else "\n".join("\t".join(row) for row in part.rows)


def as_markdown(plan: Sequence[Part] = PLAN) -> bytes:
    return "\n\n".join(_markdown_part(part) for part in plan).encode()


def _markdown_part(part: Part) -> str:
    if isinstance(part, Heading):
        return f"{'#' * (part.depth + 1)} {part.label} {part.text}".replace("  ", " ")
    if isinstance(part, Items):
        return "\n".join(f"* {text}" for text in part.texts)
    if isinstance(part, str):
        return part.replace("partnerskapsmøtet", "[partnerskapsmøtet](#pm)").replace("alle", "**alle**")
    lines = ["| " + " | ".join(row) + " |" for row in part.rows]
    return "\n".join([lines[0], "|---" * len(part.rows[0]) + "|", *lines[1:]])


def as_word(plan: Sequence[Part] = PLAN) -> bytes:
    document = docx.Document()
    for part in plan:
        if isinstance(part, Heading):
            document.add_heading(f"{part.label} {part.text}".strip(), part.depth)
        elif isinstance(part, Items):
            for text in part.texts:
                document.add_paragraph(text, style="List Bullet")
        elif isinstance(part, str):
            document.add_paragraph(part)
        else:
            table = document.add_table(rows=0, cols=len(part.rows[0]))
            for row in part.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    return word_bytes(document)


def word_bytes(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(plan: Sequence[Part] = PLAN, *, ruled: bool = True) -> bytes:
    return pdf_bytes([flowable for part in plan for flowable in _pdf_part(part, ruled=ruled)])


def pdf_bytes(story: Sequence[Flowable]) -> bytes:
    stream = io.BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(list(story))
    return stream.getvalue()


_STYLES = getSampleStyleSheet()
BODY = _STYLES["BodyText"]
_SIZES = (22, 18, 14)


def _pdf_part(part: Part, *, ruled: bool) -> list[Flowable]:
    if isinstance(part, Heading):
        size = _SIZES[part.depth]
        style = ParagraphStyle(
            "h", BODY, fontName="Helvetica-Bold", fontSize=size, leading=size * 1.2, spaceBefore=12
        )
        return [Paragraph(f"{part.label} {part.text}", style), Spacer(1, 12)]
    if isinstance(part, Items):
        return [ListFlowable([Paragraph(text, BODY) for text in part.texts], bulletType="bullet")]
    if isinstance(part, str):
        return [Paragraph(part, BODY)]
    return [pdf_table(part.rows, ruled=ruled), Spacer(1, 12)]


def pdf_table(rows: Sequence[Sequence[str]], *, ruled: bool = True, commands: Sequence[tuple] = ()) -> Table:
    """A table whose columns are wide enough for words and narrow enough to wrap sentences."""
    cells = [[Paragraph(text, BODY) for text in row] for row in rows]
    style: list[tuple] = [("VALIGN", (0, 0), (-1, -1), "TOP"), *commands]
    if ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    return Table(cells, colWidths=[430 / len(rows[0])] * len(rows[0]), style=TableStyle(style))


def two_columns(left: Sequence[str], right: Sequence[str], *, across: str = "") -> bytes:
    """A page with a line across and two columns of lines below it."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    if across:
        canvas.drawString(60, 780, across)
    for x, lines in ((60, left), (310, right)):
        for number, line in enumerate(lines):
            canvas.drawString(x, 750 - 14 * number, line)
    canvas.save()
    return stream.getvalue()


def pages_with_running_lines(texts: Sequence[str], header: str) -> bytes:
    """One text per page, below a header and above a page number."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for number, text in enumerate(texts, start=1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, header)
        canvas.drawRightString(530, 30, f"Side {number} av {len(texts)}")
        canvas.setFont("Helvetica", 11)
        for line, words in enumerate(text.split("\n")):
            canvas.drawString(60, 740 - 14 * line, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def page_break() -> Flowable:
    return PageBreak()


# Files meant to do harm


def packed(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_with(**parts: bytes) -> bytes:
    """The plan as a Word document with parts changed: `document=` is word/document.xml, and so on."""
    members = members_of(as_word())
    members.update({f"word/{name}.xml": content for name, content in parts.items()})
    return packed(members)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_of(body: str, **parts: str) -> bytes:
    """A Word document with this XML in its body; other parts (numbering, footnotes) by name."""
    members = members_of(as_word(()))
    members["word/document.xml"] = _part("document", f"<w:body>{body}</w:body>")
    links = members["word/_rels/document.xml.rels"].decode()
    for name, content in parts.items():
        members[f"word/{name}.xml"] = _part(name, content)
        kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"
        if f'/{name}"' not in links:
            link = f'<Relationship Id="x{name}" Type="{kind}" Target="{name}.xml"/>'
            links = links.replace("</Relationships>", f"{link}</Relationships>")
    members["word/_rels/document.xml.rels"] = links.encode()
    return packed(members)


def _part(root: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{_W}">{content}</w:{root}>'.encode()


def pdf_with_pages(pages: int, *, stated: int | None = None) -> bytes:
    """So many empty pages; `stated` is how many the root of the page tree says there are."""
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + pages))
    count = pages if stated is None else stated
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"] * pages
    return pdf_of_objects([text.encode() for text in objects])


def pdf_of_objects(objects: Sequence[bytes]) -> bytes:
    """A PDF with a correct table of its objects, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)


def pdf_with_content(content: bytes, *, filters: bytes = b"") -> bytes:
    """One page whose content stream is these bytes."""
    length = b"<</Length %d%s>>stream\n" % (len(content), filters)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    return pdf_of_objects([catalogue, pages, page, length + content + b"\nendstream", font])


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of blanks."""
    squeeze = zlib.compressobj(1)
    blanks = b" " * 1_000_000
    packed_content = b"".join(squeeze.compress(blanks) for _ in range(megabytes)) + squeeze.flush()
    return pdf_with_content(packed_content, filters=b"/Filter/FlateDecode")


def compound_file(stream: str) -> bytes:
    """The head of an OLE file with the name of one stream: Office before 2007, or encrypted."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
