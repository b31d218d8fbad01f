"""A recommendation becomes points, and its words propose who answers and when."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.governance.rules.points import binds, day_in, join_points, named_in, split_points

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class One:
    key: str
    name: str
    short_name: str


REGISTER = (
    One("body:1", "Faglig samarbeidsutvalg", "FSU"),
    One("body:2", "Faglig samarbeidsutvalg barn og unge", "FSU BU"),
    One("party:3", "Halden", "Halden"),
    One("party:4", "Moss", "Moss"),
    One("party:5", "Sykehuset Østfold HF", "SØ"),
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1. Start i februar.\n2. Mål i juni.", ["Start i februar.", "Mål i juni."]),
        ("Start i februar.\n\nMål i juni.", ["Start i februar.", "Mål i juni."]),
        ("- Start\n  i februar.\n- Mål.", ["Start i februar.", "Mål."]),
        ("FSU tilrår dette:\n1) Ett\n2) To", ["FSU tilrår dette:", "Ett", "To"]),
        ("Bare én setning.", ["Bare én setning."]),
        ("Innen 1. februar skal dette\ntas opp 2. mars.", ["Innen 1. februar skal dette tas opp 2. mars."]),
        ("", []),
    ],
)
def test_a_text_is_split_where_it_says_so(text: str, points: list[str]) -> None:
    assert split_points(text) == points


words = st.text(st.sampled_from("abcæøå "), min_size=1, max_size=30).filter(lambda text: text.strip())


@given(st.lists(words, min_size=2, max_size=8))
def test_points_that_are_joined_come_apart_again(points: list[str]) -> None:
    assert split_points(join_points(points)) == [" ".join(point.split()) for point in points]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Start 1. februar 2027.", date(2027, 2, 1)),
        ("Start 1. februar.", date(2027, 2, 1)),
        ("Svar innen 24. november.", date(2026, 11, 24)),
        ("Frist 15.03.2027", date(2027, 3, 15)),
        ("Frist 2027-03-15", date(2027, 3, 15)),
        ("Ferdig i mars 2027.", date(2027, 3, 31)),
        ("Ferdig til høsten 2027", date(2027, 12, 15)),
        ("Ferdig innan utgangen av 2027", date(2027, 12, 31)),
        ("Start 1. februar 2027, ferdig 15. juni 2027.", date(2027, 6, 15)),
        ("Vi viser til vedtaket 14. mai 2025.", None),
        ("31. februar 2027", None),
        ("Ingen dag her.", None),
    ],
)
def test_the_last_day_to_come_is_the_deadline(text: str, day: date | None) -> None:
    assert day_in(text, TODAY) == day


def test_the_longest_name_is_the_one_that_is_meant() -> None:
    assert named_in("FSU BU og Halden kommune svarer.", REGISTER) == ["body:2", "party:3"]
    assert named_in("Sykehuset Østfold måler.", REGISTER) == ["party:5"]
    assert named_in("Mossen på taket.", REGISTER) == []


@pytest.mark.parametrize(
    ("text", "group", "keys"),
    [
        ("Kommunene ansetter.", "municipalities", ()),
        ("Kommunane og sjukehuset startar.", "all", ()),
        ("Kommunene og Sykehuset Østfold starter.", "all", ()),
        ("Halden og Moss prøver ut.", "named", ("party:3", "party:4")),
        ("Sykehuset skriver et notat.", "trust", ()),
        ("FSU følger med.", "", ()),
    ],
)
def test_the_words_say_whom_a_point_binds(text: str, group: str, keys: tuple[str, ...]) -> None:
    found = binds(text, REGISTER)
    assert (found.group, found.keys) == (group, keys)
