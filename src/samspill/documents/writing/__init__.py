"""The door to writing documents: `to_docx` and `to_pdf` make the same paper, out of the same plain values.

Here: what a paper consists of (`blocks`), Word (`word`) and PDF/UA-1 (`pdf`), and one PDF made of many
(`assembling`). Not here: what it says.
"""

from samspill.documents.writing.assembling import Part, assemble, page_count
from samspill.documents.writing.blocks import (
    Band,
    Block,
    Bullets,
    Figure,
    Heading,
    Paper,
    Row,
    Table,
    Text,
    Title,
    Tone,
)
from samspill.documents.writing.pdf import ARCHIVED, PDF, to_pdf
from samspill.documents.writing.word import DOCX, to_docx

__all__ = [
    "ARCHIVED",
    "DOCX",
    "PDF",
    "Band",
    "Block",
    "Bullets",
    "Figure",
    "Heading",
    "Paper",
    "Part",
    "Row",
    "Table",
    "Text",
    "Title",
    "Tone",
    "assemble",
    "page_count",
    "to_docx",
    "to_pdf",
]
