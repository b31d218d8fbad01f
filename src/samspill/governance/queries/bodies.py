"""What a body is on a day: its mandate, its rule, its seats and who holds them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from samspill.directory.public import Actor, Bloc, Body, in_force_on
from samspill.governance.models import Mandate, RepresentationRule, Seat, Tenure
from samspill.governance.states import MAY_DECIDE, Authority, Role


@dataclass(frozen=True)
class SeatOnDay:
    """A seat with who holds it on the day (None: vacant) and who may stand in for them."""

    seat: Seat
    holder: Tenure | None
    substitutes: tuple[Tenure, ...] = ()

    @property
    def is_vacant(self) -> bool:
        return self.holder is None


@dataclass(frozen=True)
class Composition:
    """Who a body consists of on `day`."""

    body_id: int
    day: date
    seats: tuple[SeatOnDay, ...] = field(default_factory=tuple)

    def voting(self, bloc: Bloc) -> list[SeatOnDay]:
        return [one for one in self.seats if one.seat.may_vote and one.seat.bloc == bloc]

    @property
    def vacant(self) -> list[SeatOnDay]:
        return [one for one in self.seats if one.is_vacant]

    def holder_of(self, role: Role) -> Tenure | None:
        return next((one.holder for one in self.seats if one.holder and one.holder.role == role), None)


def composition(body_id: int, day: date) -> Composition:
    """The body's seats on `day` with their people. 2 queries."""
    return compositions([body_id], day)[body_id]


def compositions(body_ids: Iterable[int], day: date) -> dict[int, Composition]:
    """The same for many bodies at once. 2 queries."""
    wanted = list(body_ids)
    seats = (
        Seat.objects.filter(in_force_on(day), body_id__in=wanted)
        .select_related("party", "region", "organisation")
        .order_by("order", "pk")
    )
    by_seat: dict[int, list[Tenure]] = {}
    for tenure in Tenure.objects.filter(in_force_on(day), seat__body_id__in=wanted).order_by(
        "from_day", "pk"
    ):
        by_seat.setdefault(tenure.seat_id, []).append(tenure)
    found: dict[int, list[SeatOnDay]] = {body_id: [] for body_id in wanted}
    for seat in seats:
        people = by_seat.get(seat.pk, [])
        holder = next((one for one in people if one.role != Role.SUBSTITUTE), None)
        others = tuple(one for one in people if one.role == Role.SUBSTITUTE)
        found[seat.body_id].append(SeatOnDay(seat, holder, others))
    return {body_id: Composition(body_id, day, tuple(rows)) for body_id, rows in found.items()}


def mandate_on(body_id: int, day: date) -> Mandate | None:
    """The mandate that holds on `day`, if the body has one."""
    held = Mandate.objects.filter(body_id=body_id, from_day__lte=day).select_related("lifts_to")
    return held.order_by("-from_day").first()


def rule_on(body_id: int, day: date) -> RepresentationRule | None:
    return RepresentationRule.objects.filter(in_force_on(day), body_id=body_id).first()


def body_above(body: Body, day: date) -> Body | None:
    """Where the body lifts a case to: what its mandate names, else its parent."""
    return above_by(mandate_on(body.pk, day), body)


def above_by(mandate: Mandate | None, body: Body) -> Body | None:
    """The same, for who has the mandate at hand. No query when `body.parent` is fetched."""
    return mandate.lifts_to if mandate and mandate.lifts_to_id else body.parent


def decides_above(body: Body, day: date) -> Body | None:
    """The nearest body above that may decide, and not only recommend; None where there is none."""
    passed: set[int] = set()
    here: Body | None = body
    while here is not None and here.pk not in passed:
        passed.add(here.pk)
        here = body_above(here, day)
        mandate = mandate_on(here.pk, day) if here else None
        if mandate and Authority(mandate.authority) in MAY_DECIDE:
            return here
    return None


def tenures_of(actor: Actor, body_id: int | None = None) -> list[Tenure]:
    """The seats the actor's own person holds today, or stands in for; in one body or in all. 1 query."""
    where = Q(seat__body_id=body_id) if body_id else Q()
    return list(
        held_by(actor)
        .filter(where)
        .select_related("seat", "seat__party", "seat__region", "seat__organisation")
        .order_by("pk")
    )


def held_by(actor: Actor) -> QuerySet[Tenure]:
    """The rows of `tenures_of`."""
    if actor.account_id is None:
        return Tenure.objects.none()
    return Tenure.objects.filter(
        in_force_on(actor.today), person__account=actor.account_id, community_id=actor.community_id or 0
    )
