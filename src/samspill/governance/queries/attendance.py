"""Who comes to a meeting, seat by seat, and what that makes of parity. A seat counts once.

Who takes part in an item and votes there: `queries.room`.
"""

from dataclasses import dataclass, field

from samspill.directory.public import Actor, Bloc
from samspill.governance.models import Attendance, Meeting
from samspill.governance.queries.bodies import Composition, SeatOnDay, composition
from samspill.governance.states import Answer, Presence

OUT = frozenset({Presence.ABSENT, Presence.LEFT, Presence.DISQUALIFIED})


@dataclass(frozen=True)
class SeatAtMeeting:
    """A seat of the body on the meeting's day, with those called to it: the holder, then substitutes."""

    on_day: SeatOnDay
    called: tuple[Attendance, ...] = ()

    @property
    def seat(self):  # type: ignore[no-untyped-def]
        return self.on_day.seat

    @property
    def comes(self) -> str:
        """The name of who is expected in the seat, "" when nobody is."""
        if not self.called:
            return self.on_day.holder.name if self.on_day.holder else ""
        one = next((one for one in self.called if is_expected(one)), None)
        return one.tenure.name if one else ""

    @property
    def absent(self) -> list[Attendance]:
        return [one for one in self.called if one.answer == Answer.NO]


@dataclass(frozen=True)
class Expected:
    """Everybody a meeting has a seat for."""

    meeting: Meeting
    composition: Composition
    seats: tuple[SeatAtMeeting, ...] = field(default_factory=tuple)
    called: tuple[Attendance, ...] = ()

    def votes(self, bloc: Bloc) -> int:
        """Voting seats of a side that somebody is expected in; an observer is never counted."""
        return sum(1 for one in self.seats if one.seat.may_vote and one.seat.bloc == bloc and one.comes)

    @property
    def empty(self) -> list[SeatAtMeeting]:
        """Seats whose holder cannot come and that no substitute fills."""
        return [one for one in self.seats if not one.on_day.is_vacant and not one.comes]


def is_expected(one: Attendance) -> bool:
    """Whether somebody takes part in the meeting as a whole, as far as is known."""
    return one.answer != Answer.NO and one.presence not in OUT


def expected_at(meeting: Meeting) -> Expected:
    """3 queries."""
    here = composition(meeting.body_id, meeting.day)
    seat_by_id = {one.seat.pk: one.seat for one in here.seats}
    by_seat: dict[int, list[Attendance]] = {}
    rows = Attendance.objects.filter(meeting=meeting).select_related("tenure__person__account")
    called = tuple(rows.order_by("pk"))
    for place in called:
        by_seat.setdefault(place.seat_id, []).append(place)
        if place.seat_id in seat_by_id:
            place.seat = seat_by_id[place.seat_id]
    seats = tuple(SeatAtMeeting(one, tuple(by_seat.get(one.seat.pk, ()))) for one in here.seats)
    return Expected(meeting, here, seats, called)


def own_place(meeting: Meeting, actor: Actor) -> Attendance | None:
    """The actor's own place: called in a seat, or as a substitute. 1 query, none for a visitor."""
    if actor.account_id is None:
        return None
    mine = Attendance.objects.filter(meeting=meeting, tenure__person__account=actor.account_id)
    seat = ("seat__party", "seat__region", "seat__organisation")
    return mine.select_related("tenure", *seat).order_by("pk").first()


def account_of(one: Attendance) -> int | None:
    """The account of the person who is called, if they have one."""
    account = getattr(one.tenure.person, "account", None)
    return account.pk if account else None
