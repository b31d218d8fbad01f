"""Question sets, the sources of paragraphs, and the parts of an answer, on plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.governance.forms_consultations import changed
from samspill.governance.rules.answer_parts import Grid, Items, Words, parts_of
from samspill.governance.rules.joint_text import added, carried, paragraphs
from samspill.governance.rules.question_sets import (
    FoundQuestion,
    check_questions,
    split_number,
    typed_questions,
)
from samspill.refusal import Refused

WORDS = st.sampled_from("vi ser at patruljen når flere hjem om kvelden enn før og sparer reiser".split())  # noqa: SIM905
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
TEXT = st.lists(PARAGRAPH, max_size=6, unique=True)
SOURCES = st.lists(st.integers(1, 9), max_size=3, unique=True)


@pytest.mark.parametrize(
    ("line", "number", "text"),
    [
        ("1. Hva haster mest?", "1", "Hva haster mest?"),
        ("4b) Hva savner dere?", "4b", "Hva savner dere?"),
        ("2.1 Kva hastar mest?", "2.1", "Kva hastar mest?"),
        ("Spørsmål 3: Beskriv ordningen.", "3", "Beskriv ordningen."),
        ("a) Kven gjer kva?", "a", "Kven gjer kva?"),
        ("Hva haster mest?", "", "Hva haster mest?"),
        ("2027 blir året for dette?", "", "2027 blir året for dette?"),
    ],
)
def test_the_askers_number_is_kept_apart_from_the_words(line: str, number: str, text: str) -> None:
    assert split_number(line) == (number, text)


def test_lines_without_numbers_are_a_question_each_and_a_wrapped_line_goes_on() -> None:
    found = typed_questions("Korleis går det?\n\nKva treng de for å\nlukkast med dette?\n• Er det noko anna?")
    assert [(one.text, one.line) for one in found] == [
        ("Korleis går det?", 1),
        ("Kva treng de for å lukkast med dette?", 3),
        ("Er det noko anna?", 5),
    ]


def test_in_a_numbered_set_the_line_right_below_belongs_to_the_number() -> None:
    found = typed_questions("1. Hva er krevende?\nHva gjør dere med det?\n\nHva savner dere?\n2. Noe annet?")
    assert [(one.number, one.text) for one in found] == [
        ("1", "Hva er krevende? Hva gjør dere med det?"),
        ("", "Hva savner dere?"),
        ("2", "Noe annet?"),
    ]


@given(st.integers(0, 4), st.sampled_from([-1, 1]))
def test_moving_a_question_loses_none(place: int, by: int) -> None:
    rows = [(None, FoundQuestion(str(number), "Hva?")) for number in range(4)]
    found = changed(rows, f"{'opp' if by < 0 else 'ned'}:{place}")
    assert sorted(found, key=lambda one: one[1].number) == rows


def test_a_set_without_questions_or_with_a_persons_number_is_refused() -> None:
    with pytest.raises(Refused, check=lambda no: no.code == "consultation.questions"):
        check_questions([FoundQuestion("1", "  ")])
    with pytest.raises(Refused):
        check_questions([FoundQuestion("1", "Hva med 010190 30064 nå?"), FoundQuestion("2", "13097248022")])


@given(TEXT, st.data())
def test_paragraphs_that_only_change_places_keep_their_sources(parts: list[str], data: st.DataObject) -> None:
    sources = [data.draw(SOURCES) for _part in parts]
    order = data.draw(st.permutations(range(len(parts))))
    text, after = "\n\n".join(parts), "\n\n".join(parts[place] for place in order)
    assert carried(after, [(text, sources)]) == [sources[place] for place in order]


@given(TEXT, TEXT, st.data())
def test_no_source_is_made_up_and_each_paragraph_has_a_list(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    sources = [data.draw(SOURCES) for _part in old]
    found = carried("\n\n".join(new), [("\n\n".join(old), sources)])
    assert len(found) == len(new)
    assert {one for rests in found for one in rests} <= {one for rests in sources for one in rests}


@given(TEXT, PARAGRAPH, st.data())
def test_taking_in_a_contribution_touches_no_other_paragraph(
    parts: list[str], words: str, data: st.DataObject
) -> None:
    sources = [data.draw(SOURCES) for _part in parts]
    text, found = added("\n\n".join(parts), sources, words, 77)
    assert paragraphs(text) == [*parts, words]
    assert found == [*sources, [77]]


LONG = "Patruljen når flere hjem om kvelden enn før, og ingen venter mer enn en time på hjelp."


def test_an_edited_a_divided_and_a_joined_paragraph_keep_what_they_rest_on() -> None:
    other = "Sykehuset sender to sykepleiere i uka til legevakta i helgene."
    edited = LONG.replace("flere hjem", "tjue flere hjem")
    assert carried(edited, [(LONG, [[4]])]) == [[4]]
    first, second = LONG.split(", og ")
    assert carried(f"{first}.\n\n{second}", [(LONG, [[4]])]) == [[4], [4]]
    assert carried(f"{LONG} {other}", [(f"{LONG}\n\n{other}", [[4], [5]])]) == [[4, 5]]
    assert carried("Noe helt annet er skrevet her i stedet for det.", [(LONG, [[4]])]) == [[]]


def test_two_texts_taken_together_bring_what_both_rest_on() -> None:
    assert carried(f"{LONG}\n\nNytt.", [(LONG, [[1]]), (f"{LONG}\n\nNytt.", [[2], [3]])]) == [[1, 2], [3]]


def test_an_answer_is_paragraphs_lists_and_tables() -> None:
    text = "Først dette.\nOg dette.\n\n- ett\n- to\n\n"
    text += "| Krevende | Tiltak |\n|---|---|\n| Tid | Flere<br>møter |\n| A \\| B | |"
    assert parts_of(text) == [
        Words("Først dette. Og dette."),
        Items(("ett", "to")),
        Grid(("Krevende", "Tiltak"), (("Tid", "Flere\nmøter"), ("A | B", ""))),
    ]


def test_a_row_that_is_too_short_is_filled_so_that_no_document_fails() -> None:
    (grid,) = parts_of("| A | B |\n| c |\n| d | e | f |")
    assert isinstance(grid, Grid)
    assert {len(grid.head), *map(len, grid.rows)} == {3}
