"""What stands in the database of a body on a day, as the plain values that rules of composition take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from samspill.directory.public import (
    Party,
    PartyKind,
    RegionMunicipality,
    alphabetical,
    in_force_on,
)
from samspill.governance.models import RepresentationRule, Seat
from samspill.governance.queries.bodies import Composition, SeatOnDay, compositions
from samspill.governance.rules.composition import (
    Finding,
    Place,
    RuleOnDay,
    Turn,
    chair_turn,
    findings,
    parity,
)
from samspill.governance.states import Parity, Represents


@dataclass(frozen=True)
class Composed:
    """A body on a day: its seats with people, its rule, and what is not as the rule asks."""

    composition: Composition
    rule: RepresentationRule | None
    places: tuple[Place, ...]
    findings: tuple[Finding, ...]
    turn: Turn | None

    @property
    def is_equal(self) -> bool:
        return self.rule is not None and self.rule.parity == Parity.EQUAL

    @property
    def sides(self):  # type: ignore[no-untyped-def]
        return parity(self.places)


@dataclass(frozen=True)
class Municipalities:
    """Those of a community on a day, by name, and which of them each region speaks for."""

    by_number: Mapping[int, Party]
    of_region: Mapping[int, frozenset[int]]

    @property
    def numbers(self) -> list[int]:
        return list(self.by_number)

    def covered_by(self, seat: Seat) -> frozenset[int]:
        if seat.represents == Represents.REGION:
            return self.of_region.get(seat.region_id or 0, frozenset())
        if seat.represents == Represents.PARTY and (seat.party_id or 0) in self.by_number:
            return frozenset({seat.party_id or 0})
        return frozenset()


def municipalities_on(community_id: int, day: date) -> Municipalities:
    """2 queries."""
    parties = Party.objects.filter(community_id=community_id, kind=PartyKind.MUNICIPALITY).exclude(
        left__lte=day
    )
    by_number = {one.pk: one for one in sorted(parties, key=lambda party: alphabetical(str(party)))}
    of_region: dict[int, set[int]] = {}
    rows = RegionMunicipality.objects.filter(in_force_on(day), community_id=community_id)
    for region, party in rows.values_list("region_id", "party_id"):
        of_region.setdefault(region, set()).add(party)
    return Municipalities(by_number, {key: frozenset(value) for key, value in of_region.items()})


def rules_on(body_ids: Iterable[int], day: date) -> dict[int, RepresentationRule]:
    """1 query."""
    found = RepresentationRule.objects.filter(in_force_on(day), body_id__in=list(body_ids))
    return {one.body_id: one for one in found}


def place_of(one: SeatOnDay, known: Municipalities) -> Place:
    return Place(
        key=one.seat.pk,
        bloc=one.seat.bloc,
        votes=one.seat.may_vote,
        is_user=one.seat.is_user_seat,
        role=one.holder.role if one.holder else "",
        covers=known.covered_by(one.seat),
    )


def composed_many(body_ids: Iterable[int], known: Municipalities, day: date) -> dict[int, Composed]:
    """Bodies of one community on a day. 3 queries."""
    wanted = list(body_ids)
    rules = rules_on(wanted, day)
    return {
        body_id: _composed(found, rules.get(body_id), known, day)
        for body_id, found in compositions(wanted, day).items()
    }


def composed(body_id: int, community_id: int, day: date) -> Composed:
    """One body on a day. 5 queries."""
    return composed_many([body_id], municipalities_on(community_id, day), day)[body_id]


def turn_of(rule: RepresentationRule | None, day: date) -> Turn | None:
    return chair_turn(rule.from_day, rule.chair_months, rule.chair_begins, day) if rule else None


def _composed(
    found: Composition, rule: RepresentationRule | None, known: Municipalities, day: date
) -> Composed:
    places = tuple(place_of(one, known) for one in found.seats)
    turn = turn_of(rule, day)
    asked = (
        None
        if rule is None
        else RuleOnDay(
            parity=rule.parity,
            covers_all=rule.covers_all,
            users_at_least=rule.users_at_least,
            deputy_other_side=rule.deputy_other_side,
            turn=turn,
        )
    )
    wrong = findings(places, asked, known.numbers) if places or rule else []
    return Composed(found, rule, places, tuple(wrong), turn)
