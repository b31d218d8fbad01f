"""What is simulated: units with beds, groups of patients, and the way each goes through the units.

Time is in days from the start of `Model.starts`, each of 24 hours (the simulation has no summer time). A
patient whose treatment is over keeps the bed until the next unit takes him or her: those are discharge-ready
days. Home has no beds and takes everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from samspill.analysis.capacity.checks import check_number, check_whole
from samspill.analysis.capacity.stays import Stay
from samspill.refusal import Refused

SUNDAY = 6
EVERY_DAY = (1.0,) * 7
EVEN_MONTHS = (1.0,) * 12
EVEN_HOURS = (1.0,) * 24


class WhenFull(StrEnum):
    """What becomes of who comes from outside when no bed is free. Who comes from a bed stays in it."""

    WAIT = "wait"
    REFUSE = "refuse"  # goes to the unit's `refused_to`, or is lost to the model
    OVERFLOW = "overflow"  # lies in the corridor; so does who comes from another unit


class Level(StrEnum):
    """Whose beds they are."""

    HOSPITAL = "hospital"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True)
class Unit:
    """A ward, KAD, nursing home or home care. `beds` None is as many as are needed.

    Weekdays are Monday first. `admits` tells on which days it takes new patients; `leaves` the share of those
    whose treatment is over who may go on that day (0 on Sundays, say; the others try the next day at the same
    hour). `beds_by_month` (12), January first, replaces `beds` (nobody is thrown out). `reserved` beds are
    kept for groups of priority 0.
    """

    name: str
    beds: int | None
    level: Level = Level.HOSPITAL
    when_full: WhenFull = WhenFull.WAIT
    refused_to: str = ""
    reserved: int = 0
    admits: tuple[bool, ...] = (True,) * 7
    leaves: tuple[float, ...] = EVERY_DAY
    beds_by_month: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.beds is not None:
            check_whole(self.beds, f"beds of {self.name}")
        check_whole(self.reserved, f"reserved of {self.name}", most=self.beds or 0)
        _check_row(self.leaves, 7, f"leaves of {self.name}", most=1.0)
        _check_row(self.admits, 7, f"admits of {self.name}", most=1.0)
        if set(self.admits) - {True, False}:
            raise Refused("number_out_of_range", f"admits of {self.name} must be 1 or 0 for each weekday.")
        if self.beds_by_month:
            self._check_months()

    def _check_months(self) -> None:
        if self.beds is None:
            raise Refused("beds", f"{self.name} has as many beds as are needed; leave its beds_by_month out.")
        _check_row(self.beds_by_month, 12, f"beds_by_month of {self.name}", positive=False)
        for beds in self.beds_by_month:
            check_whole(beds, f"beds_by_month of {self.name}")


@dataclass(frozen=True)
class Step:
    """What a group does in one unit: the stay, and where next as (unit, share). The rest goes home."""

    unit: str
    stay: Stay
    then: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        for unit, share in self.then:
            check_number(share, f"share from {self.unit} to {unit}", most=1.0)
        if sum(share for _, share in self.then) > 1 + 1e-9:
            raise Refused("shares", f"More than everybody leaves {self.unit}: the shares sum to more than 1.")


@dataclass(frozen=True)
class Group:
    """Patients alike: `arrivals_per_day` come to `enters`, by the clock and the calendar, and go their steps.

    `weekday` (7), `month` (12) and `hour` (24) are relative: each is brought to a mean of 1. `priority` 0
    is first in every queue.
    """

    name: str
    enters: str
    arrivals_per_day: float
    steps: tuple[Step, ...]
    priority: int = 1
    weekday: tuple[float, ...] = EVERY_DAY
    month: tuple[float, ...] = EVEN_MONTHS
    hour: tuple[float, ...] = EVEN_HOURS

    def __post_init__(self) -> None:
        check_number(self.arrivals_per_day, f"arrivals_per_day of {self.name}")
        check_whole(self.priority, f"priority of {self.name}")
        for row, length, name in (
            (self.weekday, 7, "weekday"),
            (self.month, 12, "month"),
            (self.hour, 24, "hour"),
        ):
            _check_row(row, length, f"{name} of {self.name}")

    def step_in(self, unit: str) -> Step | None:
        return next((step for step in self.steps if step.unit == unit), None)


@dataclass(frozen=True)
class Model:
    """Units and groups, whole and in agreement. `holidays` are as Sundays.

    Refuses (code): `duplicate_name`, `unknown_unit`, `circular_blocking`, `circular_refusal`, values out of
    range.
    """

    name: str
    starts: date
    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    holidays: tuple[date, ...] = ()
    places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_names("unit", [unit.name for unit in self.units])
        _check_names("group", [group.name for group in self.groups])
        object.__setattr__(self, "places", {unit.name: place for place, unit in enumerate(self.units)})
        for group in self.groups:
            self._check_group(group)
        _check_no_circle(self._refusals(), "circular_refusal", "each sends those it refuses on to the next")
        _check_no_circle(
            self._blocking(),
            "circular_blocking",
            "patients could wait for each other's beds for ever. Let one of them take patients in the "
            "corridor (when_full: overflow), or let who comes back be a group of its own",
        )

    def weekday_on(self, day: int) -> int:
        """The weekday (0 is Monday) of a day since the start; 6 for a holiday."""
        today = self.starts + timedelta(day)
        return SUNDAY if today in self.holidays else today.weekday()

    def _check_group(self, group: Group) -> None:
        _check_names(f"step of {group.name}", [step.unit for step in group.steps])
        named = {group.enters, *(unit for step in group.steps for unit, _ in step.then)}
        unknown = sorted((named | {step.unit for step in group.steps}) - set(self.places))
        if unknown:
            raise Refused(
                "unknown_unit",
                f"The group {group.name} goes to {unknown[0]}, which is no unit.",
                facts={"unit": unknown[0]},
            )
        onward = {self.units[self.places[group.enters]].refused_to} - {""}
        lacking = sorted(unit for unit in named | onward if group.step_in(unit) is None)
        if lacking:
            raise Refused(
                "unknown_unit",
                f"The group {group.name} may come to {lacking[0]}, but has no step there. Say how long it "
                "stays.",
                facts={"unit": lacking[0]},
            )

    def _refusals(self) -> dict[str, set[str]]:
        for unit in self.units:
            if unit.refused_to and unit.refused_to not in self.places:
                raise Refused(
                    "unknown_unit",
                    f"{unit.name} sends patients to {unit.refused_to}: no such unit.",
                    facts={"unit": unit.refused_to},
                )
        return {unit.name: {unit.refused_to} - {""} for unit in self.units}

    def _blocking(self) -> dict[str, set[str]]:
        """From each unit to those in which its patients may have to wait for a bed."""
        scarce = {
            unit.name
            for unit in self.units
            if unit.beds is not None and unit.when_full is not WhenFull.OVERFLOW
        }
        edges: dict[str, set[str]] = {unit.name: set() for unit in self.units}
        for group in self.groups:
            for step in group.steps:
                edges[step.unit] |= {unit for unit, share in step.then if share > 0 and unit in scarce}
        return edges


def _check_row(
    row: Iterable[float], length: int, name: str, *, most: float = np.inf, positive: bool = True
) -> None:
    values = np.asarray(tuple(row), dtype=np.float64)
    wrong = (
        len(values) != length or not np.isfinite(values).all() or (values < 0).any() or (values > most).any()
    )
    if wrong or (positive and not values.any()):
        upper = "" if np.isinf(most) else f", at most {most:g}"
        raise Refused(
            "number_out_of_range",
            f"The {name} must be {length} numbers, 0 or more{upper}, not all 0.",
            field=name,
            facts={"where": name},
        )


def _check_names(kind: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused(
            "duplicate_name",
            f"The {kind} {twice[0]} stands twice. Give each its own name.",
            facts={"name": twice[0]},
        )
    if not names or not all(names):
        raise Refused("no_name", f"There must be at least one {kind}, and each must have a name.")


def _check_no_circle(edges: dict[str, set[str]], code: str, why: str) -> None:
    """Take away what nothing more leads out of; what remains goes in a circle."""
    left = {start: set(ends) for start, ends in edges.items()}
    while free := [start for start, ends in left.items() if not ends]:
        for start in free:
            del left[start]
        for ends in left.values():
            ends.difference_update(free)
    if left:
        names = sorted(left)[:3]
        raise Refused(code, f"{' and '.join(names)} go in a circle: {why}.", facts={"units": names})
