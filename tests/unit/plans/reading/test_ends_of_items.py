"""Who and when at the end of an item, in the ways plans set them apart."""

from pathlib import Path

import pytest
from plan_blocks import read_text

from samspill.plans.reading.tails import split_tail, with_brackets

WORK = ("Etablere felles team", "Kurse vikarane", "Leie inn lege", "Lage en film")


@pytest.mark.parametrize(
    "end",
    [
        " (Tinn kommune, 1. mars 2027)",
        " [Tinn kommune / 1. mars 2027]",
        " {Tinn kommune, 1. mars 2027}",
        " (Tinn kommune) (1. mars 2027)",
        " (Tinn kommune) – 1. mars 2027",
        " – Tinn kommune (1. mars 2027)",
        " – innen 1. mars 2027 – Tinn kommune",
        " → Tinn kommune → 1. mars 2027",
        " / Tinn kommune / 1. mars 2027",
        " | Ansvar: Tinn kommune | Frist: 1.3.2027",
        ", Tinn kommune, 1. mars 2027",
        ". Tinn kommune. 1. mars 2027.",
        ". Ansvar Tinn kommune. Frist 1.3.2027",
        ". *Tinn kommune, 1. mars 2027*",
        " **Tinn kommune, 1. mars 2027**",
        " (innen 1. mars 2027, ansvar Tinn kommune)",
        " – ansvar: Tinn kommune – 1. mars 2027",
        ": Tinn kommune, 1. mars 2027",
        " v/Tinn kommune (1. mars 2027)",
        " (v/ Tinn kommune, 1. mars 2027)",
        " Ansv.: Tinn kommune Frist: 1.3.27",
    ],
)
def test_who_and_when_are_taken_off_the_end_of_an_item(tmp_path: Path, end: str) -> None:
    items = "".join(f"- {work}{end}\n" for work in WORK)
    reading = read_text(
        tmp_path, f"# Handlingsplan 2026-2028\n\n## Innsatsområde 1: Barn\n\nGrep:\n\n{items}"
    )
    assert [one.text for one in reading.measures] == list(WORK)
    assert {tuple(who.raw for who in one.responsible) for one in reading.measures} == {("Tinn kommune",)}
    assert {str(one.deadline) for one in reading.measures} == {"2027-03-01"}


@pytest.mark.parametrize(
    "text",
    [
        "Dele lyd og bilde (KAD og utskriving)",
        "Lage en plan. Kommunene leder arbeidet.",
        "Utvide til barn, senest 1. september 2027",
        "Samle timer, helst for pasienter med lang vei",
    ],
)
def test_what_only_explains_stays(text: str) -> None:
    assert split_tail(text, names_count=False) == (text, "", "")


def test_an_end_that_does_not_stand_out_gets_no_brackets() -> None:
    assert with_brackets("Lage en plan", "Lage en plan") == "Lage en plan"
    assert with_brackets("Lage en plan", "**Lage en plan**") == "Lage en plan"
    assert with_brackets("Lage en plan. Stad", "Lage en plan. *Stad*") == "Lage en plan (Stad)"


def test_a_day_is_no_number_of_an_item(tmp_path: Path) -> None:
    text = (
        "# Handlingsplan 2026-2028\n\n## Innsatsområde 1: Barn\n\nTiltak:\n\n- 1. mars 2027: Etablere team\n"
    )
    assert read_text(tmp_path, text).measures[0].text == "1. mars 2027: Etablere team"
