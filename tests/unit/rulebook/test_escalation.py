"""When somebody else must be told: clocks as values, from a table of ours or the service's own."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest

from samspill.refusal import Refused
from samspill.rulebook.triage import Step, check_escalation, escalation_at, reached

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
OWN = {
    "red": [
        {"level": 1, "after": 5, "to": "team"},
        {"level": 2, "after": 12.5, "to": "duty_doctor", "always_staffed": True},
    ]
}


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize("kind", ["red", "yellow", "none", "missing", "machine_failure"])
def test_our_own_table_rises_and_ends_at_one_who_is_always_there(kind: str) -> None:
    told = escalation_at(NOON, kind)
    assert [one.level for one in told] == [*range(1, len(told) + 1)] and len(told) >= 2
    assert told[0].at > NOON and all(one.at < other.at for one, other in pairwise(told))


def test_green_waits_for_nobody() -> None:
    assert escalation_at(NOON, "green") == ()


def test_red_is_told_before_yellow() -> None:
    assert escalation_at(NOON, "red")[0].at < escalation_at(NOON, "yellow")[0].at


def test_a_service_may_have_its_own_clocks() -> None:
    told = escalation_at(NOON, "red", OWN)
    assert [(one.level, one.at, one.to) for one in told] == [
        (1, NOON + minutes(5), "team"),
        (2, NOON + minutes(12.5), "duty_doctor"),
    ]
    assert escalation_at(NOON, "yellow", OWN) == ()
    assert escalation_at(NOON, "red", {"red": [Step(1, minutes(1), "all", True)]})[0].at == NOON + minutes(1)


def test_the_clock_counts_time_that_passes_across_the_change_of_clocks() -> None:
    before = datetime(2026, 10, 25, 2, 55, tzinfo=timezone(timedelta(hours=2)))
    told = escalation_at(before, "red", OWN)
    assert told[0].at - before == minutes(5)
    assert told[0].at.tzinfo is UTC


def test_the_level_is_reached_at_its_instant() -> None:
    told = escalation_at(NOON, "red", OWN)
    moments = [NOON, NOON + minutes(4.9), NOON + minutes(5), NOON + minutes(12.4), NOON + minutes(13)]
    assert [reached(told, moment) for moment in moments] == [0, 0, 1, 1, 2]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"orange": []}, "escalation.kind"),
        ({"red": [{"level": 2, "after": 5, "to": "a", "always_staffed": True}]}, "escalation.order"),
        ({"red": [Step(1, minutes(5), "a"), Step(2, minutes(5), "b", True)]}, "escalation.order"),
        ({"red": [{"level": 1, "after": 0, "to": "a", "always_staffed": True}]}, "escalation.order"),
        ({"red": [{"level": 1, "after": 5, "to": "a"}]}, "escalation.unstaffed"),
        ({"red": [{"level": 1, "after": 5}]}, "table.missing_key"),
        ({"red": [{"level": 1, "after": 5, "to": "a", "untill": 6}]}, "table.unknown_key"),
        ({"red": [{"level": 1, "after": "5", "to": "a", "always_staffed": True}]}, "number.not_a_number"),
    ],
)
def test_a_table_that_would_leave_an_alert_alone_is_refused(table: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_escalation(table)
    assert refused.value.code == code


def test_what_has_no_zone_no_kind_or_no_day_is_refused() -> None:
    for raised, kind, code in (
        (datetime(2026, 11, 23, 11), "red", "time.no_zone"),
        (NOON, "orange", "escalation.kind"),
        (datetime(2020, 1, 1, tzinfo=UTC), "red", "escalation.day"),
    ):
        with pytest.raises(Refused) as refused:
            escalation_at(raised, kind)
        assert refused.value.code == code
