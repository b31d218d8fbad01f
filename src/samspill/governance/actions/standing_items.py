"""Items that stand on agendas by themselves: approval of minutes, and answers that came back."""

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from samspill.directory.public import Actor, record
from samspill.governance.actions.approving import approve_minutes
from samspill.governance.models import AgendaItem, Forwarding, Meeting, Minutes, Treatment
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.agenda import answer_title, answers_to_bring
from samspill.governance.states import (
    MINUTES_FOR,
    OPEN_AGENDA,
    ForwardingKind,
    ItemKind,
    MinutesState,
    Outcome,
)

TITLE_FITS = 200


def approve_those_on(meeting: Meeting, *, by: Actor) -> None:
    """Minutes that a held meeting approved are closed."""
    items = meeting.items.filter(
        kind=ItemKind.APPROVAL, outcome=Outcome.DECIDED, is_removed=False, about__isnull=False
    )
    for minutes in Minutes.objects.filter(
        meeting__in=items.values("about"), state=MinutesState.OUT
    ).select_related("meeting", "meeting__body", "meeting__community"):
        approve_minutes(minutes, by=by, day=meeting.day)


def put_answers_on(meeting: Meeting, *, by: Actor) -> list[AgendaItem]:
    """Every answer this body waits to hear stands on the agenda, once. Returns those that came on now."""
    check_may_act(by, "meetings.manage", meeting)
    with transaction.atomic():
        return [put_answer(meeting, one, by=by) for one in answers_to_bring(meeting)]


def bring_answer(treatment: Treatment, *, by: Actor) -> list[AgendaItem]:
    """Bodies that lifted a case hear the answer at their next meeting; returns the items of open agendas.

    An answer that finds none waits: `put_answers_on` brings it when the agenda is made.
    """
    asked = Forwarding.objects.filter(answered_by=treatment, kind=ForwardingKind.ESCALATED)
    bodies = asked.order_by("pk").values_list("treatment__body", flat=True)
    items = [_bring_to(body_id, treatment, by) for body_id in dict.fromkeys(bodies)]
    return [item for item in items if item is not None]


def _bring_to(body_id: int, treatment: Treatment, by: Actor) -> AgendaItem | None:
    coming = Meeting.objects.filter(
        body_id=body_id, state__in=sorted(OPEN_AGENDA), day__gte=treatment.treated_on or by.today
    )
    meeting = coming.order_by("day", "starts", "pk").first()
    here = AgendaItem.objects.filter(answers=treatment, body_id=body_id, is_removed=False)
    return None if meeting is None or here.exists() else put_answer(meeting, treatment, by=by)


def put_answer(meeting: Meeting, treatment: Treatment, *, by: Actor) -> AgendaItem:
    """What another body answered stands on the agenda, by the title everybody may read."""
    case = treatment.case
    with translation.override(meeting.language):
        title = answer_title(treatment, case.public_title or case.title)
    item = put_standing(meeting, ItemKind.ANSWER, title, answers=treatment)
    record(by=by, act="meeting.put_answer_on", on=meeting, item=item.pk, case=case.pk)
    return item


def put_standing(meeting: Meeting, kind: ItemKind, title: str, **more: object) -> AgendaItem:
    """An item that is no case, last on the agenda, with the minutes its kind takes."""
    return AgendaItem.objects.create(
        community_id=meeting.community_id,
        meeting=meeting,
        body_id=meeting.body_id,
        kind=kind,
        order=(meeting.items.aggregate(last=Max("order"))["last"] or 0) + 1,
        public_title=title[:TITLE_FITS],
        minutes_wanted=MINUTES_FOR[kind],
        **more,
    )


def take_answer_off(treatment: Treatment) -> bool:
    """An answer that was taken back leaves the agenda below; False when it has been heard there already."""
    items = AgendaItem.objects.filter(answers=treatment, is_removed=False)
    if items.exclude(outcome="").exists():
        return False
    for item in items:
        item.is_removed = True
        item.save(update_fields=["is_removed"])
    return True
