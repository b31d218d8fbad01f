"""Reads of the directory."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from samspill.directory.actor import Actor, CommunityChoice, nobody
from samspill.directory.isolation import scope
from samspill.directory.models import Account, AuditEvent, Body, Community, Membership, Party

COMMUNITY_IN_SESSION = "samspill_community"
LEVEL_IN_SESSION = "oidc_level"


def at_the_door(request: HttpRequest, *, today: date) -> Actor:
    """The session's account before it is known where it acts: sees its own roles, and what is open."""
    user = request.user
    return Actor(today=today, account_id=user.pk) if isinstance(user, Account) else nobody(today)


def actor_for(request: HttpRequest, *, today: date) -> Actor:
    """Who acts in this request: the session's account, in the community it chose, with today's roles.

    Inside the scope of `at_the_door`.
    """
    user = request.user
    if not isinstance(user, Account):
        return nobody(today)
    chosen = request.session.get(COMMUNITY_IN_SESSION)
    actor = _actor(user, _held_by(user, today), today=today, community_id=chosen)
    return replace(actor, level=request.session.get(LEVEL_IN_SESSION, settings.LOCAL_SIGN_IN_LEVEL))


def acting_as(account: Account, *, today: date, community_id: int | None = None) -> Actor:
    """`account` in `community_id`, or in the first of its communities when that is none of them."""
    return _actor(account, memberships_on(account, today), today=today, community_id=community_id)


def _actor(account: Account, held: list[Membership], *, today: date, community_id: int | None) -> Actor:
    choices = tuple(dict.fromkeys(_choice(membership.community) for membership in held))
    ids = [choice.id for choice in choices]
    if community_id not in ids:
        community_id = ids[0] if ids else None
    here = [membership for membership in held if membership.community_id == community_id]
    return Actor(
        today=today,
        account_id=account.pk,
        name=account.name,
        community_id=community_id,
        roles=frozenset(membership.role for membership in here),
        party_ids=frozenset(membership.party_id for membership in here if membership.party_id),
        body_ids=frozenset(membership.body_id for membership in here if membership.body_id),
        communities=choices,
    )


def _choice(community: Community) -> CommunityChoice:
    return CommunityChoice(
        id=community.pk,
        slug=community.slug,
        name=community.name,
        full_name=community.full_name,
        written_form=community.written_form,
    )


def memberships_on(account: Account, day: date) -> list[Membership]:
    """The account's memberships in force on `day`, in all its communities. Inside a transaction."""
    with scope(Actor(today=day, account_id=account.pk)):
        return _held_by(account, day)


def _held_by(account: Account, day: date) -> list[Membership]:
    """In the account's own scope: the database shows others' rows to nobody."""
    return list(
        Membership.objects.filter(account=account)
        .filter(in_force_on(day))
        .select_related("community")
        .order_by("community__name", "pk")
    )


def in_force_on(day: date) -> Q:
    """Rows with `from_day`/`to_day` that hold on `day`: from the first day until, not including, the last."""
    return Q(from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gt=day))


def parties_of(community: Community | int, day: date) -> QuerySet[Party]:
    """Parties that belong to the community, or the one by that number, on `day`; each kind by name."""
    here = Q(left__isnull=True) | Q(left__gt=day)
    return Party.objects.filter(here, community=community).order_by("kind", "name")


@dataclass(frozen=True)
class Answerable:
    """Somebody who can answer for something: a body or a party of the community."""

    kind: str
    id: int
    name: str
    short_name: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


def answerable_in(community_id: int) -> list[Answerable]:
    """Bodies, then parties, of a community: the register that responsibles are looked up in. 2 queries."""
    bodies = Body.objects.filter(community_id=community_id).order_by("name")
    parties = Party.objects.filter(community_id=community_id, left__isnull=True).order_by("kind", "name")
    return [Answerable("body", body.pk, body.name, body.short_name) for body in bodies] + [
        Answerable("party", party.pk, party.name, party.short_name) for party in parties
    ]


def acts_on(kind: str, ids: Iterable[int], actor: Actor, limit: int = 50) -> QuerySet[AuditEvent]:
    """What was done to things, newest first."""
    return AuditEvent.objects.visible_to(actor).filter(on_kind=kind, on_id__in=list(ids))[:limit]
