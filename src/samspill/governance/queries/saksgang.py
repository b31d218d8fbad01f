"""The way of a case: who reported it, every passage, where it is now, and what is to come. As values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samspill.directory.public import Actor
from samspill.governance.models import AgendaItem, Case, Forwarding, Meeting, Treatment
from samspill.governance.rules.passages import is_stuck
from samspill.governance.states import COMING, CaseState, ForwardingKind, TreatmentState

UNDER_WAY = frozenset({TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA})


@dataclass(frozen=True)
class Passage:
    """A passage with how it went on, and the meeting it is for or was in (its day is `day`).

    next_meeting  for a passage under way that stands on no agenda: when the body meets next
    """

    treatment: Treatment
    forwarding: Forwarding | None = None
    item: AgendaItem | None = None
    next_meeting: Meeting | None = None

    @property
    def is_under_way(self) -> bool:
        return self.treatment.state in UNDER_WAY

    @property
    def day(self) -> date | None:
        if self.treatment.treated_on:
            return self.treatment.treated_on
        meeting = self.item.meeting if self.item else self.next_meeting
        return meeting.day if meeting else None


@dataclass(frozen=True)
class Way:
    """Everything a saksgang line is drawn from. `waits_for`: a body that gets its answer later."""

    case: Case
    reported_on: date | None
    reporter: str
    passages: tuple[Passage, ...]
    waits_for: tuple[Forwarding, ...] = ()

    @property
    def now(self) -> Passage | None:
        return next((one for one in self.passages if one.is_under_way), None)

    @property
    def is_stuck(self) -> bool:
        return self.now is not None and is_stuck(self.now.treatment.postponed)


def way_of(case: Case, passed: Iterable[Treatment], actor: Actor) -> Way:
    """The way of one case. `passed`: in order, with `body` and `forwarded_by`. 2 queries or fewer."""
    treatments = [one for one in passed if one.state != TreatmentState.CANCELLED]
    forwardings = {
        one.pk: forwarded for one in treatments if (forwarded := getattr(one, "forwarded_by", None))
    }
    items = _items(treatments, actor)
    passages = []
    for one in treatments:
        item = items.get(one.pk)
        wants_meeting = one.state in UNDER_WAY and item is None
        passages.append(
            Passage(one, forwardings.get(one.pk), item, _next(one.body_id, actor) if wants_meeting else None)
        )
    asks = {ForwardingKind.ESCALATED, ForwardingKind.DELEGATED}
    waits = tuple(one for one in forwardings.values() if one.kind in asks and one.answered_by_id is None)
    if CaseState(case.state) in {CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.REJECTED}:
        waits = ()
    reported = timezone.localtime(case.reported_at).date() if case.reported_at else None
    return Way(case, reported, str(case.reporter_party or ""), tuple(passages), waits)


def _items(treatments: Sequence[Treatment], actor: Actor) -> dict[int, AgendaItem]:
    if not treatments:
        return {}
    rows = AgendaItem.objects.visible_to(actor).filter(treatment__in=treatments, is_removed=False)
    return {row.treatment_id or 0: row for row in rows.select_related("meeting")}


def _next(body_id: int, actor: Actor) -> Meeting | None:
    coming = Meeting.objects.filter(body_id=body_id, day__gte=actor.today, state__in=sorted(COMING))
    return coming.order_by("day", "starts").first()
