"""How uncertain each rate is, and the draws of it: a stream per profession and rate.

The draws depend on the seed and the two names alone: the same whichever professions are run with it and
whatever is done, so that two futures differ by the measure only (common random numbers).
"""

import hashlib
from dataclasses import dataclass, fields

import numpy as np

from samspill.analysis.workforce.terms import Floats
from samspill.refusal import Refused

MEMORY = 2_000_000_000  # bytes of persons and their flows within one year
BYTES = 180  # per cell and draw, measured: some twenty arrays


@dataclass(frozen=True)
class Spread:
    """Standard deviations of a rate's logarithm: `lasting` for the whole future, `yearly` by itself."""

    lasting: float
    yearly: float


@dataclass(frozen=True)
class Uncertainty:
    """Spreads by rate. All are assumptions: no Norwegian source gives them by region; see `assumptions.yaml`.

    `completion` is on the odds; `part_time` is of the hours missing to full posts.
    """

    retiring: Spread
    leaving: Spread
    mobility: Spread
    completion: Spread
    recruits: Spread
    international: Spread
    part_time: Spread
    sickness: Spread


@dataclass(frozen=True, eq=False)
class Shocks:
    """Factors (P, years, D) of median 1 by rate. Without draws: 1, exactly, and D = 1."""

    factors: dict[str, Floats]
    draws: int

    @property
    def width(self) -> int:
        return max(1, self.draws)

    def of(self, name: str, year: int) -> Floats:
        """(P, D)"""
        return self.factors[name][:, year]


def draw_shocks(
    uncertainty: Uncertainty, professions: tuple[str, ...], *, years: int, draws: int, seed: int
) -> Shocks:
    """The factors of `years` years. Refuses fewer than no draws, and fewer than no years."""
    if draws < 0:
        raise Refused("draws", f"{draws} draws cannot be made. Ask for 0 or more.", field="draws")
    if years < 0:
        raise Refused("horizon", "The last year lies before the first. Ask for a later one.", field="to")
    shape = (len(professions), years, max(1, draws))
    factors = {}
    for one in fields(Uncertainty):
        factors[one.name] = np.ones(shape)
        if draws:
            spread: Spread = getattr(uncertainty, one.name)
            for place, profession in enumerate(professions):
                factors[one.name][place] = _factor(spread, seed, profession, one.name, years, draws)
    return Shocks(factors, draws)


def _factor(spread: Spread, seed: int, profession: str, name: str, years: int, draws: int) -> Floats:
    """A stream for each of the two, and a year after the other: a longer horizon begins with the same."""
    lasting = _stream(seed, profession, name, "lasting").standard_normal(draws)
    yearly = _stream(seed, profession, name, "yearly").standard_normal((years, draws))
    return np.exp(spread.lasting * lasting + spread.yearly * yearly)


def _stream(seed: int, *names: str) -> np.random.Generator:
    digest = hashlib.sha256("\0".join((str(seed), "workforce", *names)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype="<u4"))


def check_memory(cells: int, draws: int) -> None:
    """Refuses more than fits (`too_many_draws`): `BYTES` per cell and draw live at a time."""
    if cells * draws * BYTES > MEMORY:
        raise Refused(
            "too_many_draws",
            f"{draws} draws do not fit in memory. Ask for at most {MEMORY // (BYTES * cells)}, "
            "or for fewer professions.",
            field="draws",
        )
