"""Who is expected at a meeting, read along with the meeting: for a box that says no more than how many.

The same seats and the same rules as `attendance.expected_at`, without the people's other particulars.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from samspill.governance.models import Attendance, Meeting, Seat, Tenure
from samspill.governance.queries.attendance import Expected, SeatAtMeeting
from samspill.governance.queries.bodies import Composition, SeatOnDay
from samspill.governance.states import Role


def with_seats(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with what `expected_in` needs. No query of its own."""
    day = OuterRef("day")
    seats = Seat.objects.filter(_holds_on(day), body=OuterRef("body")).annotate(
        holder=Subquery(_holders().values("name")[:1]), called=ArraySubquery(_called())
    )
    facts = JSONObject(may_vote="may_vote", bloc="bloc", holder="holder", called="called")
    return meetings.annotate(seats_told=ArraySubquery(seats.order_by("order", "pk").values_list(facts)))


def expected_in(meeting: Any) -> Expected:
    """Of a meeting `with_seats`. No query."""
    seats = tuple(_seat(one) for one in meeting.seats_told)
    here = Composition(meeting.body_id, meeting.day, tuple(one.on_day for one in seats))
    return Expected(meeting, here, seats, tuple(called for one in seats for called in one.called))


def _seat(told: Mapping[str, Any]) -> SeatAtMeeting:
    holder = None if told["holder"] is None else Tenure(name=told["holder"])
    called = tuple(
        Attendance(answer=one["answer"], presence=one["presence"], tenure=Tenure(name=one["name"]))
        for one in told["called"]
    )
    return SeatAtMeeting(SeatOnDay(Seat(may_vote=told["may_vote"], bloc=told["bloc"]), holder), called)


def _holders() -> QuerySet[Tenure]:
    """Who holds a seat on the day of the meeting."""
    held = Tenure.objects.filter(_holds_on(OuterRef(OuterRef("day"))), seat=OuterRef("pk"))
    return held.exclude(role=Role.SUBSTITUTE).order_by("from_day", "pk")


def _called() -> QuerySet[Any]:
    rows = Attendance.objects.filter(meeting=OuterRef(OuterRef("pk")), seat=OuterRef("pk")).order_by("pk")
    return rows.values_list(JSONObject(answer="answer", presence="presence", name="tenure__name"))


def _holds_on(day: OuterRef) -> Q:
    return Q(from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gt=day))
