"""What a value is held against: four ordered limits, a colour for each answer, or one of these per component.

    red | yellow | green        | yellow | red
        ^red_low ^yellow_low    ^yellow_high ^red_high

Each limit may be left out. A value on a limit is inside it (invariant 7 of the care model). The four may go
with a limit on how much a value may change in some days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook.exact_numbers import exact

NAMES = ("red_low", "yellow_low", "yellow_high", "red_high")
CHANGE, WITHIN = "change", "within_days"
MOST_DAYS = 366
Number = int | float | Decimal


class Colour(StrEnum):
    """`NONE`: no rule says anything, so that a person must look."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


ANSWERS = (Colour.GREEN, Colour.YELLOW, Colour.RED)


@dataclass(frozen=True, slots=True)
class Limits:
    """In the unit of the measurement. Nothing is checked until `check_limits` is asked."""

    red_low: Number | None = None
    yellow_low: Number | None = None
    yellow_high: Number | None = None
    red_high: Number | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Limits on how much a value rises within some days; a fall is below 0."""

    within_days: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class LimitsWithChange(Limits):
    """The four limits, of which none need be set, and one on how fast a value may change."""

    change: Change | None = None


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """The colour of each answer, by the answer's code."""

    colours: Mapping[object, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Components:
    """A rule for each component of a measurement, by its code, as the two pressures of a blood pressure."""

    rules: Mapping[str, "Limits | AnswerRules"]


Rule = Limits | AnswerRules | Components


def as_rule(given: object) -> Rule:
    """`given` as a rule, unchecked in itself.

    It may be a rule already; a mapping with some of the four names, or a sequence of all four; a mapping from
    answers to colours, alone or under "answers"; or a mapping from components to any of these. Beside the
    four names there may be "change", a mapping with `within_days` and some of the four names, which are then
    of how much a value rises, and below 0 of how much it falls. Refuses (`limits.unknown`) anything else.
    """
    match given:
        case Limits() | AnswerRules() | Components():
            return given
        case Mapping():
            return _of_mapping(given)
        case str() | bytes():
            raise _unknown(given)
        case Sequence():
            return _of_sequence(given)
        case _ if all(hasattr(given, name) for name in NAMES):
            return Limits(*(getattr(given, name) for name in NAMES))
    raise _unknown(given)


def check_limits(limits: object) -> None:
    """Refuses a rule that cannot be; says nothing of one that can. `limits` is as for `as_rule`.

    Codes: `limits.none_set` no limit or answer at all; `limits.order` two limits in the wrong order, which
    the sentence and `facts` name; `limits.not_a_number`, `limits.not_finite` with the limit's name;
    `limits.colour` an answer with an unknown colour; `limits.unknown` what is no rule; `limits.change` a rise
    that is below 0 or a fall that is above, and `limits.change_days` days that are no whole number from 1.
    """
    match as_rule(limits):
        case LimitsWithChange(change=Change() as change) as four:
            if at := numbers_of(four):
                _check_order(at)
            _check_change(change)
        case Limits() as four:
            _check_order(numbers_of(four))
        case AnswerRules(colours):
            _check_answers(colours)
        case Components(rules):
            if not rules:
                raise _none_set()
            for name, rule in rules.items():
                _check_component(name, rule)


def numbers_of(limits: Limits) -> dict[str, Decimal]:
    """The limits that are set, in order, as exact numbers. Refuses as `check_limits`."""
    found = {}
    for name in NAMES:
        given = getattr(limits, name)
        if given is None:
            continue
        try:
            found[name] = exact(given, what=f"The limit {name}")
        except Refused as refused:
            code = refused.code.replace("number.", "limits.")
            raise Refused(code, refused.sentence, field=name, facts={"limit": name}) from refused
    return found


def _check_order(numbers: Mapping[str, Decimal]) -> None:
    if not numbers:
        raise _none_set()
    for (low, below), (high, above) in pairwise(numbers.items()):
        if below > above:
            raise Refused(
                "limits.order",
                f"{low} is {below} and {high} is {above}, but {low} must not be above {high}. "
                "Change one of them, or let them change places.",
                field=high,
                facts={"low": low, "low_value": below, "high": high, "high_value": above},
            )


def _check_change(change: Change) -> None:
    days = change.within_days
    if (
        isinstance(days, bool)
        or not isinstance(days, Number)
        or days != days // 1
        or not 1 <= days <= MOST_DAYS
    ):
        raise Refused(
            "limits.change_days",
            f"The change is over {days!r} days. Write a whole number from 1 to {MOST_DAYS}.",
            field=WITHIN,
        )
    at = _prefixed(change.limits)
    for name, number in at.items():
        if (number < 0) == name.endswith("high") and number != 0:
            said = "A rise is 0 or more" if name.endswith("high") else "A fall is 0 or less"
            raise Refused(
                "limits.change", f"{said}, and the change {name} is {number}.", field=f"{CHANGE}-{name}",
                facts={"limit": name},
            )  # fmt: skip
    try:
        _check_order(at)
    except Refused as refused:
        field = f"{CHANGE}-{refused.field}" if refused.field else ""
        raise Refused(refused.code, refused.sentence, field=field, facts=refused.facts) from refused


def _prefixed(limits: Limits) -> dict[str, Decimal]:
    """As `numbers_of`; a refusal tells that it is about the change."""
    try:
        return numbers_of(limits)
    except Refused as refused:
        raise Refused(
            refused.code, refused.sentence, field=f"{CHANGE}-{refused.field}", facts=refused.facts
        ) from refused


def _check_answers(colours: Mapping[object, str]) -> None:
    if not colours:
        raise _none_set()
    for answer, shade in colours.items():
        if shade not in ANSWERS:
            raise Refused(
                "limits.colour",
                f"The answer {answer!r} has the colour {shade!r}. It must be green, yellow or red.",
                facts={"answer": answer, "colour": shade},
            )


def _check_component(name: str, rule: Limits | AnswerRules) -> None:
    try:
        check_limits(rule)
    except Refused as refused:
        facts = {**refused.facts, "component": name}
        raise Refused(
            refused.code, f"{name}: {refused.sentence}", field=refused.field, facts=facts
        ) from refused


def _of_mapping(given: Mapping[object, object]) -> Rule:
    if _has_change(given):
        return _with_change(given)
    if given.keys() <= set(NAMES):
        return Limits(**{str(name): value for name, value in given.items()})  # type: ignore[arg-type]
    if given.keys() & set(NAMES):
        raise _unknown_names(given.keys())
    if given.keys() == {"answers"} and isinstance(given["answers"], Mapping):
        return AnswerRules(given["answers"])
    if all(isinstance(value, str) for value in given.values()):
        return AnswerRules({answer: str(value) for answer, value in given.items()})
    if any(value is None or isinstance(value, Number) for value in given.values()):
        raise _unknown_names(given.keys())
    return Components({str(name): _part(name, value) for name, value in given.items()})


def _has_change(given: Mapping[object, object]) -> bool:
    """A component may be called «change»; then it does not say within how many days."""
    change = given.get(CHANGE)
    return given.keys() <= {*NAMES, CHANGE} and isinstance(change, Mapping) and WITHIN in change


def _with_change(given: Mapping[object, object]) -> LimitsWithChange:
    change: Any = given[CHANGE]
    if unknown := change.keys() - {*NAMES, WITHIN}:
        raise _unknown_names(unknown)
    four: dict[str, Any] = {str(name): value for name, value in given.items() if name != CHANGE}
    within: dict[str, Any] = {str(name): value for name, value in change.items() if name != WITHIN}
    return LimitsWithChange(**four, change=Change(change[WITHIN], Limits(**within)))


def _part(name: object, given: object) -> Limits | AnswerRules:
    rule = as_rule(given)
    if isinstance(rule, Components):
        raise Refused("limits.unknown", f"{name} has components of its own; only a whole measurement has.")
    return rule


def _of_sequence(given: Sequence[object]) -> Limits:
    if len(given) != len(NAMES):
        raise Refused(
            "limits.unknown", f"There are {len(given)} limits in a row, but must be four: {', '.join(NAMES)}."
        )
    return Limits(*given)  # type: ignore[arg-type]


def _none_set() -> Refused:
    return Refused("limits.none_set", f"No limit is set. Set at least one of {', '.join(NAMES)}.")


def _unknown_names(given: Iterable[object]) -> Refused:
    unknown = ", ".join(sorted(str(name) for name in given if name not in NAMES))
    return Refused(
        "limits.unknown", f"The limits have {unknown}, which is unknown. Known: {', '.join(NAMES)}."
    )


def _unknown(given: object) -> Refused:
    return Refused(
        "limits.unknown",
        f"{given!r} is no rule. Give limits ({', '.join(NAMES)}), or a colour for each answer.",
    )
