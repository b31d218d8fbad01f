"""The secretariat's page about where everybody writes to when they ask for access."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor, AuditEvent
from samspill.governance.actions.choosing_access_address import (
    CHOSEN,
    choose_access_address,
    take_back_access_address,
)
from samspill.governance.forms_access import AccessAddressForm
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.secretariat import chosen_access_email, secretariat_address
from samspill.governance.views.refusing import put_on
from samspill.refusal import Refused

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def access_address(request: HttpRequest) -> HttpResponse:
    """Shown and changed on one page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "access.choose")
    assert actor.community_id is not None  # noqa: S101  who may choose has a role in a helsefellesskap
    chosen = chosen_access_email(actor.community_id)
    form = AccessAddressForm(request.POST if request.method == "POST" else None, initial={"email": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            event = choose_access_address(form.cleaned_data["email"], by=actor)
        except Refused as refused:
            put_on(form, refused)
        else:
            undo = reverse("governance:access-address-back", args=[event.pk])
            messages.success(request, _("Saved. Requests for access go there from now on."), extra_tags=undo)
            return _back()
    own = secretariat_address(actor.community_id, actor)
    context = {"form": form, "chosen": chosen, "own": own, "goes_to": chosen or own}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "governance/open/access_address.html", context, status=status)


@login_required
@require_POST
def take_back(request: HttpRequest, event: int) -> HttpResponse:
    """«Angre»."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "access.choose")
    was = get_object_or_404(AuditEvent, pk=event, act=CHOSEN, community_id=actor.community_id)
    try:
        take_back_access_address(was, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("The address is as it was."))
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("governance:access-address"), status=303)
