"""What is said in the end, as a code: the rules by which figures become «too early» or «down, as expected».

The order matters: what cannot be told is said before what would be pleasant to say.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import stdtrit

from samspill.analysis.effects.comparing import Compared, Ratio
from samspill.analysis.effects.own import Own

POWER = 0.8
SUSPECT = 0.05  # a smaller p of the time before says that the groups had gone apart already
HALF = 0.5  # of what was expected, or of one's own movement
WORTH_SEEING = 0.9  # without an expectation: a change of a tenth


class Verdict(StrEnum):
    TOO_EARLY = "too_early"
    TOO_FEW_PERIODS = "too_few_periods"
    TOO_SMALL_TO_TELL = "too_small_to_tell"
    NO_SIGN = "no_sign"
    MOVED_AS_EXPECTED = "moved_as_expected"
    MOVED_LESS = "moved_less"
    MOVED_WRONG_WAY = "moved_wrong_way"
    MOVED_ALSO_ELSEWHERE = "moved_also_elsewhere"
    PRE_TREND = "pre_trend"


class Basis(StrEnum):
    """What the verdict rests on."""

    COMPARISON = "comparison"
    OWN_TREND = "own_trend"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Smallest:
    """The smallest change seen eight times of ten, as ratios below and above 1."""

    down: float
    up: float

    def sees(self, ratio: float) -> bool:
        """Whether a change to `ratio` is as large."""
        return ratio <= self.down or ratio >= self.up


def smallest_seen(ratio: Ratio) -> Smallest:
    """(t(1 − α/2) + t(0.8)) times the error, on the log scale (Bloom 1995, Evaluation Review 19)."""
    least = float(stdtrit(ratio.free, 0.5 + ratio.confidence / 2) + stdtrit(ratio.free, POWER)) * ratio.error
    return Smallest(float(np.exp(-least)), float(np.exp(least)))


@dataclass(frozen=True)
class Evidence:
    """What a verdict is reached from.

    expected   the ratio to be seen by now, when all goes as was said; None without an expectation
    way        −1 when down is wanted, 1 when up, 0 when neither
    is_due     whether the day it was expected by has come
    before     the comparison moved back in time: two halves of what is before
    """

    own: Own
    compared: Compared | None
    before: Compared | None
    expected: float | None
    way: int
    is_due: bool
    needs_comparison: bool


def verdict_of(found: Evidence) -> tuple[Verdict, Basis, Ratio | None]:
    """The verdict, what it rests on, and the ratio it speaks of."""
    if found.own.after == 0:
        return Verdict.TOO_EARLY, Basis.NOTHING, None
    if found.before is not None and found.before.ratio.p < SUSPECT:
        return Verdict.PRE_TREND, Basis.NOTHING, None
    compared = found.compared if found.before is not None else None
    if compared is not None:
        return _with_others(found, compared), Basis.COMPARISON, compared.ratio
    if found.own.ratio is None or found.needs_comparison:
        return Verdict.TOO_FEW_PERIODS, Basis.NOTHING, None
    return _judged(found, found.own.ratio), Basis.OWN_TREND, found.own.ratio


def _with_others(found: Evidence, compared: Compared) -> Verdict:
    own, others, ratio = compared.reached, compared.others, compared.ratio
    alike = own.is_told_apart and others.is_told_apart and (own.estimate < 1) == (others.estimate < 1)
    little = abs(np.log(ratio.estimate)) < HALF * abs(np.log(own.estimate))
    if alike and little and not ratio.is_told_apart:
        return Verdict.MOVED_ALSO_ELSEWHERE
    return _judged(found, ratio)


def _judged(found: Evidence, ratio: Ratio) -> Verdict:
    if ratio.is_told_apart:
        return _moved(found, ratio)
    wanted = found.expected if found.expected is not None else _worth_seeing(found.way)
    if wanted is not None and not ratio.low <= wanted <= ratio.high and not _is_short(wanted, found.way):
        return Verdict.NO_SIGN
    return Verdict.TOO_SMALL_TO_TELL if found.is_due else Verdict.TOO_EARLY


def _is_short(wanted: float, way: int) -> bool:
    """Whether what is expected by now is no change at all."""
    return way != 0 and way * np.log(wanted) <= 0


def _worth_seeing(way: int) -> float | None:
    return {-1: WORTH_SEEING, 1: 1 / WORTH_SEEING}.get(way)


def _moved(found: Evidence, ratio: Ratio) -> Verdict:
    log = float(np.log(ratio.estimate))
    if found.way * log < 0:
        return Verdict.MOVED_WRONG_WAY
    if found.expected is None:
        return Verdict.MOVED_AS_EXPECTED
    wanted = float(np.log(found.expected))
    falls_short = found.way * log < found.way * wanted
    is_within = ratio.low <= found.expected <= ratio.high and abs(log) >= HALF * abs(wanted)
    return Verdict.MOVED_LESS if falls_short and not is_within else Verdict.MOVED_AS_EXPECTED
