"""One measure: its page, and every act on it. Each act ends where it began, with a way back."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import AuditEvent, address, back_to
from samspill.plans.actions.changing import undo
from samspill.plans.actions.measures import (
    edit_text,
    fill_hole,
    link_indicator,
    set_deadline,
    set_responsible,
)
from samspill.plans.actions.reporting import report_status
from samspill.plans.acts_in_words import act_in_words
from samspill.plans.forms import DeadlineForm, IndicatorForm, ResponsibleForm, StatusForm, TextForm
from samspill.plans.models import Measure, Plan
from samspill.plans.queries.overview import HOLE_IN_ADDRESS
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.rows import indicator_candidates, owner_candidates
from samspill.plans.views.lines import undo_address
from samspill.plans.views.measure_page import measure_page
from samspill.plans.views.plan_page import plan_page
from samspill.refusal import Refused


@require_safe
def measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    return measure_page(request, plan, found)


@require_POST
def fill(request: HttpRequest, pk: int, measure: int, hole: str) -> HttpResponse:
    wanted = HOLE_IN_ADDRESS.get(hole)
    if wanted is None:
        raise Http404
    value = request.POST.get("value", "")
    return _change(
        request, pk, measure,
        lambda found: fill_hole(found, hole=wanted, value=value, by=request.actor),  # type: ignore[attr-defined]
    )  # fmt: skip


@require_POST
def undo_change(request: HttpRequest, pk: int, measure: int, event: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    try:
        undo(event, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        return _refused(request, plan, found, refused)
    messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(_next(request, plan, found), status=303)


@require_POST
def report(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    form = StatusForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _refused(request, plan, found, Refused("status.form", sentence))
    try:
        report_status(found, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
    except Refused as refused:
        return _refused(request, plan, found, refused)
    messages.success(request, _("Thank you. It stands on the measure now."))
    return HttpResponseRedirect(_next(request, plan, found), status=303)


@require_POST
def responsible(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, _found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]
    choices = [(one.key, one.label) for one in owner_candidates(plan.community_id)]
    form = ResponsibleForm(request.POST, choices=choices)
    return _change_by_form(
        request, pk, measure, "responsible", form,
        lambda found, typed: set_responsible(
            found, who=typed["who"], helpers=tuple(typed["helpers"]), by=request.actor  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


@require_POST
def deadline(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    return _change_by_form(
        request, pk, measure, "deadline", DeadlineForm(request.POST),
        lambda found, typed: set_deadline(found, by=request.actor, **typed),  # type: ignore[attr-defined]
    )  # fmt: skip


@require_POST
def indicator(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    choices = [(one.key, one.label) for one in indicator_candidates(request.actor)]  # type: ignore[attr-defined]
    return _change_by_form(
        request, pk, measure, "indicator", IndicatorForm(request.POST, choices=choices),
        lambda found, typed: link_indicator(
            found, indicator_id=int(typed["indicator"]), by=request.actor  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


@require_POST
def text(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    return _change_by_form(
        request, pk, measure, "text", TextForm(request.POST),
        lambda found, typed: edit_text(found, by=request.actor, **typed),  # type: ignore[attr-defined]
    )  # fmt: skip


def _change_by_form(
    request: HttpRequest,
    pk: int,
    number: int,
    name: str,
    form: forms.Form,
    act: Callable[[Measure, dict], AuditEvent],
) -> HttpResponse:
    plan, found = find_measure(pk, number, request.actor)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            event = act(found, form.cleaned_data)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return _done(request, plan, found, event)
    return measure_page(request, plan, found, bound={name: form})


def _change(request: HttpRequest, pk: int, number: int, act: Callable[[Measure], AuditEvent]) -> HttpResponse:
    plan, found = find_measure(pk, number, request.actor)  # type: ignore[attr-defined]
    try:
        event = act(found)
    except Refused as refused:
        return _refused(request, plan, found, refused)
    return _done(request, plan, found, event)


def _done(request: HttpRequest, plan: Plan, found: Measure, event: AuditEvent) -> HttpResponse:
    """Back to where it was done, saying what was done and how to undo it."""
    here = _next(request, plan, found)
    messages.success(request, act_in_words(event), extra_tags=undo_address(plan, event, here))
    return HttpResponseRedirect(f"{address(here, {'gjort': str(event.pk)})}#m{found.pk}", status=303)


def _refused(request: HttpRequest, plan: Plan, found: Measure, refused: Refused) -> HttpResponse:
    """The page it was done on, with the reason at the measure."""
    if refused.forbidden:
        raise refused
    here = urlsplit(_next(request, plan, found))
    if here.path == reverse("plans:plan", args=[plan.pk]):
        return plan_page(request, plan, query=QueryDict(here.query), error=(found.pk, refused.sentence))
    return measure_page(request, plan, found, error=refused.sentence)


def _next(request: HttpRequest, plan: Plan, found: Measure) -> str:
    """Where the act was done: `neste` when it is an address of ours, else the measure's own page."""
    return back_to(request, reverse("plans:measure", args=[plan.pk, found.pk]))
