"""What every statistic asks of its numbers: that they are there, finite, of one shape and possible.

Each check gives the numbers as an array, or refuses with what is wrong and the first place where it is.
Places are counted from 1 in the sentence, as people count rows, and given from 0 in `facts`.
"""

import math
from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.refusal import Refused

Floats = NDArray[np.float64]
Word = TypeVar("Word", bound=StrEnum)


def numbers(values: ArrayLike, name: str) -> Floats:
    """`values` as an array of finite numbers. Refuses with `not_a_number` or `nothing_to_count`."""
    try:
        found = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise Refused(
            "not_a_number",
            f"{name} must be numbers, and as many in every row.",
            field=name,
            facts={"where": name},
        ) from error
    if found.size == 0:
        raise Refused("nothing_to_count", f"{name} is empty.", field=name, facts={"where": name})
    refuse_where(
        ~np.isfinite(found), "not_a_number", found, name, "a missing or hidden figure is not a number"
    )
    return found


def counts(values: ArrayLike, name: str) -> Floats:
    """Numbers that are zero or more. Refuses with `negative`."""
    found = numbers(values, name)
    refuse_where(found < 0, "negative", found, name, "it must be 0 or more")
    return found


def same_length(*named: tuple[str, Floats]) -> tuple[Floats, ...]:
    """The arrays spread to one shape; a single row may serve many. Refuses with `different_lengths`."""
    try:
        return tuple(np.broadcast_arrays(*(values for _name, values in named)))
    except ValueError as error:
        shapes = ", ".join(f"{name} {_in_words(values.shape)}" for name, values in named)
        raise Refused(
            "different_lengths",
            f"The figures do not belong together: {shapes}.",
            field=named[-1][0],
            facts={"where": shapes},
        ) from error


def same_groups(*named: tuple[str, Floats]) -> tuple[Floats, ...]:
    """As `same_length`, where the last axis is groups: one number never serves for all of them."""
    groups = {values.shape[-1] if values.ndim else 0 for _name, values in named}
    if len(groups) > 1 or 0 in groups:
        shapes = ", ".join(f"{name} {_in_words(values.shape)}" for name, values in named)
        raise Refused(
            "different_lengths",
            f"There must be one figure for each group: {shapes}.",
            field=named[-1][0],
            facts={"where": shapes},
        )
    return same_length(*named)


def refuse_where(wrong: NDArray[np.bool_], code: str, values: Floats, name: str, why: str) -> None:
    """Refuse with the first place where `wrong` is true, if there is one."""
    if not np.any(wrong):
        return
    place = tuple(int(index) for index in np.argwhere(wrong)[0])
    where = " ".join(f"{index + 1}" for index in place)
    raise Refused(
        code,
        f"{name}{' number ' + where if where else ''} is {values[place]:g}; {why}.",
        field=name,
        facts={"where": name, "place": place, "count": int(np.sum(wrong))},
    )


def refuse_numerator_above(numerator: Floats, denominator: Floats, name: str) -> None:
    """A part is never more than its whole. Refuses with `numerator_above_denominator`."""
    refuse_where(
        numerator > denominator,
        "numerator_above_denominator",
        numerator,
        name,
        "it cannot be more than the number it is a part of",
    )


def refuse_events_of_nobody(events: Floats, population: Floats, name: str) -> None:
    """Where there is nobody, nothing happens. Refuses with `events_without_population`."""
    refuse_where(
        (events > 0) & (population == 0),
        "events_without_population",
        events,
        name,
        "there is no population it can have happened to",
    )


def check_confidence(confidence: float) -> float:
    """A level of confidence strictly between 0 and 1. Refuses with `confidence`."""
    level = _single(confidence, "confidence")
    if not 0 < level < 1:
        raise Refused(
            "confidence",
            f"confidence is {confidence}; it must be between 0 and 1, say 0.95.",
            field="confidence",
            facts={"where": "confidence"},
        )
    return level


def check_above_zero(value: float, name: str) -> float:
    """One finite number above zero. Refuses with `number_out_of_range`."""
    found = _single(value, name)
    if found <= 0:
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be above 0.",
            field=name,
            facts={"where": name},
        )
    return found


def check_whole(value: int, name: str, *, least: int, most: float = math.inf) -> int:
    """One whole number from `least` to `most`. Refuses with `number_out_of_range`."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or not least <= value <= most:
        within = f"{least} or more" if math.isinf(most) else f"from {least} to {most:.0f}"
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be a whole number, {within}.",
            field=name,
            facts={"where": name},
        )
    return int(value)


def word(words: type[Word], given: str, name: str) -> Word:
    """One of the words that are. Refuses another (`unknown_word`)."""
    try:
        return words(given)
    except ValueError:
        raise Refused(
            "unknown_word",
            f"{name} is {given}; it must be one of {', '.join(filter(None, words))}.",
            field=name,
            facts={"where": name},
        ) from None


def _single(value: float, name: str) -> float:
    try:
        found = float("nan" if isinstance(value, bool) else value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise Refused(
            "number_out_of_range",
            f"{name} is {value}; it must be one number.",
            field=name,
            facts={"where": name},
        )
    return found


def _in_words(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) if shape else "1"
