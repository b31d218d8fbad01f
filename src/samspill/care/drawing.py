"""The numbers of a patient as a small drawing and a table: what was measured, and what is usual.

The drawing is in a box of `WIDE` by `HIGH`; text is no smaller than 12 px where it is shown as wide as that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from samspill.care.entry_fields import UNITS
from samspill.care.queries.own import BACK, Shown, number_of
from samspill.rulebook.safety_net.plans import written

WIDE, HIGH, EDGE = 340, 150, 14
PLOT_LEFT, PLOT_RIGHT = 40, 330


@dataclass(frozen=True)
class Point:
    x: str
    y: str
    colour: str


@dataclass(frozen=True)
class Band:
    """What is usual: from `y` and `high` downwards in the drawing."""

    y: str
    high: str


@dataclass(frozen=True)
class Drawn:
    """`points` oldest first with the line `through` them, `ticks` (height, text), `rows` newest first.

    Places are text, so that no language writes them with a comma.
    """

    shown: Shown
    last: str
    unit: str
    points: tuple[Point, ...]
    through: str
    band: Band | None
    ticks: tuple[tuple[str, str], ...]
    rows: tuple[tuple[datetime, str, str], ...]


def drawn(shown: Shown, now: datetime) -> Drawn:
    """The last thirty days. With fewer than two numbers there is a table, and no drawing."""
    rows = tuple((one.effective, said(one.value), one.triage.colour) for one in shown.rows)
    last, unit = (
        rows[0][1] if rows else "",
        unit_said(shown.watch.indicator.unit if shown.watch.indicator else ""),
    )
    numbers = [
        (one.effective, float(number), one.triage.colour)
        for one in reversed(shown.rows)
        if (number := number_of(one.value)) is not None
    ]
    if len(numbers) < 2 or not shown.is_measured:
        return Drawn(shown, last, unit, (), "", None, (), rows)
    low, high = _span([value for _at, value, _colour in numbers], shown.rule)
    points = tuple(Point(_across(at, now), _down(value, low, high), colour) for at, value, colour in numbers)
    line = " ".join(f"{one.x},{one.y}" for one in points)
    ticks = tuple(
        (_down(value, low, high), said(str(round(Decimal(value), 1))))
        for value in (low, (low + high) / 2, high)
    )
    return Drawn(shown, last, unit, points, line, _band(shown.rule, low, high), ticks, rows)


def unit_said(unit: str) -> str:
    """A unit as people say it."""
    return str(UNITS.get(unit, unit))


def said(value: Any) -> str:
    """A value as people write it; both blood pressures with a stroke between."""
    if isinstance(value, Mapping):
        return "/".join(said(one) for one in value.values())
    try:
        return written(Decimal(str(value)), "nb")
    except ArithmeticError:
        return str(value)


def _limits(rule: object) -> tuple[float | None, float | None]:
    """Between which values nothing is outside."""
    if not isinstance(rule, Mapping):
        return None, None
    low = rule.get("yellow_low", rule.get("red_low"))
    high = rule.get("yellow_high", rule.get("red_high"))
    return (_float(low), _float(high))


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, Decimal) else None


def _span(values: list[float], rule: object) -> tuple[float, float]:
    every = [*values, *(one for one in _limits(rule) if one is not None)]
    low, high = min(every), max(every)
    air = (high - low) * 0.1 or 1.0
    return low - air, high + air


def _across(at: datetime, now: datetime) -> str:
    part = 1 - (now - at) / BACK
    return f"{PLOT_LEFT + max(0.0, min(1.0, part)) * (PLOT_RIGHT - PLOT_LEFT):.1f}"


def _down(value: float, low: float, high: float) -> str:
    return f"{EDGE + (high - value) / (high - low) * (HIGH - 2 * EDGE):.1f}"


def _band(rule: object, low: float, high: float) -> Band | None:
    under, over = _limits(rule)
    if under is None and over is None:
        return None
    top = _down(high if over is None else over, low, high)
    bottom = _down(low if under is None else under, low, high)
    return Band(top, f"{float(bottom) - float(top):.1f}")
