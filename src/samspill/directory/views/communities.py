"""A helsefellesskap as everybody may see it: parties, regions, bodies. The secretariat adds to it here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.actions.invitations import has_key
from samspill.directory.actions.parties import add_body, add_party, add_region
from samspill.directory.actor import Actor
from samspill.directory.alphabet import alphabetical
from samspill.directory.forms import BodyForm, MemberForm, PartyForm, RegionForm
from samspill.directory.models import Body, Community, Membership, Party, Region, RegionMunicipality
from samspill.directory.permissions import MAY
from samspill.directory.queries import in_force_on, parties_of
from samspill.directory.registries import briefs_for, page_of_body
from samspill.directory.states import BodyKind, PartyKind
from samspill.refusal import Refused

KIND = "directory.community"
"""Apps that have something for a community's page register a brief for this kind: its plans, its figures."""


@dataclass(frozen=True)
class Line:
    """A community in the list; `found` are the municipalities that the words searched for are in."""

    community: Community
    municipalities: int
    found: tuple[str, ...]


@require_safe
def community_list(request: HttpRequest) -> HttpResponse:
    """All communities by health region, or those whose name or municipality has the words."""
    words = request.GET.get("q", "").strip()[:80]
    lines = list(_lines(words.casefold()))
    regions = [
        (name, list(here)) for name, here in groupby(lines, key=lambda line: line.community.health_region)
    ]
    return render(
        request, "directory/communities.html", {"words": words, "regions": regions, "count": len(lines)}
    )


def _lines(words: str) -> Iterable[Line]:
    municipalities: dict[int, list[str]] = {}
    rows = Party.objects.filter(kind=PartyKind.MUNICIPALITY, left__isnull=True)
    for community_id, name in rows.values_list("community_id", "short_name"):
        municipalities.setdefault(community_id, []).append(name)
    order = sorted(Community.objects.all(), key=lambda one: (one.health_region, alphabetical(one.name)))
    for community in order:
        names = sorted(municipalities.get(community.pk, []), key=alphabetical)
        found = tuple(name for name in names if words and words in name.casefold())
        own = f"{community.name} {community.full_name} {community.health_region}".casefold()
        if found or words in own:
            yield Line(community, len(names), found)


@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    return community_page(request, get_object_or_404(Community, slug=slug))


def own_community(request: HttpRequest, slug: str) -> Community:
    """The community of the address, when the actor works in it; else not found."""
    return get_object_or_404(Community, slug=slug, pk=request.actor.community_id)  # type: ignore[attr-defined]


def community_page(
    request: HttpRequest, shown: Community, *, forms_with_errors: dict[str, forms.Form] | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    parties = sorted(parties_of(shown, actor.today), key=lambda party: alphabetical(str(party)))
    trusts = [party for party in parties if party.kind == PartyKind.HEALTH_TRUST]
    context: dict[str, Any] = {
        "shown": shown,
        "municipalities": [party for party in parties if party.kind == PartyKind.MUNICIPALITY],
        "trusts": trusts,
        "hospital": trusts[0].name.removesuffix(" HF") if trusts else shown.name,
        "regions": _regions(shown, actor.today),
        "bodies": _bodies(shown, actor.today),
        "briefs": _briefs(request, shown, actor),
    }
    if actor.community_id == shown.pk and actor.has_role(*MAY["directory.manage_people"]):
        context |= _for_the_secretariat(shown, actor)
    context |= forms_with_errors or {}
    return render(request, "directory/community.html", context, status=422 if forms_with_errors else 200)


def _regions(shown: Community, day: date) -> list[tuple[Region, list[Party]]]:
    here = RegionMunicipality.objects.filter(in_force_on(day)).select_related("party")
    rows = Region.objects.filter(community=shown).prefetch_related(
        Prefetch("municipalities", queryset=here, to_attr="here")
    )
    return [
        (row, sorted((one.party for one in row.here), key=lambda party: alphabetical(str(party))))
        for row in sorted(rows, key=lambda row: (row.kind, alphabetical(row.name)))
    ]


def _bodies(shown: Community, day: date) -> list[dict[str, Any]]:
    """In the order of their kinds: from the partnership meeting down to the secretariat."""
    order = list(BodyKind.values)
    rows = sorted(
        Body.objects.filter(community=shown),
        key=lambda body: (order.index(body.kind), alphabetical(body.name)),
    )
    return [
        {
            "body": body,
            "url": page_of_body(body.pk),
            "last_day": last_day(body.ends),
            "is_over": bool(body.ends and body.ends <= day),
        }
        for body in rows
    ]


def last_day(first_without: date | None) -> date | None:
    """Stored is the first day without; people read the last day with."""
    return first_without - timedelta(days=1) if first_without else None


def _briefs(request: HttpRequest, shown: Community, actor: Actor) -> list[SafeString]:
    return [
        render_to_string(brief.template, dict(brief.context), request)
        for brief in briefs_for(KIND, shown.pk, actor)
    ]


def _for_the_secretariat(shown: Community, actor: Actor) -> dict[str, Any]:
    members = Membership.objects.visible_to(actor).filter(in_force_on(actor.today), community=shown)
    rows = members.select_related("account", "party", "body")
    return {
        "may_change": True,
        "party_form": PartyForm(prefix="party", today=actor.today),
        "body_form": BodyForm(prefix="body"),
        "region_form": _region_form(shown, actor),
        "member_form": MemberForm(prefix="member", community_id=shown.pk, initial={"from_day": actor.today}),
        "members": [
            {"row": row, "last_day": last_day(row.to_day), "is_invited": not has_key(row.account)}
            for row in sorted(rows, key=lambda row: (alphabetical(row.account.name), row.pk))
        ],
    }


def _region_form(shown: Community, actor: Actor, typed: QueryDict | None = None) -> RegionForm:
    """What this community called its last region is proposed for the next."""
    last = Region.objects.filter(community=shown).order_by("-pk").first()
    return RegionForm(
        typed,
        prefix="region",
        municipalities=parties_of(shown, actor.today).filter(kind=PartyKind.MUNICIPALITY),
        initial={"kind": last.kind if last else "", "from_day": actor.today},
    )


def add_or_tell(
    request: HttpRequest,
    shown: Community,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Do `act` with what was typed and go back to the page; or show the page again with what is wrong."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field or None, refused.sentence)
        else:
            return HttpResponseRedirect(reverse("directory:community", args=[shown.slug]), status=303)
    return community_page(request, shown, forms_with_errors={name: form})


@require_POST
def new_party(request: HttpRequest, slug: str) -> HttpResponse:
    shown = own_community(request, slug)
    form = PartyForm(request.POST, prefix="party", today=request.actor.today)  # type: ignore[attr-defined]
    return add_or_tell(
        request, shown, "party_form", form,
        lambda typed: add_party(community=shown, by=request.actor, **typed),  # type: ignore[attr-defined]
    )  # fmt: skip


@require_POST
def new_body(request: HttpRequest, slug: str) -> HttpResponse:
    shown = own_community(request, slug)
    form = BodyForm(request.POST, prefix="body")
    return add_or_tell(
        request, shown, "body_form", form,
        lambda typed: add_body(community=shown, by=request.actor, **typed),  # type: ignore[attr-defined]
    )  # fmt: skip


@require_POST
def new_region(request: HttpRequest, slug: str) -> HttpResponse:
    shown = own_community(request, slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return add_or_tell(
        request, shown, "region_form", _region_form(shown, actor, request.POST),
        lambda typed: add_region(community=shown, by=actor, **typed),
    )  # fmt: skip
