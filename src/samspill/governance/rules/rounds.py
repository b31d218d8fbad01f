"""When an appointment round may begin, and when a name in it will do. Plain values in, a refusal out."""

from datetime import date

from django.utils.translation import gettext as _

from samspill.governance.states import Role, RoundState
from samspill.refusal import Refused

NOMINATED = (Role.MEMBER, Role.CHAIR, Role.DEPUTY_CHAIR, Role.OBSERVER, Role.SUBSTITUTE)
REMIND_BEFORE_DAYS, REMIND_EVERY_DAYS = 7, 7


def check_round(from_day: date, to_day: date | None, answer_by: date, *, today: date, seats: int) -> None:
    """The answer is due between today and the day the period begins."""
    if to_day is not None and to_day <= from_day:
        raise Refused(
            "round.dates", _("The last day is before the first day. Change one of them."), field="to_day"
        )
    if answer_by < today:
        raise Refused("round.answer_by", _("Choose a day that has not been."), field="answer_by")
    if answer_by > from_day:
        raise Refused(
            "round.answer_late",
            _("The names must be there before the period begins. Choose an earlier day."),
            field="answer_by",
        )
    if not seats:
        raise Refused(
            "round.no_seats", _("The body has no seats on that day. Say first how it is put together.")
        )


def check_open(state: str) -> None:
    if state != RoundState.OPEN:
        raise Refused(
            "round.closed", _("The round is closed, and those who were named are in. Ask the secretariat.")
        )


def check_name(name: str, role: str) -> None:
    if not name.strip():
        raise Refused("nomination.name", _("Write the name of the one who shall sit here."), field="name")
    if role not in NOMINATED:
        raise Refused("nomination.role", _("Choose what the person is in the body."), field="role")


def is_reminded(answer_by: date, today: date) -> bool:
    """A week before the answer is due, the day after, and then once a week."""
    late = (today - answer_by).days
    return late == -REMIND_BEFORE_DAYS or (late > 0 and (late - 1) % REMIND_EVERY_DAYS == 0)
