"""How urgent an alert is: which comes first, and by which clock others are told. Plain values."""

from datetime import datetime

from django.utils import timezone

from samspill.rulebook.triage import Colour, Escalation, escalation_at
from samspill.rulebook.triage.colours import WORSE
from samspill.rulebook.triage.escalation import KINDS


def rank_of(severity: str) -> int:
    """The worst first: 0 is red."""
    return len(WORSE) - 1 - WORSE[Colour(severity)]


def clock_of(kind: str, severity: str) -> str:
    """By what an alert escalates: its kind, when the table has a clock for that, or its colour."""
    return kind if kind in KINDS and escalation_at(timezone.now(), kind) else severity


def next_step(began: datetime, clock: str, level: int) -> Escalation | None:
    """Who is told after `level`, and when, of a clock that began then; None when all have been told."""
    return next((one for one in escalation_at(began, clock) if one.level > level), None)


def next_after(escalates: datetime, raised: datetime, clock: str, level: int) -> datetime | None:
    """When others are told after `level`, which is told at `escalates`: the clock may have begun anew."""
    first = {one.level: one.at for one in escalation_at(raised, clock)}
    later = next_step(escalates - (first.get(level, raised) - raised), clock, level)
    return later.at if later else None
