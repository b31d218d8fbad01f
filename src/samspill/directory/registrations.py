"""What the directory offers the registries: communities, parties and bodies as things one can find and point at."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.actor import Actor
from samspill.directory.links import Ref
from samspill.directory.models import Body, Party, SearchEntry
from samspill.directory.registries import INDEXERS, THINGS, Resolved, ThingKind
from samspill.directory.search import put_many

PARTY = "directory.party"
BODY = "directory.body"


def register() -> None:
    THINGS.register(PARTY, ThingKind(PARTY, _("Party"), _parties))
    THINGS.register(BODY, ThingKind(BODY, _("Body"), _bodies))
    INDEXERS.register("directory", index)


def _parties(ids: Iterable[int], actor: Actor) -> dict[int, Resolved]:
    rows = Party.objects.visible_to(actor).filter(pk__in=ids).select_related("community")
    return {row.pk: Resolved(row.name, _page(row.community.slug, f"part-{row.pk}")) for row in rows}


def _bodies(ids: Iterable[int], actor: Actor) -> dict[int, Resolved]:
    rows = Body.objects.visible_to(actor).filter(pk__in=ids).select_related("community")
    return {row.pk: Resolved(row.name, _page(row.community.slug, f"organ-{row.pk}")) for row in rows}


def _page(slug: str, anchor: str) -> str:
    return f"{reverse('directory:community', args=[slug])}#{anchor}"


def index(community_id: int) -> int:
    """Write the search entries of a community's parties and bodies anew; returns how many."""
    entries = [
        *(party_entry(party) for party in Party.objects.filter(community_id=community_id)),
        *(body_entry(body) for body in Body.objects.filter(community_id=community_id)),
    ]
    put_many(entries)
    return len(entries)


def party_entry(party: Party) -> SearchEntry:
    return _entry(Ref(PARTY, party.pk), party.community_id, party.name, f"{party.short_name} {party.orgnr}")


def body_entry(body: Body) -> SearchEntry:
    return _entry(Ref(BODY, body.pk), body.community_id, body.name, body.short_name)


def _entry(ref: Ref, community_id: int, title: str, text: str) -> SearchEntry:
    return SearchEntry(
        kind=ref.kind, thing_id=ref.id, community_id=community_id, title=title, text=text.strip(), is_open=True
    )
