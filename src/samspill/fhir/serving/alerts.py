"""What a person must look at, and the steps they take: Task, read and moved on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from samspill.care.public import Act as Look
from samspill.care.public import (
    Alert,
    AlertState,
    Opened,
    Right,
    Wish,
    acknowledge,
    alerts_of,
    close,
    hold_alerts,
    let_go,
    opening,
    take,
)
from samspill.fhir.http.addresses import instant, joined_id, not_found, patient_and_row
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.common import OWN, coded, of_patient, reference, resource, without_nothing
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import moment, token
from samspill.refusal import Refused, Sentence

ANSWER = Wish(right=Right.ANSWER)
REASON = Sentence("A Task is an alert of Samspill. It is read, and moved on by its status, owner and note.")


def _alerts(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    found = alerts_of(opened.patient.pk, opened.hides)
    return found.select_related("team", "owner", "measurement").prefetch_related("steps")


def _task(row: Any, call: Call, opened: Opened | None) -> Json:
    steps = list(row.steps.all())
    made = resource(
        "Task", joined_id(row.patient_id, row.pk), version=str(len(steps)), modified=_last(row, steps)
    )
    made |= {
        "status": codes().task_status[row.state],
        "businessStatus": coded(OWN, row.state),
        "intent": "order",
        "priority": codes().task_priority.get(row.severity, "urgent"),
        "code": coded(OWN, row.kind),
        "focus": of_patient("Observation", row.patient_id, row.measurement_id),
        "for": reference("Patient", row.patient_id),
        "authoredOn": instant(row.raised),
        "lastModified": instant(_last(row, steps)),
        "owner": reference("Practitioner", row.owner_id, row.owner.name) if row.owner else None,
        "performerType": [{"text": row.team.name}],
        "note": [
            {"authorString": one.by_name, "time": instant(one.at), "text": one.note}
            for one in steps
            if one.note
        ],
    }
    return without_nothing(made)


def _last(row: Alert, steps: list[Any]) -> datetime:
    return steps[-1].at if steps else row.raised


def _move(call: Call, asked: Asked) -> Reply:
    """A step of the alert: taken, understood, let go or closed. Only when it is as the caller read it."""
    patient, number = patient_and_row(asked.id)
    wanted = asked.resource or {}
    with opened_to_answer(patient, call) as opened:
        row = _held(call, opened, number)
        check_version(asked.if_match, str(len(row.steps.all())))
        _step(row, wanted, call)
        moved = _alerts(call, opened).get(pk=number)
        shown = _task(moved, call, opened)
    return Reply(200, shown, version=shown["meta"]["versionId"], location=f"Task/{asked.id}")


@contextmanager
def opened_to_answer(patient: int, call: Call) -> Iterator[Opened]:
    """The patient, open for steps with the alerts: once for a whole bundle, else for this one."""
    if (held := call.held.get((KIND.type, patient))) is not None:
        yield held
        return
    with opening(patient, by=call.actor, what=KIND.what, act=Look.WRITE, wish=ANSWER) as opened:
        yield opened


def _held(call: Call, opened: Opened, number: int) -> Any:
    """The alert as it is, for nobody else to move until this is done."""
    found = _alerts(call, opened).filter(pk=number).first()
    if found is None:
        raise not_found("Task")
    hold_alerts(found.patient_id)
    return _alerts(call, opened).get(pk=number)


def check_version(if_match: str, version: str) -> None:
    """Refused (`fhir.if-match`, `fhir.stale`): no version is said, or another than the newest."""
    if not if_match:
        raise Refused(
            "fhir.if-match", Sentence('Say which version you change: If-Match: W/"…", from its ETag.')
        )
    if if_match.removeprefix("W/").strip('"') != version:
        raise Refused(
            "fhir.stale", Sentence("It has changed since you read it. Read it again, and decide anew.")
        )


def _step(row: Alert, wanted: Json, call: Call) -> None:
    act = codes().task_acts.get(wanted.get("status", ""))
    note = _note(wanted)
    moves = {
        "taken": lambda: take(row, by=call.actor),
        "acknowledged": lambda: acknowledge(row, by=call.actor, note=note),
        "released": lambda: let_go(row, by=call.actor, note=note),
        "closed": lambda: close(row, by=call.actor, note=note),
    }
    if act is None or row.state == AlertState.CLOSED:
        raise Refused("alert.state", REASON, field="Task.status")
    moves[act]()


def _note(wanted: Json) -> str:
    """What is said last."""
    notes = [one.get("text", "") for one in wanted.get("note", [])]
    return str(notes[-1]) if notes else ""


KIND = Kind(
    "Task",
    _alerts,
    _task,
    filters={
        "status": token("state", codes().task_status),
        "priority": token("severity", codes().task_priority),
        "code": token("kind"),
        "authored-on": moment("raised"),
    },
    update=_move,
)
