"""«Hva er innafor» by version: one in force, what it answers, and who sees it (invariant 15 of care)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from factories.care import HALDEN, MOSS, CareWorld, follow
from factories.safety_net import (
    ASTRID,
    NOW,
    READ,
    Family,
    all_recipients,
    complete,
    draft,
    missing,
    ready,
    refused_in,
    sent,
    team_key,
)
from samspill.care.actions.opening import opening, opening_list
from samspill.care.actions.safety_net import (
    confirm,
    save,
    send,
    take_back,
)
from samspill.care.actions.safety_net_waiting import plan_dues, waiting_for
from samspill.care.models import AccessLogEntry, PlanRecipient, SafetyNetPlan
from samspill.care.queries.safety_net import answer_value, answer_values, find_plan, sent_plans, unconfirmed
from samspill.directory.public import scope
from samspill.refusal import Refused
from samspill.rulebook.safety_net import from_plain

WEEKDAY_NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)
WEEKDAY_NIGHT = datetime(2026, 11, 24, 22, tzinfo=UTC)
FIRST_DAY_OF_CHRISTMAS = datetime(2026, 12, 25, 11, tzinfo=UTC)


# Invariant 15


def test_invariant_15_the_new_one_supersedes_and_the_old_stays_readable(
    world: CareWorld, home: Family
) -> None:
    first = sent(world, all_recipients(world, home))
    second = sent(world, all_recipients(world, home), at=NOW + timedelta(hours=2))
    assert (second.version, second.supersedes) == (2, first)
    for somebody in (world.nurses["Ward"], world.nurses["Service"], home.daughter, home.astrid):
        with scope(somebody), opening(first.patient_id, by=somebody, what="x"):
            assert [(one.version, one.state) for one in sent_plans(first.patient_id)] == [
                (2, "sent"),
                (1, "superseded"),
            ]
            assert find_plan(first.pk, first.patient_id).content == first.content


def test_invariant_15_plans_for_two_problems_stand_side_by_side(world: CareWorld, home: Family) -> None:
    sent(world, all_recipients(world, home))
    row, nurse = draft(world, problem="copd"), world.nurses["Ward"]
    with scope(nurse):
        plan = complete(from_plain(row.content))
        save(
            row.pk, row.patient_id, plan, by=nurse, now=NOW, signed=READ,
            recipients=[team_key(world, "Service")],
        )  # fmt: skip
        send(row.pk, row.patient_id, by=nurse, now=NOW)
        with opening(row.patient_id, by=nurse, what="x"):
            assert [one.state for one in sent_plans(row.patient_id)] == ["sent", "sent"]


def test_invariant_15_a_recipient_makes_the_next_one(world: CareWorld, home: Family) -> None:
    first = sent(world, all_recipients(world, home))
    second = sent(world, [team_key(world, "Ward"), f"related:{home.near.pk}"], by="Service")
    assert (second.tenant, second.version, second.supersedes) == (world.parties[HALDEN], 1, first)
    ward = world.nurses["Ward"]
    with scope(ward), opening(first.patient_id, by=ward, what="x"):
        assert {one.state: one.team.name for one in sent_plans(first.patient_id)} == {
            "sent": "Service",
            "superseded": "Ward",
        }
    with scope(ward), opening_list(world.teams["Ward"], by=ward):
        assert unconfirmed(NOW + timedelta(hours=48)) == []


def test_invariant_15_two_are_not_in_force_when_one_is_out_of_sight(world: CareWorld, home: Family) -> None:
    follow(world, ASTRID, "Moss", tenant=MOSS)
    sent(world, [f"related:{home.near.pk}"])
    row, moss = ready(world, [f"related:{home.near.pk}"], by="Moss"), world.nurses["Moss"]
    assert refused_in(moss, send, row.pk, row.patient_id, now=NOW) == "safety_net.in_force_elsewhere"
    with scope(moss), opening(row.patient_id, by=moss, what="x"):
        assert [one.state for one in SafetyNetPlan.objects.all()] == ["draft"], "nothing is half sent"
        assert [one.sent_at for one in PlanRecipient.objects.all()] == [None]


def test_a_new_draft_begins_with_the_plan_in_force(world: CareWorld, home: Family) -> None:
    first = sent(world, all_recipients(world, home))
    row = draft(world)
    assert (row.version, row.is_draft) == (2, True)
    assert from_plain(row.content).indicators == from_plain(first.content).indicators
    assert missing(world, row) == {"no_language_check", "no_recipient"}


def test_a_sent_plan_does_not_change(world: CareWorld, home: Family) -> None:
    row, ward = sent(world, all_recipients(world, home)), world.nurses["Ward"]
    plan = from_plain(row.content)
    assert refused_in(ward, save, row.pk, row.patient_id, plan, now=NOW) == "safety_net.not_a_draft"
    assert refused_in(ward, send, row.pk, row.patient_id, now=NOW) == "safety_net.not_a_draft"
    service = world.nurses["Service"]
    for nurse in (ward, service):
        with scope(nurse), opening(row.patient_id, by=nurse, what="x"):
            for said in ({"content": {}}, {"state": "draft"}, {"sent_at": NOW + timedelta(days=1)}):
                with pytest.raises(IntegrityError), transaction.atomic():
                    SafetyNetPlan.objects.filter(pk=row.pk).update(**said)
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                SafetyNetPlan.objects.filter(pk=row.pk)._raw_delete("default")  # type: ignore[attr-defined]
            with pytest.raises(IntegrityError), transaction.atomic():
                PlanRecipient.objects.filter(plan=row).update(name="En annen")


def test_a_plan_made_in_error_is_taken_back_by_who_made_it(world: CareWorld, home: Family) -> None:
    row, ward = sent(world, all_recipients(world, home)), world.nurses["Ward"]
    args = (row.pk, row.patient_id)
    assert refused_in(ward, take_back, *args, reason=" ", now=NOW) == "safety_net.reason"
    service = world.nurses["Service"]
    assert refused_in(service, take_back, *args, reason="Feil", now=NOW) == "safety_net.not_yours"
    with scope(ward):
        made = take_back(*args, reason="Feil pasient", by=ward, now=NOW)
        assert (made.state, made.end_reason) == ("entered-in-error", "Feil pasient")
        with opening(row.patient_id, by=ward, what="x"):
            assert sent_plans(row.patient_id) == []
            assert unconfirmed(NOW + timedelta(days=3)) == []


# What it answers, and who saw it


def test_a_value_is_answered_with_what_to_do_and_whom_to_call_now(world: CareWorld, home: Family) -> None:
    row = sent(world, all_recipients(world, home))
    with scope(home.daughter), opening(row.patient_id, by=home.daughter, what="x"):
        found = find_plan(row.pk, row.patient_id)
        inside = answer_value(found, "weight", Decimal("72"), WEEKDAY_NOON)
        outside = answer_value(found, "weight", Decimal("72.1"), WEEKDAY_NOON)
        assert (inside.is_inside, outside.is_inside, outside.colour) == (True, False, "yellow")
        assert outside.do.startswith("Ring i dag")
        assert [one.role for one in outside.call] == ["gp"]
        night = answer_value(found, "weight", Decimal("73"), WEEKDAY_NIGHT)
        assert [(one.role, one.number) for one in night.call] == [("out_of_hours", "116 117")]
        holiday = answer_value(found, "weight", Decimal("73"), FIRST_DAY_OF_CHRISTMAS)
        assert [one.role for one in holiday.call] == ["out_of_hours"]
        both = answer_values(found, {"weight": Decimal(70), "breath": "red"}, WEEKDAY_NOON)
        assert (both.colour, [one.number for one in both.call]) == ("red", ["113"])


def test_a_plan_that_is_not_in_force_answers_nothing(world: CareWorld, home: Family) -> None:
    first = sent(world, all_recipients(world, home))
    sent(world, all_recipients(world, home), at=NOW + timedelta(hours=2))
    ward = world.nurses["Ward"]
    with scope(ward), opening(first.patient_id, by=ward, what="x"), pytest.raises(Refused) as refused:
        answer_value(find_plan(first.pk, first.patient_id), "weight", 70, NOW)
    assert refused.value.code == "safety_net.not_in_force"


def test_who_has_no_part_in_the_plan_sees_nothing_of_it(world: CareWorld, home: Family) -> None:
    row = sent(world, [f"related:{home.near.pk}"])
    service = world.nurses["Service"]
    with scope(service), opening(row.patient_id, by=service, what="x"):
        assert not SafetyNetPlan.objects.exists()
        assert not PlanRecipient.objects.exists()
    with scope(world.nurses["Ward"]), connection.cursor() as cursor:
        for table in ("safetynetplan", "safetynetplanevent", "planrecipient", "planrecipientevent"):
            cursor.execute(f"SELECT count(*) FROM care_{table}")  # noqa: S608
            assert cursor.fetchone() == (0,)


def test_every_act_on_a_plan_is_in_the_log(world: CareWorld, home: Family) -> None:
    row = sent(world, all_recipients(world, home))
    with scope(home.daughter):
        confirm(row.pk, row.patient_id, by=home.daughter, now=NOW)
    with scope(home.astrid), opening(row.patient_id, by=home.astrid, what="care.own"):
        seen = {(one.by_name, one.what, one.act) for one in AccessLogEntry.objects.all()}
    assert {("Kari Vold", "care.safety_net", "write"), ("Mona Lunde", "care.safety_net", "write")} <= seen


def test_invariant_13_what_is_not_confirmed_in_a_day_is_a_task_for_the_team_that_sent_it(
    world: CareWorld, home: Family
) -> None:
    row = sent(world, all_recipients(world, home), at=timezone.now() - timedelta(hours=25))
    ward, service = world.nurses["Ward"], world.nurses["Service"]
    with scope(service):
        confirm(row.pk, row.patient_id, by=service, now=timezone.now())
        assert list(plan_dues(service)) == []
    with scope(ward):
        found = list(plan_dues(ward))
        assert [one.url for one in found] == [f"/pasienter/{row.patient_id}/hva-er-innafor/{row.pk}/"] * 2
        told = " ".join(f"{one.title} {one.text}" for one in found)
        assert not any(word in told for word in ("Mona", "Astrid", "Lunde", "jertesvikt"))
        (listed,) = AccessLogEntry.objects.filter(act="list")
        assert listed.patients == [row.patient_id]
    with scope(home.daughter):
        assert list(plan_dues(home.daughter)) == []


def test_a_team_sees_what_it_sent_itself(world: CareWorld, home: Family) -> None:
    with scope(world.nurses["Service"]), pytest.raises(Refused):
        waiting_for(world.teams["Ward"], by=world.nurses["Service"], now=NOW)
