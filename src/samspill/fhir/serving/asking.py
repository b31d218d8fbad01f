"""What is asked, what was answered, and what is aimed at.

Questionnaire, QuestionnaireResponse and Goal.
"""

from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from samspill.care.public import Measurement, MeasurementSource, Opened, PatientIndicator
from samspill.fhir.http.addresses import instant, joined_id
from samspill.fhir.http.reply import Call, Json
from samspill.fhir.mapping.common import OWN, reference, resource, without_nothing
from samspill.fhir.mapping.limits import limits_extension, targets
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.parameters import moment
from samspill.rulebook.instruments import PartRule, instruments

OWN_URL = "urn:samspill:questionnaire"
UNNAMED = "part"
_ASKED = ("asked", "observed")


@lru_cache(maxsize=1)
def _questionnaires() -> list[Json]:
    """The instruments as they are now. A text that the licence keeps to itself is not there."""
    return [_questionnaire(code, one) for code, one in instruments().items()]


def _questionnaire(code: str, one: Any) -> Json:
    newest = one.versions[-1]
    made = resource("Questionnaire", code.replace("_", "-")) | {
        "url": f"{OWN_URL}:{code}",
        "version": newest.applies_from.isoformat(),
        "name": "".join(part.capitalize() for part in code.replace("-", "_").split("_")),
        "title": one.title.get("nb", code),
        "status": "active",
        "subjectType": ["Patient"],
        "date": newest.applies_from.isoformat(),
        "copyright": f"{one.licence}. {one.source}".strip(),
        "item": [_item(name, part) for name, part in newest.parts.items()],
    }
    if made["name"][:1].isdigit():
        made["name"] = f"A{made['name']}"  # R4 begins a name with a capital letter (que-0)
    return without_nothing(made)


def _item(name: str, part: PartRule) -> Json:
    """Whole points as a number, codes as a choice, what is measured as a quantity."""
    text = part.label.get("nb", "") or UNNAMED
    if part.codes:
        options = [{"valueCoding": {"system": OWN, "code": code}} for code in part.codes]
        return {"linkId": name, "text": text, "type": "choice", "answerOption": options}
    return {"linkId": name, "text": text, "type": "quantity" if part.tables else "integer"}


QUESTIONNAIRES = Kind(
    "Questionnaire",
    lambda call, opened: Measurement.objects.none(),
    lambda row, call, opened: row,
    of_patient=False,
    fixed=_questionnaires,
)


def _answers(call: Call, opened: Opened | None) -> QuerySet:
    assert opened is not None  # noqa: S101 - a kind of a patient is asked for inside `opening`
    asked = Measurement.objects.filter(patient=opened.patient, indicator__kind__in=_ASKED)
    return asked.select_related("indicator").prefetch_related(
        Prefetch("sources", MeasurementSource.objects.order_by("pk")), "invalidations"
    )


def _answered(row: Any, call: Call, opened: Opened | None) -> Json:
    said = list(row.invalidations.all())
    is_mistake = bool(said) and not said[-1].is_restored
    item = {"linkId": row.code, "text": row.indicator.name, "answer": [_answer(row.value)]}
    made = resource("QuestionnaireResponse", joined_id(row.patient_id, row.pk)) | {
        "questionnaire": f"{OWN_URL}:{row.code}",
        "status": "entered-in-error" if is_mistake else "completed",
        "subject": reference("Patient", row.patient_id),
        "authored": instant(row.effective),
        "item": [item],
    }
    return without_nothing(made)


def _answer(value: object) -> Json:
    return {"valueBoolean": value} if isinstance(value, bool) else {"valueString": str(value)}


ANSWERS = Kind(
    "QuestionnaireResponse",
    _answers,
    _answered,
    part="measurements",
    filters={"authored": moment("effective"), "questionnaire": lambda said: Q(code=said.rpartition(":")[2])},
    order=("-effective", "-pk"),
)


def _aims(call: Call, opened: Opened | None) -> QuerySet:
    """An indicator with limits aims at staying inside them."""
    assert opened is not None  # noqa: S101 - as above
    found = PatientIndicator.objects.filter(patient=opened.patient, limits__isnull=False).distinct()
    return found.prefetch_related("limits")


def _aim(row: Any, call: Call, opened: Opened | None) -> Json:
    newest = list(row.limits.all())[-1]
    made = resource("Goal", joined_id(row.patient_id, row.pk)) | {
        "extension": limits_extension(newest.version, newest.rule, row.unit),
        "lifecycleStatus": "completed" if row.ends else "active",
        "description": {"text": row.name},
        "subject": reference("Patient", row.patient_id),
        "startDate": newest.valid_from.date().isoformat(),
        "target": targets(row.code, newest.rule, row.unit),
        "addresses": [reference("ServiceRequest", joined_id(row.patient_id, row.pk))],
    }
    return without_nothing(made)


AIMS = Kind("Goal", _aims, _aim, part="measurements", order=("order", "pk"))
