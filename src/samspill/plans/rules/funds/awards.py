"""What an award must hold: within the frame, with its reasons, paid out in full and no more."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.dates import short_day
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.states import STARTED, AwardKind
from samspill.refusal import Refused

GAINS_AFTER_MONTHS = 12


def check_award(kind: str, *, nok: int, asked: int, words: str, left_out: str) -> None:
    """The whole is what was asked for, a part is less and says what is left out, a refusal has its reason."""
    if kind not in AwardKind.values:
        raise Refused("funds.award_kind", _("Choose the whole, a part or a refusal."), field="kind")
    if kind == AwardKind.REFUSED and not words.strip():
        raise Refused(
            "funds.refusal_reason",
            _("A refusal needs its reason, so that the applicant understands it."),
            field="words",
        )
    if kind == AwardKind.PART and not 0 < nok < asked:
        raise Refused(
            "funds.part",
            _("A part is more than nothing and less than %(asked)s.") % {"asked": kroner(asked)},
            field="amount",
        )
    if kind == AwardKind.PART and not left_out.strip():
        raise Refused(
            "funds.left_out",
            _("Say what is left out, so that the applicant knows what the money is for."),
            field="left_out",
        )


def check_frame(frame: int, given: int, more: int) -> None:
    """Refuses to give `more` when `given` is given already and the frame does not hold both."""
    if given + more > frame:
        raise Refused(
            "funds.frame",
            _("The frame is %(frame)s, and %(left)s is left. %(more)s is too much.")
            % {"frame": kroner(frame), "left": kroner(max(frame - given, 0)), "more": kroner(more)},
            field="amount",
        )


def check_payments(payments: Iterable[tuple[date, int]], awarded: int) -> None:
    """Refuses a plan that does not pay exactly what was given."""
    payments = list(payments)
    if any(nok <= 0 for _day, nok in payments):
        raise Refused("funds.payment", _("A payment is more than nothing. Take the empty row out."))
    planned = sum(nok for _day, nok in payments)
    if planned != awarded:
        raise Refused(
            "funds.payments",
            _("The payments are %(planned)s together, but the award is %(awarded)s. Make them agree.")
            % {"planned": kroner(planned), "awarded": kroner(awarded)},
            field="payments",
        )


def check_payment(nok: int, *, awarded: int, planned: int) -> None:
    """Refuses a payment of nothing, and one that with `planned`, the others, is more than was awarded."""
    if nok <= 0:
        raise Refused(
            "funds.payment",
            _("A payment is more than nothing. Cancel it if it is not to be paid."),
            field="amount",
        )
    if planned + nok > awarded:
        raise Refused(
            "funds.payment_frame",
            _("The award is %(awarded)s, and the other payments are %(planned)s. %(left)s is left to plan.")
            % {"awarded": kroner(awarded), "planned": kroner(planned), "left": kroner(awarded - planned)},
            field="amount",
        )


def check_unpaid(paid_on: date | None) -> None:
    if paid_on is not None:
        raise Refused(
            "funds.is_paid",
            _("It was paid %(day)s, so it is not changed. If that is wrong, say first that it is not paid.")
            % {"day": short_day(paid_on)},
        )


def check_started(state: str) -> None:
    """Refuses to plan payments one by one before they are planned together, when the work starts."""
    if state not in STARTED:
        raise Refused(
            "funds.not_started",
            _("The payments are planned when the project is started. Start it first."),
        )


def check_reason(because: str) -> None:
    if not because.strip():
        raise Refused(
            "funds.payment_reason",
            _("Say why in a sentence. Those who get the money read it."),
            field="because",
        )


def in_two(awarded: int) -> tuple[int, int]:
    """Half at the start and half later; the odd krone comes first."""
    later = awarded // 2
    return awarded - later, later


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
