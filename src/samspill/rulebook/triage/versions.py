"""Which version of the limits a measurement belongs to: the one in force when it was measured.

A late measurement is judged by the limits of its own time, and a changed limit colours later ones only
(invariant 6 of the care model).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from samspill.refusal import Refused
from samspill.rulebook.triage.limits import Rule
from samspill.rulebook.wall_clock import check_zoned


@dataclass(frozen=True, slots=True)
class Version:
    """A rule from `valid_from` until the next one begins; `rule` None ends it without another."""

    valid_from: datetime
    rule: Rule | None
    number: int = 0


def in_force(versions: Iterable[Version], effective: datetime) -> Version | None:
    """The version that held at `effective`; None before the first. A version holds from its first instant on.

    Refuses (`versions.same_start`) two that begin at the same instant, since neither is the later.
    """
    at = check_zoned(effective, what="The time of the measurement")
    begun = sorted(((check_zoned(one.valid_from), one) for one in versions), key=lambda pair: pair[0])
    starts = [start for start, _one in begun]
    if len(set(starts)) < len(starts):
        raise Refused(
            "versions.same_start", "Two versions of the limits begin at the same instant. Keep one."
        )
    holding = [one for start, one in begun if start <= at]
    return holding[-1] if holding else None
