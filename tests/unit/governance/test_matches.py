"""Matches are marked where they stand, and nothing of the text is lost or made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.governance.queries.open_search import fragments
from samspill.governance.rules.matches import excerpt, mark


def bare(text: str) -> str:
    return text.replace("\x02", "").replace("\x03", "")


WORDS = st.text(
    alphabet=st.characters(blacklist_characters="\x02\x03", blacklist_categories=["Cs"]), max_size=60
)


@given(text=WORDS, words=WORDS)
def test_marking_loses_nothing(text: str, words: str) -> None:
    assert bare(mark(text, words)) == text


@given(text=WORDS, words=WORDS)
def test_an_excerpt_stands_in_the_text_and_holds_a_match(text: str, words: str) -> None:
    said = excerpt(text * 9, words)
    if said:
        assert "\x02" in said
        assert bare(said).removeprefix("… ").removesuffix(" …") in text * 9


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Felles kveldspatrulje", "KVELD", "Felles \x02kveld\x03spatrulje"),
        ("Kostar (kr) 3", "(kr)", "Kostar \x02(kr)\x03 3"),
        ("Moss og Halden", "halden moss", "\x02Moss\x03 og \x02Halden\x03"),
        ("Ingenting", "annet", "Ingenting"),
    ],
)
def test_matches_are_marked_whatever_their_letters(text: str, words: str, said: str) -> None:
    assert mark(text, words) == said


def test_a_long_text_is_cut_between_words() -> None:
    said = bare(excerpt("før " * 60 + "patrulje" + " etter" * 60, "patrulje"))
    assert said.startswith("… før")
    assert said.endswith("etter …")
    assert "patrulje" in said
    assert len(said) < 220


def test_fragments_from_different_places_are_told_apart() -> None:
    assert fragments("syke\nFelles \x02patrulje\x03 starter\nMoss\n\x02patrulje\x03 2") == (
        "Felles \x02patrulje\x03 starter … \x02patrulje\x03 2"
    )
    assert fragments("bare\nord") == "bare … ord"
    assert fragments("") == ""
