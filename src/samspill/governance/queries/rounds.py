"""An appointment round: who is asked for which seats, who has answered, and whom to write to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from samspill.directory.public import (
    Account,
    Actor,
    Body,
    Membership,
    RegionMunicipality,
    RoleCode,
    in_force_on,
    parties_of,
)
from samspill.governance.models import AppointmentRound, Nomination, Seat
from samspill.governance.queries.bodies import SeatOnDay, composition
from samspill.governance.states import Represents, Role, RoundState


@dataclass
class Line:
    """A seat of a round with the name given for it, and who stands in."""

    on_day: SeatOnDay
    named: Nomination | None = None
    substitute: Nomination | None = None

    @property
    def seat(self) -> Seat:
        return self.on_day.seat


@dataclass
class Asked:
    """Somebody who appoints: a party, a region, an organisation or one side, with the seats it gives."""

    key: str
    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def missing(self) -> int:
        return sum(line.named is None for line in self.lines)

    @property
    def has_answered(self) -> bool:
        return not self.missing


def seats_of(found: AppointmentRound) -> list[SeatOnDay]:
    """The seats there will be on the day the period begins. 2 queries."""
    return list(composition(found.body_id, found.from_day).seats)


def asked_in(found: AppointmentRound) -> list[Asked]:
    """Everybody who appoints to the body, in the order of its seats, with their answers. 3 queries."""
    named: dict[int, list[Nomination]] = {}
    for one in Nomination.objects.filter(round=found).order_by("pk"):
        named.setdefault(one.seat_id, []).append(one)
    by_key: dict[str, Asked] = {}
    for on_day in seats_of(found):
        key, name = whose(on_day.seat)
        here = named.get(on_day.seat.pk, [])
        holder = next((one for one in here if one.role != Role.SUBSTITUTE), None)
        beside = next((one for one in here if one.role == Role.SUBSTITUTE), None)
        by_key.setdefault(key, Asked(key, name)).lines.append(Line(on_day, holder, beside))
    return list(by_key.values())


def whose(seat: Seat) -> tuple[str, str]:
    """A key and a name for who appoints to a seat."""
    if seat.represents == Represents.PARTY:
        return f"party:{seat.party_id}", str(seat.party)
    if seat.represents == Represents.REGION:
        return f"region:{seat.region_id}", str(seat.region)
    if seat.represents == Represents.BLOC:
        return f"bloc:{seat.bloc}", str(seat.get_bloc_display())
    return f"organisation:{seat.organisation_id or seat.label}", str(seat)


@dataclass(frozen=True)
class Voices:
    """Who speaks for whom on a day: what decides who is asked, and who may give names.

    of_region   numbers of the municipalities of each region
    of_bloc     numbers of the parties of each side
    """

    of_region: Mapping[int, frozenset[int]]
    of_bloc: Mapping[str, frozenset[int]]

    def parties_behind(self, seat: Seat) -> frozenset[int]:
        if seat.represents == Represents.PARTY:
            return frozenset({seat.party_id or 0})
        if seat.represents == Represents.REGION:
            return self.of_region.get(seat.region_id or 0, frozenset())
        if seat.represents == Represents.BLOC:
            return self.of_bloc.get(seat.bloc, frozenset())
        return frozenset()


def voices_on(body: Body, actor: Actor) -> Voices:
    """2 queries."""
    of_region: dict[int, set[int]] = {}
    rows = RegionMunicipality.objects.filter(in_force_on(actor.today), community_id=body.community_id)
    for region, party in rows.values_list("region_id", "party_id"):
        of_region.setdefault(region, set()).add(party)
    of_bloc: dict[str, set[int]] = {}
    for one in parties_of(body.community, actor.today):
        of_bloc.setdefault(str(one.bloc), set()).add(one.pk)
    return Voices(
        {key: frozenset(value) for key, value in of_region.items()},
        {key: frozenset(value) for key, value in of_bloc.items()},
    )


def may_name(actor: Actor, on_day: SeatOnDay, voices: Voices) -> bool:
    """The actor speaks for who appoints to the seat; for an organisation, its present holder does."""
    if actor.party_ids & voices.parties_behind(on_day.seat):
        return True
    holder = on_day.holder
    is_outside = on_day.seat.represents == Represents.ORGANISATION
    return bool(is_outside and holder and holder.person_id and holder.person_id in _own_person(actor))


def _own_person(actor: Actor) -> set[int]:
    if actor.account_id is None:
        return set()
    return set(
        Account.objects.filter(pk=actor.account_id, person__isnull=False).values_list("person_id", flat=True)
    )


def speakers(asked: Asked, body: Body, voices: Voices, actor: Actor) -> list[Account]:
    """Whom to write to: the directors of the parties, else who sits for them at the top, else all of them.

    Of an organisation: who holds its seat now.
    """
    parties = frozenset[int]().union(*(voices.parties_behind(line.seat) for line in asked.lines))
    if not parties:
        people = [line.on_day.holder.person_id or 0 for line in asked.lines if line.on_day.holder]
        return list(Account.objects.filter(person_id__in=people, is_active=True).order_by("pk"))
    held = Membership.objects.filter(
        in_force_on(actor.today), community_id=body.community_id, party_id__in=parties
    )
    for where in (Q(role=RoleCode.DIRECTOR), Q(body__parent__isnull=True, body__isnull=False), Q()):
        rows = held.filter(where)
        found = Account.objects.filter(pk__in=rows.values("account"), is_active=True).order_by("pk")
        if found:
            return list(found)
    return []


def open_rounds(actor: Actor, bodies: Iterable[int] | None = None) -> list[AppointmentRound]:
    """Rounds of the actor's community that wait for names, the first to be answered first. 1 query."""
    if actor.community_id is None or not actor.is_known:
        return []
    found = AppointmentRound.objects.visible_to(actor).filter(
        community_id=actor.community_id, state=RoundState.OPEN
    )
    if bodies is not None:
        found = found.filter(body_id__in=list(bodies))
    return list(found.select_related("body__community").order_by("answer_by", "pk"))
