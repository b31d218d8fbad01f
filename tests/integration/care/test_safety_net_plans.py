"""«Hva er innafor»: invariants 12 to 15 of care, and who reads a plan."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from factories.care import HOSPITAL, LONG_AGO, CareWorld
from factories.people import TODAY
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
    signed_list,
    team_key,
)
from samspill.care import migrations
from samspill.care.actions.opening import opening, opening_list
from samspill.care.actions.safety_net import (
    Signed,
    begin,
    confirm,
    opening_draft,
    save,
    send,
)
from samspill.care.carrying import deciding
from samspill.care.models import Block, Patient, PlanRecipient, RelatedPerson, SafetyNetPlan
from samspill.care.queries.safety_net import unconfirmed
from samspill.care.safety_net_states import PLAN_MOVES
from samspill.directory.public import scope
from samspill.refusal import Refused
from samspill.rulebook.safety_net import from_plain, templates

# A draft


def test_a_draft_begins_with_the_template_and_the_numbers_of_the_teams(
    world: CareWorld, home: Family
) -> None:
    row = draft(world)
    plan = from_plain(row.content)
    assert (row.version, row.state, row.language, row.team_id) == (1, "draft", "nb", world.teams["Ward"].pk)
    assert (row.tenant, plan.person, plan.valid_from) == (world.parties[HOSPITAL], "Astrid", TODAY)
    assert {one.id for one in plan.indicators} == {one.id for one in templates()["heart_failure"].indicators}
    assert missing(world, row) >= {"no_limits", "no_medication_list", "no_language_check", "no_recipient"}


def test_a_draft_that_is_begun_is_gone_on_with(world: CareWorld, home: Family) -> None:
    assert draft(world) == draft(world)
    assert draft(world, problem="copd").version == 1


@pytest.mark.parametrize("problem", sorted(templates()))
def test_every_template_can_be_made_ready_and_sent(world: CareWorld, home: Family, problem: str) -> None:
    row, nurse = draft(world, problem=problem), world.nurses["Ward"]
    key = [team_key(world, "Service")]
    signed_list(world)
    with scope(nurse):
        plan = complete(from_plain(row.content))
        save(row.pk, row.patient_id, plan, by=nurse, now=NOW, signed=READ, recipients=key)
        assert send(row.pk, row.patient_id, by=nurse, now=NOW).is_in_force


def test_what_is_saved_half_done_is_there_again(world: CareWorld, home: Family) -> None:
    row, nurse = draft(world), world.nurses["Ward"]
    plan = from_plain(row.content)
    level = replace(plan.levels["yellow"], do="", contacts=())
    half = replace(plan, person="", indicators=plan.indicators[:1], levels={**plan.levels, "yellow": level})
    with scope(nurse):
        save(row.pk, row.patient_id, half, by=nurse, now=NOW)
        with opening_draft(row.pk, row.patient_id, by=nurse) as open_draft:
            assert from_plain(open_draft.row.content) == replace(half)
    assert missing(world, row) >= {"no_person", "no_action", "no_contact", "no_limits"}


def test_a_text_that_changes_must_be_read_again(world: CareWorld, home: Family) -> None:
    row, nurse = ready(world, []), world.nurses["Ward"]
    assert "no_language_check" not in missing(world, row)
    plan = from_plain(row.content)
    with scope(nurse):
        save(row.pk, row.patient_id, plan, by=nurse, now=NOW)
    assert "no_language_check" not in missing(world, row), "the same words are read already"
    with scope(nurse):
        save(row.pk, row.patient_id, replace(plan, about="Noe annet."), by=nurse, now=NOW)
    assert "no_language_check" in missing(world, row)


def test_a_draft_is_for_its_own_problem_and_for_those_near(world: CareWorld, home: Family) -> None:
    row, nurse = draft(world), world.nurses["Ward"]
    plan = from_plain(row.content)
    other = replace(plan, template="copd")
    args = (row.pk, row.patient_id)
    assert refused_in(nurse, save, *args, other, now=NOW) == "safety_net.another_template"
    for key in (team_key(world, "Moss"), team_key(world, "Ward"), "related:0", "nobody", ""):
        assert refused_in(nurse, save, *args, plan, now=NOW, recipients=[key]) == "safety_net.recipient"


def test_nobody_but_the_record_that_makes_it_sees_a_draft(world: CareWorld, home: Family) -> None:
    row, service = ready(world, all_recipients(world, home)), world.nurses["Service"]
    assert refused_in(service, send, row.pk, row.patient_id, now=NOW) == "safety_net.not_here"
    with scope(service), opening(row.patient_id, by=service, what="x"):
        assert not SafetyNetPlan.objects.exists()
        assert not PlanRecipient.objects.exists()
    moss = world.nurses["Moss"]
    assert refused_in(moss, begin, row.patient_id, "copd", now=NOW) == "access.no_relation"
    for somebody in (home.daughter, home.astrid):
        assert refused_in(somebody, begin, row.patient_id, "copd", now=NOW).startswith(
            ("access.", "safety_net.not_in_a_team")
        )


# Invariant 12


LACKS = {"no_medication_list": (READ, False), "no_language_check": (Signed(), True)}
"""What is signed, and whether a medication list is."""


@pytest.mark.parametrize("code", sorted(LACKS))
def test_invariant_12_a_plan_is_not_sent_without_a_medication_list_and_a_language_check(
    world: CareWorld, home: Family, code: str
) -> None:
    signed, has_list = LACKS[code]
    row = ready(world, all_recipients(world, home), signed=signed, has_list=has_list)
    nurse = world.nurses["Ward"]
    assert missing(world, row) == {code}
    assert refused_in(nurse, send, row.pk, row.patient_id, now=NOW) == "safety_net.not_ready"


def test_invariant_12_a_signed_reason_stands_for_the_medication_list(world: CareWorld, home: Family) -> None:
    signed = Signed(is_read=True, reason="Listen kommer fra fastlegen i morgen.")
    row, nurse = ready(world, all_recipients(world, home), signed=signed), world.nurses["Ward"]
    with scope(nurse):
        made = send(row.pk, row.patient_id, by=nurse, now=NOW)
    assert (made.medication_signed_by_id, made.medication_signed_at) == (nurse.account_id, NOW)


@pytest.mark.parametrize("missing", ["indicators", "do", "contacts", "responsibility"])
def test_invariant_12_a_plan_is_not_sent_without_what_it_must_say(
    world: CareWorld, home: Family, missing: str
) -> None:
    row, nurse = ready(world, all_recipients(world, home)), world.nurses["Ward"]
    plan = from_plain(row.content)
    red = plan.levels["red"]
    spoilt = {
        "indicators": replace(plan, indicators=()),
        "do": replace(plan, levels={**plan.levels, "red": replace(red, do=" ")}),
        "contacts": replace(plan, levels={**plan.levels, "red": replace(red, contacts=())}),
        "responsibility": replace(plan, responsibility=()),
    }[missing]
    with scope(nurse):
        save(row.pk, row.patient_id, spoilt, by=nurse, now=NOW, signed=READ)
    assert refused_in(nurse, send, row.pk, row.patient_id, now=NOW) == "safety_net.not_ready"


def test_invariant_12_a_plan_is_not_sent_to_nobody(world: CareWorld, home: Family) -> None:
    assert missing(world, ready(world, [])) == {"no_recipient"}


def test_invariant_12_somebody_must_be_able_to_receive_it(world: CareWorld, home: Family) -> None:
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        RelatedPerson.objects.filter(pk=home.near.pk).update(may_see=False)
        Block.objects.create(
            community=world.community, patient=world.patients[ASTRID], against="team",
            team=world.teams["Service"], from_day=LONG_AGO,
        )  # fmt: skip
    keys = [team_key(world, "Service"), f"related:{home.near.pk}"]
    assert missing(world, ready(world, keys)) == {"nobody_can_receive"}


def test_invariant_12_all_that_is_missing_is_told_at_once(world: CareWorld, home: Family) -> None:
    row, nurse = draft(world), world.nurses["Ward"]
    with scope(nurse), pytest.raises(Refused) as refused:
        send(row.pk, row.patient_id, by=nurse, now=NOW)
    told = {one.code for one in refused.value.facts["faults"]}
    assert told == missing(world, row)
    assert len(told) >= 4


def test_invariant_12_holds_for_who_goes_past_the_application(world: CareWorld, home: Family) -> None:
    row, nurse = ready(world, [], signed=Signed()), world.nurses["Ward"]
    with scope(nurse), opening(row.patient_id, by=nurse, what="x"):
        for said in (
            {"state": "sent"},
            {"state": "sent", "sent_at": NOW, "sent_by_id": nurse.account_id},
            {"state": "superseded"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                SafetyNetPlan.objects.filter(pk=row.pk).update(**said)


def test_nothing_is_sent_about_the_dead(world: CareWorld, home: Family) -> None:
    row = ready(world, all_recipients(world, home))
    with scope(world.machine), deciding(row.patient_id):
        Patient.objects.filter(pk=row.patient_id).update(died_on=TODAY)
    code = refused_in(world.nurses["Ward"], send, row.pk, row.patient_id, now=NOW)
    assert code == "safety_net.patient_is_dead"


# Invariant 13


def test_invariant_13_a_sent_plan_is_received_when_each_says_so(world: CareWorld, home: Family) -> None:
    row = sent(world, all_recipients(world, home))
    ward = world.nurses["Ward"]
    with scope(ward), opening(row.patient_id, by=ward, what="x"):
        assert [one.is_received for one in row.recipients.all()] == [False, False, False]
    for somebody in (world.nurses["Service"], home.daughter, home.astrid):
        with scope(somebody):
            (one,) = confirm(row.pk, row.patient_id, by=somebody, now=NOW + timedelta(hours=1))
            assert (one.received_by_id, one.received_at) == (somebody.account_id, NOW + timedelta(hours=1))
            (again,) = confirm(row.pk, row.patient_id, by=somebody, now=NOW + timedelta(hours=5))
            assert again.received_at == NOW + timedelta(hours=1), "the first time counts"
    with scope(ward), opening(row.patient_id, by=ward, what="x"):
        assert all(one.is_received for one in row.recipients.all())


def test_invariant_13_the_sender_does_not_say_it_for_others(world: CareWorld, home: Family) -> None:
    row, ward = sent(world, all_recipients(world, home)), world.nurses["Ward"]
    assert refused_in(ward, confirm, row.pk, row.patient_id, now=NOW) == "safety_net.not_for_you"
    with scope(ward), opening(row.patient_id, by=ward, what="x"):
        for one in row.recipients.all():
            with pytest.raises(IntegrityError), transaction.atomic():
                PlanRecipient.objects.filter(pk=one.pk).update(
                    received_at=NOW + timedelta(hours=1), received_by_id=ward.account_id
                )


def test_invariant_13_the_sender_learns_who_has_not_received_it(world: CareWorld, home: Family) -> None:
    row, ward = sent(world, all_recipients(world, home)), world.nurses["Ward"]
    with scope(home.daughter):
        confirm(row.pk, row.patient_id, by=home.daughter, now=NOW + timedelta(hours=1))
    with scope(ward), opening_list(world.teams["Ward"], by=ward):
        assert unconfirmed(NOW + timedelta(hours=23)) == []
        waiting = unconfirmed(NOW + timedelta(hours=25))
        assert [one.name for one in waiting] == ["Service", ASTRID]
        assert not SafetyNetPlan.objects.exists(), "a list opens no plan"
    service = world.nurses["Service"]
    with scope(service), opening_list(world.teams["Service"], by=service):
        assert unconfirmed(NOW + timedelta(hours=25)) == [], "it is the sender's to follow up"


def test_invariant_13_nobody_waits_for_a_receipt_of_a_plan_that_is_replaced(
    world: CareWorld, home: Family
) -> None:
    sent(world, all_recipients(world, home))
    sent(world, [team_key(world, "Service")], at=NOW + timedelta(hours=2))
    ward = world.nurses["Ward"]
    with scope(ward), opening_list(world.teams["Ward"], by=ward):
        assert [one.name for one in unconfirmed(NOW + timedelta(hours=48))] == ["Service"]


def test_who_cannot_receive_has_it_on_paper_and_is_not_waited_for(world: CareWorld, home: Family) -> None:
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        RelatedPerson.objects.filter(pk=home.near.pk).update(account_id=None)
    row, ward = sent(world, all_recipients(world, home)), world.nurses["Ward"]
    with scope(ward), opening(row.patient_id, by=ward, what="x"):
        assert [one.sent_at is not None for one in row.recipients.all()] == [True, False, True]
        assert len(unconfirmed(NOW + timedelta(hours=25))) == 2


def test_the_database_and_the_table_let_a_plan_take_the_same_steps() -> None:
    said = (Path(migrations.__file__).with_name("0011_safety_net.sql")).read_text("utf-8")
    written = set(re.findall(r"\('([\w-]+)', '([\w-]+)'\)", said.split("_is_move :=")[1].split(";")[0]))
    assert written == {(start, end) for start, ends in PLAN_MOVES.items() for end in ends}
