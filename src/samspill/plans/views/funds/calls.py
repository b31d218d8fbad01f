"""The list of schemes and calls, one call for everybody, and what the secretariat does with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor
from samspill.plans.actions.funds.calls import (
    announce,
    appoint,
    check_may_manage,
    close_call,
    dismiss,
    open_again,
)
from samspill.plans.forms_funds import AppointForm
from samspill.plans.fund_wording import CALL_GLYPHS, call_headline, glyph, list_headline
from samspill.plans.models import Application, Call
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.applications import applications_of
from samspill.plans.queries.funds.calls import (
    CallLine,
    awards_of,
    calls_of_others,
    find_call,
    own_schemes,
    possible_reviewers,
    reviewers_of,
    state_of,
)
from samspill.plans.queries.funds.reviews import may_see_ranking
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.states import ApplicationState, CallState, CriterionKind
from samspill.plans.views.funds.acting import do, put_on
from samspill.refusal import Refused


@require_safe
def fund_list(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    schemes, others = own_schemes(actor), calls_of_others(actor)
    context = {
        "heading": list_headline(schemes, others, actor.today),
        "schemes": [{"scheme": one.scheme, "lines": [_line(line) for line in one.calls]} for one in schemes],
        "others": [_line(line) for line in others],
        "may_manage": actor.community_id is not None and is_manager(actor, actor.community_id),
    }
    return render(request, "plans/funds/list.html", context)


def _line(line: CallLine) -> dict[str, Any]:
    return {
        "call": line.call,
        "state": line.state,
        "g": CALL_GLYPHS[line.state],
        "frame": kroner(line.call.frame_nok),
        "sent": line.sent,
        "drafts": line.drafts,
    }


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    return call_page(request, find_call(pk, request.actor))  # type: ignore[attr-defined]


def call_page(
    request: HttpRequest, found: Call, *, appoint_form: AppointForm | None = None, error: str = ""
) -> HttpResponse:
    """The call with what the reader may see of it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    state = state_of(found, actor)
    manages = is_manager(actor, found.community_id)
    awards = awards_of(found, actor) if state == CallState.DECIDED or manages else []
    criteria = list(found.criteria.all())
    mine = applications_of(found, actor) if actor.community_id == found.community_id else []
    context = {
        "call": found,
        "state": state,
        "heading": call_headline(found, state, actor.today, awards=awards),
        "frame": kroner(found.frame_nok),
        "formal": [one for one in criteria if one.kind == CriterionKind.FORMAL],
        "scored": [one for one in criteria if one.kind == CriterionKind.SCORED],
        "weights": sum(one.weight for one in criteria),
        "awards": [(one, kroner(one.nok)) for one in awards],
        "groups": _by_state(mine),
        "may_apply": state == CallState.OPEN and _may_apply(found, actor),
        "manages": manages,
        "sees_ranking": actor.is_known and may_see_ranking(found, actor),
        "error": error,
    }
    if manages:
        context |= _for_manager(found, actor, appoint_form)
    return render(request, "plans/funds/call.html", context, status=422 if error or appoint_form else 200)


def _may_apply(found: Call, actor: Actor) -> bool:
    here = actor.community_id == found.community_id and actor.has_role(*MAY["funds.apply"])
    return here and (bool(actor.party_ids) or is_manager(actor, found.community_id))


def _by_state(rows: list[Application]) -> list[dict[str, Any]]:
    """Applications in the order of their life, those that wait for somebody first."""
    groups: list[dict[str, Any]] = []
    for state in ApplicationState:
        here = [one for one in rows if one.state == state]
        if here:
            groups.append({"label": state.label, "g": glyph(state), "rows": here})
    return groups


def _for_manager(found: Call, actor: Actor, form: AppointForm | None) -> dict[str, Any]:
    return {
        "reviewers": reviewers_of(found, actor),
        "appoint_form": form or _appoint_form(found, actor),
    }


def _appoint_form(found: Call, actor: Actor, data: Any = None) -> AppointForm:
    people = [
        (str(account.pk), f"{account.name} ({names})" if names else account.name)
        for account, names in possible_reviewers(found, actor)
    ]
    return AppointForm(data, people=people)


@require_POST
def announce_call(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, announce, _("The call stands open to everybody now."))


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    back = reverse("plans:fund-reopen", args=[pk])
    return _act(request, pk, close_call, _("The call is closed."), undo=back)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, open_again, _("The call is open as it was."))


def _act(request: HttpRequest, pk: int, act: Any, said: str, undo: str = "") -> HttpResponse:
    found = find_call(pk, request.actor)  # type: ignore[attr-defined]

    def again(refused: Refused) -> HttpResponse:
        return call_page(request, found, error=refused.sentence)

    return do(
        request,
        lambda: act(found, by=request.actor),  # type: ignore[attr-defined]
        said=said,
        to=reverse("plans:fund-call", args=[pk]),
        again=again,
        undo=undo,
    )


@require_POST
def appoint_reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_call(pk, actor)
    check_may_manage(actor, found.community_id)
    form = _appoint_form(found, actor, request.POST)
    if not form.is_valid():
        return call_page(request, found, appoint_form=form)
    return do(
        request,
        lambda: appoint(found, account_id=int(form.cleaned_data["account"]), by=actor),
        said=_("Appointed. Where their own organisation takes part, they do not give points."),
        to=reverse("plans:fund-call", args=[pk]) + "#vurderere",
        again=lambda refused: call_page(request, found, appoint_form=put_on(form, refused)),  # type: ignore[arg-type]
    )


@require_POST
def dismiss_reviewer(request: HttpRequest, pk: int, reviewer: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_call(pk, actor)
    return do(
        request,
        lambda: dismiss(found, reviewer_id=reviewer, by=actor),
        said=_("Taken off the list of reviewers."),
        to=reverse("plans:fund-call", args=[pk]) + "#vurderere",
        again=lambda refused: call_page(request, found, error=refused.sentence),
    )
