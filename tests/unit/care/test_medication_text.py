"""Lines of a discharge letter become medicines, and nothing of what was written is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.care.medication_lines import (
    MOST_LINES,
    Line,
    cut,
    from_plain,
    lacks,
    rest_continues,
    to_decide_again,
    to_plain,
)
from samspill.care.medication_text import lines_of

READ = {
    "- Furosemid tab 40 mg 1 x 1 mot væske i kroppen": Line(
        "Furosemid", "40 mg", "tablett", "1 x 1", "væske i kroppen"
    ),
    "2. Metoprolol depottabletter 50 mg, 1 tablett morgen (C07AB02)": Line(
        "Metoprolol", "50 mg", "depottablett", "1 tablett morgen", atc="C07AB02"
    ),
    "Tbl. Selo-Zok 50 mg x 1": Line("Selo-Zok", "50 mg", "tablett", "x 1"),
    "Paracet 500 mg 2 tabl inntil 4 ganger daglig ved smerter": Line(
        "Paracet", "500 mg", "", "2 tabl inntil 4 ganger daglig ved smerter"
    ),
    "Ny: Eliquis 5 mg, 1 tablett morgen og kveld mot blodpropp": Line(
        "Eliquis", "5 mg", "", "1 tablett morgen og kveld", "blodpropp", decision="new"
    ),
    "Endret – Entresto 49/51 mg tabl. 1+0+1 pga. hjertesvikt": Line(
        "Entresto", "49/51 mg", "tablett", "1+0+1", "hjertesvikt", decision="changed"
    ),
    "Symbicort 160/4,5 mikrog/dose inh. 2 + 2": Line(
        "Symbicort", "160/4,5 mikrog/dose", "inhalasjon", "2 + 2"
    ),
    "Atorvastatin\t40 mg\ttablett\t1 om kvelden\tmot kolesterol": Line(
        "Atorvastatin", "40 mg", "tablett", "1 om kvelden", "kolesterol"
    ),
    "Insulin Lantus 100 E/ml 14 E kl 20": Line("Insulin Lantus", "100 E/ml", "", "14 E kl 20"),
    "Vitamin D, en kapsel daglig": Line("Vitamin D", dose="en kapsel daglig"),
    "Marevan etter skjema": Line("Marevan", dose="etter skjema"),
    "Seponert: Ibuprofen 400 mg": Line("Ibuprofen", "400 mg", decision="stopped"),
}  # fmt: skip


@pytest.mark.parametrize("said", READ)
def test_a_line_is_read(said: str) -> None:
    assert lines_of(said) == (READ[said],)


@pytest.mark.parametrize(
    ("said", "dose", "purpose"),
    [
        ("Spironolakton 25 mg tablett, 1 om morgenen, for hjertet", "1 om morgenen", "hjertet"),
        ("Zopiklon 5 mg, 1 tablett (for å sove)", "1 tablett", "å sove"),
        ("Zopiklon 5 mg, 1 tablett, for natten", "1 tablett, for natten", ""),
        ("Zopiklon 5 mg, 1 tablett, for natta", "1 tablett, for natta", ""),
        ("Prednisolon 5 mg, 4 tabletter, for 5 dager", "4 tabletter, for 5 dager", ""),
        ("Prednisolon 5 mg, 4 tabletter, for en uke", "4 tabletter, for en uke", ""),
    ],
)
def test_what_it_is_for_is_told_from_when_and_how_long(said: str, dose: str, purpose: str) -> None:
    (read,) = lines_of(said)
    assert (read.dose, read.purpose) == (dose, purpose)


def test_a_heading_decides_for_the_lines_right_under_it() -> None:
    read = lines_of(
        "Ramipril 5 mg 1 x 1\nSeponerte legemidler:\n\nIbuprofen 400 mg\nNaproxen 500 mg\n\n"
        "Spiriva 18 mikrog\nNYE\nEliquis 5 mg\nAndre opplysninger:\nMarevan etter skjema"
    )
    assert [(one.name, one.decision) for one in read] == [
        ("Ramipril", ""), ("Ibuprofen", "stopped"), ("Naproxen", "stopped"), ("Spiriva", ""),
        ("Eliquis", "new"), ("Marevan", ""),
    ]  # fmt: skip


def test_what_goes_on_as_usual_is_for_a_person_to_decide() -> None:
    assert [one.decision for one in lines_of("Faste medisiner:\nRamipril 5 mg 1 x 1")] == [""]


def test_a_letter_of_many_pages_is_cut() -> None:
    assert len(lines_of("Ramipril 5 mg\n" * 500)) == MOST_LINES


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80), max_size=5))
def test_any_text_is_lines_and_what_is_kept_is_read_back(pasted: list[str]) -> None:
    read = lines_of("\n".join(pasted))
    assert from_plain(to_plain(read)) == read
    assert all(cut(one) == one for one in read)


WORDS = st.lists(
    st.sampled_from(["Ramipril", "5", "mg", "tabl", "1", "x", "morgen", "ved", "behov", ",", "49/51"]),
    min_size=2, max_size=9,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(WORDS)
def test_no_word_and_no_number_of_a_line_is_lost(words: list[str]) -> None:
    said = "Ramipril " + " ".join(words)
    (one,) = lines_of(said)
    kept = " ".join(to_plain([one])[0].values())
    assert [word for word in re.findall(r"\w+", said) if word not in kept] == []


def test_the_rest_goes_on_and_what_was_stopped_is_not_asked_again() -> None:
    lines = (Line("A"), Line("B", decision="stopped", reason="x"), Line("C", decision="new", purpose="y"))
    assert [one.decision for one in rest_continues(lines)] == ["continued", "stopped", "new"]
    assert [(one.name, one.decision) for one in to_decide_again(rest_continues(lines))] == [
        ("A", ""),
        ("C", ""),
    ]


FULL = Line("Ramipril", "5 mg", "tablett", "1 om morgenen", decision="continued")
LACKING = {
    "name": Line(dose="1", decision="continued"),
    "decision": Line("Ramipril", dose="1"),
    "dose": Line("Ramipril", decision="changed", reason="blodtrykk"),
    "reason": Line("Ramipril", decision="stopped"),
    "purpose": Line("Ramipril", dose="1", decision="new"),
    "from_day": Line("Ramipril", dose="1", decision="continued", from_day="i går"),
    "to_day": Line("Ramipril", dose="1", decision="continued", from_day="2026-02-02", to_day="2026-01-01"),
    "atc": Line("Ramipril", dose="1", decision="continued", atc="RAMI"),
}


@pytest.mark.parametrize("field", LACKING)
def test_each_line_says_what_it_lacks(field: str) -> None:
    found = lacks([FULL, LACKING[field]], uses_none=False, sources=["patient"])
    assert [one.field for one in found] == [f"{field}-1"]


def test_a_full_list_lacks_nothing_and_an_empty_one_must_be_meant() -> None:
    assert lacks([FULL], uses_none=False, sources=["patient"]) == []
    assert lacks([], uses_none=True, sources=["patient"]) == []
    assert [one.field for one in lacks([], uses_none=False, sources=[])] == ["sources", "pasted"]
    assert [one.field for one in lacks([FULL], uses_none=True, sources=["gp"])] == ["uses_none"]
