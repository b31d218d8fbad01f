"""How fast a value has changed, in words: «has gone up more than 2 kg in 3 days»."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext

from samspill.care.known_signs import number_said, unit_said
from samspill.care.models import TriageResult
from samspill.rulebook.triage import Judgement, Reason
from samspill.rulebook.triage.limits import CHANGE, WITHIN

MOVED = (Reason.ROSE, Reason.FELL)


@dataclass(frozen=True)
class Moved:
    """`limit` is how far it may rise or fall within `days`, in the unit, without a sign."""

    reason: str
    limit: str
    days: int
    unit: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {"reason": self.reason, "limit": self.limit, "days": self.days, "unit": self.unit}

    @property
    def said(self) -> str:
        """What comes after the value: «has gone up more than 2 kg in 3 days»."""
        words = _rose(self.days) if self.reason == Reason.ROSE else _fell(self.days)
        limit = f"{number_said(self.limit)} {unit_said(self.unit)}".strip()
        return words % {"limit": limit, "days": self.days}


def _rose(days: int) -> str:
    return ngettext(
        "has gone up more than %(limit)s in %(days)s day",
        "has gone up more than %(limit)s in %(days)s days",
        days,
    )


def _fell(days: int) -> str:
    return ngettext(
        "has gone down more than %(limit)s in %(days)s day",
        "has gone down more than %(limit)s in %(days)s days",
        days,
    )


def moved_by(triage: TriageResult | None, unit: str) -> Moved | None:
    """What decided its colour, as it was kept, when that was how much it had changed."""
    bound = triage.threshold if triage is not None and triage.reason in MOVED else None
    rule = bound.rule if bound is not None else None
    change = rule.get(CHANGE) if isinstance(rule, Mapping) else None
    if triage is None or not isinstance(change, Mapping) or triage.limit not in change:
        return None
    return Moved(triage.reason, str(change[triage.limit]).lstrip("-"), int(change[WITHIN]), unit)


def moved_in(told: Judgement | None, unit: str) -> Moved | None:
    """The same, of a judgement."""
    if told is None or told.reason not in MOVED or told.at is None or told.days is None:
        return None
    return Moved(told.reason, str(abs(told.at)), told.days, unit)


def from_plain(kept: Mapping[str, Any]) -> Moved:
    return Moved(kept["reason"], kept["limit"], kept["days"], kept["unit"])
