"""What counts of stays say of how long stays are, and of the queue behind a published waiting figure.

Open figures give numbers of stays and of bed-days in cells (age group, chapter), never the lengths. A cell's
mean is known; how stays spread within it (`cv`, sd / mean) is not in them and must be given.
The spread between cells is known and comes out of the mixture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.analysis.capacity.checks import check_number, check_positive
from samspill.analysis.capacity.stays import LogNormal, Mixture
from samspill.refusal import Refused


def stay_from_counts(stays: Sequence[float], bed_days: Sequence[float], *, cv: float) -> Mixture:
    """Stays of all cells together: a log-normal for each cell, with the cell's own mean.

    `stays` and `bed_days` (cells,) of a year; cells without stays are left out. Refuses (code) `counts`:
    rows of different length, nobody at all, or bed-days in a cell without stays.
    """
    check_positive(cv, "cv")
    if len(stays) != len(bed_days):
        raise Refused("counts", f"There are {len(stays)} counts of stays and {len(bed_days)} of bed-days.")
    for count, days in zip(stays, bed_days, strict=True):
        check_number(count, "stays")
        check_number(days, "bed_days")
        if (count == 0) != (days == 0):
            raise Refused(
                "counts", f"A cell has {count:g} stays and {days:g} bed-days; it needs both, or neither."
            )
    cells = [(count, days) for count, days in zip(stays, bed_days, strict=True) if count > 0]
    if not cells:
        raise Refused("counts", "There are no stays to learn from.")
    whole = sum(count for count, _ in cells)
    return Mixture(
        tuple(LogNormal(days / count, cv) for count, days in cells),
        tuple(count / whole for count, _ in cells),
    )


@dataclass(frozen=True)
class ReadyDays:
    """Discharge-ready patients of a year: `mean_occupied` beds they held, and days per stay that waited."""

    mean_occupied: float
    days_per_waiting_stay: float
    share_waiting: float


def ready_days(
    overstay_days: float, stays_with_overstay: float, stays_without_overstay: float, *, days: int = 365
) -> ReadyDays:
    """What published totals of discharge-ready patients come to in beds (Little's law)."""
    check_number(overstay_days, "overstay_days")
    check_positive(stays_with_overstay, "stays_with_overstay")
    check_number(stays_without_overstay, "stays_without_overstay")
    return ReadyDays(
        mean_occupied=overstay_days / days,
        days_per_waiting_stay=overstay_days / stays_with_overstay,
        share_waiting=stays_with_overstay / (stays_with_overstay + stays_without_overstay),
    )
