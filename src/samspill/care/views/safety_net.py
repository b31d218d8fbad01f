"""Pages of «Hva er innafor»: a patient's plans, the plan itself, a receipt, and a value that is answered."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.care import sheet
from samspill.care.actions.answering import ASIDE, KEPT, MAY_NOT, NOT_WATCHED
from samspill.care.actions.answering import answer as answer_and_keep
from samspill.care.actions.asking_about_looks import is_own_side
from samspill.care.actions.entering import LONGEST_KEY
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.plan_taken_back import see_taken_back, taken_back_for
from samspill.care.actions.safety_net import LOOK, WHAT, begin, confirm, mine_of, take_back
from samspill.care.models import PlanRecipient, SafetyNetPlan
from samspill.care.plain_values import number
from samspill.care.queries.measured import rule_of
from samspill.care.queries.medication import PART as MEDICATION
from samspill.care.queries.medication import changes_said
from samspill.care.queries.safety_net import as_plan, find_plan, sent_plans
from samspill.care.queries.watching import Beside, limits_beside, watched
from samspill.care.safety_net_states import PlanKind, PlanState
from samspill.care.states import Act
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Part, Plan, described, scale, templates
from samspill.rulebook.triage import Limits


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def name_of(problem: str) -> str:
    """A condition in the language of the page; its own code when the template is no more."""
    found = templates().get(problem)
    return found.name[(get_language() or "nb")[:2]] if found else problem


@login_required
@require_safe
def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The plans of a patient, and for those who work with the patient what a new one can begin with."""
    actor = actor_of(request)
    with opening(pk, by=actor, what=WHAT, wish=LOOK) as opened:
        drafts = SafetyNetPlan.objects.filter(patient_id=pk, state=PlanState.DRAFT).select_related("team")
        may_make = any(one.team_id for one in opened.decisions)
        context = {
            "patient": opened.patient,
            "is_own": is_own_side(opened),
            "plans": [(one, name_of(one.problem)) for one in sent_plans(pk)],
            "drafts": [(one, name_of(one.problem)) for one in drafts] if may_make else [],
            "kinds": _kinds() if may_make else [],
        }
        return render(request, "care/safety_net_plans.html", context)


def _kinds() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Kinds of plans, the words over them, and the conditions that have a template of the kind."""
    heads = {
        PlanKind.SAFETY_NET: _("A new plan: what is it about?"),
        PlanKind.SELF_MANAGEMENT: _("A new self-management plan: what is it about?"),
    }
    return [
        (kind, head, [(one.id, name_of(one.id)) for one in templates().values() if kind in one.kinds])
        for kind, head in heads.items()
    ]


@login_required
@require_POST
def begin_plan(request: HttpRequest, pk: int) -> HttpResponse:
    said = request.POST.get("kind", "")
    kind = said if said in PlanKind.values else str(PlanKind.SAFETY_NET)
    made = begin(pk, request.POST.get("problem", ""), by=actor_of(request), now=timezone.now(), kind=kind)
    return HttpResponseRedirect(reverse("care:build", args=[pk, made.pk]), status=303)


@login_required
@require_safe
def plan_page(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    return _plan_page(request, pk, plan)


def _plan_page(
    request: HttpRequest, pk: int, plan_id: int, *, values: Mapping[str, str] | None = None
) -> HttpResponse:
    """The plan; with `values`, what it answers to them, or what is wrong with them."""
    actor = actor_of(request)
    with opening(pk, by=actor, what=WHAT, wish=LOOK) as opened:
        row = find_plan(plan_id, pk)
        if row.state == PlanState.MISTAKE and row.sent_at:
            return _taken_back(request, opened, row)
        if row.is_draft or row.state == PlanState.MISTAKE:
            return _no_plan(request, opened, row)
        plan = as_plan(row)
        context = _shown(row, plan, opened, actor)
        if values is not None:
            key = request.POST.get("key", "")[:LONGEST_KEY]
            context |= _answer(row, plan, values, opened, actor, key)
        return render(
            request, "care/safety_net_plan.html", context, status=422 if context.get("error") else 200
        )


def _taken_back(request: HttpRequest, opened: Opened, row: SafetyNetPlan) -> HttpResponse:
    """That it is taken back and why, and nothing of what it said."""
    mine = taken_back_for(row, by=actor_of(request)) if any(one.team_id for one in opened.decisions) else []
    context = {
        "patient": opened.patient,
        "row": row,
        "problem": name_of(row.problem),
        "newer": _newest(row),
        "asked": any(one.seen_back_at is None for one in mine),
        "is_at_work": any(one.team_id for one in opened.decisions),
    }
    return render(request, "care/safety_net_back.html", context)


@login_required
@require_POST
def take_plan_back(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    reason = request.POST.get("reason", "").replace("\x00", "")
    take_back(plan, pk, reason=reason, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The plan is taken back, and those who have confirmed it are told."))
    return HttpResponseRedirect(reverse("care:plan", args=[pk, plan]), status=303)


@login_required
@require_POST
def see_plan_back(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    see_taken_back(plan, pk, by=actor_of(request), now=timezone.now())
    messages.success(request, _("You have said that it is read."))
    return HttpResponseRedirect(reverse("care:plan", args=[pk, plan]), status=303)


def _no_plan(request: HttpRequest, opened: Opened, row: SafetyNetPlan) -> HttpResponse:
    """A draft is for who makes it; a mistake is shown to nobody as a plan."""
    if row.is_draft and any(one.team_id for one in opened.decisions):
        return HttpResponseRedirect(reverse("care:build", args=[row.patient_id, row.pk]), status=303)
    raise Refused(
        "safety_net.not_here",
        _("This plan is taken back, or not sent yet. Look among the patient's plans."),
        forbidden=True,
    )


def _shown(row: SafetyNetPlan, plan: Plan, opened: Opened, actor: Actor) -> dict[str, Any]:
    recipients = row.recipients.all()
    newer = None if row.is_in_force else _newest(row)
    return {
        "patient": opened.patient,
        "row": row,
        "plan": plan,
        "problem": name_of(row.problem),
        "heading": sheet.title_of(plan),
        "newer": newer,
        "zones": sheet.zones(plan),
        "scales": sheet.scales(plan),
        "recipients": [(one, _receipt(one)) for one in recipients],
        "asked": row.is_in_force and any(not one.is_received for one in mine_of(row, opened, by=actor)),
        "is_at_work": any(one.team_id for one in opened.decisions),
        "is_ours": row.tenant_id in opened.tenants and any(one.team_id for one in opened.decisions),
        "entries": _entries(plan, {}),
        "beside": _beside(plan, opened) if row.is_in_force else [],
        **_medicines(row, plan, opened),
        "key": f"plan-{uuid4()}",
    }


def _medicines(row: SafetyNetPlan, plan: Plan, opened: Opened) -> dict[str, Any]:
    """What the list that went with the plan says is other than before, in the plan's language."""
    if row.medication_list is None or opened.hides(MEDICATION):
        return {}
    lines = list(row.medication_list.lines.order_by("order"))
    with override(plan.language):
        return {"listed": row.medication_list, "medicines": changes_said(lines), "has_lines": bool(lines)}


def _beside(plan: Plan, opened: Opened) -> list[dict[str, Any]]:
    """Limits that teams have set by hand, in the words of a scale."""
    mine = [one for one in opened.known.episodes if one.tenant_id in opened.tenants]
    found = limits_beside(plan, watched(mine), timezone.now())
    return [{"one": one, "parts": _parts(one, plan.language)} for one in found]


def _parts(one: Beside, language: str) -> list[Part]:
    try:
        four = rule_of(one.rule)
        return list(scale(four, one.code, language)) if isinstance(four, Limits) else []
    except Refused:  # no four limits: it is said that there are others, and no more
        return []


def _newest(row: SafetyNetPlan) -> SafetyNetPlan | None:
    return SafetyNetPlan.objects.filter(
        patient_id=row.patient_id, problem=row.problem, kind=row.kind, state=PlanState.SENT
    ).first()


def _receipt(one: PlanRecipient) -> str:
    if one.received_at:
        return _("has received it")
    return _("has not confirmed yet") if one.sent_at else _("has it on paper")


def _entries(plan: Plan, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """What one can enter a value for: a number, or the words that fit."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "how": one.how,
            "is_number": one.kind == "measured",
            "value": values.get(one.id, ""),
            "choices": [
                (level, described(one, level, plan.language)) for level, text in one.levels.items() if text
            ],
        }
        for one in plan.indicators
    ]


def _answer(
    row: SafetyNetPlan, plan: Plan, values: Mapping[str, str], opened: Opened, actor: Actor, key: str
) -> dict[str, Any]:
    """What the plan answers, and what became of the values; or what is wrong with them."""
    kinds = {one.id: one.kind for one in plan.indicators}
    given: dict[str, object] = {}
    entries = {"entries": _entries(plan, values)}
    try:
        for name, said in values.items():
            given[name] = number(said) if kinds.get(name) == "measured" else said
        told = answer_and_keep(row, opened, given, by=actor, now=timezone.now(), key=key)
    except ValueError:
        return {"error": _("Write the value as a number, as 72.5."), **entries}
    except Refused as refused:
        sentence = _TOLD.get(refused.code)
        return {"error": sentence() if sentence else refused.sentence, **entries}
    calls = told.placed.call if told.placed else ()
    return {
        "placed": told.placed,
        "told": told,
        "became": _BECAME[told.state]() if told.state in _BECAME else "",
        "calls": [sheet.call_of(one, plan.language) for one in calls if one.number],
        **entries,
    }


_TOLD = {
    "safety_net.no_values": lambda: _("Enter a value, and we answer."),
    "safety_net.answer": lambda: _("Choose one of the sentences."),
}
_BECAME = {
    KEPT: lambda: _("The value is kept. The service sees it."),
    ASIDE: lambda: _("The value is set aside. The service looks at it."),
    MAY_NOT: lambda: _("The value is not kept: you may read the plan, and not enter values."),
    NOT_WATCHED: lambda: _("The value is not kept: no service has said yet that it watches this."),
}


@login_required
def answer(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """What was entered is answered, and kept for the service that watches it; it stands in no address."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("care:plan", args=[pk, plan]), status=303)
    values = {
        key.removeprefix("v-"): said.strip()[:200]
        for key, said in request.POST.items()
        if key.startswith("v-") and isinstance(said, str) and said.strip()
    }
    return _plan_page(request, pk, plan, values=values)


@login_required
@require_POST
def confirm_plan(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    confirm(plan, pk, by=actor_of(request), now=timezone.now())
    messages.success(request, _("You have confirmed that the plan is received."))
    return HttpResponseRedirect(reverse("care:plan", args=[pk, plan]), status=303)


@login_required
@require_safe
def plan_pdf(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """The sheet of paper. Its name tells nothing of whom it is about."""
    actor = actor_of(request)
    with opening(pk, by=actor, what=WHAT, act=Act.EXPORT, wish=LOOK) as opened:
        row = find_plan(plan, pk)
        if row.is_draft or row.state == PlanState.MISTAKE:
            return _no_plan(request, opened, row)
        link = request.build_absolute_uri(reverse("care:plan", args=[pk, plan]))
        plan_said = as_plan(row)
        medicines = _medicines(row, plan_said, opened).get("medicines", ())
        made = sheet.paper_of(row, plan_said, link=link, today=actor.today, medicines=medicines)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="hva-er-innafor-{row.pk}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
