"""The invariants of R4 that matter for what Samspill serves: each refused where it stands, and a good
neighbour.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.fhir_resources import coded, observation, quantity
from samspill.fhir import validate
from samspill.fhir.validation.fhirpath import Context, compiled
from samspill.fhir.validation.fhirpath.functions import truth
from samspill.fhir.validation.invariants import QUICK
from samspill.fhir.validation.tables import tables

Json = dict[str, Any]
SUBJECT = {"subject": {"reference": "Patient/1"}}
SAID = {"text": "x"}


def questionnaire(*items: Json) -> Json:
    return {"resourceType": "Questionnaire", "status": "draft", "item": list(items)}


def item(**elements: Any) -> Json:
    return {"linkId": "1", "type": "string"} | elements


def order(**elements: Any) -> Json:
    return {"resourceType": "ServiceRequest", "status": "active", "intent": "order", **SUBJECT, **elements}


def plan(**activity: Any) -> Json:
    made = {"resourceType": "CarePlan", "status": "active", "intent": "plan", **SUBJECT}
    return made | {"activity": [activity]}


def a_list(**elements: Any) -> Json:
    return {"resourceType": "List", "status": "current", "mode": "snapshot"} | elements


def consent(**elements: Any) -> Json:
    return {"resourceType": "Consent", "status": "active", "scope": SAID, "category": [SAID]} | elements


def goal(**target: Any) -> Json:
    made = {"resourceType": "Goal", "lifecycleStatus": "active", "description": SAID, **SUBJECT}
    return made | {"target": [target]}


def repeat(**elements: Any) -> Json:
    return order(occurrenceTiming={"repeat": elements})


def organization(**elements: Any) -> Json:
    return {"resourceType": "Organization", "name": "Prøve kommune"} | elements


def answers(**elements: Any) -> Json:
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "item": [{"linkId": "1"} | elements],
    }


def contained(**elements: Any) -> Json:
    return observation(
        subject={"reference": "#p"}, contained=[{"resourceType": "Patient", "id": "p"} | elements]
    )


def task(**elements: Any) -> Json:
    return {"resourceType": "Task", "status": "draft", "intent": "order"} | elements


ASKED = {"question": "1", "operator": "exists", "answerBoolean": True}
CHOICE = {"type": "choice", "answerOption": [{"valueString": "x"}]}
SCALE = {"extension": [{"url": "http://a.example", "valueString": "x"}]}
# key: (refused, where, accepted)
RULES: dict[str, tuple[Json, str, Json]] = {
    "obs-3": (
        observation(referenceRange=[{"type": SAID}]),
        "Observation.referenceRange[0]",
        observation(referenceRange=[{"text": "under 140"}]),
    ),
    "obs-6": (
        observation(valueInteger=1, dataAbsentReason=SAID),
        "Observation",
        observation(dataAbsentReason=SAID),
    ),
    "obs-7": (
        observation(code=coded("1"), valueInteger=1, component=[{"code": coded("1")}]),
        "Observation",
        observation(code=coded("1"), valueInteger=1, component=[{"code": coded("2")}]),
    ),
    "qty-3": (
        observation(valueQuantity={"value": 1, "code": "kg"}),
        "Observation.valueQuantity",
        observation(valueQuantity={"value": 1, "unit": "kg"}),
    ),
    "rng-2": (
        observation(valueRange={"low": quantity(5, "kg"), "high": quantity(1, "kg")}),
        "Observation.valueRange",
        observation(valueRange={"low": quantity(5, "kg"), "high": quantity(5, "kg")}),
    ),
    "rat-1": (
        observation(valueRatio={"numerator": quantity(1, "kg")}),
        "Observation.valueRatio",
        observation(valueRatio=SCALE),
    ),
    "per-1": (
        observation(effectivePeriod={"start": "2026-02-01", "end": "2026-01"}),
        "Observation.effectivePeriod",
        observation(effectivePeriod={"start": "2026-02-01", "end": "2026-02"}),
    ),
    "att-1": (
        {"resourceType": "Patient", "photo": [{"data": "YQ=="}]},
        "Patient.photo[0]",
        {"resourceType": "Patient", "photo": [{"data": "YQ==", "contentType": "image/png"}]},
    ),
    "cpt-2": (
        organization(telecom=[{"value": "1"}]),
        "Organization.telecom[0]",
        organization(telecom=[{"value": "1", "system": "phone"}]),
    ),
    "dom-2": (contained(contained=[{"resourceType": "Patient", "id": "q"}]), "Observation", contained()),
    "dom-4": (contained(meta={"versionId": "1"}), "Observation", contained(meta={"tag": [{"code": "x"}]})),
    "dom-5": (contained(meta={"security": [{"code": "R"}]}), "Observation", contained()),
    "pat-1": (
        {"resourceType": "Patient", "contact": [{"gender": "female"}]},
        "Patient.contact[0]",
        {"resourceType": "Patient", "contact": [{"name": {"text": "x"}}]},
    ),
    "org-1": ({"resourceType": "Organization", "active": True}, "Organization", organization()),
    "org-2": (
        organization(address=[{"use": "work"}, {"use": "home"}]),
        "Organization.address[1]",
        organization(address=[{"use": "work"}]),
    ),
    "org-3": (
        organization(telecom=[{"use": "home"}]),
        "Organization.telecom[0]",
        organization(telecom=[{"use": "work"}]),
    ),
    "cpl-3": (
        plan(reference={"reference": "Task/1"}, detail={"status": "scheduled"}),
        "CarePlan.activity[0]",
        plan(detail={"status": "scheduled"}),
    ),
    "gol-1": (goal(detailString="x"), "Goal.target[0]", goal(detailString="x", measure=SAID)),
    "prr-1": (order(orderDetail=[SAID]), "ServiceRequest", order(orderDetail=[SAID], code=SAID)),
    "inv-1": (
        task(authoredOn="2026-01-02", lastModified="2026-01-01"),
        "Task",
        task(authoredOn="2026-01-02T10:00:00+02:00", lastModified="2026-01-02T08:00:00Z"),
    ),
    "lst-1": (
        a_list(emptyReason=SAID, entry=[{"item": {"display": "x"}}]),
        "List",
        a_list(emptyReason=SAID),
    ),
    "lst-2": (
        a_list(entry=[{"item": {"display": "x"}, "deleted": True}]),
        "List",
        a_list(mode="changes", entry=[{"item": {"display": "x"}, "deleted": True}]),
    ),
    "lst-3": (
        a_list(entry=[{"item": {"display": "x"}, "date": "2026"}]),
        "List",
        a_list(mode="working", entry=[{"item": {"display": "x"}, "date": "2026"}]),
    ),
    "ppc-1": (consent(), "Consent", consent(policyRule=SAID)),
    "ctm-1": (
        {"resourceType": "CareTeam", "participant": []},
        "",
        {"resourceType": "CareTeam", "participant": [{"role": [SAID]}]},
    ),
    "qrs-1": (
        answers(answer=[{"valueString": "x"}], item=[{"linkId": "2"}]),
        "QuestionnaireResponse.item[0]",
        answers(answer=[{"valueString": "x", "item": [{"linkId": "2"}]}]),
    ),
    "que-1": (
        questionnaire(item(type="group")),
        "Questionnaire.item[0]",
        questionnaire(item(type="display")),
    ),
    "que-2": (
        questionnaire(item(), item(item=[item(linkId="2")])),
        "Questionnaire",
        questionnaire(item(), item(linkId="2")),
    ),
    "que-3": (
        questionnaire(item(type="display", code=[{"code": "x"}])),
        "Questionnaire.item[0]",
        questionnaire(item()),
    ),
    "que-4": (
        questionnaire(item(**CHOICE, answerValueSet="http://a.example")),
        "Questionnaire.item[0]",
        questionnaire(item(**CHOICE)),
    ),
    "que-5": (
        questionnaire(item(type="boolean", answerOption=[{"valueString": "x"}])),
        "Questionnaire.item[0]",
        questionnaire(item(**CHOICE)),
    ),
    "que-6": (
        questionnaire(item(type="display", required=True)),
        "Questionnaire.item[0]",
        questionnaire(item(required=True)),
    ),
    "que-7": (
        questionnaire(item(enableWhen=[{"question": "1", "operator": "exists", "answerString": "x"}])),
        "Questionnaire.item[0].enableWhen[0]",
        questionnaire(item(enableWhen=[ASKED])),
    ),
    "que-8": (
        questionnaire(item(type="display", initial=[{"valueString": "x"}])),
        "Questionnaire.item[0]",
        questionnaire(item(initial=[{"valueString": "x"}])),
    ),
    "que-9": (
        questionnaire(item(type="display", readOnly=True)),
        "Questionnaire.item[0]",
        questionnaire(item(readOnly=True)),
    ),
    "que-10": (
        questionnaire(item(type="date", maxLength=3)),
        "Questionnaire.item[0]",
        questionnaire(item(maxLength=3)),
    ),
    "que-11": (
        questionnaire(item(**CHOICE, initial=[{"valueString": "x"}])),
        "Questionnaire.item[0]",
        questionnaire(item(**CHOICE)),
    ),
    "que-12": (
        questionnaire(item(enableWhen=[ASKED] * 3)),
        "Questionnaire.item[0]",
        questionnaire(item(enableWhen=[ASKED] * 3, enableBehavior="all")),
    ),
    "que-13": (
        questionnaire(item(initial=[{"valueString": "x"}, {"valueString": "y"}])),
        "Questionnaire.item[0]",
        questionnaire(item(repeats=True, initial=[{"valueString": "x"}, {"valueString": "y"}])),
    ),
    "tim-1": (
        repeat(duration=1),
        "ServiceRequest.occurrenceTiming.repeat",
        repeat(duration=1, durationUnit="h"),
    ),
    "tim-2": (repeat(period=1), "ServiceRequest.occurrenceTiming.repeat", repeat(period=1, periodUnit="d")),
    "tim-4": (
        repeat(duration=-1, durationUnit="h"),
        "ServiceRequest.occurrenceTiming.repeat",
        repeat(duration=0, durationUnit="h"),
    ),
    "tim-6": (
        repeat(periodMax=2),
        "ServiceRequest.occurrenceTiming.repeat",
        repeat(period=1, periodMax=2, periodUnit="d"),
    ),
    "tim-8": (repeat(countMax=2), "ServiceRequest.occurrenceTiming.repeat", repeat(count=1, countMax=2)),
    "tim-9": (
        repeat(offset=5, when=["C"]),
        "ServiceRequest.occurrenceTiming.repeat",
        repeat(offset=5, when=["AC"]),
    ),
    "tim-10": (
        repeat(timeOfDay=["08:00:00"], when=["AC"]),
        "ServiceRequest.occurrenceTiming.repeat",
        repeat(timeOfDay=["08:00:00"]),
    ),
}
del RULES["ctm-1"]  # "on behalf of" needs the member looked up, which is not done here


@pytest.mark.parametrize("key", RULES)
def test_an_invariant_refuses_what_breaks_it_and_nothing_beside(key: str) -> None:
    refused, expression, accepted = RULES[key]
    told = [(one.parameters.get("key"), one.expression, one.code) for one in validate(refused)]
    assert (key, expression, "invariant") in told
    assert validate(accepted) == []


def test_every_invariant_of_r4_can_be_read() -> None:
    expressions = [
        rule.expression
        for kind in tables().types.values()
        for one in (kind, *kind.elements.values())
        for rule in one.invariants
    ]
    assert len(set(expressions)) > 190
    for expression in expressions:
        compiled(expression)


def test_good_practice_is_told_only_when_asked_for() -> None:
    assert validate(observation()) == []
    (told,) = validate(observation(), advice=True)
    assert (told.severity, told.parameters["key"]) == ("information", "dom-6")


CODING = st.fixed_dictionaries({"system": st.sampled_from("ab"), "code": st.sampled_from("xy")})
CONCEPT = st.fixed_dictionaries({"coding": st.lists(CODING, max_size=2)})
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        **{
            key: st.sampled_from(["2026-01-01", "2026-02", 1, 2.5]) for key in ("low", "high", "start", "end")
        },
        **{key: st.just("x") for key in ("text", "system", "valueInteger", "value", "contained")},
        "dataAbsentReason": st.just({"text": "x"}),
        "code": CONCEPT,
        "component": st.lists(st.fixed_dictionaries({"code": CONCEPT}), max_size=2),
    },
)


@pytest.mark.parametrize("key", sorted(QUICK))
@given(item=ITEMS)
def test_the_quick_answer_is_that_of_the_expression(key: str, item: Json) -> None:
    (expression,) = {
        rule.expression for kind in tables().types.values() for rule in kind.invariants if rule.key == key
    }
    answer = QUICK[key](item)
    if answer is not None:
        said = truth(compiled(expression)(Context(item, item), [item]))
        assert answer is (said is not False)
