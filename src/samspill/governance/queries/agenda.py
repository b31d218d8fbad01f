"""What stands on an agenda, and what is ready to: a body's queue, minutes to approve, answers to bring."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspill.governance.models import AgendaItem, Forwarding, Meeting, Treatment
from samspill.governance.states import (
    ITEM_OF_CASE,
    CaseKind,
    ForwardingKind,
    MeetingState,
    Outcome,
    TreatmentState,
)

UNAPPROVED = (MeetingState.HELD, MeetingState.MINUTES_OUT)


def live_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Items that stand on the agenda, in order, with their case."""
    return (
        AgendaItem.objects.filter(meeting=meeting, is_removed=False)
        .select_related("treatment", "treatment__case", "about", "answers", "answers__case", "answers__body")
        .order_by("order", "pk")
    )


def waits_for_yes(item: AgendaItem) -> bool:
    """It came after the notice, and nobody has said that it may be taken."""
    return item.is_late and item.late_yes_by_id is None


def queue_of(meeting: Meeting) -> list[Treatment]:
    """Passages that wait for the body's next meeting, what is asked first first, then the oldest."""
    waiting = Treatment.objects.filter(body_id=meeting.body_id, state=TreatmentState.QUEUED).select_related(
        "case", "body"
    )
    kinds = list(ITEM_OF_CASE)
    return sorted(waiting, key=lambda one: (kinds.index(CaseKind(one.case.kind)), one.case_id))


def minutes_to_approve(meeting: Meeting) -> Meeting | None:
    """The body's last meeting before this one whose minutes are not approved and stand on no agenda."""
    last = (
        Meeting.objects.filter(body_id=meeting.body_id, day__lt=meeting.day)
        .filter(state__in=[*UNAPPROVED, MeetingState.MINUTES_APPROVED])
        .order_by("-day", "-pk")
        .first()
    )
    if last is None or last.state not in UNAPPROVED:
        return None
    asked = AgendaItem.objects.filter(about=last, is_removed=False)
    return None if asked.exclude(meeting__state=MeetingState.CANCELLED).exists() else last


def answers_to_bring(meeting: Meeting) -> list[Treatment]:
    """What other bodies have answered this one and no agenda of it has brought yet.

    A case that was sent back is here again itself, so that it comes is the answer.
    """
    brought = AgendaItem.objects.filter(
        body_id=meeting.body_id, answers__isnull=False, is_removed=False
    ).values("answers")
    asked = Forwarding.objects.filter(
        treatment__body_id=meeting.body_id,
        kind=ForwardingKind.ESCALATED,
        answered_by__isnull=False,
    ).exclude(answered_by__in=brought)
    asked = asked.exclude(
        answered_by__outcome=Outcome.SENT_BACK, answered_by__forwarded_by__to_body=meeting.body_id
    )
    return list(
        Treatment.objects.filter(pk__in=asked.values("answered_by"))
        .select_related("case", "body")
        .order_by("treated_on", "pk")
    )


def answer_title(answer: Treatment, title: str) -> str:
    """What an item that brings an answer is called, when its case is called `title`."""
    return _("Answer from %(body)s: %(case)s") % {"body": answer.body, "case": title}
