"""What a revision allows, when a plan is looked over again, and where a plan may stand. Plain values."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.dates import months_before
from samspill.plans.rules.status import check_state_change
from samspill.plans.states import (
    DONE,
    GOES_ON,
    MEASURE_TRANSITIONS,
    MOST_REVIEW_MONTHS,
    STANDS_UNDER,
    STATE_OF_FATE,
    Fate,
    MeasureState,
    PlanKind,
)
from samspill.refusal import Refused

# How many months before the review somebody is told (reference: invariants 23 and 26).
REMIND_MONTHS = (12, 6, 3, 1)
# From then on it waits among the tasks.
NEAR_MONTHS = 3
NAMED_AT_MOST, TITLE_FITS = 2, 60


def review_date(adopted_on: date | None, months: int) -> date | None:
    """The day by which an adopted plan is to be looked over; None while it is not adopted."""
    return months_before(adopted_on, -months) if adopted_on else None


def reminder_due(review: date, today: date) -> int | None:
    """The reminder of today: the least of `REMIND_MONTHS` that has come; missed ones are not sent late."""
    come = [months for months in REMIND_MONTHS if today >= months_before(review, months)]
    return min(come, default=None)


def is_near(review: date, today: date) -> bool:
    return today >= months_before(review, NEAR_MONTHS)


def check_fate(fate: str, *, has_new: bool, reason: str) -> None:
    """Refuses an unknown word, one that goes on nowhere, and an end without a reason."""
    if fate not in Fate.values:
        raise Refused("fate.word", _("Say what became of it: carried forward, changed, completed or ended."))
    if fate in GOES_ON and not has_new:
        raise Refused("fate.new", _("Choose the measure of the new plan that it goes on in."), field="new")
    if fate == Fate.ENDED and not reason.strip():
        raise Refused(
            "fate.reason",
            _("Say in a few words why it is ended. Those who were promised it will ask."),
            field="reason",
        )


def steps_to(state: str, fate: str) -> list[MeasureState]:
    """The states a measure passes from `state` until it has its `fate`, by `MEASURE_TRANSITIONS`.

    One that was only proposed was adopted first, since its plan was; one that was said to be done and goes
    on all the same is in progress first. Refuses what the table allows no way to.
    """
    before, goal = MeasureState(state), STATE_OF_FATE[Fate(fate)]
    if before == goal or (goal == MeasureState.COMPLETED and before in DONE):
        return []
    for between in ((), (MeasureState.ADOPTED,), (MeasureState.IN_PROGRESS,)):
        way = [before, *between, goal]
        if all(after in MEASURE_TRANSITIONS[one] for one, after in itertools.pairwise(way)):
            return way[1:]
    check_state_change(before, goal)
    raise AssertionError("a change the table allows is a way of one step")


def check_all_mapped(names: Iterable[str]) -> None:
    """Refuses the adoption of a revision while a measure of the former plan is not accounted for."""
    left = [Truncator(name).chars(TITLE_FITS) for name in names]
    if not left:
        return
    named = ", ".join(f"«{name}»" for name in left[:NAMED_AT_MOST])
    more = len(left) - NAMED_AT_MOST
    if more > 0:
        named = gettext("%(named)s and %(more)s more") % {"named": named, "more": more}
    sentence = ngettext(
        "One measure of the former plan is not accounted for: %(named)s. Say on the page «Revision» what "
        "became of it. Then the plan can be adopted.",
        "%(count)s measures of the former plan are not accounted for: %(named)s. Say on the page «Revision» "
        "what became of them. Then the plan can be adopted.",
        len(left),
    )
    raise Refused("revision.unmapped", sentence % {"count": len(left), "named": named})


def check_place(kind: str, parent_kind: str | None, part_kinds: Iterable[str]) -> None:
    """Refuses a place the kinds do not allow. As each stands under a kind above it, none is under itself."""
    if parent_kind is not None and parent_kind not in STANDS_UNDER[kind]:
        raise Refused(
            "plan.place",
            _("A plan of the kind «%(kind)s» does not stand under one of the kind «%(parent)s».")
            % {"kind": PlanKind(kind).label, "parent": PlanKind(parent_kind).label},
            field="parent",
        )
    for part in part_kinds:
        if kind not in STANDS_UNDER[part]:
            raise Refused(
                "plan.place",
                _(
                    "A plan of the kind «%(part)s» stands under this one, and cannot stand under one of the "
                    "kind «%(kind)s». Move it first."
                )
                % {"part": PlanKind(part).label, "kind": PlanKind(kind).label},
                field="kind",
            )


def check_review_months(months: int) -> None:
    if not 1 <= months <= MOST_REVIEW_MONTHS:
        raise Refused(
            "plan.review_months",
            _("A plan is looked over again after 1 to %(most)s months.") % {"most": MOST_REVIEW_MONTHS},
            field="review_months",
        )


@dataclass(frozen=True)
class Period:
    """First and last day; either may be unknown."""

    start: date | None
    end: date | None

    def overlaps(self, other: "Period") -> bool:
        """Whether a day is in both; two periods of which too little is known do not."""
        if not (self.start and self.end and other.start and other.end):
            return False
        return self.start <= other.end and other.start <= self.end

    @property
    def following(self) -> "Period":
        """As many years right after it; unknown when it is."""
        if not (self.start and self.end):
            return Period(None, None)
        start = self.end + timedelta(days=1)
        months = (start.year - self.start.year) * 12 + start.month - self.start.month
        return Period(start, months_before(start, -months) - timedelta(days=1))
