"""One body as its page tells it: composition on a day, mandates and their changes, parts, who sat here."""

import difflib
import re
from dataclasses import dataclass, field
from datetime import date

from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, Bloc, Body, Party
from samspill.governance.models import Mandate, Meeting, RepresentationRule, Tenure
from samspill.governance.queries.bodies import SeatOnDay
from samspill.governance.queries.composing import Composed, Municipalities, composed_many, municipalities_on
from samspill.governance.states import COMING, MeetingState

_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


def find_body(pk: int, actor: Actor) -> Body:
    rows = Body.objects.visible_to(actor).select_related("community", "parent")
    return get_object_or_404(rows, pk=pk)


@dataclass
class Side:
    """The seats of one side, or of those who stand outside the two (`bloc` is "")."""

    bloc: str
    seats: list[SeatOnDay] = field(default_factory=list)


@dataclass(frozen=True)
class BodyView:
    """Everything on the page of a body on `day`."""

    body: Body
    day: date
    composed: Composed
    sides: list[Side]
    known: Municipalities
    covered: list[Party]
    uncovered: list[Party]
    coming_rule: RepresentationRule | None
    mandates: list[Mandate]
    parts: list[Body]
    next_meeting: Meeting | None
    last_host: Meeting | None

    @property
    def mandate(self) -> Mandate | None:
        return next((one for one in self.mandates if one.from_day <= self.day), None)


def view_of(body: Body, actor: Actor, day: date) -> BodyView:
    """11 queries."""
    known = municipalities_on(body.community_id, day)
    found = composed_many([body.pk], known, day)[body.pk]
    spoken_for = frozenset[int]().union(*(place.covers for place in found.places))
    mandates = Mandate.objects.filter(body=body).select_related("lifts_to", "reports_to")
    parts = Body.objects.visible_to(actor).filter(parent=body).order_by("kind", "name")
    return BodyView(
        body=body,
        day=day,
        composed=found,
        sides=_sides(found),
        known=known,
        covered=[party for number, party in known.by_number.items() if number in spoken_for],
        uncovered=[party for number, party in known.by_number.items() if number not in spoken_for],
        coming_rule=RepresentationRule.objects.filter(body=body, from_day__gt=day)
        .order_by("from_day")
        .first(),
        mandates=list(mandates.order_by("-from_day")),
        parts=list(parts),
        next_meeting=_next_meeting(body, actor),
        last_host=_last_host(body, actor) if found.rule and found.rule.host_alternates else None,
    )


def _sides(found: Composed) -> list[Side]:
    by_bloc = {bloc: Side(bloc) for bloc in (*Bloc.values, "")}
    for one in found.composition.seats:
        by_bloc[one.seat.bloc if one.seat.may_vote else ""].seats.append(one)
    return [side for side in by_bloc.values() if side.seats]


def _next_meeting(body: Body, actor: Actor) -> Meeting | None:
    rows = Meeting.objects.visible_to(actor).filter(body=body, state__in=sorted(COMING), day__gte=actor.today)
    return rows.order_by("day", "starts").first()


def _last_host(body: Body, actor: Actor) -> Meeting | None:
    rows = Meeting.objects.visible_to(actor).filter(body=body, host__isnull=False, day__lte=actor.today)
    return rows.exclude(state=MeetingState.CANCELLED).select_related("host").order_by("-day").first()


def tenures_in(body: Body) -> list[Tenure]:
    """Everybody who sits, has sat or will sit in the body, the newest first. 1 query."""
    rows = Tenure.objects.filter(seat__body=body).select_related(
        "seat__party", "seat__region", "seat__organisation"
    )
    return list(rows.order_by("-from_day", "seat__order", "pk"))


def former_in(body: Body, day: date) -> list[Tenure]:
    """Those whose time was over on `day`."""
    return [one for one in tenures_in(body) if one.to_day and one.to_day <= day]


@dataclass(frozen=True)
class Piece:
    """Words of a mandate: kept ("="), new ("+") or gone ("-") since the version before."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Piece]:
    """Two texts word by word. Without what is gone it is the later; without what is new, the earlier."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    told: list[Piece] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            told.append(Piece("=", "".join(old[i:j])))
            continue
        if j > i:
            told.append(Piece("-", "".join(old[i:j])))
        if m > k:
            told.append(Piece("+", "".join(new[k:m])))
    return told
