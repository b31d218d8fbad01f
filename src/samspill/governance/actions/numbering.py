"""Case numbers «12/26»: per body and year, without gaps, and never changed once given."""

from collections.abc import Iterable

from django.db.models import Max

from samspill.directory.public import Body
from samspill.governance.models import AgendaItem, Meeting


def lock_numbers(body_id: int) -> None:
    """Nobody else gives numbers in the body until the transaction ends."""
    Body.objects.select_for_update().only("pk").get(pk=body_id)


def number_items(meeting: Meeting, items: Iterable[AgendaItem]) -> None:
    """The next numbers to those of `items` that have none, in their order. Needs `lock_numbers` first."""
    year = meeting.day.year
    last = AgendaItem.objects.filter(body_id=meeting.body_id, year=year).aggregate(last=Max("number"))["last"]
    number = last or 0
    new = [item for item in items if item.number is None]
    for item in new:
        number += 1
        item.year, item.number = year, number
    AgendaItem.objects.bulk_update(new, ["year", "number"])


def next_meeting_number(meeting: Meeting) -> int:
    """Which of the body's meetings in the year this is, counted among those that were called."""
    called = Meeting.objects.filter(body_id=meeting.body_id, day__year=meeting.day.year)
    return (called.aggregate(last=Max("number"))["last"] or 0) + 1
