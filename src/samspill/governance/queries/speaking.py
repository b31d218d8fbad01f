"""Who speaks for a body or a party: to know what waits for somebody, and whom to ask."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from samspill.directory.public import Account, Actor, Membership, in_force_on
from samspill.governance.models import Tenure
from samspill.governance.permissions import MAY
from samspill.governance.states import Role

LEADS = (Role.CHAIR, Role.DEPUTY_CHAIR, Role.SECRETARY)


def bodies_of(actor: Actor) -> frozenset[int]:
    """Bodies the actor speaks for today: by a role there, or leading it from a seat. 1 query."""
    if actor.account_id is None:
        return actor.body_ids
    return actor.body_ids | frozenset(led_by(actor).values_list("seat__body_id", flat=True))


def led_by(actor: Actor) -> QuerySet[Tenure]:
    """The seats from which somebody who is signed in leads a body today."""
    return Tenure.objects.filter(
        in_force_on(actor.today),
        person__account=actor.account_id,
        community_id=actor.community_id or 0,
        role__in=LEADS,
    )


def people_for(
    *, parties: Iterable[int] = (), bodies: Iterable[int] = (), community_id: int, day: date
) -> list[Account]:
    """Active accounts that speak for any of the parties or bodies on `day`. 1 query."""
    whom = Q(party_id__in=list(parties)) | Q(body_id__in=list(bodies))
    here = Membership.objects.filter(
        in_force_on(day), whom, community_id=community_id, role__in=MAY["follow_ups.report"]
    )
    led = Tenure.objects.filter(
        in_force_on(day), community_id=community_id, seat__body_id__in=list(bodies), role__in=LEADS
    )
    found = Q(pk__in=here.values("account")) | Q(person__in=led.exclude(person=None).values("person"))
    return list(Account.objects.filter(found, is_active=True).order_by("name", "pk"))
