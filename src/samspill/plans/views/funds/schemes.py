"""A scheme and a call as forms, for the secretariat."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Actor, Body
from samspill.plans.actions.funds.calls import check_may_manage, save_call, save_scheme
from samspill.plans.forms_funds import CallForm, CriterionFormSet, SchemeForm, written
from samspill.plans.models import Call, FundScheme
from samspill.plans.queries.funds.calls import find_call, find_scheme
from samspill.plans.states import CriterionKind
from samspill.plans.views.funds.acting import put_on
from samspill.refusal import Refused

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


def first_criteria() -> list[dict[str, Any]]:
    """What a new scheme begins with; everything can be changed."""
    scored = [
        (_("The need"), _("Is it shown whom it is about, and how many?"), 2),
        (_("Done together"), _("Do municipality and hospital both do a part?"), 3),
        (_("Effect for patients"), _("Is it plain what will be better, and how one will see it?"), 3),
        (_("Can be carried out"), _("Are the plan, the people and the budget enough?"), 2),
        (_("Transfer value"), _("Can others take it in use?"), 2),
    ]
    formal = [
        (_("Within the purpose"), _("Is it what the scheme is for?")),
        (_("New, or on its way"), _("Ordinary operation is not paid for.")),
    ]
    return [
        *({"kind": CriterionKind.FORMAL, "name": name, "explanation": text} for name, text in formal),
        *(
            {"kind": CriterionKind.SCORED, "name": name, "explanation": text, "points": 5, "weight": weight}
            for name, text, weight in scored
        ),
    ]


@login_required
@READS_AND_WRITES
def new_scheme(request: HttpRequest) -> HttpResponse:
    return _scheme(request, None)


@login_required
@READS_AND_WRITES
def edit_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    return _scheme(request, find_scheme(pk, request.actor))  # type: ignore[attr-defined]


def _scheme(request: HttpRequest, scheme: FundScheme | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_manage(actor, scheme.community_id if scheme else actor.community_id or 0)
    bodies = {str(body.pk): body for body in Body.objects.filter(community_id=actor.community_id or 0)}
    choices = [(pk, body.name) for pk, body in bodies.items()]
    data = request.POST if request.method == "POST" else None
    form = SchemeForm(data, bodies=choices, initial=_initial(scheme))
    criteria = CriterionFormSet(data, prefix="k", initial=scheme.criteria if scheme else first_criteria())
    if data is not None and form.is_valid() and criteria.is_valid():
        try:
            values = {**form.cleaned_data, "decided_by": bodies[form.cleaned_data["decided_by"]]}
            saved = save_scheme(scheme, criteria=written(criteria), by=actor, **values)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("The scheme is saved."))
            to = reverse("plans:fund-list") if scheme else reverse("plans:fund-new-call", args=[saved.pk])
            return HttpResponseRedirect(to, status=303)
    context = {"form": form, "criteria": criteria, "scheme": scheme, "has_bodies": bool(bodies)}
    return render(request, "plans/funds/scheme.html", context, status=422 if data is not None else 200)


def _initial(scheme: FundScheme | None) -> dict[str, Any]:
    if scheme is None:
        return {}
    names = ("name", "purpose", "municipalities_needed")
    return {name: getattr(scheme, name) for name in names} | {"decided_by": str(scheme.decided_by_id)}


@login_required
@READS_AND_WRITES
def new_call(request: HttpRequest, pk: int) -> HttpResponse:
    scheme = find_scheme(pk, request.actor)  # type: ignore[attr-defined]
    return _call(request, scheme, None)


@login_required
@READS_AND_WRITES
def edit_call(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_call(pk, request.actor)  # type: ignore[attr-defined]
    return _call(request, found.scheme, found)


def _call(request: HttpRequest, scheme: FundScheme, call: Call | None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_manage(actor, scheme.community_id)
    data = request.POST if request.method == "POST" else None
    names = ("title", "text", "frame_nok", "opens", "closes", "decides_by")
    initial = {name: getattr(call, name) for name in names} if call else {"opens": actor.today}
    form = CallForm(data, initial=initial)
    if data is not None and form.is_valid():
        try:
            saved = save_call(call, scheme=scheme, by=actor, **form.cleaned_data)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("The call is saved."))
            return HttpResponseRedirect(reverse("plans:fund-call", args=[saved.pk]), status=303)
    context = {"form": form, "scheme": scheme, "call": call}
    return render(request, "plans/funds/call_form.html", context, status=422 if data is not None else 200)
