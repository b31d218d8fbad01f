"""How many are needed for a workload: WISN, posts that must always be manned, midwives per birth.

WHO 2010, Workload indicators of staffing need (WISN): user's manual, ISBN 978 92 4 150019 7. Time is in
hours; sick leave is part of available time here, and never of the norm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from samspill.analysis.workforce.terms import SECTORS, Floats, place_of
from samspill.refusal import Refused

DAYS_PER_YEAR = 365
FILE = Path(__file__).with_name("working_time.yaml")


@dataclass(frozen=True)
class WorkingTime:
    """A year of one full post. Days away are working days; `hours_per_day` is of a working day."""

    hours_per_week: float
    days_per_week: float = 5.0
    weeks: float = 52.0
    leave: float = 0.0
    holidays: float = 0.0
    sick: float = 0.0
    training: float = 0.0

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not np.isfinite(value) or value < 0:
                raise Refused(
                    "number_out_of_range", f"«{name}» is {value:g}; it must be 0 or more.", field=name
                )
        if not self.days_per_week or not self.hours_per_week or self.days <= 0:
            raise Refused(
                "no_working_time",
                "No time is left to work in. Check the hours, and the days of leave, holidays and sickness.",
                field="leave",
            )

    @property
    def days(self) -> float:
        """Working days that are left in a year."""
        return self.weeks * self.days_per_week - self.leave - self.holidays - self.sick - self.training

    @property
    def hours(self) -> float:
        """Available working time (AWT): (weeks - leave - holidays - sick - training) · hours."""
        return self.days * self.hours_per_week / self.days_per_week


@dataclass(frozen=True)
class Activity:
    """Something done `units` times a year by anybody of the profession, `hours` each time."""

    name: str
    units: float
    hours: float

    def standard_workload(self, available: float) -> float:
        """Units that one full post does in a year of `available` hours."""
        return available / self.hours


@dataclass(frozen=True)
class Support:
    """What all do besides, as a share of the available time (category allowance standard)."""

    name: str
    share: float


@dataclass(frozen=True)
class Additional:
    """What some do besides: `persons` of them, `hours` a year each (individual allowance standard)."""

    name: str
    persons: float
    hours: float


@dataclass(frozen=True)
class StaffNeed:
    """FTE that a workload needs: basic · category factor + individual factor = total."""

    available_hours: float
    by_activity: Mapping[str, float]
    category_factor: float
    individual_factor: float

    @property
    def basic(self) -> float:
        return sum(self.by_activity.values())

    @property
    def total(self) -> float:
        return self.basic * self.category_factor + self.individual_factor

    def ratio(self, present: float) -> float:
        """The WISN ratio: 1 is enough, below it somebody lacks and those who are there are pressed."""
        if not self.total:
            raise Refused("no_workload", "There is no workload to compare with. Add an activity.")
        return present / self.total


def wisn(
    time: WorkingTime,
    activities: Sequence[Activity],
    support: Sequence[Support] = (),
    additional: Sequence[Additional] = (),
) -> StaffNeed:
    """The WISN staff requirement. Refuses support that takes all the time, and times that cannot be."""
    for one in activities:
        _check_number(one.name, one.units)
        _check_number(one.name, one.hours, above=True)
    for extra in additional:
        _check_number(extra.name, extra.persons)
        _check_number(extra.name, extra.hours)
    shares = sum(one.share for one in support)
    if any(one.share < 0 for one in support) or shares >= 1:
        raise Refused(
            "support_share",
            f"Support takes {100 * shares:.0f} per cent of the time; it must be 0 or more, and below 100.",
            field="support",
        )
    hours = time.hours
    needed = {one.name: one.units / one.standard_workload(hours) for one in activities}
    if len(needed) < len(activities):
        raise Refused("activity_twice", "Two activities have the same name. Rename one.", field="activities")
    individual = sum(one.persons * one.hours for one in additional) / hours
    return StaffNeed(hours, needed, 1 / (1 - shares), individual)


def shift_fte(
    posts: float, hours_per_day: float, available_hours: float, *, days: float = DAYS_PER_YEAR
) -> float:
    """FTE for `posts` that are manned `hours_per_day` on `days` of the year: posts·hours·days/AWT."""
    _check_number("posts", posts)
    _check_number("hours_per_day", hours_per_day)
    _check_number("available_hours", available_hours, above=True)
    if hours_per_day > 24:
        raise Refused("hours_per_day", "A day has 24 hours. Give as many or fewer.", field="hours_per_day")
    return posts * hours_per_day * days / available_hours


@dataclass(frozen=True, eq=False)
class CareElement:
    """A part of maternity care: midwife hours per birth, a number or (D,), and the level that gives it."""

    name: str
    sector: str
    hours_per_birth: float | Floats


def midwife_fte(births: Floats, elements: Sequence[CareElement], available_hours: float | Floats) -> Floats:
    """(years, K, D) midwife FTE for `births` (years, D) in a model of care: births · hours / AWT.

    A model is its elements; compare models on the same draws of births. Refuses births that lack, are
    negative, and elements nobody gives.
    """
    if births.ndim != 2 or not np.isfinite(births).all() or (births < 0).any():
        raise Refused("births", "Births must be (years, draws) of 0 or more, none missing.", field="births")
    if not elements or (np.asarray(available_hours) <= 0).any():
        raise Refused("care_elements", "A model needs one element of care, and time to give it.")
    width = max([births.shape[1], *(np.size(one.hours_per_birth) for one in elements)])
    fte = np.zeros((len(births), len(SECTORS), width))
    for one in elements:
        hours = np.asarray(one.hours_per_birth, dtype=np.float64)
        if (hours < 0).any() or not np.isfinite(hours).all():
            raise Refused("care_elements", f"The hours of «{one.name}» must be 0 or more.", field=one.name)
        fte[:, place_of(one.sector, SECTORS, "sector")] += births * hours / available_hours
    return fte


@dataclass(frozen=True)
class WorkingTimeNorm:
    """A customary year of a full post, with where it is from."""

    code: str
    nb: str
    nn: str
    time: WorkingTime
    applies_from: date
    source: str
    licence: str
    assumption: bool


@cache
def working_times() -> dict[str, WorkingTimeNorm]:
    """Customary years of full posts by code, as dated and sourced in `working_time.yaml`."""
    rows = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        code: WorkingTimeNorm(
            code=code,
            nb=row["nb"],
            nn=row["nn"],
            time=WorkingTime(**row["time"]),
            applies_from=row["from"],
            source=row["source"],
            licence=row["licence"],
            assumption=row["assumption"],
        )
        for code, row in rows.items()
    }


def _check_number(name: str, value: float, *, above: bool = False) -> None:
    if not np.isfinite(value) or value < 0 or (above and not value):
        wanted = "above 0" if above else "0 or more"
        raise Refused("number_out_of_range", f"«{name}» has {value:g}; it must be {wanted}.", field=name)
