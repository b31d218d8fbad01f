"""Bodies of Østfold for tests: a strategic and a professional committee with mandates, seats and people."""

from dataclasses import dataclass
from datetime import date

from factories.people import TODAY
from samspill.directory.public import (
    Actor,
    Bloc,
    Body,
    BodyKind,
    Community,
    Party,
    PartyKind,
    Person,
    add_body,
    machine,
    scope,
)
from samspill.governance.models import Mandate, RepresentationRule, Seat, Tenure
from samspill.governance.states import Authority, Represents, Role

BEGINNING = date(2025, 1, 1)


@dataclass(frozen=True)
class Bodies:
    """SSU above FSU; each with two voting seats on either side and an observer without a vote."""

    community: Community
    ssu: Body
    fsu: Body

    @property
    def by(self) -> Actor:
        return machine(self.community.pk, TODAY)


def make_bodies(slug: str = "ostfold") -> Bodies:
    """Needs a transaction. FSU decides within limits and lifts to SSU, which decides with binding effect."""
    community = Community.objects.get(slug=slug)
    by = machine(community.pk, TODAY)
    with scope(by):
        ssu = _body(
            community, BodyKind.STRATEGIC, "Strategisk samarbeidsutvalg for prøver", "SSU-P", None, by
        )
        fsu = _body(community, BodyKind.PROFESSIONAL, "Faglig samarbeidsutvalg for prøver", "FSU-P", ssu, by)
        give_mandate(ssu, Authority.BINDING)
        give_mandate(fsu, Authority.WITHIN_LIMITS)
        for body in (ssu, fsu):
            RepresentationRule.objects.create(
                community=community, body=body, from_day=BEGINNING, users_at_least=1
            )
            seat_people(body)
    return Bodies(community, ssu, fsu)


def _body(community: Community, kind: str, name: str, short: str, parent: Body | None, by: Actor) -> Body:
    return add_body(community=community, kind=kind, name=name, short_name=short, parent=parent, by=by)


def give_mandate(body: Body, authority: str, *, version: int = 1, from_day: date = BEGINNING) -> Mandate:
    return Mandate.objects.create(
        community=body.community,
        body=body,
        version=version,
        from_day=from_day,
        purpose="Samarbeide om tjenester til dem som trenger begge nivåer.",
        authority=authority,
    )


def seat_people(body: Body) -> None:
    """Two municipalities, two seats for the hospital, and the user organisations as observer."""
    parties = Party.objects.filter(community=body.community)
    municipalities = list(parties.filter(kind=PartyKind.MUNICIPALITY).order_by("name")[:2])
    trust = parties.get(kind=PartyKind.HEALTH_TRUST)
    names = iter(("Kari Nordli", "Per Solbakken", "Anne Vik", "Jon Haugen", "Mona Brukås"))
    for order, party in enumerate([*municipalities, trust, trust]):
        is_chair = order == 0
        seat = Seat.objects.create(
            community=body.community,
            body=body,
            order=order,
            represents=Represents.PARTY,
            bloc=party.bloc,
            party=party,
            from_day=BEGINNING,
        )
        hold(seat, next(names), Role.CHAIR if is_chair else Role.MEMBER)
    users = Seat.objects.create(
        community=body.community,
        body=body,
        order=9,
        represents=Represents.ORGANISATION,
        label="Brukerorganisasjonene",
        is_user_seat=True,
        may_vote=False,
        may_propose=False,
        from_day=BEGINNING,
    )
    hold(users, next(names), Role.OBSERVER)


def hold(seat: Seat, name: str, role: str = Role.MEMBER, *, from_day: date = BEGINNING) -> Tenure:
    """A person without account in the seat."""
    person = Person.objects.create(community=seat.community, name=name)
    return Tenure.objects.create(
        community=seat.community, seat=seat, person=person, name=name, role=role, from_day=from_day
    )


def sides(body: Body) -> dict[str, int]:
    """Voting seats of each side."""
    return {bloc: Seat.objects.filter(body=body, bloc=bloc, may_vote=True).count() for bloc in Bloc}
