"""For whom somebody may speak about a case: their party, their seat, or as the secretariat anybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from samspill.directory.public import Actor, Party, alphabetical
from samspill.governance.models import Tenure
from samspill.governance.permissions import is_secretariat, may_act
from samspill.governance.queries.bodies import tenures_of


@dataclass(frozen=True)
class Voice:
    """Somebody one may speak for: a party, an organisation or a body; with none of them, a seat by its name.

    `key` names it in a form: «party:12», «organisation:3», «body:4», «seat:9».
    """

    key: str
    name: str
    party_id: int | None = None
    organisation_id: int | None = None
    body_id: int | None = None
    is_user: bool = False


def voices_of(actor: Actor) -> list[Voice]:
    """What the actor may speak for, own seats first. 1 to 3 queries."""
    if actor.community_id is None or not may_act(actor, "cases.draft"):
        return []
    tenures = tenures_of(actor)
    found = {voice.key: voice for tenure in tenures if (voice := _of_seat(tenure)) is not None}
    parties = Party.objects.filter(community_id=actor.community_id, left__isnull=True)
    if not is_secretariat(actor):
        parties = parties.filter(pk__in=actor.party_ids)
    for party in sorted(parties, key=lambda one: alphabetical(str(one))):
        found.setdefault(f"party:{party.pk}", Voice(f"party:{party.pk}", str(party), party_id=party.pk))
    return list(found.values())


def _of_seat(tenure: Tenure) -> Voice | None:
    seat = tenure.seat
    if seat.party_id:
        return Voice(f"party:{seat.party_id}", str(seat.party), party_id=seat.party_id)
    if seat.organisation_id:
        return Voice(
            f"organisation:{seat.organisation_id}",
            str(seat.organisation),
            organisation_id=seat.organisation_id,
            is_user=seat.is_user_seat,
        )
    if seat.label:
        return Voice(f"seat:{seat.pk}", seat.label, is_user=seat.is_user_seat)
    return None


def municipalities_of(actor: Actor) -> frozenset[int]:
    """Parties the actor answers for: own memberships, and those whose seat the actor holds. 1 query."""
    return parties_in(tenures_of(actor), actor)


def parties_in(tenures: Iterable[Tenure], actor: Actor) -> frozenset[int]:
    """The same, for who has the actor's seats at hand."""
    seats = {tenure.seat.party_id for tenure in tenures if tenure.seat.party_id}
    return frozenset(actor.party_ids | seats)
