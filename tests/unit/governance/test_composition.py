"""Balance, cover, users, chair: what can be said of seats without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.directory.public import Bloc
from samspill.governance.rules.composition import (
    Balance,
    FindingCode,
    Place,
    RuleOnDay,
    chair_turn,
    chairs_on_one_side,
    findings,
    months_after,
    other_side,
    parity,
    uncovered,
    user_seats,
    who_votes,
)
from samspill.governance.states import Parity, Role

M, H = Bloc.MUNICIPAL, Bloc.HOSPITAL


def seats(*, municipal: int, hospital: int, role: str = Role.MEMBER) -> list[Place]:
    blocs = [M] * municipal + [H] * hospital
    return [Place(number, bloc, role=role) for number, bloc in enumerate(blocs)]


def codes(places: list[Place], rule: RuleOnDay | None, municipalities: tuple[int, ...] = ()) -> list[str]:
    return [one.code for one in findings(places, rule, municipalities)]


def test_seats_that_are_equal_and_filled_are_as_the_rule_asks() -> None:
    assert findings(seats(municipal=5, hospital=5), RuleOnDay()) == []


def test_an_empty_seat_on_one_side_is_told_but_the_seats_are_still_equal() -> None:
    places = [*seats(municipal=5, hospital=4), Place(99, H)]
    found = parity(places)
    assert (found.seats, found.filled) == (Balance(5, 5), Balance(5, 4))
    assert codes(places, RuleOnDay()) == [FindingCode.FILLED_UNEQUAL, FindingCode.VACANT]


def test_seats_that_are_not_equal_are_told_before_the_empty_ones() -> None:
    assert codes([*seats(municipal=3, hospital=2), Place(9, M)], RuleOnDay())[0] == FindingCode.SEATS_UNEQUAL
    assert codes(seats(municipal=3, hospital=2), RuleOnDay(parity=Parity.FREE)) == []


def test_observers_neither_vote_nor_count() -> None:
    """Invariant 4."""
    observer = Place(50, M, votes=False, role=Role.OBSERVER)
    outside = Place(51, "", votes=True, role=Role.MEMBER)
    places = [*seats(municipal=2, hospital=2), observer, outside]
    assert [one.key for one in who_votes(places)] == [0, 1, 2, 3]
    assert parity(places).is_kept


def test_a_municipality_without_a_seat_or_a_region_is_not_spoken_for() -> None:
    """Invariant 2."""
    places = [Place(1, M, covers=frozenset({10})), Place(2, M, covers=frozenset({11, 12}))]
    assert uncovered(places, [13, 10, 11, 12, 14]) == [13, 14]
    found = findings(places, RuleOnDay(parity=Parity.FREE, covers_all=True), (10, 13))
    assert (found[0].code, found[0].of) == (FindingCode.UNCOVERED, (13,))


def test_users_shall_have_a_seat_and_an_empty_one_is_shown() -> None:
    """Invariant 3."""
    assert user_seats(seats(municipal=1, hospital=1), 1).missing == 1
    empty = Place(7, "", votes=False, is_user=True)
    assert user_seats([empty], 1).vacant == (7,)
    assert FindingCode.USERS_VACANT in codes([empty], RuleOnDay(users_at_least=1))
    assert FindingCode.NO_USERS in codes([], RuleOnDay(users_at_least=1))


def test_chair_and_deputy_from_one_side_are_told() -> None:
    """Invariant 5, the first half."""
    chair, deputy = Place(1, M, role=Role.CHAIR), Place(2, M, role=Role.DEPUTY_CHAIR)
    assert chairs_on_one_side([chair, deputy])
    assert not chairs_on_one_side([chair, Place(2, H, role=Role.DEPUTY_CHAIR)])
    assert not chairs_on_one_side([chair])
    rule = RuleOnDay(parity=Parity.FREE, deputy_other_side=True)
    assert codes([chair, deputy], rule) == [FindingCode.CHAIRS_ONE_SIDE]


@pytest.mark.parametrize(
    ("day", "bloc", "until"),
    [
        (date(2025, 1, 1), M, date(2027, 1, 1)),
        (date(2026, 12, 31), M, date(2027, 1, 1)),
        (date(2027, 1, 1), H, date(2029, 1, 1)),
        (date(2029, 5, 4), M, date(2031, 1, 1)),
    ],
)
def test_the_day_the_chair_changes_sides_is_worked_out(day: date, bloc: Bloc, until: date) -> None:
    """Invariant 5, the second half."""
    turn = chair_turn(date(2025, 1, 1), 24, M, day)
    assert turn is not None
    assert (turn.bloc, turn.until) == (bloc, until)


def test_a_chair_from_the_other_side_after_the_swap_is_told() -> None:
    places = [Place(1, M, role=Role.CHAIR)]
    turn = chair_turn(date(2025, 1, 1), 24, M, date(2027, 1, 1))
    assert codes(places, RuleOnDay(parity=Parity.FREE, turn=turn)) == [FindingCode.CHAIR_WRONG_SIDE]
    assert FindingCode.CHAIR_MISSING in codes([], RuleOnDay(parity=Parity.FREE, turn=turn))


def test_a_chair_that_does_not_alternate_has_no_turn() -> None:
    assert chair_turn(date(2025, 1, 1), None, M, date(2026, 1, 1)) is None
    assert chair_turn(date(2025, 1, 1), 12, M, date(2024, 12, 31)) is None


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)


@given(
    begins=st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    months=st.integers(1, 60),
    later=st.integers(0, 9000),
)
def test_every_day_is_in_one_turn_and_the_next_turn_is_the_other_sides(
    begins: date, months: int, later: int
) -> None:
    day = date.fromordinal(begins.toordinal() + later)
    turn = chair_turn(begins, months, M, day)
    assert turn is not None
    assert turn.since <= day < turn.until
    after = chair_turn(begins, months, M, turn.until)
    assert after is not None
    assert (after.since, after.bloc) == (turn.until, other_side(turn.bloc))


PLACES = st.lists(
    st.builds(
        Place,
        key=st.integers(0, 99),
        bloc=st.sampled_from([M, H, ""]),
        votes=st.booleans(),
        role=st.sampled_from(["", Role.MEMBER, Role.CHAIR]),
    ),
    max_size=12,
)


@given(places=PLACES)
def test_filling_every_seat_makes_the_filled_balance_that_of_the_seats(places: list[Place]) -> None:
    full = [Place(one.key, one.bloc, one.votes, role=Role.MEMBER) for one in places]
    assert parity(full).filled == parity(places).seats
    filled, all_of = parity(places).filled, parity(places).seats
    assert filled.municipal <= all_of.municipal
    assert filled.hospital <= all_of.hospital
