"""Milestones of a measure: their page, and every act on them."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, AuditEvent, address, back_to
from samspill.plans.actions.milestones import (
    add_milestone,
    edit_milestone,
    reach_milestone,
    remove_milestone,
    undo_milestone,
)
from samspill.plans.forms_carrying import MilestoneForm, ReachedForm
from samspill.plans.models import Measure, MeasureResponsible, Milestone, Plan
from samspill.plans.permissions_carrying import check_may_keep_milestones
from samspill.plans.queries.carrying import carried_out, milestone_state, milestones_of, parties_in
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.projects import projects_of_measure, projects_to_join
from samspill.plans.queries.rows import is_keeper
from samspill.plans.wording_carrying import milestones_heading, progress_in_words
from samspill.refusal import Refused, reason


@require_safe
def milestones(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    if request.headers.get("HX-Request"):
        return _part_of_measure_page(request, plan, found)
    return _page(request, plan, found)


def _part_of_measure_page(request: HttpRequest, plan: Plan, measure: Measure) -> HttpResponse:
    """The same in short, for the page of the measure, which fetches it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = milestones_of(plan, actor).get(measure.pk, [])
    register = parties_in(plan.community, actor.today)
    row = next((one for one in carried_out([plan], actor, register) if one.measure.pk == measure.pk), None)
    context = {
        "plan": plan,
        "measure": measure,
        "lines": [{"milestone": one, "state": milestone_state(one, actor.today)} for one in found],
        "heading": _heading(found),
        "progress": progress_in_words(row.progress) if row else "",
        "pips": [one.shown.glyph for one in row.standings.values()] if row else [],
        "may_keep": may_keep(measure, actor, measure.responsibles.all()),
        "is_keeper": is_keeper(plan, actor),
        "page": _here(plan, measure),
    }
    return render(request, "plans/milestones/short.html", context)


def _page(
    request: HttpRequest,
    plan: Plan,
    measure: Measure,
    *,
    new: MilestoneForm | None = None,
    changed: tuple[int, forms.Form] | None = None,
) -> HttpResponse:
    """`new` and `changed` (number of a milestone, its form) are forms that were sent with errors."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = milestones_of(plan, actor).get(measure.pk, [])
    keeper = is_keeper(plan, actor)
    projects = projects_of_measure(measure.pk, actor)
    taken = {link.other.id for link in projects}
    context = {
        "is_keeper": keeper,
        "projects": projects,
        "choices": projects_to_join(taken, actor) if keeper else [],
        "here": f"{_here(plan, measure)}#prosjekt",
        "plan": plan,
        "measure": measure,
        "lines": [_line(one, actor, changed) for one in found],
        "heading": _heading(found),
        "may_keep": may_keep(measure, actor, measure.responsibles.all()),
        "new": new or MilestoneForm(),
    }
    return render(request, "plans/milestones/page.html", context, status=422 if new or changed else 200)


def _heading(found: list[Milestone]) -> str:
    return milestones_heading(sum(one.done_on is not None for one in found), len(found))


def may_keep(measure: Measure, actor: Actor, responsibles: Iterable[MeasureResponsible]) -> bool:
    return not reason(check_may_keep_milestones, actor, measure, responsibles)


def _line(one: Milestone, actor: Actor, changed: tuple[int, forms.Form] | None) -> dict[str, Any]:
    """Each line has a prefix of its own, so that two forms of a page share no ids."""
    is_this = changed is not None and changed[0] == one.pk
    form = changed[1] if changed and is_this else None
    words = {"title": one.title, "due": one.due}
    prefix = f"m{one.pk}"
    return {
        "milestone": one,
        "state": milestone_state(one, actor.today),
        "form": form if isinstance(form, MilestoneForm) else MilestoneForm(initial=words, prefix=prefix),
        "reached": form if isinstance(form, ReachedForm) else ReachedForm(prefix=prefix),
        "is_open": is_this,
    }


@require_POST
def add(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    form = MilestoneForm(request.POST)
    if form.is_valid():
        try:
            event = add_milestone(found, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refused:
            _put(form, refused)
        else:
            return _done(request, plan, found, event, _("The milestone is set."))
    return _page(request, plan, found, new=form)


@require_POST
def edit(request: HttpRequest, pk: int, measure: int, milestone: int) -> HttpResponse:
    form = MilestoneForm(request.POST, prefix=f"m{milestone}")
    return _change(
        request, pk, measure, milestone, form, _("The milestone is changed."),
        lambda one, typed: edit_milestone(one, by=request.actor, **typed),  # type: ignore[attr-defined]
    )  # fmt: skip


@require_POST
def reach(request: HttpRequest, pk: int, measure: int, milestone: int) -> HttpResponse:
    """Reached on a day, today when none is written; `again` takes the day away."""
    actor = request.actor  # type: ignore[attr-defined]
    form = ReachedForm(request.POST, prefix=f"m{milestone}")
    is_back = request.POST.get("again") == "1"
    return _change(
        request, pk, measure, milestone, form,
        _("The milestone is to come again.") if is_back else _("The milestone is reached."),
        lambda one, typed: reach_milestone(
            one, on=None if is_back else typed["day"] or actor.today, by=actor
        ),
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, pk: int, measure: int, milestone: int) -> HttpResponse:
    return _change(
        request, pk, measure, milestone, None, _("The milestone is taken away."),
        lambda one, _typed: remove_milestone(one, by=request.actor),  # type: ignore[attr-defined]
    )  # fmt: skip


@require_POST
def undo(request: HttpRequest, pk: int, measure: int, event: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    try:
        undo_milestone(event, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.code != "undo.changed":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(back_to(request, _here(plan, found)), status=303)


def _change(
    request: HttpRequest,
    pk: int,
    measure: int,
    number: int,
    form: forms.Form | None,
    said: str,
    act: Callable[[Milestone, dict], AuditEvent],
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan, found = find_measure(pk, measure, actor)
    one = get_object_or_404(Milestone.objects.visible_to(actor), pk=number, measure=found)
    if form is None or form.is_valid():
        try:
            event = act(one, form.cleaned_data if form else {})
        except Refused as refused:
            if form is None:
                raise
            _put(form, refused)
        else:
            return _done(request, plan, found, event, said)
    return _page(request, plan, found, changed=(number, form))


def _put(form: forms.Form, refused: Refused) -> None:
    """A refusal at its field; one that is about who you are is not the form's."""
    if refused.forbidden:
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def _done(request: HttpRequest, plan: Plan, measure: Measure, event: AuditEvent, said: str) -> HttpResponse:
    here = back_to(request, _here(plan, measure))
    undo_address = reverse("plans:undo-milestone", args=[plan.pk, measure.pk, event.pk])
    messages.success(request, said, extra_tags=address(undo_address, {"neste": here}))
    return HttpResponseRedirect(here, status=303)


def _here(plan: Plan, measure: Measure) -> str:
    return reverse("plans:milestones", args=[plan.pk, measure.pk])
