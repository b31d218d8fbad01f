"""A «Hva er innafor» of the demonstration: made by a nurse, sent to the others who follow, and confirmed."""

from dataclasses import replace
from datetime import timedelta

from samspill.care.public import (
    Patient,
    RecipientKind,
    SafetyNetPlan,
    Signed,
    as_plan,
    begin,
    confirm,
    opening_draft,
    save,
    send,
)
from samspill.demo.patients_facts import PlanFact
from samspill.demo.stage import Stage
from samspill.directory.public import Actor, scope
from samspill.rulebook.safety_net import Plan

HIGH = 4  # the level at which the demonstration lets people sign in
NOWHERE = "69 00 00 00"
CONFIRMED_AFTER = timedelta(hours=2)


def signed_in(key: str, stage: Stage) -> Actor:
    """Somebody who follows patients, signed in as one must be for it."""
    return replace(stage.actor(key), level=HIGH)


def send_plan(fact: PlanFact, patient: Patient, stage: Stage) -> None:
    nurse, other = signed_in(fact.by, stage), signed_in(fact.confirmed_by, stage)
    at = stage.now + timedelta(days=fact.sent)
    signed = Signed(is_read=True)
    with scope(nurse):
        row = begin(patient.pk, fact.problem, by=nurse, now=at)
        to = _teams(row, nurse)
        save(row.pk, patient.pk, _with_numbers(as_plan(row)), by=nurse, now=at, signed=signed, recipients=to)
        send(row.pk, patient.pk, by=nurse, now=at)
    with scope(other):
        confirm(row.pk, patient.pk, by=other, now=at + CONFIRMED_AFTER)


def _teams(plan: SafetyNetPlan, by: Actor) -> list[str]:
    """The other teams that follow the patient."""
    with opening_draft(plan.pk, plan.patient_id, by=by) as draft:
        return [one.key for one in draft.possible if one.kind == RecipientKind.TEAM and not one.why_not]


def _with_numbers(plan: Plan) -> Plan:
    """Numbers that are missing are filled in with one that leads nowhere."""
    levels = {
        name: replace(
            said, contacts=tuple(one if one.number else replace(one, phone=NOWHERE) for one in said.contacts)
        )
        for name, said in plan.levels.items()
    }
    return replace(plan, levels=levels)
