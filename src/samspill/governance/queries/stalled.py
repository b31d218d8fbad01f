"""What stands still: put off again and again, long past its day, without an answer, or without a meeting."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from samspill.directory.public import Actor, Ref
from samspill.governance.models import FollowUp, Forwarding, Meeting, Treatment
from samspill.governance.queries.decision_status import MET
from samspill.governance.queries.follow_ups import follow_ups
from samspill.governance.rules.follow_ups import GOES_ON
from samspill.governance.rules.passages import TOO_OFTEN
from samspill.governance.states import ENDED, ForwardingKind, TreatmentState
from samspill.governance.states.follow_ups import Stuck

LATE_FOR = timedelta(days=60)
UNANSWERED_FOR = timedelta(days=60)
NOT_MET_FOR = timedelta(days=90)
_WAITING = (TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA)


@dataclass(frozen=True)
class Stalled:
    """Something that stands still: `who` can move it, `since` when it stopped, `count` of times put off."""

    why: Stuck
    about: Ref
    title: str
    reference: str
    who: str
    since: date | None
    count: int = 0


def stalled(actor: Actor) -> list[Stalled]:
    """What stands still in the actor's community, by why and the longest first. 4 queries."""
    if actor.community_id is None:
        return []
    found = [
        *map(_put_off, put_off_of(actor).select_related("case", "body")),
        *map(_overdue, (one for one in _long_past(actor) if is_overdue(one.state, one.due, actor.today))),
        *map(_unanswered, unanswered_of(actor).select_related("treatment__case", "to_body")),
        *map(_without_meeting, without_meeting_of(actor).select_related("case", "body")),
    ]
    return sorted(found, key=lambda one: (list(Stuck).index(one.why), one.since or date.min, one.about.id))


def _long_past(actor: Actor) -> QuerySet[FollowUp]:
    return follow_ups(actor).filter(state__in=sorted(GOES_ON), due__lte=actor.today - LATE_FOR)


def put_off_of(actor: Actor) -> QuerySet[Treatment]:
    return _passages(actor).filter(postponed__gte=TOO_OFTEN)


def is_overdue(state: str, due: date, today: date) -> bool:
    return state in GOES_ON and due <= today - LATE_FOR


def unanswered_of(actor: Actor) -> QuerySet[Forwarding]:
    asked = Forwarding.objects.inside(actor).filter(
        kind__in=[ForwardingKind.ESCALATED, ForwardingKind.DELEGATED],
        answered_by__isnull=True,
        treatment__treated_on__lte=actor.today - UNANSWERED_FOR,
    )
    return asked.exclude(treatment__case__state__in=sorted(ENDED))


def without_meeting_of(actor: Actor) -> QuerySet[Treatment]:
    """Cases reported 90 days ago or more, in a body that has not met since then; its last day is `met`."""
    border = actor.today - NOT_MET_FOR
    meetings = Meeting.objects.inside(actor).filter(
        body=OuterRef("body"), state__in=MET, day__lte=actor.today
    )
    passages = _passages(actor).annotate(met=Subquery(meetings.order_by("-day").values("day")[:1]))
    return passages.exclude(Exists(meetings.filter(day__gt=border))).filter(
        case__reported_at__date__lte=border
    )


def _passages(actor: Actor) -> QuerySet[Treatment]:
    return Treatment.objects.inside(actor).filter(state__in=_WAITING).exclude(case__state__in=sorted(ENDED))


def _put_off(one: Treatment) -> Stalled:
    case = one.case
    ref = Ref("governance.case", case.pk)
    return Stalled(Stuck.POSTPONED, ref, case.title, case.reference, str(one.body), None, one.postponed)


def _overdue(one: FollowUp) -> Stalled:
    return Stalled(
        Stuck.OVERDUE,
        Ref("governance.follow_up", one.pk),
        str(one.point),
        one.point.decision.item.reference,
        str(one.accountable_party or one.accountable_body),
        one.due,
    )


def _unanswered(one: Forwarding) -> Stalled:
    case = one.treatment.case
    ref = Ref("governance.case", case.pk)
    since = one.treatment.treated_on
    return Stalled(Stuck.UNANSWERED, ref, case.title, case.reference, str(one.to_body), since)


def _without_meeting(one: Any) -> Stalled:
    case = one.case
    since = one.met or timezone.localdate(case.reported_at)
    ref = Ref("governance.case", case.pk)
    return Stalled(Stuck.NO_MEETING, ref, case.title, case.reference, str(one.body), since)
