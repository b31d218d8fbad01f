"""The rules of a revision on plain values: what differs, what is alike, which states follow, which days."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.documents.public import Change, Piece, of_new, of_old, word_changes
from samspill.plans.rules.matching import Side, propose
from samspill.plans.rules.revision import (
    REMIND_MONTHS,
    Period,
    check_fate,
    check_place,
    is_near,
    reminder_due,
    review_date,
    steps_to,
)
from samspill.plans.states import (
    DONE,
    MEASURE_TRANSITIONS,
    STANDS_UNDER,
    STATE_OF_FATE,
    Fate,
    MeasureState,
    PlanKind,
)
from samspill.refusal import Refused, reason

VOCABULARY = ["ringe", "hjem", "dagen", "etter", "felles", "kurs", "for", "BUP", "nett", ",", ".", "–"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12)
WORDING = WORDS.map(" ".join)


def written(pieces: list[Piece]) -> str:
    return "".join(f" {one.text}" if one.is_apart else one.text for one in pieces).strip()


@given(WORDING, WORDING)
def test_what_is_not_new_is_the_old_wording_and_what_is_not_gone_the_new(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    letters = [
        ("".join(text.split())) for text in (written(of_old(pieces)), written(of_new(pieces)), old, new)
    ]
    assert letters[0] == letters[2]
    assert letters[1] == letters[3]


@given(WORDING)
def test_the_same_words_differ_in_nothing(text: str) -> None:
    assert all(piece.change == Change.SAME for piece in word_changes(text, text))


def test_a_comma_after_a_word_does_not_make_it_another() -> None:
    pieces = word_changes("når de blir urolige", "når de blir urolige, også på nett")
    assert [(one.change, one.text, one.is_apart) for one in pieces] == [
        (Change.SAME, "når de blir urolige", False),
        (Change.NEW, ", også på nett", False),
    ]


SIDES = st.lists(st.tuples(WORDING, st.sampled_from(["Eldre", "Barn"])), max_size=8)


@given(SIDES, SIDES, st.sampled_from(["adopted", "completed"]))
def test_each_old_one_gets_at_most_one_proposal_and_each_new_one_is_in_at_most_one(
    olds: list[tuple[str, str]], news: list[tuple[str, str]], state: str
) -> None:
    before = [Side(number, text, area, state) for number, (text, area) in enumerate(olds)]
    after = [Side(100 + number, text, area) for number, (text, area) in enumerate(news)]
    found = propose(before, after)
    led_to = [one.new for one in found.values() if one.new is not None]
    assert len(led_to) == len(set(led_to))
    assert set(found) <= {one.id for one in before}
    assert all(str(one.because) for one in found.values())
    for one in found.values():
        check_fate(one.fate, has_new=one.new is not None, reason="")


def test_the_same_words_are_found_in_another_area_before_others_that_are_like_them() -> None:
    old = [Side(1, "Lage felles kurs for pårørende til eldre", "Eldre")]
    new = [
        Side(11, "Lage felles kurs for pårørende til barn", "Eldre"),
        Side(12, "Lage felles kurs for pårørende til eldre", "Pårørende"),
    ]
    assert (propose(old, new)[1].new, propose(old, new)[1].fate) == (12, Fate.CARRIED_FORWARD)


@pytest.mark.parametrize("area", ["Eldre", "Barn"])
def test_the_area_decides_between_two_that_are_equally_like(area: str) -> None:
    old = [Side(1, "Innføre ambulant demensteam", area)]
    new = [Side(11, "Utvide ambulant demensteam", "Eldre"), Side(12, "Utvide ambulant demensteam", "Barn")]
    assert propose(old, new)[1].new == {"Eldre": 11, "Barn": 12}[area]


def test_what_nothing_is_like_is_left_to_people() -> None:
    assert propose([Side(1, "Kartlegge ventetider")], [Side(2, "Bygge legevakt")]) == {}


@pytest.mark.parametrize("state", MeasureState)
@pytest.mark.parametrize("fate", Fate)
def test_a_measure_comes_to_its_fate_only_by_the_table_of_states(state: MeasureState, fate: Fate) -> None:
    refused = reason(steps_to, state, fate)
    if refused:
        assert "«" in refused
        return
    way = [state, *steps_to(state, fate)]
    assert all(after in MEASURE_TRANSITIONS[before] for before, after in pairwise(way))
    assert way[-1] == STATE_OF_FATE[fate] or (fate == Fate.COMPLETED and state in DONE)


@pytest.mark.parametrize(
    "state", set(MeasureState) - DONE - {MeasureState.CARRIED_FORWARD, MeasureState.ENDED}
)
@pytest.mark.parametrize("fate", Fate)
def test_every_measure_that_lives_can_get_every_fate(state: MeasureState, fate: Fate) -> None:
    assert steps_to(state, fate)


def test_what_is_in_ordinary_operation_is_not_carried_forward() -> None:
    with pytest.raises(Refused):
        steps_to(MeasureState.IN_OPERATION, Fate.CARRIED_FORWARD)


@pytest.mark.parametrize("typed", ["", "  ", "\n"])
def test_an_end_has_a_reason(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        check_fate(Fate.ENDED, has_new=False, reason=typed)
    assert refused.value.field == "reason"


def test_the_review_is_two_years_after_the_adoption_unless_something_else_is_said() -> None:
    assert review_date(date(2025, 2, 7), 24) == date(2027, 2, 7)
    assert review_date(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert review_date(None, 24) is None


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 2, 6), None),
        (date(2026, 2, 7), 12),
        (date(2026, 8, 7), 6),
        (date(2026, 11, 6), 6),
        (date(2026, 11, 7), 3),
        (date(2027, 1, 7), 1),
        (date(2028, 1, 1), 1),
    ],
)
def test_reminders_come_twelve_six_three_and_one_months_before(today: date, months: int | None) -> None:
    review = date(2027, 2, 7)
    assert reminder_due(review, today) == months
    assert is_near(review, today) == (months in {3, 1})
    assert REMIND_MONTHS == (12, 6, 3, 1)


@pytest.mark.parametrize("kind", PlanKind)
def test_no_plan_can_come_to_stand_under_itself(kind: PlanKind) -> None:
    """Every kind a plan may stand under, however far up, is another kind."""
    above, new = set(), set(STANDS_UNDER[kind])
    while new:
        above |= new
        new = {one for each in new for one in STANDS_UNDER[each]} - above
    assert kind not in above


def test_a_strategy_does_not_stand_under_an_action_plan() -> None:
    check_place(PlanKind.ACTION_PLAN, PlanKind.STRATEGY, [PlanKind.ANNUAL_PLAN])
    with pytest.raises(Refused) as refused:
        check_place(PlanKind.STRATEGY, PlanKind.ACTION_PLAN, [])
    assert refused.value.field == "parent"
    with pytest.raises(Refused) as refused:
        check_place(PlanKind.ANNUAL_PLAN, None, [PlanKind.ANNUAL_PLAN])
    assert refused.value.field == "kind"


def test_a_period_is_followed_by_one_as_long() -> None:
    two_years = Period(date(2025, 1, 1), date(2026, 12, 31))
    assert two_years.following == Period(date(2027, 1, 1), date(2028, 12, 31))
    half = Period(date(2026, 7, 1), date(2026, 12, 31))
    assert half.following == Period(date(2027, 1, 1), date(2027, 6, 30))
    assert Period(None, None).following == Period(None, None)


@given(st.dates(), st.dates(), st.dates(), st.dates())
def test_two_periods_overlap_when_a_day_is_in_both(one: date, two: date, three: date, four: date) -> None:
    first, second = Period(min(one, two), max(one, two)), Period(min(three, four), max(three, four))
    assert first.start and first.end and second.start and second.end
    shared = max(first.start, second.start) <= min(first.end, second.end)
    assert first.overlaps(second) == second.overlaps(first) == shared
