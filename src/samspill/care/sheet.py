"""A plan as the sheet of paper has it: who knows the plan and the paper joins them here."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspill.care.models import SafetyNetPlan
from samspill.care.queries.medication import changes_said
from samspill.care.safety_net_states import PlanKind
from samspill.documents.safety_net_sheet import Call, SafetyNetSheet, Scale, Step, Zone, to_pdf
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Contact, Plan, described, hours_said, scale
from samspill.rulebook.safety_net.roles import LEVELS
from samspill.worklist.public import long_day


def signs(plan: Plan, level: str) -> tuple[str, ...]:
    """What the level looks like, a line for each thing that has it."""
    found = []
    for one in plan.indicators:
        try:
            found.append(described(one, level, plan.language))
        except Refused:  # a draft whose limit is not set yet
            found.append(one.levels[level])
    return tuple(filter(None, found))


def call_of(one: Contact, language: str) -> Call:
    return Call(one.number, one.said(language), hours_said(one, language))


def zones(plan: Plan) -> tuple[Zone, ...]:
    """Red first, as on the sheet; contacts without a number are left out.

    In a plan for self-management what the person does first is said first.
    """
    return tuple(
        Zone(
            level,
            said.title,
            signs(plan, level),
            " ".join(filter(None, (said.own_step, said.do))),
            said.why,
            tuple(call_of(one, plan.language) for one in said.contacts if one.number),
        )
        for level in reversed(LEVELS)
        if (said := plan.levels.get(level)) is not None
    )


def scales(plan: Plan) -> tuple[Scale, ...]:
    return tuple(
        Scale(
            one.name,
            tuple(Step(part.level, part.text) for part in scale(one.limits, one.code, plan.language)),
        )
        for one in plan.indicators
        if one.limits is not None
    )


def title_of(plan: Plan) -> str:
    """What a plan is called, in the language that is active."""
    if plan.kind == PlanKind.SELF_MANAGEMENT:
        return _("What %(person)s does, day by day") % {"person": plan.person}
    return _("What is usual for %(person)s?") % {"person": plan.person}


def sheet_of(
    row: SafetyNetPlan, plan: Plan, *, link: str, today: date, medicines: Sequence[str] = ()
) -> SafetyNetSheet:
    """The sheet of a plan that is sent. Its own words are in the plan's language.

    medicines  what is new, changed and stopped, as `queries.medication.changes_said` has it
    """
    made_at = row.sent_at or row.made_at
    with override(plan.language):
        said = {"day": long_day(made_at.date(), today), "team": row.team.name}
        title = title_of(plan)
        about = _("Made on %(day)s by %(team)s.") % said
    return SafetyNetSheet(
        title=title,
        language=plan.language,
        author=str(row.tenant),
        lead=plan.about,
        zones=zones(plan),
        scales=scales(plan),
        duties=plan.responsibility,
        medicines=tuple(medicines),
        about=(about,),
        made_at=made_at,
        link=link,
    )


def paper_of(
    row: SafetyNetPlan, plan: Plan, *, link: str, today: date, medicines: Sequence[str] = ()
) -> bytes:
    """The sheet as a PDF."""
    return to_pdf(sheet_of(row, plan, link=link, today=today, medicines=medicines))


def medicines_of(row: SafetyNetPlan, plan: Plan) -> list[str]:
    """What the list that goes with the plan says is new, changed and stopped, in the plan's language."""
    if row.medication_list is None:
        return []
    with override(plan.language):
        return list(changes_said(list(row.medication_list.lines.order_by("order"))))
