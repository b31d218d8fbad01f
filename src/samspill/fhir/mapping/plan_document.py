"""A plan that is sent, as one document: what it says, what is watched, whom to call, and the sheet of paper.

care.md C4: a CarePlan with a Goal and a ServiceRequest for each indicator, behind a no-basis-Composition, in
a Bundle of type document (https://hl7.org/fhir/R4/documents.html). Nobody needs to ask us for more. Contacts
are HealthcareServices with their hours. Every name in it is made of the message's number: what is sent twice
is the same twice.
"""

from collections.abc import Iterable
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspill.care.public import PlanKind, plan_title
from samspill.fhir.http.addresses import instant
from samspill.fhir.mapping.common import Json, coded, without_nothing
from samspill.fhir.mapping.plan_parts import (
    DOCUMENT_TYPES,
    TYPE_OF,
    Sent,
    aimed,
    care_plan,
    contact,
    contacts_of,
    described_at,
    goal,
    medication,
    pdf,
    people,
    request,
    said_of_medication,
    sheet,
)
from samspill.rulebook.safety_net import Contact, Plan, hours_said
from samspill.rulebook.safety_net.roles import LEVELS

COMPOSITION = "http://hl7.no/fhir/StructureDefinition/no-basis-Composition"
UUIDS = "urn:ietf:rfc:3986"
MISTAKE = "entered-in-error"
XHTML = "http://www.w3.org/1999/xhtml"


def plan_document(sent: Sent) -> Json:
    """The Bundle. Its own words are in the plan's language."""
    with override(sent.plan.language):
        named = [("composition", _composition(sent)), *people(sent), ("plan", care_plan(sent))]
        named += [(f"goal {one.id}", goal(sent, one)) for one in aimed(sent.plan)]
        named += [(f"request {one.id}", request(sent, one)) for one in sent.plan.indicators]
        named += [(f"contact {at}", contact(sent, one)) for at, one in enumerate(contacts_of(sent.plan))]
        named += [("medication", medication(sent)), ("sheet", sheet(sent)), ("pdf", pdf(sent))]
    entries = [{"fullUrl": sent.urn(name), "resource": made} for name, made in named]
    made_at = sent.row.sent_at or sent.row.made_at
    return {
        "resourceType": "Bundle",
        "language": sent.plan.language,
        "identifier": {"system": UUIDS, "value": f"urn:uuid:{sent.number}"},
        "type": "document",
        "timestamp": instant(made_at),
        "entry": entries,
    }


def _composition(sent: Sent) -> Json:
    code, display = TYPE_OF[PlanKind(sent.row.kind)]
    made_at = sent.row.sent_at or sent.row.made_at
    return {
        "resourceType": "Composition",
        "meta": {"profile": [COMPOSITION]},
        "language": sent.plan.language,
        "identifier": {"system": UUIDS, "value": f"urn:uuid:{sent.number}"},
        "status": MISTAKE if sent.row.state == MISTAKE else "final",
        "type": coded(DOCUMENT_TYPES, code, display),
        "subject": sent.to("patient"),
        "date": instant(made_at),
        "author": [sent.to("organisation", f"{sent.row.team.name}, {sent.row.tenant}")],
        "title": plan_title(sent.plan),
        "custodian": sent.to("organisation", str(sent.row.tenant)),
        "section": [_section(*one) for one in _sections(sent)],
    }


def _sections(sent: Sent) -> Iterable[tuple[str, list[str], list[Json]]]:
    """Title, lines, and what it points at; a part of the plan that says nothing has no section."""
    plan = sent.plan
    watched = [sent.to(f"request {one.id}") for one in plan.indicators]
    watched += [sent.to(f"goal {one.id}") for one in aimed(plan)]
    called = [sent.to(f"contact {at}") for at, _one in enumerate(contacts_of(plan))]
    yield _("About the plan"), [plan.about] if plan.about else [], [sent.to("plan")]
    for name in reversed(LEVELS):
        if name in plan.levels:
            yield plan.levels[name].title, _lines(plan, name), []
    yield _("What is watched"), [one.name for one in plan.indicators], watched
    if called:
        yield _("Whom to call"), [_said_of(one, plan.language) for one in contacts_of(plan)], called
    if plan.responsibility:
        yield _("Who answers for what"), list(plan.responsibility), []
    yield _("Medication list"), [said_of_medication(sent.row)], [sent.to("medication")]
    yield _("The sheet of paper"), [], [sent.to("sheet")]


def _lines(plan: Plan, name: str) -> list[str]:
    """What the level looks like, what to do, why, and whom to call."""
    said = plan.levels[name]
    signs = [described_at(one, name, plan.language) for one in plan.indicators]
    calls = [_said_of(one, plan.language) for one in said.contacts if one.number]
    return [one for one in (*signs, said.own_step, said.do, said.why, *calls) if one]


def _said_of(one: Contact, language: str) -> str:
    return f"{one.said(language)}, {one.number} ({hours_said(one, language)})"


def _section(title: str, lines: list[str], entries: list[Json]) -> Json:
    text = {"status": "generated", "div": _div(lines)} if lines else {}
    return without_nothing({"title": title, "text": text, "entry": entries})


def _div(lines: list[str]) -> str:
    return f'<div xmlns="{XHTML}">{"".join(f"<p>{escape(one)}</p>" for one in lines)}</div>'
