"""Many at once: a transaction whole or not at all, a batch each on its own, and every entry is answered.

A delivery to Pasientens måledata comes in two published forms: the guide's batch, and the connectathon's
collection of Observations. Both are answered entry by entry, with the fullUrl of what each answers.
"""

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import replace

from django.db import DatabaseError, transaction

from samspill.care.public import Opened, Remembered, hold_alerts
from samspill.fhir.http.addresses import instant, patient_and_row
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.http.statuses import status_of
from samspill.fhir.http.words import in_words
from samspill.fhir.mapping.observation_in import Subject, subject_of
from samspill.fhir.outcome import operation_outcome
from samspill.fhir.serving.addressed import asked_at
from samspill.fhir.serving.alerts import KIND as ALERTS
from samspill.fhir.serving.alerts import opened_to_answer
from samspill.fhir.serving.measurements import opened_to_add
from samspill.fhir.serving.performing import Invalid, perform
from samspill.fhir.validation.issue import Issue, is_valid
from samspill.fhir.validation.validating import validate
from samspill.refusal import Refused, Sentence

MOST_ENTRIES = 1000
TASK = ALERTS.type
ENTRY_ID = "http://hl7.no/fhir/vkpobservation/StructureDefinition/PmdBundleResponseEntryIdExtension"
PMD_RESPONSE = "http://hl7.no/fhir/vkpobservation/StructureDefinition/pmd-Bundle-Response"
PMD = "pmd-Bundle-Observation"
_INSIDE = re.compile(r"Bundle\.entry\[([0-9]+)\]\.resource\b")
_log = logging.getLogger(__name__)
_ORDER = {"DELETE": 0, "POST": 1, "PUT": 2, "PATCH": 2, "GET": 3, "HEAD": 3}


class Undone(Exception):
    """An entry of a transaction could not be done, and so nothing was. `reply` is what is told."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("undone")
        self.reply = reply


def take_bundle(call: Call, bundle: Json) -> Reply:
    """The bundle that answers. Refused (`fhir.bundle`): another kind of bundle; too many entries."""
    kind = bundle.get("type")
    if bundle.get("resourceType") != "Bundle":
        raise Refused(
            "fhir.bundle",
            Sentence("Send a Bundle to this address, and other resources to that of their type."),
        )
    if len(bundle.get("entry") or []) > MOST_ENTRIES:
        raise Refused(
            "fhir-too-large",
            Sentence(
                "A bundle can have %(most_entries)s entries. Send it in smaller parts.",
                most_entries=MOST_ENTRIES,
            ),
        )
    if kind == "transaction":
        return _transaction(call, bundle)
    if kind in ("batch", "collection"):
        return _batch(call, bundle)
    raise Refused(
        "fhir.bundle",
        Sentence("A bundle sent here is a transaction, a batch or a collection of Observations."),
    )


def _transaction(call: Call, bundle: Json) -> Reply:
    """In FHIR's own order: create before update before read. The answers stand as the entries did."""
    issues = validate(bundle)
    if not is_valid(issues):
        raise Invalid(issues)
    entries = bundle.get("entry") or []
    order = sorted(range(len(entries)), key=lambda at: _ORDER.get(entries[at]["request"]["method"], 3))
    answers: dict[int, Json] = {}
    try:
        with transaction.atomic(), opened_once(call, entries) as opened:
            for at in order:
                answers[at] = _done_or_undone(opened, entries[at], at)
    except Undone as undone:
        return undone.reply
    made = [answers[at] for at in range(len(entries))]
    return Reply(200, _answered("transaction-response", made))


def _done_or_undone(call: Call, entry: Json, at: int) -> Json:
    reply = _one(call, entry)
    if reply.status >= 400:
        raise Undone(Reply(reply.status, _placed(reply.resource or {}, at)))
    return _entry(reply, entry)


def _placed(outcome: Json, at: int) -> Json:
    """Where in the bundle it went wrong, before where in the resource."""
    for issue in outcome.get("issue", []):
        first = (issue.get("expression") or [""])[0]
        inside = first.partition(".")[2]
        issue["expression"] = [f"Bundle.entry[{at}].resource" + (f".{inside}" if inside else "")]
    return outcome


def _batch(call: Call, bundle: Json) -> Reply:
    """Each entry is kept or refused on its own; what is wrong with the bundle itself stops all of it."""
    of_entries, of_bundle = _by_entry(validate(bundle))
    if not is_valid(of_bundle):
        raise Invalid(of_bundle)
    entries = bundle.get("entry") or []
    right = [one for at, one in enumerate(entries) if is_valid(of_entries[at])]
    with opened_once(call, right) as opened:
        made = _each(opened, [(one, of_entries[at]) for at, one in enumerate(entries)])
    answered = _answered("batch-response", made)
    if is_pmd(bundle):
        answered = {"resourceType": "Bundle", "meta": {"profile": [PMD_RESPONSE]}} | answered
    return Reply(200, answered)


def _each(call: Call, entries: list[tuple[Json, list[Issue]]]) -> list[Json]:
    """One after the other; when the database refuses one, all again, each with a way back of its own."""
    try:
        with transaction.atomic():
            made = [_entry(_checked(call, one, issues), one) for one, issues in entries]
            if transaction.get_rollback():
                raise DatabaseError("An entry was refused halfway.")
            return made
    except DatabaseError:
        careful = replace(call, remembered=Remembered(is_careful=True))
        return [_entry(_alone(careful, one, issues), one) for one, issues in entries]


def _by_entry(issues: list[Issue]) -> tuple[dict[int, list[Issue]], list[Issue]]:
    """Findings inside the resource of an entry, by its place; and those about the bundle."""
    inside: dict[int, list[Issue]] = defaultdict(list)
    others: list[Issue] = []
    for issue in issues:
        match = _INSIDE.match(issue.expression)
        if match is None:
            others.append(issue)
        else:
            inside[int(match[1])].append(issue)
    return inside, others


@contextmanager
def opened_once(call: Call, entries: list[Json]) -> Iterator[Call]:
    """The call with every patient open that is written about; a refusal is met entry by entry.

    Two bundles about the same patients wait for each other, in whichever order they tell of them: all are
    held before the first entry, in one order (`hold_alerts`).
    """
    held: dict[object, Opened] = {}
    with ExitStack() as stack:
        for subject in _subjects(entries):
            with suppress(Refused):
                held[subject] = stack.enter_context(opened_to_add(subject, call))
        for patient in _answered_for(entries) if call.allows(TASK, "update") else ():
            with suppress(Refused):
                held[TASK, patient] = stack.enter_context(opened_to_answer(patient, call))
        for patient in sorted({one.patient.pk for one in held.values()}):
            hold_alerts(patient)
        yield replace(call, held=held, is_brief=True, remembered=Remembered())


def _subjects(entries: list[Json]) -> list[Subject]:
    """Each that a valid Observation is about, once. One without a subject is refused with its entry."""
    found: dict[Subject, None] = {}
    for entry in entries:
        resource = entry.get("resource") or {}
        if resource.get("resourceType") == "Observation":
            with suppress(Refused):
                patient = _changed(entry)
                found[Subject(f"Patient/{patient}") if patient else subject_of(resource)] = None
    return list(found)


def _answered_for(entries: list[Json]) -> list[int]:
    """Each whose Task is moved on, once."""
    found: dict[int, None] = {}
    for entry in entries:
        if (entry.get("resource") or {}).get("resourceType") == TASK:
            with suppress(Refused):
                found[_changed(entry) or 0] = None
    return [patient for patient in found if patient]


def _changed(entry: Json) -> int | None:
    """Whose row an entry changes, by its address; None for what is new. Refused: an address of no form."""
    request = entry.get("request") or {}
    if request.get("method") != "PUT":
        return None
    return patient_and_row(request["url"].rpartition("/")[2])[0]


def is_pmd(bundle: Json) -> bool:
    profiles = (bundle.get("meta") or {}).get("profile") or []
    return bundle.get("type") == "collection" or any(one.endswith(PMD) for one in profiles)


def _answered(kind: str, entries: list[Json]) -> Json:
    made: Json = {"resourceType": "Bundle", "type": kind}
    return made | ({"entry": entries} if entries else {})


def _alone(call: Call, entry: Json, issues: list[Issue]) -> Reply:
    """A fault of the database in one entry undoes that entry, and no other."""
    try:
        return _checked(call, entry, issues)
    except DatabaseError:
        _log.exception("An entry of a batch could not be kept.")
        refused = Refused("fhir.failed", Sentence("This entry could not be kept. Send it again."))
        return Reply(500, operation_outcome(refused, in_words=in_words(call.language)))


def _checked(call: Call, entry: Json, issues: list[Issue]) -> Reply:
    if not is_valid(issues):
        return Reply(422, operation_outcome(issues, in_words=in_words(call.language)))
    return _one(call, entry)


def _one(call: Call, entry: Json) -> Reply:
    try:
        asked = _asked(call, entry)
        with nullcontext() if _undoes_itself(call, asked) else transaction.atomic():
            return perform(call, asked)
    except Refused as refused:
        return Reply(status_of(refused), operation_outcome(refused, in_words=in_words(call.language)))
    except Invalid as invalid:
        return Reply(422, operation_outcome(invalid.issues, in_words=in_words(call.language)))


def _undoes_itself(call: Call, asked: Asked) -> bool:
    """A new measurement of a patient who is open, when it cannot be kept; all else is undone here."""
    is_new = asked.type == "Observation" and asked.method == "POST" and not asked.operation
    return is_new and asked.resource is not None and subject_of(asked.resource) in call.held


def _asked(call: Call, entry: Json) -> Asked:
    """The request of an entry; an Observation without one, in a collection, is to be kept."""
    request = entry.get("request") or {
        "method": "POST",
        "url": entry.get("resource", {}).get("resourceType", ""),
    }
    return asked_at(
        call,
        request["method"],
        request["url"],
        resource=entry.get("resource"),
        if_match=request.get("ifMatch", ""),
        if_none_exist=request.get("ifNoneExist", ""),
    )


def _entry(reply: Reply, asked: Json) -> Json:
    """What became of an entry, and which one it answers."""
    outcome = reply.resource if reply.status >= 400 else None
    said = {
        "extension": [{"url": ENTRY_ID, "valueUri": asked["fullUrl"]}] if asked.get("fullUrl") else [],
        "status": str(reply.status),
        "location": reply.location,
        "etag": reply.etag,
        "lastModified": instant(reply.modified) if reply.modified else "",
        "outcome": outcome,
    }
    answer: Json = {"response": {key: value for key, value in said.items() if value}}
    return answer if outcome or reply.resource is None else {"resource": reply.resource} | answer
