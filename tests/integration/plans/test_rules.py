"""What follows from dates, states and words; no database."""

from datetime import date

import pytest

from samspill.plans.rules.dates import check_deadline, check_period, months_before, next_half_year_end
from samspill.plans.rules.proposals import Candidate, Deadlines, Facts, Indicators, Owners
from samspill.plans.rules.status import Known, check_state_change, shown_status, state_after
from samspill.plans.rules.words import is_alike, share_found, significant
from samspill.plans.states import (
    DONE,
    MEASURE_TRANSITIONS,
    STATE_AFTER,
    MeasureState,
    ShownStatus,
    StatusWord,
)
from samspill.refusal import Refused

TODAY = date(2026, 11, 22)
LONG_AGO, LATELY = date(2026, 5, 21), date(2026, 11, 1)
PAST, FUTURE = date(2026, 11, 21), date(2027, 6, 30)


@pytest.mark.parametrize(
    ("state", "deadline", "since", "said", "said_on", "status"),
    [
        ("adopted", None, LATELY, "", None, "not_started"),
        ("adopted", None, LONG_AGO, "", None, "unknown"),
        ("in_progress", FUTURE, LONG_AGO, "on_track", LATELY, "on_track"),
        ("in_progress", FUTURE, LONG_AGO, "on_track", LONG_AGO, "unknown"),
        ("in_progress", FUTURE, LONG_AGO, "late", LATELY, "late"),
        ("in_progress", FUTURE, LONG_AGO, "late", LONG_AGO, "unknown"),
        ("in_progress", PAST, LONG_AGO, "on_track", LATELY, "late"),
        ("in_progress", TODAY, LONG_AGO, "on_track", LATELY, "on_track"),
        ("not_started", FUTURE, LONG_AGO, "not_started", LATELY, "not_started"),
        ("completed", PAST, LONG_AGO, "done", LONG_AGO, "done"),
        ("in_operation", None, LONG_AGO, "done", LONG_AGO, "done"),
        ("ended", PAST, LATELY, "", None, "not_started"),
    ],
)
def test_what_is_shown_follows_from_state_deadline_and_newest_report(
    state: str, deadline: date | None, since: date, said: str, said_on: date | None, status: str
) -> None:
    known = Known(state, deadline, since, said, said_on)
    assert shown_status(known, today=TODAY).status == status


def test_a_report_is_good_for_exactly_six_months() -> None:
    known = Known("in_progress", None, LONG_AGO, "on_track", date(2026, 5, 22))
    assert shown_status(known, today=TODAY).status == ShownStatus.ON_TRACK
    assert shown_status(known, today=date(2026, 11, 23)).status == ShownStatus.UNKNOWN


def test_days_past_the_deadline_are_counted() -> None:
    assert shown_status(Known("adopted", date(2026, 10, 30), LATELY), today=TODAY).days_late == 23


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 3, 15), 6, date(2025, 9, 15)),
        (date(2026, 1, 1), 1, date(2025, 12, 1)),
    ],
)
def test_months_are_counted_back_by_the_calendar(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier


@pytest.mark.parametrize("before", MeasureState)
@pytest.mark.parametrize("after", MeasureState)
def test_a_state_changes_only_as_the_table_says(before: MeasureState, after: MeasureState) -> None:
    if after in MEASURE_TRANSITIONS[before]:
        check_state_change(before, after)
    else:
        with pytest.raises(Refused, match=r"cannot become|kan ikke bli"):
            check_state_change(before, after)


def test_every_state_stands_in_the_table_and_leads_only_to_states() -> None:
    assert set(MEASURE_TRANSITIONS) == set(MeasureState)
    assert {after for followers in MEASURE_TRANSITIONS.values() for after in followers} <= set(MeasureState)


@pytest.mark.parametrize("word", StatusWord)
@pytest.mark.parametrize("state", MeasureState)
def test_a_report_moves_the_measure_or_is_refused(state: MeasureState, word: StatusWord) -> None:
    wanted = STATE_AFTER[word]
    if wanted == state or wanted in MEASURE_TRANSITIONS[state]:
        assert state_after(state, word) == wanted
    else:
        with pytest.raises(Refused) as refusal:
            state_after(state, word)
        assert refusal.value.code == "measure.closed"


def test_what_is_done_can_be_opened_again_but_what_has_ended_cannot() -> None:
    assert state_after("completed", "on_track") == MeasureState.IN_PROGRESS
    assert not MEASURE_TRANSITIONS[MeasureState.ENDED]
    assert MeasureState.ENDED not in DONE


def test_a_plan_may_last_one_day_but_not_end_before_it_begins() -> None:
    check_period(TODAY, TODAY)
    check_period(None, TODAY)
    with pytest.raises(Refused):
        check_period(FUTURE, TODAY)


def test_a_deadline_on_the_first_day_is_allowed_and_the_day_before_is_not() -> None:
    check_deadline(date(2025, 1, 1), date(2025, 1, 1))
    check_deadline(None, date(2025, 1, 1))
    with pytest.raises(Refused, match="2024"):
        check_deadline(date(2024, 12, 31), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 11, 22), date(2027, 6, 30)),
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(2026, 4, 2), date(2026, 12, 31)),
        (date(2026, 10, 2), date(2026, 12, 31)),
        (date(2026, 10, 3), date(2027, 6, 30)),
    ],
)
def test_a_proposed_half_year_leaves_time_to_act(today: date, end: date) -> None:
    assert next_half_year_end(today) == end


CANDIDATES = [
    Candidate("body:1", "SSU", "Strategisk samarbeidsutvalg", "SSU"),
    Candidate("body:2", "FSU BU", "Faglig samarbeidsutvalg barn og unge", "FSU BU"),
    Candidate("body:3", "FSU PHR", "Faglig samarbeidsutvalg for psykisk helse og rus", "FSU PHR"),
    Candidate("party:4", "Halden", "Halden kommune", "Halden"),
]


def fact(
    number: int, text: str = "Lage en veileder", area_title: str = "Akuttkjeden", **more: object
) -> Facts:
    return Facts(id=number, area=1, goal=1, area_title=area_title, text=text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "key"),
    [
        (fact(1, "Starte opp FSU PHR i alle kommuner"), "body:3"),
        (fact(1, "Halden prøver ut kveldspatrulje"), "party:4"),
        (fact(1, "Lage felles kurs", "Barn og unge"), "body:2"),
        (fact(1, "Lage felles kurs", "Alvorlige psykiske lidelser og ruslidelse"), "body:3"),
        (fact(1, "Lage felles kurs", "Kvalitet"), ""),
    ],
)
def test_an_owner_is_proposed_by_name_or_by_what_the_body_is_for(measure: Facts, key: str) -> None:
    proposal = Owners([measure], CANDIDATES).propose(measure)
    assert (proposal.value if proposal else "") == key


def test_otherwise_the_one_who_has_most_of_the_neighbours_is_proposed() -> None:
    neighbours = [
        Facts(1, area=1, goal=1, area_title="", text="", owner="body:1"),
        Facts(2, area=1, goal=2, area_title="", text="", owner="party:4"),
        Facts(3, area=1, goal=2, area_title="", text="", owner="party:4"),
    ]
    owners = Owners(neighbours, CANDIDATES)
    same_goal = owners.propose(Facts(4, area=1, goal=1, area_title="", text=""))
    same_area = owners.propose(Facts(5, area=1, goal=9, area_title="", text=""))
    elsewhere = owners.propose(Facts(6, area=2, goal=8, area_title="", text=""))
    assert same_goal is not None
    assert same_area is not None
    assert (same_goal.value, same_area.value, elsewhere) == ("body:1", "party:4", None)


def test_an_owner_who_is_no_longer_in_the_register_is_not_proposed() -> None:
    neighbour = fact(1, owner="body:99")
    assert Owners([neighbour], CANDIDATES).propose(fact(2)) is None


def test_a_deadline_is_proposed_from_the_area_then_the_plan_then_the_calendar() -> None:
    dated = [fact(1, deadline=FUTURE), fact(2, deadline=FUTURE), fact(3, deadline=date(2027, 1, 1)), fact(4)]
    end = date(2027, 12, 31)
    assert Deadlines(dated, end, today=TODAY).propose(fact(9)).value == "2027-06-30"
    assert Deadlines([fact(4)], end, today=TODAY).propose(fact(9)).value == "2027-12-31"
    assert Deadlines([fact(4)], PAST, today=TODAY).propose(fact(9)).value == "2027-06-30"
    assert Deadlines([fact(4)], None, today=TODAY).propose(fact(9)).value == "2027-06-30"


def test_a_date_that_has_passed_is_never_proposed() -> None:
    assert Deadlines([fact(1, deadline=PAST)], PAST, today=TODAY).propose(fact(2)).value > TODAY.isoformat()


def test_the_indicator_that_shares_most_words_is_proposed() -> None:
    indicators = Indicators(
        [
            Candidate("7", "Andel 80 år og eldre", "Andel 80 år og eldre befolkning"),
            Candidate(
                "8",
                "Innbyggere 80 år og eldre",
                "Innbyggere 80 år og eldre gamle skrøpelig geriatri sykehjem",
            ),
            Candidate("9", "Barn og unge under 18 år", "Barn og unge under 18 år svangerskap fødsel"),
        ]
    )
    frail = indicators.propose(fact(1, "Kartlegge likt alle steder", "Eldre med skrøpelighet"))
    birth = indicators.propose(fact(2, "Tre møteplasser etter fødsel", "Kvalitet"))
    assert frail is not None
    assert birth is not None
    assert (frail.value, birth.value) == ("8", "9")
    assert indicators.propose(fact(3, "Anskaffe nettbrett", "Digitalt")) is None


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("psykisk", "psykiske", True),
        ("rus", "ruslidelse", True),
        ("unge", "ungdom", False),
        ("barn", "barn", True),
        ("eldre", "eldremedisin", True),
    ],
)
def test_words_are_alike_in_other_endings_and_at_the_beginning_of_compounds(
    one: str, other: str, alike: bool
) -> None:
    assert is_alike(one, other) == is_alike(other, one) == alike


def test_words_that_tell_nothing_apart_do_not_count() -> None:
    assert significant("Faglig samarbeidsutvalg for barn og unge i kommunene") == {"barn", "unge"}
    assert share_found(frozenset(), frozenset({"barn"})) == 0
