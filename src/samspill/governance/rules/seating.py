"""When somebody may sit in a seat, what a rule's lines make of seats, what a mandate needs. Plain values."""

from collections.abc import Collection
from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.governance.states import (
    EACH,
    MAY_DECIDE,
    Authority,
    DecisionMethod,
    Parity,
    Represents,
    Role,
)
from samspill.refusal import Refused

MOST_SEATS = 40  # in a line of a rule; the largest body of the documents has 25 in all

RIGHTS = ("may_meet", "may_speak", "may_propose", "may_vote")
"""What a seat may, as its columns are called."""


def in_words(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j F Y"))


def check_days(from_day: date, to_day: date | None, *, field: str = "to_day") -> None:
    if to_day is not None and to_day <= from_day:
        raise Refused(
            "tenure.dates", _("The last day is before the first day. Change one of them."), field=field
        )


def check_role(role: str, *, votes: bool) -> None:
    """A seat without a vote is an observer's, and who leads a body has a vote."""
    if role not in Role.values:
        raise Refused("tenure.role", _("Choose what the person is in the body."), field="role")
    if role in {Role.CHAIR, Role.DEPUTY_CHAIR} and not votes:
        raise Refused(
            "tenure.chair_without_vote",
            _("This seat has no vote, so its holder cannot lead the body. Choose another seat."),
            field="role",
        )


def check_within(from_day: date, begins: date, ends: date | None) -> None:
    """A tenure begins while there is a seat."""
    if from_day < begins:
        raise Refused(
            "tenure.before_seat",
            _("The seat is there from %(day)s. Choose that day or a later one.") % {"day": in_words(begins)},
            field="from_day",
        )
    if ends is not None and from_day >= ends:
        raise Refused(
            "tenure.after_seat",
            _("The seat is gone from %(day)s. Choose an earlier day, or another seat.")
            % {"day": in_words(ends)},
            field="from_day",
        )


def check_mandate(authority: str, purpose: str, limits: str, themes: Collection[str] = ()) -> None:
    """A mandate says what the body is for and what it may; who decides within limits is told which."""
    if authority not in Authority.values:
        raise Refused(
            "mandate.authority",
            _("The mandate does not say what the body may. Choose if it advises or decides."),
            field="authority",
        )
    if not purpose.strip():
        raise Refused(
            "mandate.purpose", _("Write in a sentence or two what the body is for."), field="purpose"
        )
    if authority == Authority.WITHIN_LIMITS and not limits.strip():
        raise Refused(
            "mandate.limits",
            _("A body that decides within limits must know them. Write what it may settle itself."),
            field="limits",
        )


def may_decide(authority: str) -> bool:
    return authority in MAY_DECIDE


def check_rule(
    *, parity: str, decision_method: str, chair_months: int | None, chair_begins: str, lines: int
) -> None:
    if parity not in Parity.values:
        raise Refused("rule.parity", _("Choose how the two sides relate."), field="parity")
    if decision_method not in DecisionMethod.values:
        raise Refused("rule.method", _("Choose how the body decides."), field="decision_method")
    if chair_months is not None and chair_months < 1:
        raise Refused(
            "rule.chair_months",
            _("Write after how many months the chair changes sides, or leave it empty."),
            field="chair_months",
        )
    if chair_months and not chair_begins:
        raise Refused("rule.chair_begins", _("Choose which side has the chair first."), field="chair_begins")
    if not lines:
        raise Refused(
            "rule.no_seats", _("A rule needs at least one line of seats. Say who sits in the body.")
        )


def check_line(
    *, represents: str, has_party: bool, has_region: bool, has_region_kind: bool, bloc: str, votes: bool,
    has_organisation: bool, label: str, seats: int,
) -> None:  # fmt: skip
    """A line of a rule names whose voice its seats are."""
    if represents not in Represents.values:
        raise Refused("line.represents", _("Choose whose voice the seats are."), field="represents")
    missing = {
        Represents.PARTY: not has_party,
        Represents.REGION: not has_region,
        Represents.EACH_REGION: not has_region_kind,
        Represents.BLOC: not bloc,
        Represents.ORGANISATION: not (has_organisation or label.strip()),
    }
    if missing.get(Represents(represents), False):
        raise Refused("line.whom", _("Say whose seats these are, or remove the line."), field="represents")
    if represents == Represents.ORGANISATION and votes and not bloc:
        raise Refused(
            "line.vote_without_side",
            _("Only seats on one of the two sides have a vote. Take the vote away, or choose a side."),
            field="may_vote",
        )
    if represents not in EACH and not 1 <= seats <= MOST_SEATS:
        raise Refused(
            "line.seats", _("Write how many seats, from 1 to %(most)s.") % {"most": MOST_SEATS}, field="seats"
        )


def check_end(ends: date | None, starts: date | None) -> None:
    if ends is not None and starts is not None and ends <= starts:
        raise Refused(
            "body.dates", _("The last day is before the first day. Change one of them."), field="ends"
        )
