"""Where values lie in a plan: inside or outside, what it looks like, what to do and whom to call now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from samspill.refusal import Refused
from samspill.rulebook.safety_net.contacts import Contact, contacts_at
from samspill.rulebook.safety_net.plans import Indicator, Level, Plan, described
from samspill.rulebook.triage.changes import change
from samspill.rulebook.triage.colours import Colour, Reason, judge, worst
from samspill.rulebook.wall_clock import OSLO, check_zoned


@dataclass(frozen=True, slots=True)
class PlacedIndicator:
    """`looks` is what the plan says of the level; `value` the one that was placed.

    limit and at  the limit it is beyond, "" and None when it is inside; `change` when it rose or fell too
                  much
    """

    id: str
    name: str
    colour: Colour
    looks: str
    value: object
    limit: str = ""
    at: Decimal | None = None

    @property
    def is_inside(self) -> bool:
        return self.colour is Colour.GREEN


@dataclass(frozen=True, slots=True)
class Placed:
    """The worst of the indicators, and what the plan says of it.

    colour  none when something could not be placed and nothing is worse; then `do` and `call` are those of
            yellow
    call    who answers now, in the plan's order
    """

    colour: Colour
    indicators: tuple[PlacedIndicator, ...]
    title: str
    do: str
    why: str
    own_step: str
    call: tuple[Contact, ...]

    @property
    def is_inside(self) -> bool:
        return self.colour is Colour.GREEN

    @property
    def outside(self) -> tuple[PlacedIndicator, ...]:
        return tuple(one for one in self.indicators if not one.is_inside)


def place(
    plan: Plan,
    values: Mapping[str, object],
    now: datetime,
    *,
    closed_days: Collection[date] = (),
    zone: str = OSLO,
) -> Placed:
    """What the plan answers to some values at `now`.

    values       by indicator. Measured: a number in the unit we keep, or (when, number) pairs up to now, of
                 which the last is placed and a limit on change is held against the others. Asked or observed:
                 the level whose words fit, "green", "yellow" or "red"
    closed_days  public holidays, on which contacts answer as on a Sunday

    Refuses (code): `safety_net.no_values`, `safety_net.unknown_indicator`, `safety_net.answer` a level that
    the indicator does not have, and numbers as `triage.colour`.
    """
    known = {one.id: one for one in plan.indicators}
    unknown = sorted(str(name) for name in values if name not in known)
    if unknown:
        raise Refused(
            "safety_net.unknown_indicator",
            f"The plan does not watch {', '.join(unknown)}. It watches {', '.join(known)}.",
        )
    if not values:
        raise Refused(
            "safety_net.no_values", "Give at least one value, so that there is something to answer."
        )
    at = check_zoned(now, what="Now")
    placed = tuple(
        _placed(one, values[name], at, plan.language) for name, one in known.items() if name in values
    )
    shade = worst(one.colour for one in placed)
    told = plan.levels.get(Colour.YELLOW if shade is Colour.NONE else shade, Level("", ""))
    call = contacts_at(told.contacts, at, closed_days=closed_days, zone=zone)
    return Placed(shade, placed, told.title, told.do, told.why, told.own_step, call)


def _placed(one: Indicator, value: object, now: datetime, language: str) -> PlacedIndicator:
    if one.kind != "measured":
        return _answered(one, value, language)
    series = _series(value)
    number = value if series is None else _last(one, series, now)
    told = judge(one.limits, number)
    colour, limit, at = told.colour, told.limit, told.at
    if series is not None and one.change is not None:
        quick = _quick(one, series, now)
        if worst((colour, quick)) is not colour:
            colour, limit, at = quick, "change", None
    looks = described(one, colour, language) if told.reason is not Reason.NO_RULE else ""
    return PlacedIndicator(one.id, one.name, colour, looks, number, limit, at)


def _last(one: Indicator, series: Sequence[tuple[datetime, object]], now: datetime) -> object:
    known = [pair for pair in series if pair[0] <= now]
    if not known:
        raise Refused("safety_net.no_values", f"{one.name}: no value was measured before now.")
    return max(known, key=lambda pair: pair[0])[1]


def _quick(one: Indicator, series: Sequence[tuple[datetime, object]], now: datetime) -> Colour:
    """The colour of how much it rose or fell; green when there is nothing to compare with."""
    rule = one.change
    found = change(series, now, timedelta(days=rule.within_days)) if rule else None
    if rule is None or found is None:
        return Colour.GREEN
    rose, fell = found
    return worst((judge(rule.limits, rose).colour, judge(rule.limits, -fell).colour))


def _series(value: object) -> Sequence[tuple[datetime, object]] | None:
    if isinstance(value, Sequence) and not isinstance(value, str):
        if not all(isinstance(pair, Sequence) and len(pair) == 2 for pair in value):
            raise Refused("value.shape", "A row of measurements is pairs of when and value.", field="value")
        return [(check_zoned(when), number) for when, number in value]
    return None


def _answered(one: Indicator, value: object, language: str) -> PlacedIndicator:
    if not isinstance(value, str) or not one.levels.get(value):
        has = ", ".join(level for level, text in one.levels.items() if text)
        raise Refused(
            "safety_net.answer",
            f"{one.name}: {value!r} is no answer in the plan. Choose among {has}.",
            field=one.id,
        )
    colour = Colour(value)
    return PlacedIndicator(one.id, one.name, colour, described(one, value, language), value)
