"""Read one or search many: never more than the decision opens."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet

from samspill.care.public import Act, Opened, no_relation, opening, patient_by_number
from samspill.fhir.http.addresses import not_found, patient_and_row, plain_id, referred
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.mapping.codes import codes
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.paging import USUAL, Page, count_of, read_page
from samspill.refusal import Refused, Sentence

PERSONAL = frozenset({"identifier", "patient.identifier", "subject.identifier"})
"""Parameters that may hold a national number: in the body of a POST alone."""
_PATIENT = ("patient", "subject", "patient.identifier", "subject.identifier")
_OF_ALL = frozenset({"_id", "_count", "_format", "_page", "_pretty", "_total", "_summary"})


def read(kind: Kind, call: Call, asked: Asked) -> Reply:
    """One resource, or one version of it."""
    if kind.fixed is not None:
        found = next((one for one in kind.fixed() if one["id"] == asked.id), None)
        if found is None:
            raise not_found(kind.type)
        return _one(found)
    if not kind.of_patient:
        return _found(kind, call, None, plain_id(asked.id), asked)
    patient, number = _place(kind, asked.id)
    with opening(patient, by=call.actor, what=kind.what, act=Act.READ) as opened:
        return _found(kind, call, opened, number, asked)


def _place(kind: Kind, text: str) -> tuple[int, int]:
    if kind.type == "Patient":
        return plain_id(text), plain_id(text)
    return patient_and_row(text)


def _found(kind: Kind, call: Call, opened: Opened | None, number: int, asked: Asked) -> Reply:
    row = rows_of(kind, call, opened).filter(pk=number).first()
    if row is None:
        raise not_found(kind.type)
    if asked.version or asked.operation == "_history":
        return _of_history(kind, row, call, opened, asked)
    return _one(kind.shown(row, call, opened))


def _one(shown: Json) -> Reply:
    return Reply(200, shown, version=shown.get("meta", {}).get("versionId", ""))


def _of_history(kind: Kind, row: Any, call: Call, opened: Opened | None, asked: Asked) -> Reply:
    if kind.history is None:
        raise Refused("fhir.method", Sentence("%(type)s is given without its versions.", type=kind.type))
    versions = kind.history(row, call, opened)
    if asked.version:
        found = [one for one in versions if one["meta"]["versionId"] == asked.version]
        if not found:
            raise not_found(Sentence("version"))
        return _one(found[0])
    entries = [
        {
            "fullUrl": f"{call.base}/{kind.type}/{one['id']}",
            "resource": one,
            "request": _request_of(kind, one),
            "response": {"status": "200", "etag": f'W/"{one["meta"]["versionId"]}"'},
        }
        for one in versions
    ]
    return Reply(200, {"resourceType": "Bundle", "type": "history", "total": len(entries), "entry": entries})


def _request_of(kind: Kind, one: Json) -> Json:
    is_first = one["meta"]["versionId"] == "1"
    return (
        {"method": "POST", "url": kind.type}
        if is_first
        else {"method": "PUT", "url": f"{kind.type}/{one['id']}"}
    )


def rows_of(kind: Kind, call: Call, opened: Opened | None) -> QuerySet:
    """What the patient has blocked in all that is open is not there."""
    rows = kind.rows(call, opened)
    return rows.none() if kind.part and opened is not None and opened.hides(kind.part) else rows


@dataclass(frozen=True)
class _Wanted:
    """A search taken apart: whom it is about, what narrows it, and which page."""

    patient: int | None
    parameters: tuple[tuple[str, str], ...]
    count: int = USUAL
    offset: int = 0
    newest: int = 0


def search(kind: Kind, call: Call, asked: Asked) -> Reply:
    """A searchset. About a patient it needs one: there is no search over persons."""
    wanted = _wanted(kind, call, asked)
    if kind.fixed is not None:
        return Reply(200, _bundle(kind, call, kind.fixed(), len(kind.fixed())))
    if not kind.of_patient:
        return _page(kind, call, None, wanted)
    if wanted.patient is None:
        if _asks_for_somebody(kind, asked):  # in the words for one who is here: nobody learns who is
            return _nobody(kind, call)
        sentence = Sentence(
            "Say which patient: patient=Patient/…, or patient.identifier in the body of POST _search."
        )
        raise Refused("fhir.search", sentence, field="patient")
    try:
        with opening(wanted.patient, by=call.actor, what=kind.what, act=Act.SEARCH) as opened:
            return _page(kind, call, opened, wanted)
    except Refused as refused:
        if refused.code == no_relation().code:
            return _nobody(kind, call)
        raise


def _nobody(kind: Kind, call: Call) -> Reply:
    """A search for a person finds nobody; one about somebody is refused."""
    if kind.type != "Patient":
        raise no_relation()
    return Reply(200, _bundle(kind, call, [], 0))


def _asks_for_somebody(kind: Kind, asked: Asked) -> bool:
    names = {*_PATIENT, *(("identifier", "_id") if kind.type == "Patient" else ())}
    return any(name in names for name, _value in asked.parameters)


def _wanted(kind: Kind, call: Call, asked: Asked) -> _Wanted:
    said = dict(asked.parameters)
    if "_page" in said:
        page = read_page(said["_page"], kind.type, call.actor.account_id)
        return _Wanted(page.patient, page.parameters, page.count, page.offset, page.newest)
    _check_names(kind, asked)
    kept = tuple(
        (name, value)
        for name, value in asked.parameters
        if (name in kind.filters or name == "_id") and value and not _is_about(kind, name)
    )
    count = 0 if said.get("_summary") == "count" else count_of(said.get("_count") or str(USUAL))
    return _Wanted(_patient(kind, call, asked), kept, count)


def _is_about(kind: Kind, name: str) -> bool:
    return name in _PATIENT or (kind.type == "Patient" and name in ("identifier", "_id"))


def _check_names(kind: Kind, asked: Asked) -> None:
    """Refused (`fhir.parameter`): one that nobody serves; a national number outside the body of a POST."""
    mine = {*kind.filters, *_OF_ALL} | (set(_PATIENT) if kind.of_patient else set())
    mine |= {"identifier"} if kind.type == "Patient" else set()
    for name, _value in asked.parameters:
        if name not in mine and not asked.is_lenient:
            served = ", ".join(sorted(mine - _OF_ALL))
            raise Refused(
                "fhir.parameter",
                Sentence(
                    "%(type)s is not searched by that. Served: %(served)s.", type=kind.type, served=served
                ),
            )
    personal = PERSONAL if kind.of_patient and kind.type != "Observation" else PERSONAL - {"identifier"}
    if asked.method == "GET" and any(name in personal for name, _value in asked.parameters):
        raise Refused(
            "fhir.search",
            Sentence("A person's number does not belong in an address. Ask with POST to _search."),
            field="identifier",
        )


def _patient(kind: Kind, call: Call, asked: Asked) -> int | None:
    """Whom it is about, by reference or by number; None when it does not say, or names nobody here."""
    names = ("patient", "subject", *(("_id",) if kind.type == "Patient" else ()))
    numbers = (
        "patient.identifier",
        "subject.identifier",
        *(("identifier",) if kind.type == "Patient" else ()),
    )
    found: set[int | None] = set()
    for name, value in asked.parameters:
        if kind.of_patient and name in names:
            text = referred(value, "Patient", call.base)
            found.add(int(text) if text.isdecimal() else None)
        elif kind.of_patient and name in numbers:
            found.add(_by_number(value))
    return found.pop() if len(found) == 1 else None


def _by_number(said: str) -> int | None:
    system, _, digits = said.rpartition("|")
    known = {codes().systems[name] for name in ("fnr", "dnr", "hjelpenummer")}
    return patient_by_number(digits) if not system or system in known else None


def _page(kind: Kind, call: Call, opened: Opened | None, wanted: _Wanted) -> Reply:
    rows = rows_of(kind, call, opened)
    for name, value in wanted.parameters:
        rows = rows.filter(_ids(kind, value) if name == "_id" else kind.filters[name](value))
    newest = wanted.newest or rows.aggregate(newest=Max("pk"))["newest"] or 0
    rows = rows.filter(pk__lte=newest)
    total = rows.count()
    found = list(rows.order_by(*kind.order)[wanted.offset : wanted.offset + wanted.count])
    made = _bundle(kind, call, [kind.shown(row, call, opened) for row in found], total)
    reached = wanted.offset + len(found)
    if found and reached < total:
        page = Page(kind.type, wanted.patient, wanted.parameters, wanted.count, reached, newest)
        token = page.token(call.actor.account_id)
        made["link"] = [{"relation": "next", "url": f"{call.base}/{kind.type}?_page={token}"}]
    return Reply(200, made)


def _ids(kind: Kind, said: str) -> Q:
    numbers = []
    for one in said.split(","):
        try:
            numbers.append(_place(kind, one)[1] if kind.of_patient else plain_id(one))
        except Refused:
            continue
    return Q(pk__in=numbers)


def _bundle(kind: Kind, call: Call, found: list[Json], total: int) -> Json:
    entries = [
        {"fullUrl": f"{call.base}/{kind.type}/{one['id']}", "resource": one, "search": {"mode": "match"}}
        for one in found
    ]
    made: Json = {"resourceType": "Bundle", "type": "searchset", "total": total}
    return made | ({"entry": entries} if entries else {})
