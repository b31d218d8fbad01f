"""Observation: taken in, read, and said not to count. What was measured is never changed.

One transaction holds it all: the decision, the line in the log, the value, its colour, the alert and what is
to be sent on. What cannot be kept is set aside as a task of the team, and its sender is told why.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import Prefetch, Q, QuerySet

from samspill.care.public import (
    Act,
    CareEpisode,
    Measurement,
    MeasurementSource,
    Opened,
    Right,
    SentWrong,
    Wish,
    invalidate,
    measurements_of_source,
    no_relation,
    opening,
    said_of,
    set_aside_sent,
    take_in,
    watching_episode,
)
from samspill.fhir.http.addresses import joined_id, not_found, patient_and_row, referred
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.mapping.codes import codes
from samspill.fhir.mapping.observation_in import (
    MISTAKE,
    Read,
    Subject,
    identifiers_of,
    read_observation,
    subject_of,
)
from samspill.fhir.mapping.observation_out import to_observation
from samspill.fhir.outcome import operation_outcome
from samspill.fhir.serving.alerts import check_version
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import Filter, moment
from samspill.fhir.validation.issue import Issue
from samspill.refusal import Refused, Sentence
from samspill.rulebook.units import Aside

PART = "measurements"
ADD = Wish(right=Right.MEASURE, part=PART)
ASIDE_STATUS = 422


def _rows(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    sources = Prefetch("sources", MeasurementSource.objects.order_by("pk"))
    found = Measurement.objects.filter(patient=opened.patient).select_related("triage__threshold")
    return found.prefetch_related(sources, "invalidations")


def _shown(row: Measurement, call: Call, opened: Opened | None) -> Json:
    return to_observation(row)


def _versions(row: Any, call: Call, opened: Opened | None) -> list[Json]:
    """As it was sent, then after each word about whether it counts; the newest first."""
    newest = to_observation(row)
    said = list(row.invalidations.all())
    made = []
    for count in range(len(said) + 1):
        one = newest | {"meta": {**newest["meta"], "versionId": str(count + 1)}, "status": "final"}
        if count:
            one["meta"]["lastUpdated"] = said[count - 1].at.isoformat(timespec="milliseconds")
            one["status"] = "final" if said[count - 1].is_restored else MISTAKE
        else:
            one["meta"]["lastUpdated"] = row.at.isoformat(timespec="milliseconds")
            one.pop("note", None)
        made.append(one)
    return made[::-1]


def create(call: Call, asked: Asked) -> Reply:
    """201 with the new one, or 200 with the one that is here already; 422 when it is set aside."""
    resource = asked.resource or {}
    with opened_to_add(subject_of(resource), call) as opened:
        if asked.if_none_exist and (same := _if_none_exist(opened, asked.if_none_exist)) is not None:
            return _told(same, 200, call, opened)
        if resource.get("status") == MISTAKE:
            return _mistake(resource, call, opened)
        read = read_observation(resource, received=call.now, system=call.system or call.base)
        episode = watching_episode(opened, read.code)
        if episode is None:
            raise Refused(
                "observation.no_episode",
                Sentence("Nobody you work for follows this patient now. Ask them to be taken in first."),
                forbidden=True,
            )
        if read.incoming is None or read.reasons:
            return _set_aside(episode, read, resource, call)
        return _kept(episode, read, call, opened)


@contextmanager
def opened_to_add(subject: Subject, call: Call) -> Iterator[Opened]:
    """The patient, open for a new measurement: once for a whole bundle, else for this one."""
    if (held := call.held.get(subject)) is not None:
        yield held
        return
    patient = 0 if subject.number and not subject.reference else _referred(subject, call)
    number = "" if patient else subject.number
    with opening(patient, by=call.actor, what=KIND.what, act=Act.WRITE, wish=ADD, number=number) as opened:
        yield opened


def _referred(subject: Subject, call: Call) -> int:
    """The patient's row. What names none of ours is refused as one whom the caller may not see."""
    found = referred(subject.reference, "Patient", call.base)
    if not found.isdecimal():
        raise no_relation()
    return int(found)


def _kept(episode: CareEpisode, read: Read, call: Call, opened: Opened) -> Reply:
    assert read.incoming is not None  # noqa: S101 - the caller has looked
    _check_free(opened, read)
    taken = take_in(episode, read.incoming, by=call.actor, remembered=call.remembered)
    if not taken.is_new:
        return _told(taken.measurement, 200, call, opened)
    row, one = taken.measurement, read.incoming
    shown = None if call.is_brief else to_observation(row, sources=[(one.system, one.number)])
    return Reply(201, shown, "1", f"Observation/{joined_id(row.patient_id, row.pk)}", row.at)


def _check_free(opened: Opened, read: Read) -> None:
    """A system's own name for a measurement is for one measurement."""
    assert read.incoming is not None  # noqa: S101
    one = read.incoming
    if one.number == one.fingerprint:
        return
    held = measurements_of_source(opened, one.system, one.number)
    if any(each.fingerprint != one.fingerprint for each in held):
        raise Refused(
            "fhir.conflict",
            Sentence(
                "This identifier is used for another measurement. A measurement never changes: send the new "
                "value under an identifier of its own, and say of the former that it was entered in error."
            ),
            field="Observation.identifier",
        )


def _set_aside(episode: CareEpisode, read: Read, resource: Json, call: Call) -> Reply:
    """Nothing is kept as measured, somebody is told to look, and the sender hears why."""
    when = resource.get("effectiveDateTime") or resource.get("effectiveInstant") or ""
    said = json.dumps([read.code, read.sent_value, when, identifiers_of(resource)], sort_keys=True)
    wrong = SentWrong(
        code=read.code,
        name=read.text,
        sent_value=read.sent_value,
        sent_unit=read.sent_unit,
        sent_time=when,
        reasons=tuple((one.code, one.sentence) for one in read.reasons),
        key=hashlib.sha256(said.encode()).hexdigest(),
    )
    set_aside_sent(episode, wrong, by=call.actor)
    return Reply(ASIDE_STATUS, aside_outcome(read.reasons))


def aside_outcome(reasons: tuple[Aside, ...]) -> Json:
    """In the words a person is shown for the same; what the number was, is in the diagnostics."""
    issues = [
        operation_outcome(Refused(one.code, one.sentence, field="Observation"), in_words=_shown_why)["issue"][
            0
        ]
        for one in reasons
    ]
    return {"resourceType": "OperationOutcome", "issue": issues}


def _shown_why(one: Issue | Refused) -> str:
    return said_of(one.code, one.sentence)


def _told(row: Measurement, status: int, call: Call, opened: Opened) -> Reply:
    """The measurement as it now stands. One query more than keeping it."""
    found = _rows(call, opened).get(pk=row.pk)
    shown = to_observation(found)
    name, version = joined_id(row.patient_id, row.pk), shown["meta"]["versionId"]
    return Reply(status, shown, version, f"Observation/{name}", row.at)


def _if_none_exist(opened: Opened, said: str) -> Measurement | None:
    """Conditional create: the one that the query names, or None. Refused (`fhir.many`): several."""
    system, _, number = identifier_in(said)
    found = measurements_of_source(opened, system, number)
    if len({one.pk for one in found}) > 1:
        raise Refused(
            "fhir.many", Sentence("If-None-Exist names more than one measurement. Make it name one.")
        )
    return found[0] if found else None


def identifier_in(said: str) -> tuple[str, str, str]:
    """`identifier=system|value`, the only condition that names a measurement."""
    pairs = parse_qsl(said.lstrip("?"), keep_blank_values=True)
    if len(pairs) != 1 or pairs[0][0] != "identifier" or "|" not in pairs[0][1]:
        raise Refused(
            "fhir.parameter", Sentence("If-None-Exist is identifier=system|value, and nothing more.")
        )
    return pairs[0][1].partition("|")


def _mistake(resource: Json, call: Call, opened: Opened) -> Reply:
    """The sender takes back what it sent under this identifier."""
    found = [
        one
        for system, value in identifiers_of(resource)
        for one in measurements_of_source(opened, system, value)
    ]
    if len({one.pk for one in found}) != 1:
        raise not_found("Observation")
    return _told(_taken_back(found[0], resource, call, opened), 200, call, opened)


def _taken_back(row: Measurement, resource: Json, call: Call, opened: Opened) -> Measurement:
    said = list(_rows(call, opened).get(pk=row.pk).invalidations.all())
    if not said or said[-1].is_restored:
        notes = [one.get("text", "") for one in resource.get("note", [])]
        reason = (notes[-1] if notes else "") or MISTAKE
        invalidate(row, reason=reason[:300], by=call.actor)
    return row


def update(call: Call, asked: Asked) -> Reply:
    """One change can be made: to say that it was entered in error. Refused (`fhir.immutable`): others."""
    patient, number = patient_and_row(asked.id)
    with opened_to_add(Subject(f"Patient/{patient}"), call) as opened:
        row = _rows(call, opened).filter(pk=number).first()
        if row is None:
            raise not_found("Observation")
        check_version(asked.if_match, str(1 + len(row.invalidations.all())))
        resource = asked.resource or {}
        if resource.get("status") != MISTAKE:
            raise Refused(
                "fhir.immutable",
                Sentence(
                    "A measurement never changes. Send a new one, or say of this that it was "
                    "entered-in-error."
                ),
                field="Observation.status",
            )
        return _told(_taken_back(row, resource, call, opened), 200, call, opened)


def _by_code(said: str) -> Q:
    """`system|code`; the codes that name the same measurement find it alike."""
    asked = [one.rpartition("|")[2] for one in said.split(",")]
    return Q(code__in=[*asked, *(codes().same[one] for one in asked if one in codes().same)])


def _by_category(said: str) -> Q:
    is_vital = any(one.rpartition("|")[2] == "vital-signs" for one in said.split(","))
    return Q(code__in=list(codes().vital_signs)) if is_vital else Q(pk__in=[])


def _by_identifier(said: str) -> Q:
    system, _, value = said.rpartition("|")
    named = {"system": system} if system else {}
    return Q(pk__in=MeasurementSource.objects.filter(**named, number=value).values("measurement"))


FILTERS: dict[str, Filter] = {
    "code": _by_code,
    "category": _by_category,
    "date": moment("effective"),
    "identifier": _by_identifier,
    "_lastUpdated": moment("at"),
}
KIND = Kind(
    "Observation",
    _rows,
    _shown,
    part=PART,
    filters=FILTERS,
    order=("-effective", "-pk"),
    create=create,
    update=update,
    history=_versions,
)
