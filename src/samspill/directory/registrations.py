"""What the directory offers the registries: communities, parties and bodies to find and to point at."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.actor import Actor
from samspill.directory.models import Account, Body, Community, Party, SearchEntry
from samspill.directory.registries import (
    ERASURES,
    INDEXERS,
    THINGS,
    Erasure,
    Ref,
    Resolved,
    ThingKind,
    page_of_body,
)
from samspill.directory.search import put_many
from samspill.directory.states import PartyKind

COMMUNITY = "directory.community"
PARTY = "directory.party"
BODY = "directory.body"
ACCOUNT = Erasure(
    "directory.account",
    Account,
    ("email", "issuer", "subject"),
    _("The e-mail address and the key you sign in with"),
    _("%(period)s after your last role ended, or you were last here if that is later"),
)


def register() -> None:
    THINGS.register(COMMUNITY, ThingKind(COMMUNITY, _("Helsefellesskap"), _communities))
    THINGS.register(PARTY, ThingKind(PARTY, _("Party"), _parties))
    THINGS.register(BODY, ThingKind(BODY, _("Body"), _bodies))
    INDEXERS.register("directory", index)
    ERASURES.register(ACCOUNT.key, ACCOUNT)


def _communities(ids: Iterable[int], actor: Actor) -> dict[int, Resolved]:
    rows = Community.objects.visible_to(actor).filter(pk__in=ids)
    return {
        row.pk: Resolved(row.full_name, reverse("directory:community", args=[row.slug]), row.health_region)
        for row in rows
    }


def _parties(ids: Iterable[int], actor: Actor) -> dict[int, Resolved]:
    rows = Party.objects.visible_to(actor).filter(pk__in=ids).select_related("community")
    return {row.pk: Resolved(row.name, _page(row.community.slug, f"part-{row.pk}")) for row in rows}


def _bodies(ids: Iterable[int], actor: Actor) -> dict[int, Resolved]:
    rows = Body.objects.visible_to(actor).filter(pk__in=ids).select_related("community")
    return {
        row.pk: Resolved(row.name, page_of_body(row.pk) or _page(row.community.slug, f"organ-{row.pk}"))
        for row in rows
    }


def _page(slug: str, anchor: str) -> str:
    return f"{reverse('directory:community', args=[slug])}#{anchor}"


def index(community_id: int) -> int:
    """Write the search entries of a community, its parties and its bodies anew; returns how many."""
    community = Community.objects.get(pk=community_id)
    parties = list(Party.objects.filter(community=community))
    entries = [
        community_entry(community, parties),
        *(party_entry(party) for party in parties),
        *(body_entry(body) for body in Body.objects.filter(community=community)),
    ]
    put_many(entries)
    return len(entries)


def community_entry(community: Community, parties: Iterable[Party]) -> SearchEntry:
    """A community is found by its parties too: who asks for a municipality is told where it belongs."""
    here = ", ".join(
        party.name if party.kind == PartyKind.HEALTH_TRUST else str(party)
        for party in parties
        if party.left is None
    )
    text = f"{community.name}. {community.health_region}. {here}"
    return _entry(Ref(COMMUNITY, community.pk), community.pk, community.full_name, text)


def party_entry(party: Party) -> SearchEntry:
    text = " ".join(word for word in (party.short_name, party.municipality_code, party.orgnr) if word)
    return _entry(Ref(PARTY, party.pk), party.community_id, party.name, text)


def body_entry(body: Body) -> SearchEntry:
    return _entry(Ref(BODY, body.pk), body.community_id, body.name, body.short_name)


def _entry(ref: Ref, community_id: int, title: str, text: str) -> SearchEntry:
    return SearchEntry(
        kind=ref.kind,
        thing_id=ref.id,
        community_id=community_id,
        title=title,
        text=text.strip(),
        is_open=True,
    )
