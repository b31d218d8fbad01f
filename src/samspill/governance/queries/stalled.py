"""What stands still: put off again and again, long past its day, without an answer, or without a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
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


def stalled(actor: Actor, follow_ups_here: Iterable[FollowUp] | None = None) -> list[Stalled]:
    """What stands still in the actor's community, by why and the longest first.

    3 queries; 2 for who has at hand every row of `follow_ups`.
    """
    if actor.community_id is None:
        return []
    passages = list(_passages(actor))
    found = [
        *_put_off(passages),
        *_overdue(follow_ups(actor) if follow_ups_here is None else follow_ups_here, actor.today),
        *_unanswered(actor),
        *_without_meeting(passages, actor.today),
    ]
    return sorted(found, key=lambda one: (list(Stuck).index(one.why), one.since or date.min, one.about.id))


def _passages(actor: Actor):  # type: ignore[no-untyped-def]
    """Passages under way, with the day their body met last as `met`."""
    met = Meeting.objects.visible_to(actor).filter(
        body=OuterRef("body"), community_id=actor.community_id or 0, state__in=MET, day__lte=actor.today
    )
    return (
        Treatment.objects.visible_to(actor)
        .filter(community_id=actor.community_id or 0, state__in=_WAITING)
        .exclude(case__state__in=sorted(ENDED))
        .select_related("case", "body")
        .annotate(met=Subquery(met.order_by("-day").values("day")[:1]))
    )


def _put_off(passages: list[Treatment]) -> list[Stalled]:
    return [
        Stalled(
            Stuck.POSTPONED,
            Ref("governance.case", one.case_id),
            one.case.title,
            one.case.reference,
            str(one.body),
            None,
            one.postponed,
        )
        for one in passages
        if one.postponed >= TOO_OFTEN
    ]


def _overdue(rows: Iterable[FollowUp], today: date) -> list[Stalled]:
    late = [one for one in rows if one.state in GOES_ON and one.due <= today - LATE_FOR]
    return [
        Stalled(
            Stuck.OVERDUE,
            Ref("governance.follow_up", one.pk),
            str(one.point),
            one.point.decision.item.reference,
            str(one.accountable_party or one.accountable_body),
            one.due,
        )
        for one in late
    ]


def _unanswered(actor: Actor) -> list[Stalled]:
    asked = Forwarding.objects.visible_to(actor).filter(
        community_id=actor.community_id or 0,
        kind__in=[ForwardingKind.ESCALATED, ForwardingKind.DELEGATED],
        answered_by__isnull=True,
        treatment__treated_on__lte=actor.today - UNANSWERED_FOR,
    )
    return [
        Stalled(
            Stuck.UNANSWERED,
            Ref("governance.case", one.treatment.case_id),
            one.treatment.case.title,
            one.treatment.case.reference,
            str(one.to_body),
            one.treatment.treated_on,
        )
        for one in asked.select_related("treatment__case", "to_body")
        if one.treatment.case.state not in ENDED
    ]


def _without_meeting(passages: list[Treatment], today: date) -> list[Stalled]:
    """Cases reported 90 days ago or more, in a body that has not met since then."""
    border = today - NOT_MET_FOR
    found = []
    for one in passages:
        if one.case.reported_at is None:
            continue
        reported = timezone.localdate(one.case.reported_at)
        last = one.met  # type: ignore[attr-defined]
        if reported <= border and (last is None or last <= border):
            found.append(
                Stalled(
                    Stuck.NO_MEETING,
                    Ref("governance.case", one.case_id),
                    one.case.title,
                    one.case.reference,
                    str(one.body),
                    last or reported,
                )
            )
    return found
