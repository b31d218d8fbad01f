"""Payments of an award that is under way: added, changed, cancelled, and each taken back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor, AuditEvent
from samspill.plans.actions.funds.calls import check_may_manage
from samspill.plans.actions.funds.payments import add_payment, cancel_payment, change_payment, undo_payment
from samspill.plans.forms_funds import PaymentForm
from samspill.plans.models import Award, Payment
from samspill.plans.queries.funds.awards import find_award, find_payment, payments_of
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.awards import check_unpaid
from samspill.plans.views.funds.acting import put_on
from samspill.plans.views.funds.awards import award_page
from samspill.refusal import Refused, reason

READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@READS_AND_WRITES
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more payment; what is left of the award stands in the form."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_award(pk, actor)
    check_may_manage(actor, found.community_id)
    left = found.nok - sum(one.nok for one in payments_of(found, actor))
    if request.method != "POST":
        return _page(request, found, PaymentForm(initial={"amount": max(left, 0)}))
    form = PaymentForm(request.POST)
    return _act(
        request, found, None, form, _("The payment is planned, and those who get it are told."),
        lambda typed: add_payment(found, by=actor, **typed),
    )  # fmt: skip


@login_required
@READS_AND_WRITES
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, amount or condition; with `cancel`, the payment is taken out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = find_payment(pk, actor)
    found = find_award(one.award_id, actor)
    check_may_manage(actor, found.community_id)
    if request.method != "POST":
        initial = {"due": one.due, "amount": one.nok, "condition": one.condition}
        return _page(request, found, PaymentForm(initial=initial), one)
    form = PaymentForm(request.POST)
    if request.POST.get("cancel") == "1":
        for name in ("due", "amount", "condition"):
            form.fields[name].required = False
        said = _("The payment is cancelled, and those who were to get it are told.")
        return _act(
            request, found, one, form, said,
            lambda typed: cancel_payment(one, because=typed["because"], by=actor),
        )  # fmt: skip
    return _act(
        request, found, one, form, _("The payment is changed, and those who get it are told."),
        lambda typed: change_payment(one, by=actor, **typed),
    )  # fmt: skip


@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_award(pk, actor)
    try:
        undo_payment(event, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return award_page(request, found, error=refused.sentence)
    messages.success(request, _("It is as it was."))
    return _back(found)


def _act(
    request: HttpRequest, found: Award, one: Payment | None, form: PaymentForm, said: str,
    act: Callable[[dict[str, Any]], AuditEvent],
) -> HttpResponse:  # fmt: skip
    if form.is_valid():
        typed = dict(form.cleaned_data)
        typed["nok"] = typed.pop("amount")
        try:
            event = act(typed)
        except Refused as refused:
            if refused.forbidden:
                raise
            put_on(form, refused)
        else:
            undo_address = reverse("plans:fund-undo-payment", args=[found.pk, event.pk])
            messages.success(request, said, extra_tags=undo_address)
            return _back(found)
    return _page(request, found, form, one)


def _back(found: Award) -> HttpResponse:
    return HttpResponseRedirect(reverse("plans:fund-award", args=[found.pk]) + "#utbetalinger", status=303)


def _page(request: HttpRequest, found: Award, form: PaymentForm, one: Payment | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    others = sum(row.nok for row in payments_of(found, actor) if one is None or row.pk != one.pk)
    context = {
        "award": found,
        "payment": one,
        "amount": kroner(one.nok) if one else "",
        "form": form,
        "awarded": kroner(found.nok),
        "others": kroner(others),
        "left": kroner(max(found.nok - others, 0)),
        "why_not": reason(check_unpaid, one.paid_on) if one else "",
    }
    return render(request, "plans/funds/payment.html", context, status=422 if form.is_bound else 200)
