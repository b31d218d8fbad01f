"""Values that changed too fast, as a graph and a table show them: since when, how much, and by which rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import ngettext

from samspill.care.drawings.axes import day_of
from samspill.care.drawings.graph import Rise
from samspill.care.known_signs import number_said, unit_said
from samspill.care.moves import Moved, moved_by, moved_in
from samspill.care.plain_values import to_numbers
from samspill.care.queries.measured import Measured, Watched, rule_of
from samspill.refusal import Refused
from samspill.rulebook.triage import Change, Judgement, LimitsWithChange, Reason, judge
from samspill.rulebook.triage.limits import Limits


@dataclass(frozen=True)
class Found:
    """A value that changed too fast, and the one it is farthest from within the days of the rule."""

    since: Measured
    one: Measured
    told: Judgement


def last_rise(one: Watched, planned: Change | None) -> Rise | None:
    """The last in what is shown, with how much: «+2.6 kg in 3 days». None when there is none."""
    return _drawn(_last(one, planned))


def rise_by(one: Watched, change: Change) -> Rise | None:
    """The last by one rule, whichever rules they were held against."""
    return _drawn(_last(one, change, by_own=False))


def _drawn(found: Found | None) -> Rise | None:
    if found is None or found.told.moved is None or found.told.days is None:
        return None
    sign = "+" if found.told.reason is Reason.ROSE else "\N{MINUS SIGN}"
    unit = unit_said(found.one.row.unit)
    moved = f"{sign}{number_said(found.told.moved)} {unit}".strip()
    days = max((day_of(found.one.row.effective) - day_of(found.since.row.effective)).days, 1)
    said = ngettext("%(moved)s in %(days)s day", "%(moved)s in %(days)s days", days)
    return Rise(found.since.row.effective, found.one.row.effective, said % {"moved": moved, "days": days})


def moved_last(one: Watched, planned: Change | None) -> Moved | None:
    """Why the newest value is outside, when it is because it changed too fast."""
    latest = one.latest
    if latest is None:
        return None
    kept = moved_of(latest)
    if kept is not None or planned is None or latest.colour != "green":
        return kept
    found = _last(one, planned)
    return moved_in(found.told, latest.row.unit) if found is not None and found.one is latest else None


def moved_of(one: Measured) -> Moved | None:
    """As it was judged when it came."""
    return moved_by(getattr(one.row, "triage", None), one.row.unit)


def _last(one: Watched, planned: Change | None, *, by_own: bool = True) -> Found | None:
    counting = [each for each in one.measured if each.counts and _number(each) is not None]
    for place in range(len(counting) - 1, 0, -1):
        if (found := _found(counting[: place + 1], planned, by_own)) is not None:
            return found
    return None


def _found(until: Sequence[Measured], planned: Change | None, by_own: bool) -> Found | None:
    one = until[-1]
    rule = rule_of(one.rule) if by_own else None
    change = rule.change if isinstance(rule, LimitsWithChange) else planned
    if change is None:
        return None
    told = judged(LimitsWithChange(change=change), until)
    if told is None or told.reason not in (Reason.ROSE, Reason.FELL):
        return None
    begins = one.row.effective - timedelta(days=int(change.within_days))
    before = [each for each in until[:-1] if each.row.effective >= begins]
    far = min if told.reason is Reason.ROSE else max
    return Found(far(before, key=lambda each: _number(each) or Decimal(0)), one, told)


def judged(rule: Limits, until: Sequence[Measured]) -> Judgement | None:
    """What a rule says of the last, with those before it; None when it cannot be used."""
    try:
        return judge(rule, series(until))
    except (Refused, TypeError):
        return None


def series(until: Sequence[Measured]) -> list[tuple[datetime, Any]]:
    return [(each.row.effective, to_numbers(each.row.value)) for each in until]


def _number(one: Measured) -> Decimal | None:
    value = to_numbers(one.row.value)
    return value if isinstance(value, Decimal) else None
