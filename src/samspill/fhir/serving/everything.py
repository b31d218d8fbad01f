"""All that the caller may see about one patient, as one Bundle: for the patient, the whole own record.

https://hl7.org/fhir/R4/operation-patient-everything.html. `_type` narrows it; what else the operation could
be narrowed by is refused, as in a search.
"""

from collections.abc import Iterator
from dataclasses import replace

from samspill.care.public import Act, Opened, opening
from samspill.fhir.http.addresses import plain_id
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.http.words import in_words
from samspill.fhir.outcome import operation_outcome
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.reading import rows_of
from samspill.fhir.serving.table import KINDS
from samspill.refusal import Refused, Sentence

MOST_OF_A_TYPE = 10_000
_TYPE = "_type"
_NO_NARROWER = frozenset({"_format", "_pretty"})


def everything(call: Call, asked: Asked) -> Reply:
    """Refused: `fhir.parameter`, and as every reading of the patient."""
    patient, kinds = plain_id(asked.id), _kinds(asked)
    entries: list[Json] = []
    total = 0
    with opening(patient, by=call.actor, what="fhir.everything", act=Act.EXPORT) as opened:
        for kind in kinds:
            if call.allows(kind.type, "search-type"):
                entries += _entries(kind, call, opened)
                total += rows_of(kind, call, opened).count()
    made: Json = {"resourceType": "Bundle", "type": "searchset", "total": total}
    return Reply(200, made | ({"entry": entries} if entries else {}))


def _entries(kind: Kind, call: Call, opened: Opened) -> Iterator[Json]:
    """Of one type; when there are more than can be given at once, that is told at the end of them."""
    rows = list(rows_of(kind, call, opened).order_by(*kind.order)[: MOST_OF_A_TYPE + 1])
    for row in rows[:MOST_OF_A_TYPE]:
        one = kind.shown(row, call, opened)
        address = f"{call.base}/{kind.type}/{one['id']}"
        yield {"fullUrl": address, "resource": one, "search": {"mode": "match"}}
    if len(rows) > MOST_OF_A_TYPE:
        yield {"resource": _more(kind, call), "search": {"mode": "outcome"}}


def _more(kind: Kind, call: Call) -> Json:
    sentence = Sentence(
        "There is more of %(type)s than the %(most)s that are here. Search for it: %(type)s?patient=…",
        type=kind.type,
        most=MOST_OF_A_TYPE,
    )
    made = operation_outcome(Refused("fhir.incomplete", sentence), in_words=in_words(call.language))
    made["issue"][0]["severity"] = "warning"
    return made


def _kinds(asked: Asked) -> list[Kind]:
    """Those of a patient; the ones that `_type` names, when it is there."""
    of_patient = {kind.type: kind for kind in KINDS.values() if kind.of_patient}
    wanted: list[str] = []
    for name, value in asked.parameters:
        if name == _TYPE:
            wanted += [one.strip() for one in value.split(",")]
        elif name not in _NO_NARROWER and not asked.is_lenient:
            raise Refused(
                "fhir.parameter",
                Sentence("Everything about a patient is narrowed by %(served)s alone.", served=_TYPE),
            )
    if set(wanted) - set(of_patient):
        raise Refused(
            "fhir.parameter",
            Sentence(
                "%(name)s names a type that no patient has here. Served: %(served)s.",
                name=_TYPE,
                served=", ".join(of_patient),
            ),
            field=_TYPE,
        )
    return [kind for name, kind in of_patient.items() if not wanted or name in wanted]


def with_parameters(asked: Asked) -> Asked:
    """What came as a `Parameters` in the body of a POST, as if it had stood in the address."""
    given = (asked.resource or {}).get("parameter") or []
    return replace(asked, parameters=(*asked.parameters, *(_pair(one) for one in given)), resource=None)


def _pair(one: Json) -> tuple[str, str]:
    values = [value for name, value in one.items() if name.startswith("value")]
    if len(values) != 1 or not isinstance(values[0], str):
        raise Refused(
            "fhir.parameter", Sentence("A parameter of this operation is one text."), field="parameter"
        )
    return str(one.get("name")), values[0]
