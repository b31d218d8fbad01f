"""«Status vedtak»: what a meeting is told of what the body has decided before. Plain values."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from samspill.directory.public import Actor
from samspill.governance.models import FollowUp, FollowUpReport, Meeting
from samspill.governance.queries.follow_ups import FollowRow, follow_ups, rows_of
from samspill.governance.states import FollowUpState, MeetingState
from samspill.governance.states.follow_ups import ShownFollowUp

MET = frozenset(
    {
        MeetingState.UNDER_WAY,
        MeetingState.HELD,
        MeetingState.MINUTES_OUT,
        MeetingState.MINUTES_APPROVED,
    }
)


@dataclass(frozen=True)
class StatusLine:
    """One follow-up as the meeting is told of it. `days_late` is 0 when it is not late."""

    id: int
    title: str
    reference: str
    answerable: str
    due: date
    days_late: int
    shown: ShownFollowUp
    sentence: str


@dataclass(frozen=True)
class DecisionStatus:
    """What became of a body's decisions; `since` is the day of its last meeting, None when it has not met."""

    since: date | None
    completed: tuple[StatusLine, ...]
    late: tuple[StatusLine, ...]
    needs_help: tuple[StatusLine, ...]
    delivered: tuple[StatusLine, ...]
    under_way: int

    @property
    def is_empty(self) -> bool:
        return not (self.completed or self.late or self.needs_help or self.delivered or self.under_way)


def status_for(body_id: int, actor: Actor) -> DecisionStatus:
    """What the actor may see of it, in their own community. At most 4 queries.

    Completed: since the body met last before today. Late, in need of help, delivered: as it stands today.
    """
    since = (
        Meeting.objects.filter(body_id=body_id, day__lt=actor.today, state__in=MET)
        .order_by("-day")
        .values_list("day", flat=True)
        .first()
    )
    rows = rows_of(
        follow_ups(actor).filter(point__decision__body_id=body_id).order_by("due", "pk"),
        actor,
        bodies=frozenset(),
    )
    newly = _completed_since(rows, since)
    return DecisionStatus(
        since=since,
        completed=tuple(_line(row) for row in rows if row.id in newly),
        late=tuple(_line(row) for row in rows if row.shown == ShownFollowUp.LATE),
        needs_help=tuple(
            _line(row)
            for row in rows
            if row.follow_up.state == FollowUpState.NEEDS_HELP and row.shown != ShownFollowUp.LATE
        ),
        delivered=tuple(_line(row) for row in rows if row.shown == ShownFollowUp.DELIVERED),
        under_way=sum(
            row.shown in {ShownFollowUp.OPEN, ShownFollowUp.STARTED, ShownFollowUp.UNKNOWN} for row in rows
        ),
    )


def _completed_since(rows: list[FollowRow], since: date | None) -> set[int]:
    done = [row.id for row in rows if row.follow_up.state == FollowUpState.COMPLETED]
    reports = FollowUpReport.objects.filter(follow_up__in=done, state=FollowUpState.COMPLETED)
    if since is not None:
        reports = reports.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    return set(reports.values_list("follow_up_id", flat=True))


def _line(row: FollowRow) -> StatusLine:
    one: FollowUp = row.follow_up
    return StatusLine(
        id=one.pk,
        title=str(one.point),
        reference=one.point.decision.item.reference,
        answerable=row.answerable,
        due=one.due,
        days_late=row.days_late,
        shown=row.shown,
        sentence=row.report.sentence if row.report else "",
    )
