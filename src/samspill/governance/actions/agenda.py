"""The agenda of a meeting: filled in one act, put in order, changed, and each act taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, record
from samspill.governance.actions.numbering import lock_numbers, number_items
from samspill.governance.actions.passage_states import lock_case, move_case, move_treatment
from samspill.governance.actions.passages import check_enters, put_on, take_off
from samspill.governance.actions.standing_items import put_answer, put_standing
from samspill.governance.models import AgendaItem, Meeting, Treatment
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.agenda import (
    answers_to_bring,
    live_items,
    minutes_to_approve,
    queue_of,
)
from samspill.governance.queries.leading import accounts_that_lead, check_leads
from samspill.governance.rules.agenda import RANK, check_order, place
from samspill.governance.states import (
    COMING,
    OPEN_AGENDA,
    CaseState,
    ItemKind,
    MeetingState,
    TreatmentState,
)
from samspill.refusal import Refused, reason
from samspill.worklist.public import Ask, Words, day_of_month, notify

TAKE_LATE = "governance.take_late"
STANDING = (ItemKind.DECISION_STATUS, ItemKind.OTHER_BUSINESS)
LONGEST_ITEM_MINUTES = 480


@dataclass(frozen=True)
class Changes:
    """What is set aside for an item, who presents it, and whether it is taken in one stroke with others."""

    minutes_wanted: int
    presenter: str = ""
    is_consent: bool = False


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, kept from others until the transaction ends."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if MeetingState(locked.state) not in COMING:
        raise Refused("meeting.over", gettext_lazy("The meeting is over, so its agenda stands as it was."))
    return locked


def fill_agenda(meeting: Meeting, *, by: Actor) -> list[AgendaItem]:
    """Everything that is ready for the body stands on the agenda, in the order of AGENDA_ORDER.

    What stands there keeps its place; approval of the last minutes, answers from other bodies, the status of
    decisions and any other business are made by themselves. After the notice nothing is filled in: what comes
    then is late, one by one. Returns the new items.
    """
    check_may_act(by, "meetings.manage", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        if MeetingState(meeting.state) not in OPEN_AGENDA:
            raise Refused(
                "meeting.called",
                gettext_lazy("The notice has been sent. Add what cannot wait one by one, with a reason."),
            )
        before = list(live_items(meeting))
        ready = [one for one in queue_of(meeting) if not reason(check_enters, one.case)]
        new = [*_made_by_itself(meeting, by), *(put_on(meeting, one, by=by) for one in ready)]
        _put_in_order(meeting, before, new)
        if meeting.state == MeetingState.PLANNED:
            meeting.state = MeetingState.DRAFT
            meeting.save(update_fields=["state"])
        record(by=by, act="meeting.fill", on=meeting, items=[one.pk for one in new])
    return new


def _made_by_itself(meeting: Meeting, by: Actor) -> list[AgendaItem]:
    found = []
    with translation.override(meeting.language):
        last = minutes_to_approve(meeting)
        if last is not None:
            title = _("Minutes of %(day)s") % {"day": day_of_month(last.day, meeting.day)}
            found.append(put_standing(meeting, ItemKind.APPROVAL, title, about=last))
        for answer in answers_to_bring(meeting):
            found.append(put_answer(meeting, answer, by=by))
        here = set(live_items(meeting).values_list("kind", flat=True))
        for kind in STANDING:
            if kind not in here:
                found.append(put_standing(meeting, kind, str(kind.label)))
    return found


def _put_in_order(meeting: Meeting, before: Iterable[AgendaItem], new: Sequence[AgendaItem]) -> None:
    items = list(before)
    for one in sorted(new, key=lambda item: RANK[ItemKind(item.kind)]):
        items.insert(place([item.kind for item in items], one.kind), one)
    _save_order(items)


def _save_order(items: Sequence[AgendaItem]) -> None:
    for order, item in enumerate(items, 1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])


def order_items(meeting: Meeting, ids: Sequence[int], *, by: Actor) -> list[int]:
    """The items of the agenda in the order of `ids`; returns the order before, to take it back with.

    Numbers that were given with a notice stay with their items.
    """
    check_may_act(by, "meetings.manage", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        items = {item.pk: item for item in live_items(meeting)}
        before = list(items)
        check_order(before, ids)
        _save_order([items[pk] for pk in ids])
        record(by=by, act="meeting.order", on=meeting)
    return before


def change_item(item: AgendaItem, changes: Changes, *, by: Actor) -> None:
    check_may_act(by, "meetings.manage", item)
    if not 0 < changes.minutes_wanted <= LONGEST_ITEM_MINUTES:
        raise Refused(
            "item.minutes", gettext_lazy("Set aside between 1 and 480 minutes."), field="minutes_wanted"
        )
    if changes.is_consent and item.kind == ItemKind.DISCUSSION:
        raise Refused(
            "item.consent",
            gettext_lazy("A discussion cannot be taken in one stroke with others."),
            field="is_consent",
        )
    with transaction.atomic():
        lock_meeting(item.meeting)
        item.minutes_wanted = changes.minutes_wanted
        item.presenter = changes.presenter.strip()
        item.is_consent = changes.is_consent
        item.save(update_fields=["minutes_wanted", "presenter", "is_consent"])
        record(by=by, act="meeting.item", on=item.meeting, item=item.pk)


def take_away(meeting: Meeting, ids: Iterable[int], *, by: Actor) -> int:
    """Items leave the agenda, their cases are in the queue again; returns how many."""
    check_may_act(by, "meetings.manage", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        found = list(live_items(meeting).filter(pk__in=list(ids)))
        for item in found:
            take_off(item, by=by)
    return len(found)


def put_back(item: AgendaItem, *, by: Actor) -> None:
    """What was taken off is where it was, with the number it had. Refuses a case that has gone elsewhere."""
    check_may_act(by, "meetings.manage", item)
    with transaction.atomic():
        meeting = lock_meeting(item.meeting)
        if not item.is_removed:
            return
        if item.treatment is not None:
            case = lock_case(item.treatment.case)
            item.treatment.refresh_from_db(fields=["state"])
            move_treatment(item.treatment, TreatmentState.ON_AGENDA)
            move_case(case, CaseState.ON_AGENDA)
        item.is_removed = False
        item.save(update_fields=["is_removed"])
        record(by=by, act="meeting.put_back", on=meeting, item=item.pk)


def add_case(meeting: Meeting, treatment: Treatment, *, by: Actor, late_because: str = "") -> AgendaItem:
    """One case from the queue in its place; after the notice it is late and waits for the chair's yes."""
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        before = list(live_items(meeting))
        item = put_on(meeting, treatment, by=by, late_because=late_because)
        if item.is_late:
            _ask_the_chair(item, by)
        else:
            _put_in_order(meeting, before, [item])
    return item


def _ask_the_chair(item: AgendaItem, by: Actor) -> None:
    """The chair gets a mail in which one click is the yes."""

    def words() -> Words:
        return Words(
            _("«%(item)s» is late. May it be taken?") % {"item": item.public_title}, item.late_because
        )

    notify(
        to=accounts_that_lead(item.meeting),
        key=f"item.late:{item.pk}",
        words=words,
        by=by,
        path=reverse("governance:meeting", args=[item.meeting_id]),
        asks=(Ask(TAKE_LATE, item.pk),),
    )


def allow_late(item: AgendaItem, *, by: Actor, via: str = "") -> None:
    """The chair's yes to what came after the notice; the item gets the next number at once.

    Refuses anybody but the chair (or the deputy chair), and an item that is not late.
    """
    check_leads(by, item.meeting)
    with transaction.atomic():
        meeting = lock_meeting(item.meeting)
        lock_numbers(meeting.body_id)
        item.refresh_from_db()
        if not item.is_late or item.is_removed:
            raise Refused("item.not_late", gettext_lazy("The item does not wait for a yes any more."))
        if item.late_yes_by_id is not None:
            return
        item.late_yes_by_id = by.account_id
        item.save(update_fields=["late_yes_by"])
        number_items(meeting, [item])
        record(by=by, act="meeting.allow_late", on=meeting, item=item.pk, via=via)
