"""Questions are read from documents that people send, in both målformer."""

import io

import docx
import pytest

from samspill.governance.actions.consultations import (
    read_questions,
)
from samspill.refusal import Refused

NYNORSK = """# Spørsmål om helgene

Vi ber om svar på dette.

1. Kva er vanskelegast i helgene hos dykk?
2. Kva treng de frå oss for å få det til?
   Kven bør ta ansvar?

3) Skildre ei ordning de er nøgde med.
"""
BOKMAL = """Til helsefellesskapene

Spørsmål 1: Hvordan går det med planen dere lagde i fjor?

Spørsmål 2: Hva har vært vanskeligst å få til sammen?
"""


@pytest.mark.parametrize(
    ("text", "name", "numbers"), [(NYNORSK, "helg.md", ["1", "2", "3"]), (BOKMAL, "plan.txt", ["1", "2"])]
)
def test_questions_are_read_from_a_document_with_numbers_and_lines(
    text: str, name: str, numbers: list[str]
) -> None:
    data = text.encode()
    found = read_questions(io.BytesIO(data), name, len(data), limit_bytes=10_000, scan="")
    assert [one.number for one in found] == numbers
    lines = text.splitlines()
    assert all(one.line and one.text.split()[0] in lines[one.line - 1] for one in found)


def test_a_word_document_with_questions_is_read(tmp_path: object) -> None:
    made = docx.Document()
    made.add_heading("Spørsmål", 1)
    made.add_paragraph("1. Hva haster mest for dere nå?")
    made.add_paragraph("2. Hvem skal gjøre hva i helgene?")
    file = io.BytesIO()
    made.save(file)
    found = read_questions(file, "brev.docx", file.tell(), limit_bytes=1_000_000, scan="")
    assert [(one.number, one.text) for one in found] == [
        ("1", "Hva haster mest for dere nå?"),
        ("2", "Hvem skal gjøre hva i helgene?"),
    ]


def test_a_large_an_infected_and_an_empty_document_are_refused() -> None:
    data = BOKMAL.encode()
    for limit, scan, content in ((10, "", data), (10_000, "false", data), (10_000, "", b"Ingen her.")):
        with pytest.raises(Refused) as refused:
            read_questions(io.BytesIO(content), "plan.txt", len(content), limit_bytes=limit, scan=scan)
        assert refused.value.field == "file"
