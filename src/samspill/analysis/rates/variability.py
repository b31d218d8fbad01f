"""How much areas differ, beyond what chance alone would make.

The systematic component of variation: McPherson, Wennberg, Hovind & Clifford 1982 (NEJM 307:1310), times 100.
Highest against lowest (the extremal quotient) with and without the most extreme; it grows with the number of
areas and falls with their size, so it is never shown without the former.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.rates.checks import Floats, check_whole, counts, refuse_where, same_length
from samspill.analysis.rates.estimates import Note
from samspill.refusal import Refused


@dataclass(frozen=True)
class Variation:
    """systematic  the systematic component (SCV): 0 or less where the areas differ as by chance

    quotient          highest observed / expected over the lowest; NaN where the lowest is 0
    quotient_trimmed  the same without the `left_out` most extreme at each end
    coefficient       weighted coefficient of variation of observed / expected
    areas             how many it rests on: those where something is expected
    """

    systematic: float
    quotient: float
    quotient_trimmed: float
    coefficient: float
    areas: int
    left_out: int
    note: str


def variation(observed: ArrayLike, expected: ArrayLike, *, left_out: int = 1) -> Variation:
    """How areas (areas,) differ: observed events against those expected from their population and its ages.

    Areas where nothing is expected are left out. Refuses missing or negative numbers, events where none are
    expected (`events_without_population`), and too few areas to leave any out (`too_short`).
    """
    events, awaited = same_length(
        ("observed", counts(observed, "observed")), ("expected", counts(expected, "expected"))
    )
    least = check_whole(left_out, "left_out", least=0)
    refuse_where(
        (awaited == 0) & (events > 0),
        "events_without_population",
        events,
        "observed",
        "none are expected there",
    )
    events, awaited = events[awaited > 0], awaited[awaited > 0]
    if len(events) < 2 * least + 2:
        raise Refused(
            "too_short",
            f"{len(events)} areas are too few to compare when {least} are left out at each end.",
            field="observed",
            facts={"where": "observed"},
        )
    ratios = np.sort(events / awaited)
    systematic = float(np.mean((events - awaited) ** 2 / awaited**2 - 1 / awaited) * 100)
    return Variation(
        systematic,
        _quotient(ratios),
        _quotient(ratios[least : len(ratios) - least]),
        _coefficient(events, awaited),
        len(events),
        least,
        _note(ratios, systematic),
    )


def _quotient(ratios: Floats) -> float:
    return float(ratios[-1] / ratios[0]) if ratios[0] > 0 else float("nan")


def _coefficient(events: Floats, awaited: Floats) -> float:
    middle = events.sum() / awaited.sum()
    if middle == 0:
        return float("nan")
    spread = np.average((events / awaited - middle) ** 2, weights=awaited)
    return float(np.sqrt(spread) / middle)


def _note(ratios: Floats, systematic: float) -> str:
    if systematic <= 0:
        return str(Note.NO_MORE_THAN_CHANCE)
    return str(Note.ZERO_LOWEST if ratios[0] == 0 else Note.NOTHING)
