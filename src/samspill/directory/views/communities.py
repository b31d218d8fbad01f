"""A helsefellesskap as everybody may see it: parties, regions, bodies. The secretariat adds to it here."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samspill.directory.actions.accounts import NewMember, add_member
from samspill.directory.actions.parties import add_body, add_party
from samspill.directory.forms import BodyForm, MemberForm, PartyForm
from samspill.directory.models import Body, Community, Membership, Region
from samspill.directory.permissions import MAY
from samspill.directory.queries import in_force_on, parties_of
from samspill.refusal import Refused


@require_GET
def community_list(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/communities.html", {"communities": Community.objects.all()})


@require_GET
def community(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, get_object_or_404(Community, slug=slug))


def _page(
    request: HttpRequest, shown: Community, *, forms_with_errors: dict[str, forms.Form] | None = None
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    may_change = actor.community_id == shown.pk and actor.has_role(*MAY["directory.manage_parties"])
    context: dict[str, Any] = {
        "shown": shown,
        "parties": parties_of(shown, actor.today),
        "bodies": Body.objects.filter(community=shown),
        "regions": Region.objects.filter(community=shown).prefetch_related("municipalities__party"),
        "may_change": may_change,
    }
    if may_change:
        context |= {
            "party_form": PartyForm(prefix="party"),
            "body_form": BodyForm(prefix="body"),
            "member_form": MemberForm(
                prefix="member", community_id=shown.pk, initial={"from_day": actor.today}
            ),
            "members": Membership.objects.filter(in_force_on(actor.today), community=shown).select_related(
                "account", "party", "body"
            ),
        }
    context |= forms_with_errors or {}
    return render(request, "directory/community.html", context, status=422 if forms_with_errors else 200)


def _add(
    request: HttpRequest,
    slug: str,
    name: str,
    form: forms.Form,
    act: Callable[[Community, dict[str, Any]], object],
) -> HttpResponse:
    shown = get_object_or_404(Community, slug=slug, pk=request.actor.community_id)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            act(shown, form.cleaned_data)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field or None, refused.sentence)
        else:
            return HttpResponseRedirect(reverse("directory:community", args=[slug]), status=303)
    return _page(request, shown, forms_with_errors={name: form})


@require_POST
def new_party(request: HttpRequest, slug: str) -> HttpResponse:
    return _add(
        request,
        slug,
        "party_form",
        PartyForm(request.POST, prefix="party"),
        lambda shown, typed: add_party(community=shown, by=request.actor, **typed),  # type: ignore[attr-defined]
    )


@require_POST
def new_body(request: HttpRequest, slug: str) -> HttpResponse:
    return _add(
        request,
        slug,
        "body_form",
        BodyForm(request.POST, prefix="body"),
        lambda shown, typed: add_body(community=shown, by=request.actor, **typed),  # type: ignore[attr-defined]
    )


@require_POST
def new_member(request: HttpRequest, slug: str) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]

    def act(shown: Community, typed: dict[str, Any]) -> object:
        party, body = typed.pop("party"), typed.pop("body")
        return add_member(community=shown, new=NewMember(**typed), by=actor, party=party, body=body)

    form = MemberForm(request.POST, prefix="member", community_id=actor.community_id or 0)
    return _add(request, slug, "member_form", form, act)
