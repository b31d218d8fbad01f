"""A disqualified person is out of the items of a case, and the substitute for the seat is in for them."""

from collections.abc import Iterable

from samspill.governance.models import (
    AgendaItem,
    Attendance,
    ConflictAssessment,
    ItemAttendance,
    Meeting,
    Tenure,
)
from samspill.governance.queries.bodies import composition
from samspill.governance.states import Answer, ConflictConclusion, Presence


def next_substitute(meeting: Meeting, seat_id: int, *, out: Iterable[int] = ()) -> Tenure | None:
    """Who is next in line for the seat on the day; `out` are tenures that cannot be asked. 3 queries."""
    here = next(
        (one for one in composition(meeting.body_id, meeting.day).seats if one.seat.pk == seat_id), None
    )
    if here is None:
        return None
    asked = set(Attendance.objects.filter(meeting=meeting).values_list("tenure_id", flat=True)) | set(out)
    return next((one for one in here.substitutes if one.pk not in asked), None)


def apply_conflicts(meeting: Meeting) -> list[Attendance]:
    """Everybody judged disqualified is out of the items of that case; returns substitutes who are new."""
    items = AgendaItem.objects.filter(meeting=meeting, is_removed=False, treatment__isnull=False)
    by_case: dict[int, list[AgendaItem]] = {}
    for item in items.select_related("treatment"):
        assert item.treatment is not None  # noqa: S101  the filter says so
        by_case.setdefault(item.treatment.case_id, []).append(item)
    judged = ConflictAssessment.objects.filter(
        case__in=by_case, conclusion=ConflictConclusion.DISQUALIFIED, tenure__seat__body_id=meeting.body_id
    )
    new = []
    for conflict in judged:
        for item in by_case[conflict.case_id]:
            new += sit_out(item, conflict)
    return new


def sit_out(item: AgendaItem, conflict: ConflictAssessment) -> list[Attendance]:
    """One person out of one item. The substitute who comes for that item alone is absent from the rest."""
    mine = Attendance.objects.filter(meeting_id=item.meeting_id, tenure_id=conflict.tenure_id).first()
    if mine is None or ItemAttendance.objects.filter(item=item, attendance=mine).exists():
        return []
    ItemAttendance.objects.create(
        community_id=item.community_id, item=item, attendance=mine, presence=Presence.DISQUALIFIED
    )
    if mine.answer == Answer.NO or mine.presence == Presence.ABSENT:
        return []  # whoever is in the seat instead of them is there already
    return _call_for_item(item, mine)


def _call_for_item(item: AgendaItem, mine: Attendance) -> list[Attendance]:
    root = mine.stands_in_for or mine
    shut = set(
        ConflictAssessment.objects.filter(
            case__treatments__items=item, conclusion=ConflictConclusion.DISQUALIFIED
        ).values_list("tenure_id", flat=True)
    )
    there = (
        Attendance.objects.filter(meeting_id=item.meeting_id, seat_id=mine.seat_id, presence=Presence.ABSENT)
        .exclude(tenure__in=shut)
        .exclude(answer=Answer.NO)
        .exclude(stands_in_for__isnull=True)
        .first()
    )
    new = []
    if there is None:
        tenure = next_substitute(item.meeting, mine.seat_id, out=shut)
        if tenure is None:
            return []
        there = Attendance.objects.create(
            community_id=item.community_id,
            meeting_id=item.meeting_id,
            seat_id=mine.seat_id,
            tenure=tenure,
            stands_in_for=root,
            presence=Presence.ABSENT,
        )
        new.append(there)
    ItemAttendance.objects.create(
        community_id=item.community_id, item=item, attendance=there, presence=Presence.PRESENT
    )
    return new


def sit_in_again(conflict: ConflictAssessment) -> None:
    """A judgement is taken back: the person is in for the items that are still to come."""
    rows = ItemAttendance.objects.filter(
        attendance__seat_id=conflict.tenure.seat_id,
        item__treatment__case_id=conflict.case_id,
        item__outcome="",
    )
    stood_in = list(
        Attendance.objects.filter(
            by_item__in=rows.filter(presence=Presence.PRESENT), presence=Presence.ABSENT
        ).distinct()
    )
    rows.filter(attendance__tenure_id=conflict.tenure_id, presence=Presence.DISQUALIFIED).delete()
    rows.filter(attendance__in=stood_in, presence=Presence.PRESENT).delete()
    for one in stood_in:
        if not one.by_item.exists():
            one.delete()
