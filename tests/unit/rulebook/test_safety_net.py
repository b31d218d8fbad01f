"""A plan that can be sent, every reason when it cannot, and what it answers afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.safety_net import (
    Contact,
    LanguageCheck,
    Medication,
    Plan,
    Recipient,
    check_plan,
    contacts_at,
    described,
    faults,
    gaps,
    hours_said,
    place,
    templates,
)
from samspill.rulebook.safety_net.contacts import ALL
from samspill.rulebook.safety_net.templates import Change
from samspill.rulebook.triage import Limits
from unit.rulebook.safety_net_plans import ready

OSLO = ZoneInfo("Europe/Oslo")


def oslo(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=OSLO)


MONDAY_NOON, SUNDAY_NIGHT = oslo(23, 12), oslo(22, 3)


def without(plan: Plan, level: str, **more: object) -> Plan:
    return replace(plan, levels={**plan.levels, level: replace(plan.levels[level], **more)})


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("condition", sorted(templates()))
def test_a_plan_with_all_its_parts_can_be_sent(condition: str, language: str) -> None:
    plan = ready(condition, language)
    assert faults(plan) == ()
    check_plan(plan)


PLAN = ready()
WEIGHT = PLAN.indicators[0]
SPOILED = [
    (replace(PLAN, person=" "), "no_person"),
    (replace(PLAN, valid_from=None), "no_start"),
    (replace(PLAN, valid_to=date(2026, 11, 8)), "turned_days"),
    (replace(PLAN, indicators=()), "no_indicator"),
    (replace(PLAN, indicators=PLAN.indicators[2:3]), "level_not_described"),
    (replace(PLAN, indicators=(replace(WEIGHT, limits=None), *PLAN.indicators[1:])), "no_limits"),
    (
        replace(PLAN, indicators=(replace(WEIGHT, limits=Limits(75, 74, 80)), *PLAN.indicators[1:])),
        "limits.order",
    ),
    (
        replace(PLAN, indicators=(replace(WEIGHT, limits=Limits(red_low=60)), *PLAN.indicators[1:])),
        "safety_net.placeholder",
    ),
    (without(PLAN, "yellow", do=""), "no_action"),
    (without(PLAN, "green", contacts=()), "no_contact"),
    (replace(PLAN, levels={"red": PLAN.levels["red"], "green": PLAN.levels["green"]}), "no_action"),
    (without(PLAN, "yellow", contacts=(Contact("gp", phone="1"),)), ""),
    (without(PLAN, "yellow", contacts=(Contact("gp", otherwise=True),)), "no_number"),
    (without(PLAN, "red", contacts=(Contact("gp", ("mon",), phone="1"),)), "nobody_answers"),
    (without(PLAN, "red", contacts=(Contact("uncle", phone="1"),)), "safety_net.unknown_role"),
    (without(PLAN, "red", contacts=(Contact("gp", start=time(8), phone="1"),)), "safety_net.hours"),
    (replace(PLAN, responsibility=("", " ")), "no_responsibility"),
    (replace(PLAN, medication=None), "no_medication_list"),
    (replace(PLAN, medication=Medication(reason="Kommer i morgen")), "no_medication_list"),
    (replace(PLAN, medication=Medication(reason="Kommer i morgen", signed_by="Lege Li")), ""),
    (replace(PLAN, language_check=None), "no_language_check"),
    (replace(PLAN, language_check=LanguageCheck("")), "no_language_check"),
    (replace(PLAN, recipients=()), "no_recipient"),
    (replace(PLAN, recipients=(Recipient("Datteren"),)), "nobody_can_receive"),
    (replace(PLAN, about="Diagnose J44.1"), "code_without_words"),
    (without(PLAN, "yellow", do="Mål SpO2 og ring"), "code_without_words"),
]


@pytest.mark.parametrize(("plan", "code"), SPOILED)
def test_what_lacks_is_told(plan: Plan, code: str) -> None:
    codes = {one.code for one in faults(plan)}
    assert code in codes if code else not codes
    if code:
        with pytest.raises(Refused) as refused:
            check_plan(plan)
        assert refused.value.code == "safety_net.not_ready"
        assert all(one.sentence in refused.value.sentence for one in faults(plan))


def test_an_empty_plan_is_told_everything_at_once() -> None:
    bare = Plan(template="", version=0, language="nb", person="", indicators=(), levels={})
    codes = [one.code for one in faults(bare)]
    assert codes == [
        "no_person", "no_start", "no_indicator", "no_action", "no_contact", "no_action", "no_contact",
        "no_action", "no_contact", "no_responsibility",
        "no_medication_list", "no_language_check", "no_recipient",
    ]  # fmt: skip


def test_inside_is_answered_with_go_on() -> None:
    told = place(PLAN, {"weight": 71.5, "breath": "green"}, MONDAY_NOON)
    assert told.is_inside and told.outside == () and told.do == PLAN.levels["green"].do


@pytest.mark.parametrize(
    ("weight", "colour"), [(72, "green"), (Decimal("72.0"), "green"), (72.1, "yellow"), (60, "green")]
)
def test_a_weight_is_held_against_what_is_usual(weight: float, colour: str) -> None:
    told = place(PLAN, {"weight": weight}, MONDAY_NOON)
    assert told.colour == colour
    looks = "Vekten er ikke over 72 kilo" if colour == "green" else "Vekten er over 72 kilo, eller har økt"
    assert told.indicators[0].looks.startswith(looks)


def test_a_quick_rise_is_outside_though_the_weight_is_not() -> None:
    days = [(oslo(20, 8), 68), (oslo(21, 8), 69), (oslo(23, 8), 70.5)]
    told = place(PLAN, {"weight": days}, MONDAY_NOON)
    assert (told.colour, told.indicators[0].limit, told.indicators[0].value) == (
        "yellow",
        "change",
        70.5,
    )
    assert place(PLAN, {"weight": days[1:]}, MONDAY_NOON).is_inside
    assert place(PLAN, {"weight": days[:2]}, MONDAY_NOON).is_inside
    assert place(PLAN, {"weight": days}, oslo(21, 9)).indicators[0].value == 69, "not what came later"


def test_a_quick_fall_has_limits_of_its_own() -> None:
    falling = replace(WEIGHT, change=Change(3, Limits(yellow_low=-2, yellow_high=2)))
    plan = replace(PLAN, indicators=(falling,))
    assert place(plan, {"weight": [(oslo(22, 8), 71), (oslo(23, 8), 69)]}, MONDAY_NOON).is_inside
    told = place(plan, {"weight": [(oslo(22, 8), 71), (oslo(23, 8), 68.9)]}, MONDAY_NOON)
    assert (told.colour, told.indicators[0].limit) == ("yellow", "change")


def test_the_worst_answer_decides_and_all_are_told() -> None:
    told = place(PLAN, {"weight": 73, "breath": "red", "swelling": "green"}, MONDAY_NOON)
    assert told.colour == "red" and told.title.startswith("Rødt")
    assert [one.id for one in told.outside] == ["weight", "breath"]
    assert [one.number for one in told.call] == ["113"]


@pytest.mark.parametrize(
    ("now", "role"),
    [
        (oslo(23, 7, 59), "out_of_hours"), (oslo(23, 8), "gp"), (oslo(23, 15, 29), "gp"),
        (oslo(23, 15, 30), "out_of_hours"), (oslo(22, 12), "out_of_hours"), (oslo(21, 12), "out_of_hours"),
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), "gp"),
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), "out_of_hours"),
    ],
)  # fmt: skip
def test_whom_to_call_depends_on_the_hour(now: datetime, role: str) -> None:
    assert [one.role for one in place(PLAN, {"breath": "yellow"}, now).call] == [role]


def test_a_public_holiday_is_as_a_sunday() -> None:
    told = place(PLAN, {"breath": "yellow"}, MONDAY_NOON, closed_days={date(2026, 11, 23)})
    assert [one.number for one in told.call] == ["116 117"]


def test_what_has_no_limits_is_for_a_person_to_look_at() -> None:
    bare = replace(PLAN, indicators=(replace(WEIGHT, limits=None, change=None),))
    told = place(bare, {"weight": 70}, MONDAY_NOON)
    assert told.colour == "none" and not told.is_inside
    assert told.do == PLAN.levels["yellow"].do and told.call


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "safety_net.no_values"),
        ({"height": 170}, "safety_net.unknown_indicator"),
        ({"breath": "bad"}, "safety_net.answer"),
        ({"breath": True}, "safety_net.answer"),
        ({"swelling": "red"}, "safety_net.answer"),
        ({"weight": "70"}, "value.not_a_number"),
        ({"weight": None}, "value.not_a_number"),
        ({"weight": [70, 71]}, "value.shape"),
        ({"weight": []}, "safety_net.no_values"),
    ],
)
def test_what_the_plan_cannot_answer_is_refused(values: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        place(PLAN, values, MONDAY_NOON)
    assert refused.value.code == code
    with pytest.raises(Refused):
        place(PLAN, {"breath": "green"}, datetime(2026, 11, 23, 12))


def test_limits_are_written_as_people_write_numbers() -> None:
    english = replace(ready(language="en").indicators[0], limits=Limits(yellow_high=Decimal("72.50")))
    assert "72.5 kilos" in described(english, "green", "en")
    assert "72,5 kilo" in described(replace(WEIGHT, limits=Limits(yellow_high=72.5)), "green", "nb")
    odd = replace(WEIGHT, levels={"green": "{ } {yellow_high} {{x}"})
    with pytest.raises(Refused):
        described(odd, "green", "nb")
    assert (
        described(replace(odd, levels={"green": "{ } {yellow_high!r} {"}), "green", "nb")
        == "{ } {yellow_high!r} {"
    )


def test_hours_past_midnight_belong_to_the_day_they_begin() -> None:
    night = [Contact("home_care", ("fri",), time(22), time(7), phone="1")]
    friday = datetime(2026, 11, 27, 23, tzinfo=OSLO)
    assert contacts_at(night, friday) and contacts_at(night, friday + timedelta(hours=7))
    assert not contacts_at(night, friday + timedelta(hours=8)) and not contacts_at(
        night, friday - timedelta(days=1)
    )


@pytest.mark.parametrize(
    ("contacts", "alone"),
    [
        ((), True),
        ((Contact("emergency"),), False),
        ((Contact("gp", start=time(8), end=time(15)), Contact("gp", start=time(15), end=time(8))), False),
        ((Contact("gp", start=time(8), end=time(15)), Contact("gp", start=time(15, 1), end=time(8))), True),
        ((Contact("gp", ("mon", "tue", "wed", "thu", "fri"), time(8), time(15)),), True),
        ((Contact("gp", ("mon", "tue", "wed", "thu", "fri", "sat")),), True),
        ((Contact("gp", ("mon",)), Contact("out_of_hours", otherwise=True)), False),
        ((Contact("gp", start=time(0), end=time(0)),), False),
    ],
)
def test_hours_when_nobody_answers_are_found(contacts: tuple[Contact, ...], alone: bool) -> None:
    assert bool(gaps(contacts)) is alone


@pytest.mark.parametrize(
    ("contact", "language", "said"),
    [
        (Contact("gp", ALL[:5], time(8), time(15, 30)), "nb", "hverdager kl. 8–15.30"),
        (Contact("gp", ALL[:5], time(8), time(15, 30)), "nn", "kvardagar kl. 8–15.30"),
        (Contact("gp", ALL[:5], time(8), time(15, 30)), "en", "weekdays 8:00 to 15:30"),
        (Contact("emergency"), "nb", "hele døgnet"),
        (Contact("out_of_hours", otherwise=True), "nn", "heile døgnet"),
        (Contact("home_care", otherwise=True), "en", "when the others are closed"),
        (Contact("gp", ("wed", "mon")), "nb", "mandag, onsdag"),
        (Contact("gp", ALL[5:], time(0), time(0)), "nb", "lørdag og søndag"),
        (Contact("home_care", start=time(7, 30), end=time(22)), "nb", "hver dag kl. 7.30–22"),
    ],
)
def test_hours_are_told_in_words(contact: Contact, language: str, said: str) -> None:
    assert hours_said(contact, language) == said


hours = st.sampled_from([None, *(time(hour) for hour in range(0, 24, 4))])
windows = st.builds(
    lambda days, start, end: Contact("gp", tuple(days), start, end if start else None, phone="1"),
    st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1),
    hours,
    st.sampled_from([time(hour) for hour in range(0, 24, 4)]),
)


@given(st.lists(windows, max_size=5))
def test_there_is_a_gap_exactly_when_some_hour_has_nobody(contacts: list[Contact]) -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    closed = {date(2026, 11, 26)}
    empty = any(
        not contacts_at(contacts, monday + timedelta(hours=hour), closed_days=days, zone="UTC")
        for hour in range(7 * 24)
        for days in ((), closed)
    )
    assert bool(gaps(contacts)) is empty
