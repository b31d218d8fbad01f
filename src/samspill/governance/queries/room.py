"""The meeting room: the items with what came of them, who is there, and who may vote on an item."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, Bloc
from samspill.governance.models import (
    AgendaItem,
    Attendance,
    ConflictAssessment,
    ItemAttendance,
    ItemOpening,
    Meeting,
    Tenure,
)
from samspill.governance.queries.agenda import answer_title
from samspill.governance.queries.attendance import is_expected
from samspill.governance.states import ConflictConclusion, Presence

ITEM_NEEDS = (
    "treatment", "treatment__case__gist", "treatment__body", "treatment__came_by__treatment__body",
    "about", "about__body", "answers", "answers__case", "answers__body",
)  # fmt: skip


@dataclass(frozen=True)
class There:
    """Somebody who is called, and whether they are there for an item (or for the meeting)."""

    attendance: Attendance
    presence: str
    conflict: ConflictAssessment | None = None

    @property
    def is_there(self) -> bool:
        return self.presence == Presence.PRESENT

    @property
    def tenure(self) -> Tenure:
        return self.attendance.tenure


@dataclass(frozen=True)
class Voter:
    """A seat with a vote on an item, and who uses it."""

    seat_id: int
    bloc: str
    tenure: Tenure


def find_meeting(pk: int, actor: Actor) -> Meeting:
    """The meeting, or a page that says it is not here."""
    meetings = Meeting.objects.visible_to(actor).select_related("body", "body__parent", "community")
    return get_object_or_404(meetings, pk=pk)


def find_item(meeting: Meeting, pk: int, actor: Actor) -> AgendaItem:
    item = get_object_or_404(items_of(meeting, actor), pk=pk)
    item.meeting = meeting
    return item


def items_of(meeting: Meeting, actor: Actor) -> QuerySet[AgendaItem]:
    """What stands on the agenda, in order."""
    return (
        AgendaItem.objects.visible_to(actor)
        .filter(meeting=meeting, is_removed=False)
        .select_related(*ITEM_NEEDS)
        .order_by("order", "pk")
    )


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Those who are called, in the order of their seats; substitutes after the one they stand in for."""
    rows = (
        Attendance.objects.filter(meeting=meeting)
        .select_related(
            "seat", "seat__party", "seat__region", "seat__organisation", "tenure", "stands_in_for"
        )
        .order_by("seat__order", "seat__pk", "stands_in_for_id", "pk")
    )
    return sorted(
        rows, key=lambda one: (one.seat.order, one.seat_id, one.stands_in_for_id is not None, one.pk)
    )


def there_at(items: Iterable[AgendaItem], attendances: Iterable[Attendance]) -> dict[int, list[There]]:
    """Who was there, item by item. 2 queries. Disqualified goes before gone, and gone before the meeting.

    Before the meeting has begun it is who is expected: what they have answered.
    """
    listed, called = list(items), list(attendances)
    by_item = {
        (row.item_id, row.attendance_id): row.presence
        for row in ItemAttendance.objects.filter(item__in=[item.pk for item in listed])
    }
    conflicts = _conflicts(listed)
    return {item.pk: [_there(item, one, by_item, conflicts) for one in called] for item in listed}


def _conflicts(items: list[AgendaItem]) -> dict[tuple[int, int], ConflictAssessment]:
    cases = [item.treatment.case_id for item in items if item.treatment]
    rows = ConflictAssessment.objects.filter(case__in=cases).exclude(conclusion=ConflictConclusion.RAISED)
    return {(row.case_id, row.tenure_id): row for row in rows.select_related("tenure")}


def _there(
    item: AgendaItem,
    attendance: Attendance,
    by_item: dict[tuple[int, int], str],
    conflicts: dict[tuple[int, int], ConflictAssessment],
) -> There:
    case_id = item.treatment.case_id if item.treatment else 0
    conflict = conflicts.get((case_id, attendance.tenure_id))
    if conflict and conflict.conclusion == ConflictConclusion.DISQUALIFIED:
        return There(attendance, Presence.DISQUALIFIED, conflict)
    said = by_item.get((item.pk, attendance.pk), attendance.presence)
    expected = Presence.PRESENT if is_expected(attendance) else Presence.ABSENT
    return There(attendance, said or expected, conflict)


def voters(there: Iterable[There]) -> list[Voter]:
    """One per seat with a vote: its holder when there, else a called substitute who is."""
    found: dict[int, Voter] = {}
    rows = [one for one in there if one.is_there and one.attendance.seat.may_vote]
    for one in sorted(rows, key=lambda row: row.attendance.stands_in_for_id is not None):
        seat = one.attendance.seat
        found.setdefault(seat.pk, Voter(seat.pk, seat.bloc, one.tenure))
    return list(found.values())


def voters_of(item: AgendaItem) -> list[Voter]:
    """3 queries."""
    return voters(there_at([item], attendances_of(item.meeting))[item.pk])


def by_bloc(rows: Iterable[Voter]) -> dict[str, int]:
    counted = dict.fromkeys(Bloc.values, 0)
    for voter in rows:
        counted[voter.bloc] = counted.get(voter.bloc, 0) + 1
    return counted


def open_item_id(meeting: Meeting) -> int | None:
    """The item that was opened last in the room."""
    newest = ItemOpening.objects.filter(meeting=meeting, item__is_removed=False).order_by("-pk")
    return newest.values_list("item_id", flat=True).first()


def without_outcome(meeting: Meeting) -> list[AgendaItem]:
    items = AgendaItem.objects.filter(meeting=meeting, is_removed=False, outcome="")
    return list(items.select_related("treatment", "treatment__case").order_by("order", "pk"))


def title_of(item: AgendaItem) -> str:
    """What those of the helsefellesskap call it."""
    if item.treatment:
        return item.treatment.case.title
    if item.answers and item.answers.case.is_screened:
        return answer_title(item.answers, item.answers.case.title)
    return item.public_title
