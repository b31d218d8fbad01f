"""The secretariat's answer to a reported case, how it is treated, and its way to the queue."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Body
from samspill.governance.actions import follow_up_cases
from samspill.governance.actions.cases import (
    Handling,
    bring_back,
    change_case,
    reject,
    return_case,
    take_up,
    withdraw,
)
from samspill.governance.actions.passages import back_to_preparing, make_ready
from samspill.governance.forms_cases import AnswerForm, HandlingForm, TakeUpForm
from samspill.governance.models import Case
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.case_tasks import answer_due
from samspill.governance.queries.cases import case_for, find_case
from samspill.governance.queries.suggested import suggested_body
from samspill.governance.states import CaseState
from samspill.governance.views.acting_cases import do
from samspill.governance.views.cases import frame
from samspill.governance.views.refusing import put_on
from samspill.refusal import Refused


def _find(request: HttpRequest, pk: int) -> Case:
    case = find_case(pk, request.actor)  # type: ignore[attr-defined]
    check_may_act(request.actor, "cases.prepare", case)  # type: ignore[attr-defined]
    return case


@login_required
@require_safe
def screening(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


def _page(
    request: HttpRequest, case: Case, *, error: str = "", bound: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    bound = bound or {}
    suggested = suggested_body(case, actor.today)
    body_id = case.proposed_body_id or (suggested.body.pk if suggested else None)
    state = CaseState(case.state)
    reported = timezone.localtime(case.reported_at).date() if case.reported_at else None
    context: dict[str, Any] = {
        **frame(case_for(case, actor), actor, "governance:case-screening"),
        "suggested": suggested,
        "due": answer_due(reported) if reported and state == CaseState.REPORTED else None,
        "may_take_up": state in {CaseState.REPORTED, CaseState.TREATED, CaseState.REJECTED, CaseState.CLOSED},
        "is_reported": state == CaseState.REPORTED,
        "is_preparing": state == CaseState.PREPARING,
        "is_ready": state == CaseState.READY,
        "may_close": state in {CaseState.TREATED, CaseState.FOLLOWED_UP},
        "take_up": bound.get("take_up") or TakeUpForm(bodies=_bodies(case), initial={"body": body_id}),
        "return_form": bound.get("return_form") or AnswerForm(prefix="mangler"),
        "reject_form": bound.get("reject_form") or AnswerForm(prefix="avvis"),
        "handling": bound.get("handling")
        or HandlingForm(
            initial={
                name: getattr(case, name)
                for name in ("title", "kind", "large_consequence", "needs_anchoring")
            }
        ),
        "error": error,
    }
    return render(request, "governance/cases/screening.html", context, status=422 if error or bound else 200)


def _bodies(case: Case) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in Body.objects.filter(community_id=case.community_id)]


def _here(case: Case) -> str:
    return reverse("governance:case-screening", args=[case.pk])


@require_POST
def take_up_case(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    form = TakeUpForm(request.POST, bodies=_bodies(case))
    if not form.is_valid():
        return _page(request, case, bound={"take_up": form})
    body = Body.objects.get(pk=form.cleaned_data["body"])
    return do(
        request,
        lambda: take_up(case, body, answer=form.cleaned_data["answer"], by=actor),
        said=_("The case is taken up for %(body)s. The one who reported it is told.") % {"body": body},
        to=reverse("governance:brief", args=[pk]),
        again=lambda refused: _again(request, case, "take_up", form, refused),
    )


@require_POST
def return_to_reporter(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    form = AnswerForm(request.POST, prefix="mangler")
    if not form.is_valid():
        return _page(request, case, bound={"return_form": form})
    return do(
        request,
        lambda: return_case(case, missing=form.cleaned_data["answer"], by=actor),
        said=_("The case is sent back, with what is missing."),
        to=_here(case),
        undo=reverse("governance:case-bring-back", args=[pk]),
        again=lambda refused: _again(request, case, "return_form", form, refused),
    )


@require_POST
def reject_case(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    form = AnswerForm(request.POST, prefix="avvis")
    if not form.is_valid():
        return _page(request, case, bound={"reject_form": form})
    return do(
        request,
        lambda: reject(case, because=form.cleaned_data["answer"], by=actor),
        said=_("The case is not taken up. The one who reported it is told why."),
        to=_here(case),
        again=lambda refused: _again(request, case, "reject_form", form, refused),
    )


@require_POST
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    form = HandlingForm(request.POST)
    if not form.is_valid():
        return _page(request, case, bound={"handling": form})
    return do(
        request,
        lambda: change_case(case, Handling(**form.cleaned_data), by=actor),
        said=_("It is saved."),
        to=_here(case),
        again=lambda refused: _again(request, case, "handling", form, refused),
    )


def _again(request: HttpRequest, case: Case, name: str, form: forms.Form, refused: Refused) -> HttpResponse:
    put_on(form, refused)
    case.refresh_from_db()
    return _page(request, case, bound={name: form})


@require_POST
def bring_back_case(request: HttpRequest, pk: int) -> HttpResponse:
    case = _find(request, pk)
    return do(
        request,
        lambda: bring_back(case, by=request.actor),  # type: ignore[attr-defined]
        said=_("It is as it was."),
        to=_here(case),
        again=lambda refused: _page(request, case, error=refused.sentence),
    )


@require_POST
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the queue of the body, or (`tilbake`) out of it again."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    back = request.POST.get("tilbake") == "1"
    return do(
        request,
        lambda: (back_to_preparing if back else make_ready)(case, by=actor),
        said=_("The case is being prepared again.") if back else _("The case is ready for the next meeting."),
        to=_here(case),
        again=lambda refused: _page(request, case, error=refused.sentence),
    )


@require_POST
def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    case = _find(request, pk)
    return do(
        request,
        lambda: follow_up_cases.close_case(case, by=request.actor),  # type: ignore[attr-defined]
        said=_("The case is closed."),
        to=_here(case),
        again=lambda refused: _page(request, case, error=refused.sentence),
    )


@require_POST
def withdraw_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The one who reported it takes it back; the secretariat can bring it back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    withdraw(case, by=actor)
    messages.success(request, _("You have taken the case back."))
    return HttpResponseRedirect(reverse("governance:case-list"), status=303)
