"""How long it takes to read a document, from the file on disk to blocks in hand, the worker process included.

The stated work: each of the real plans within a second, a Word document of 200 pages within ten. Baselines:
an empty Python process (what any worker costs) and python-docx walking the same paragraphs and cells without
understanding them. What becomes of the blocks of a plan is in `seeds`.
"""

import io
import subprocess
import sys
import tempfile
import warnings
import zipfile
from functools import partial
from pathlib import Path

import docx

from benchmarks import Case
from samspill.documents.public import read

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PAGES = 200
_FOLDER = tempfile.TemporaryDirectory(prefix="samspill-bench-")  # gone when the process ends
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SENTENCE = (
    "Partene planlegger tjenester for dem som trenger hjelp fra flere, og følger opp det de blir enige om. "
)


def cases() -> list[Case]:
    """All cases; the real plans are left out, with a warning, where they are not beside the checkout."""
    if not SEEDS.exists():
        warnings.warn("the real plans are not in ../shared/seeds: reading them is not measured", stacklevel=2)
    plans: list[Case] = [
        {
            "name": f"read {path.name[:3]}",
            "run": partial(read, path),
            "baseline": _empty_process,
            "work": f"{path.stat().st_size / 1000:.0f} kB of text, at most 1 s",
            "most_seconds": 1.0,
        }
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    path = _word_file(PAGES)
    word: Case = {
        "name": f"read a Word document of {PAGES} pages",
        "run": partial(read, path),
        "baseline": partial(_walk_with_python_docx, path),
        "work": f"{PAGES} headings, {5 * PAGES} paragraphs, {6 * PAGES} items, {PAGES} tables, at most 10 s",
        "most_seconds": 10.0,
    }
    return [*plans, word]


def _empty_process() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def _walk_with_python_docx(path: Path) -> int:
    document = docx.Document(str(path))
    said = [paragraph.text for paragraph in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return len(said)


def _word_file(pages: int) -> Path:
    """Pages as a plan has them: a numbered heading, text, a list, a table of six rows, and a page break."""
    empty = io.BytesIO()
    docx.Document().save(empty)
    body = "".join(_page(number) for number in range(1, pages + 1))
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    path = Path(_FOLDER.name) / "plan.docx"
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = document.encode() if name == "word/document.xml" else source.read(name)
            target.writestr(name, content)
    return path


def _page(number: int) -> str:
    heading = _paragraph(f"{number} Innsatsområde", "Heading1")
    text = "".join(_paragraph(_SENTENCE * 4) for _ in range(5))
    items = "".join(_paragraph(f"punkt {item} i lista", "ListBullet") for item in range(6))
    cells = ("Mål for perioden", f"a) {_SENTENCE}", "SEKR")
    row = "".join(f"<w:tc><w:tcPr/>{_paragraph(text)}</w:tc>" for text in cells)
    table = f"<w:tbl><w:tblPr/>{f'<w:tr>{row}</w:tr>' * 6}</w:tbl>"
    return heading + text + items + table + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _paragraph(text: str, style: str = "Normal") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
