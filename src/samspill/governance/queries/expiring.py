"""What in the bodies of a community runs out soon or stands empty: for the list, the tasks and the page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from samspill.directory.public import Body, Facts, FoundFacts, Wanted, in_force_on, read_facts
from samspill.governance.models import AppointmentRound, Mandate, RepresentationRule, Seat, Tenure
from samspill.governance.rules.composition import chair_turn, other_side
from samspill.governance.states import Role, RoundState

AHEAD = timedelta(days=60)


class Kind(StrEnum):
    """What runs out."""

    BODY = "body"
    MANDATE = "mandate"
    TENURE = "tenure"
    VACANT = "vacant"
    ROUND = "round"
    CHAIR = "chair"


@dataclass(frozen=True)
class Expires:
    """A row that runs out on `day` (None: it stands empty), in a body."""

    kind: Kind
    pk: int
    body: int
    body_name: str
    day: date | None
    name: str

    @classmethod
    def read(cls, kind: Kind, one: Facts) -> "Expires":
        return cls(
            kind, one.pk, one["body"], one["short"] or one["body_name"], one.day("day"), one["name"] or ""
        )


def expiring(community_id: int, today: date) -> list[Expires]:
    """Everything of a community that runs out within `AHEAD`, is overdue, or stands empty. 1 query."""
    return expires_in(read_facts(what_expires(community_id, today)), today)


def what_expires(community_id: int, today: date) -> dict[str, Wanted]:
    """The rows of each `Kind`, and what is said of them."""
    return {
        Kind.BODY: _wanted(_bodies(community_id, today), "", "ends", "name"),
        Kind.MANDATE: _wanted(_mandates(community_id, today), "body__", "review_on", None),
        Kind.TENURE: _wanted(_tenures(community_id, today), "seat__body__", "to_day", "name"),
        Kind.VACANT: _wanted(vacant_seats(community_id, today), "body__", None, None),
        Kind.ROUND: _wanted(_rounds(community_id), "body__", "answer_by", None),
        Kind.CHAIR: _wanted(_alternating(community_id, today), "body__", "from_day", "turns"),
    }


def expires_in(found: FoundFacts, today: date) -> list[Expires]:
    """What was found of `what_expires`, what runs out first first."""
    order = list(Kind)
    read = (Expires.read(kind, one) for kind in order for one in found.get(kind, ()))
    told = [one for row in read if (one := _swap(row, today) if row.kind == Kind.CHAIR else row)]
    return sorted(told, key=lambda one: (one.day or date.max, order.index(one.kind), one.pk))


def _wanted(rows: QuerySet[Any], body: str, day: str | None, name: str | None) -> Wanted:
    return Wanted(
        rows,
        {
            "body": f"{body}pk",
            "body_name": f"{body}name",
            "short": f"{body}short_name",
            "day": day or Value(None),
            "name": name or Value(""),
        },
    )


def _living(prefix: str, today: date) -> Q:
    """Of a body that is not over."""
    return Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gt": today})


def _bodies(community_id: int, today: date) -> QuerySet[Body]:
    return Body.objects.filter(community_id=community_id, ends__gt=today, ends__lte=today + AHEAD)


def _mandates(community_id: int, today: date) -> QuerySet[Mandate]:
    newer = Mandate.objects.filter(body=OuterRef("body"), from_day__gt=OuterRef("from_day"))
    due = Mandate.objects.filter(_living("body__", today), community_id=community_id)
    return due.filter(review_on__lte=today + AHEAD).exclude(Exists(newer))


def _tenures(community_id: int, today: date) -> QuerySet[Tenure]:
    """Those that end before their seat does, with nobody to follow."""
    next_one = Tenure.objects.filter(seat=OuterRef("seat"), from_day__gte=OuterRef("to_day"))
    seat_ends = Q(seat__to_day__isnull=False, seat__to_day=F("to_day"))
    ending = Tenure.objects.filter(
        in_force_on(today), community_id=community_id, to_day__gt=today, to_day__lte=today + AHEAD
    )
    return ending.exclude(role=Role.SUBSTITUTE).exclude(seat_ends).exclude(
        Exists(next_one.exclude(role=Role.SUBSTITUTE))
    )  # fmt: skip


def vacant_seats(community_id: int, today: date) -> QuerySet[Seat]:
    """Seats of living bodies that nobody holds today, and nobody is appointed to."""
    here = Tenure.objects.filter(seat=OuterRef("pk"), community_id=community_id)
    held = here.exclude(to_day__lte=today).exclude(role=Role.SUBSTITUTE)
    seats = Seat.objects.filter(in_force_on(today), _living("body__", today), community_id=community_id)
    return seats.exclude(Exists(held))


def _rounds(community_id: int) -> QuerySet[AppointmentRound]:
    return AppointmentRound.objects.filter(community_id=community_id, state=RoundState.OPEN)


def _alternating(community_id: int, today: date) -> QuerySet[RepresentationRule]:
    """Rules by which the chair changes sides; `turns` is after how many months, and who began."""
    rules = RepresentationRule.objects.filter(
        in_force_on(today), _living("body__", today), community_id=community_id, chair_months__isnull=False
    )
    months = Cast("chair_months", CharField())
    return rules.annotate(turns=Concat(months, Value(" "), "chair_begins", output_field=CharField()))


def _swap(row: Expires, today: date) -> Expires | None:
    """The chair goes to the side `name` on `day`, when that is soon; None when it is not."""
    months, first = row.name.split(" ")
    turn = chair_turn(row.day, int(months), first, today) if row.day else None
    if turn is None or turn.until > today + AHEAD:
        return None
    return replace(row, day=turn.until, name=other_side(turn.bloc))


def by_body(found: Iterable[Expires]) -> dict[int, list[Expires]]:
    told: dict[int, list[Expires]] = {}
    for one in found:
        told.setdefault(one.body, []).append(one)
    return told
