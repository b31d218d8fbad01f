"""Who works in a helsefellesskap: the secretariat lets people in, invites them again and ends their roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.actions.accounts import NewMember, add_member, end_membership
from samspill.directory.actions.invitations import invite_again as send_again
from samspill.directory.actor import Actor
from samspill.directory.forms import EndMembershipForm, MemberForm
from samspill.directory.models import Community, Membership
from samspill.directory.permissions import check_may
from samspill.directory.queries import in_force_on
from samspill.directory.views.communities import add_or_tell, own_community
from samspill.refusal import Refused


@require_POST
def new_member(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody in; they get a mail with the way in."""
    shown = own_community(request, slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]

    def act(typed: dict[str, Any]) -> None:
        typed = dict(typed)
        party, body = typed.pop("party"), typed.pop("body")
        add_member(
            community=shown,
            new=NewMember(**typed),
            by=actor,
            party=party,
            body=body,
            invited_at=timezone.now(),
        )
        messages.success(
            request, _("%(name)s is let in, and gets a mail about it.") % {"name": typed["name"]}
        )

    form = MemberForm(request.POST, prefix="member", community_id=shown.pk)
    return add_or_tell(request, shown, "member_form", form, act)


@require_POST
def invite_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    shown, membership = _membership(request, slug, pk)
    send_again(membership, by=request.actor, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(
        request, _("A new invitation is on its way to %(address)s.") % {"address": membership.account.email}
    )
    return _back(shown)


@require_http_methods(["GET", "POST"])
def end_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A small page of its own: the last day, and what it means."""
    shown, membership = _membership(request, slug, pk)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may(actor, "directory.manage_people")
    form = EndMembershipForm(request.POST or None, initial={"to_day": actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership, day=form.cleaned_data["to_day"], by=actor)
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            messages.success(request, _("The role of %(name)s is ended.") % {"name": membership.account.name})
            return _back(shown)
    context = {"shown": shown, "membership": membership, "form": form}
    return render(request, "directory/end_role.html", context, status=422 if form.errors else 200)


def _membership(request: HttpRequest, slug: str, pk: int) -> tuple[Community, Membership]:
    """A role in force in the actor's own community; anything else is not found."""
    shown = own_community(request, slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Membership.objects.visible_to(actor).filter(in_force_on(actor.today), community=shown)
    return shown, get_object_or_404(rows.select_related("account", "community", "party", "body"), pk=pk)


def _back(shown: Community) -> HttpResponse:
    return HttpResponseRedirect(reverse("directory:community", args=[shown.slug]) + "#folk", status=303)
