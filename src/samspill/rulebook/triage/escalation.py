"""When somebody else must be told that an alert still waits: clocks as plain values, to be stored with the
alert.

The table is ours (`norway/triage/escalation.yaml`) or a service's own, in the same form. Not here: who is on
duty, and what stops the clock (taken, closed): that is for whoever keeps the alert.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.triage.limits import Colour
from samspill.rulebook.wall_clock import check_zoned, shown

FILE = strict_yaml.HERE / "triage" / "escalation.yaml"
KINDS = (
    *(one.value for one in Colour),
    "missing",
    "unexpected",
    "machine_failure",
    "message",
    "safety_answer",
)
"""What an alert can be raised by: the colours, and the other kinds."""
_MOST = 60 * 24 * 31  # minutes


@dataclass(frozen=True, slots=True)
class Step:
    """`to` is a role; `always_staffed` that it has somebody at every hour."""

    level: int
    after: timedelta
    to: str
    always_staffed: bool = False


@dataclass(frozen=True, slots=True)
class Escalation:
    """The instant, in UTC, from which `to` must be told, if the alert is still not taken."""

    level: int
    at: datetime
    to: str


def escalation_at(
    raised: datetime, colour: str, table: Mapping[str, Sequence[object]] | None = None
) -> tuple[Escalation, ...]:
    """The levels t1, t2 … of an alert, in order; empty when it does not escalate, as green.

    raised  when the alert was raised, with a zone; clocks count time that passes
    colour  the colour, or another of `KINDS`
    table   a service's own: kind → steps, each a `Step` or a mapping with level, after (minutes), to and
            perhaps always_staffed; the default of the day `raised` when it is None

    Refuses (code): `escalation.kind`, `time.no_zone`, and as `check_escalation`.
    """
    start = check_zoned(raised, what="When the alert was raised")
    if colour not in KINDS:
        raise Refused("escalation.kind", f"{colour!r} is no kind of alert. Known: {', '.join(KINDS)}.")
    steps = _defaults(shown(start).date()) if table is None else _read(table)
    return tuple(Escalation(one.level, start + one.after, one.to) for one in steps.get(str(colour), ()))


def reached(escalations: Sequence[Escalation], now: datetime) -> int:
    """The highest level whose instant has come; 0 when none has."""
    at = check_zoned(now, what="Now")
    return max((one.level for one in escalations if one.at <= at), default=0)


def check_escalation(table: Mapping[str, Sequence[object]]) -> None:
    """Refuses a table that cannot be.

    Codes: `escalation.kind` an unknown kind; `escalation.order` levels that are not 1, 2, 3 … with rising
    times above 0; `escalation.unstaffed` a last step to nobody who is always there; unknown keys.
    """
    _read(table)


def _read(table: Mapping[str, Sequence[object]]) -> dict[str, tuple[Step, ...]]:
    unknown = sorted(str(kind) for kind in table if kind not in KINDS)
    if unknown:
        raise Refused(
            "escalation.kind", f"{', '.join(unknown)} is no kind of alert. Known: {', '.join(KINDS)}."
        )
    return {str(kind): _steps(str(kind), rows) for kind, rows in table.items()}


def _steps(kind: str, rows: Sequence[object]) -> tuple[Step, ...]:
    steps = tuple(row if isinstance(row, Step) else _step(kind, row) for row in rows)
    rising = all(one.after < other.after for one, other in pairwise(steps))
    if [one.level for one in steps] != [*range(1, len(steps) + 1)] or not rising:
        raise Refused(
            "escalation.order",
            f"The steps of {kind} must have the levels 1, 2, 3 … in order, each later than the one before.",
            facts={"kind": kind},
        )
    if steps and not steps[-1].always_staffed:
        raise Refused(
            "escalation.unstaffed",
            f"The last step of {kind} goes to {steps[-1].to}, who is not always there. Let it end at one who "
            "is.",
            facts={"kind": kind, "to": steps[-1].to},
        )
    return steps


def _step(kind: str, row: object) -> Step:
    said = strict_yaml.check_keys(
        row, must=("level", "after", "to"), may=("always_staffed",), where=f"A step of {kind}"
    )
    minutes = exact(said["after"], what=f"The minutes of a step of {kind}")
    if not 0 < minutes <= _MOST:
        raise Refused(
            "escalation.order", f"A step of {kind} comes after {minutes} minutes; say 1 to {_MOST}."
        )
    to = strict_yaml.check_text(said["to"], where=f"Whom a step of {kind} goes to")
    return Step(
        said["level"], timedelta(minutes=float(minutes)), to, said.get("always_staffed", False) is True
    )


def _defaults(day: date) -> dict[str, tuple[Step, ...]]:
    holding = [steps for start, steps in _known() if start <= day]
    if not holding:
        raise Refused(
            "escalation.day", f"No defaults are known for {day:%d.%m.%Y}. Give a table, or a later day."
        )
    return holding[-1]


@cache
def _known() -> tuple[tuple[date, dict[str, tuple[Step, ...]]], ...]:
    rows: list[Any] = []
    for row in strict_yaml.check_list(strict_yaml.read(FILE), where=FILE.name):
        strict_yaml.check_keys(row, must=("from", "source", "unit", "steps"), where=FILE.name)
        strict_yaml.check_text(row["source"], where=f"The source in {FILE.name}")
        strict_yaml.check_one_of(row["unit"], ("min",), where=f"The unit in {FILE.name}")
        rows.append((strict_yaml.check_day(row["from"], where=FILE.name), _read(row["steps"])))
    return tuple(sorted(rows, key=lambda pair: pair[0]))
