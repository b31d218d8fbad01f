"""Which colour a value has, and which limit says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from samspill.refusal import Refused
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.triage.changes import change
from samspill.rulebook.triage.limits import (
    AnswerRules,
    Change,
    Colour,
    Components,
    Limits,
    LimitsWithChange,
    as_rule,
    check_limits,
    numbers_of,
)
from samspill.rulebook.wall_clock import check_zoned

__all__ = ["Colour", "Judgement", "Reason", "colour", "judge", "worst"]

WORSE = {Colour.GREEN: 0, Colour.NONE: 1, Colour.YELLOW: 2, Colour.RED: 3}
"""What no rule says anything of must be looked at by a person, and so is worse than green."""


class Reason(StrEnum):
    INSIDE = "inside"
    BELOW = "below"
    ABOVE = "above"
    ROSE = "rose"
    FELL = "fell"
    ANSWER = "answer"
    NO_RULE = "no_rule"
    ANSWER_WITHOUT_RULE = "answer_without_rule"
    COMPONENT_MISSING = "component_missing"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The colour and what it rests on.

    limit      the name of the limit that the value is beyond: the outermost; "" when it is inside
    at         what that limit is
    component  the component that decides, of a measurement with several; "" otherwise
    parts      the judgement of each component
    moved      how far it rose or fell, and `days` within how many, when that decides; then `limit` is the
               name of the limit on the change
    """

    colour: Colour
    reason: Reason
    limit: str = ""
    at: Decimal | None = None
    component: str = ""
    parts: Mapping[str, "Judgement"] | None = None
    moved: Decimal | None = None
    days: int | None = None


def colour(limits: object, value: object) -> Colour:
    """Green, yellow or red; none when `limits` is None or says nothing of the answer. A value on a limit is
    inside.

    limits  `Limits`, a mapping with some of red_low, yellow_low, yellow_high, red_high, or all four in a row;
            a mapping from answers to colours; or a mapping from components to any of these. Beside the four
            there may be a limit on change, as `as_rule` has it
    value   a number; the answer; or a mapping from components to values. The worst of them decides. For a
            limit on change (when, number) pairs: the last is judged, and held against those before it. A
            number alone has nothing to be held against

    Refuses limits as `check_limits`, and a value (`value.not_a_number`, `value.not_finite`, `value.shape`).
    """
    return judge(limits, value).colour


def judge(limits: object, value: object) -> Judgement:
    """As `colour`, with what it rests on."""
    if limits is None:
        return Judgement(Colour.NONE, Reason.NO_RULE)
    rule = as_rule(limits)
    check_limits(rule)
    return _judged(rule, value)


def worst(colours: Iterable[Colour | str]) -> Colour:
    """Red before yellow before none before green; none when there are no colours."""
    return max(map(Colour, colours), key=WORSE.__getitem__, default=Colour.NONE)


def _judged(rule: Limits | AnswerRules | Components, value: object) -> Judgement:
    match rule:
        case Limits():
            return _over_time(rule, value)
        case AnswerRules(colours):
            return _answered(colours, value)
        case Components(rules):
            return _combined(rules, value)


def _over_time(limits: Limits, value: object) -> Judgement:
    """The last value by the four limits, and by how much it has changed: the worse decides."""
    series = series_in(value)
    if series is None:
        return _measured(limits, value)
    when, last = max(series, key=lambda pair: pair[0])
    rule = limits.change if isinstance(limits, LimitsWithChange) else None
    told = _measured(limits, last)
    return told if rule is None else _worse(told, _moved(rule, series, when))


def series_in(value: object) -> Sequence[tuple[datetime, object]] | None:
    """(when, number) pairs as they are given; None when it is something else."""
    is_row = isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and len(value) > 0
    if not is_row or not all(isinstance(one, Sequence) and len(one) == 2 for one in value):  # type: ignore[attr-defined]
        return None
    return [(check_zoned(when), number) for when, number in value]  # type: ignore[attr-defined]


def _moved(rule: Change, series: Sequence[tuple[datetime, object]], at: datetime) -> Judgement:
    """By how far it rose or fell, whichever is worse; inside when there is nothing to compare with."""
    found = change(series, at, timedelta(days=int(rule.within_days)))
    if found is None:
        return Judgement(Colour.GREEN, Reason.INSIDE)
    rose, fell = found
    up, down = _measured(rule.limits, rose), _measured(rule.limits, -fell)
    days = int(rule.within_days)
    if up.reason is Reason.ABOVE and WORSE[up.colour] >= WORSE[down.colour]:
        return replace(up, reason=Reason.ROSE, moved=rose, days=days)
    if down.reason is Reason.BELOW:
        return replace(down, reason=Reason.FELL, moved=fell, days=days)
    return Judgement(Colour.GREEN, Reason.INSIDE)


def _worse(one: Judgement, other: Judgement) -> Judgement:
    return other if WORSE[other.colour] > WORSE[one.colour] else one


def _measured(limits: Limits, value: object) -> Judgement:
    number = _number(value)
    at = numbers_of(limits)
    beyond = (
        ("red_low", Colour.RED, Reason.BELOW), ("red_high", Colour.RED, Reason.ABOVE),
        ("yellow_low", Colour.YELLOW, Reason.BELOW), ("yellow_high", Colour.YELLOW, Reason.ABOVE),
    )  # fmt: skip
    for name, shade, side in beyond:
        if name in at and (number < at[name] if side is Reason.BELOW else number > at[name]):
            return Judgement(shade, side, name, at[name])
    return Judgement(Colour.GREEN, Reason.INSIDE)


def _number(value: object) -> Decimal:
    try:
        return exact(value)
    except Refused as refused:
        raise Refused(refused.code.replace("number.", "value."), refused.sentence, field="value") from refused


def _answered(colours: Mapping[object, str], value: object) -> Judgement:
    """True is not 1 here, and 1.0 is: an answer is the same when it is equal and both or none are truth
    values.
    """
    for answer, shade in colours.items():
        if isinstance(answer, bool) == isinstance(value, bool) and answer == value:
            return Judgement(Colour(shade), Reason.ANSWER)
    return Judgement(Colour.NONE, Reason.ANSWER_WITHOUT_RULE)


def _combined(rules: Mapping[str, Limits | AnswerRules], value: object) -> Judgement:
    if not isinstance(value, Mapping):
        raise Refused(
            "value.shape",
            f"The rule has the components {', '.join(rules)}, so the value must say each of them, not "
            f"{value!r}.",
            field="value",
        )
    parts = {name: _component(rules.get(name), value.get(name)) for name in {**rules, **value}}
    decides = max(parts, key=lambda name: WORSE[parts[name].colour])
    one = parts[decides]
    return Judgement(one.colour, one.reason, one.limit, one.at, decides, parts)


def _component(rule: Limits | AnswerRules | None, value: object) -> Judgement:
    if value is None:
        return Judgement(Colour.NONE, Reason.COMPONENT_MISSING)
    return Judgement(Colour.NONE, Reason.NO_RULE) if rule is None else _judged(rule, value)
