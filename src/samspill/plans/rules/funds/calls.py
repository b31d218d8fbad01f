"""A call's days, and what follows from them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.dates import short_day
from samspill.plans.states import (
    APPLICATION_TRANSITIONS,
    REPORT_TRANSITIONS,
    ApplicationState,
    CallState,
    ReportState,
)
from samspill.refusal import Refused


def call_state_on(
    stored: str, opens: date, closes: date, today: date, *, closed_on: date | None = None
) -> CallState:
    """What a call is on a day: an announced one is open from its first day to its last, both included."""
    if stored != CallState.ANNOUNCED:
        return CallState(stored)
    if today < opens:
        return CallState.ANNOUNCED
    is_closed = today > closes or (closed_on is not None and today >= closed_on)
    return CallState.CLOSED if is_closed else CallState.OPEN


def check_days(opens: date, closes: date, decides_by: date) -> None:
    if closes < opens:
        raise Refused(
            "funds.closes", _("The call closes before it opens. Choose a later last day."), field="closes"
        )
    if decides_by < closes:
        raise Refused(
            "funds.decides_by",
            _("The answer is promised before the call closes. Choose a later day."),
            field="decides_by",
        )


def check_takes_applications(state: CallState, opens: date, closes: date) -> None:
    """Refuses a call that is not open."""
    if state == CallState.OPEN:
        return
    if state in {CallState.DRAFT, CallState.ANNOUNCED}:
        raise Refused(
            "funds.not_open", _("The call opens %(day)s. Come back then.") % {"day": short_day(opens)}
        )
    raise Refused(
        "funds.closed",
        _("The call closed %(day)s, so nothing more can be sent. What you wrote is kept.")
        % {"day": short_day(closes)},
    )


def check_closed(state: CallState) -> None:
    """Refuses to decide while others may still apply."""
    if state in {CallState.DRAFT, CallState.ANNOUNCED, CallState.OPEN}:
        raise Refused(
            "funds.still_open",
            _("Others may still apply. Decide when the call is closed, or close it first."),
        )


def check_move(before: str, after: str) -> None:
    """Refuses what the table `APPLICATION_TRANSITIONS` does not allow."""
    if ApplicationState(after) not in APPLICATION_TRANSITIONS[ApplicationState(before)]:
        raise Refused(
            "funds.state",
            _("The application is «%(before)s», so it cannot become «%(after)s».")
            % {"before": ApplicationState(before).label, "after": ApplicationState(after).label},
        )


def check_report_move(before: str, after: str) -> None:
    if ReportState(after) not in REPORT_TRANSITIONS[ReportState(before)]:
        raise Refused(
            "funds.report_state",
            _("The report is «%(before)s», so it cannot become «%(after)s».")
            % {"before": ReportState(before).label, "after": ReportState(after).label},
        )
