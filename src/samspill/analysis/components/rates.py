"""The rates of a cohort-component projection: deaths, births, moves within the nation and across its border.

Axes as in `samspill.analysis.population`: `[..., sex, age]`. The age of every rate is the age *reached* on
31 December, so that a rate multiplies those who were one year younger on 1 January; age 105 is open.
"""

import hashlib
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population import AGES, SEXES
from samspill.refusal import Refused

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
WOMEN = SEXES.index("K")
ROUNDING = 1e-9  # shares may miss one by this much


@dataclass(frozen=True, eq=False)
class Pool:
    """All who move within the nation meet in one pool, and each area takes its share of it.

    `shares` (areas, 2, 106) sum to 1 over the AREAS for each sex and age: what leaves somewhere arrives
    somewhere. (Normalised over ages within an area instead, most movers would vanish.)
    """

    shares: Floats

    def __post_init__(self) -> None:
        _check_sum(self.shares.sum(axis=0), "The shares of the areas in those who move")
        _check_range("in-share", self.shares)

    def arrivals(self, out: Floats, ages: slice = slice(None)) -> Floats:
        """Who arrives, shape as `out` (areas, 2, the ages of the slice)."""
        return np.asarray(out.sum(axis=0) * self.shares[..., ages])

    def only(self, order: NDArray[np.intp]) -> "Pool":
        """The same with the areas in another order."""
        return Pool(self.shares[order])


@dataclass(frozen=True, eq=False)
class FlowMatrix:
    """Those who leave each area go where those who left it have gone.

    `shares` (from, to, 2, 106) sum to 1 over `to`. 357 municipalities take 216 MB. The pool is the special
    case in which every `from` has the same shares.
    """

    shares: Floats

    def __post_init__(self) -> None:
        _check_sum(self.shares.sum(axis=1), "The shares of the areas in those who leave an area")
        _check_range("in-share", self.shares)

    def arrivals(self, out: Floats, ages: slice = slice(None)) -> Floats:
        """Who arrives, shape as `out` (areas, 2, the ages of the slice)."""
        return np.asarray(np.einsum("rsx,rksx->ksx", out, self.shares[..., ages]))

    def only(self, order: NDArray[np.intp]) -> "FlowMatrix":
        """The same with the areas in another order."""
        return FlowMatrix(self.shares[order][:, order])


def from_flow_rates(rates: Floats) -> tuple[Floats, FlowMatrix]:
    """Out-rates (areas, 2, 106) and the matrix of where they go, of rates o[from, to, sex, age]."""
    out = rates.sum(axis=1)
    leaving = np.where(out > 0, out, 1.0)[:, None]
    nobody = (out == 0)[:, None]
    return out, FlowMatrix(np.where(nobody, 1.0 / len(rates), rates / leaving))


class Migration(NamedTuple):
    """The part of `ComponentRates` that is about moving, in the same order."""

    out: Floats
    moves: Pool | FlowMatrix
    emigration: Floats
    emigration_nation: Floats
    immigration: Floats
    immigration_share: Floats


@dataclass(frozen=True, eq=False)
class YearRates:
    """One calendar year. `immigration` is persons, the others are per person (births: per woman-year).

    death, out, emigration, immigration: (areas, 2, 106); birth: (areas, 106).
    """

    death: Floats
    birth: Floats
    out: Floats
    moves: Pool | FlowMatrix
    emigration: Floats
    immigration: Floats


@dataclass(frozen=True, eq=False)
class ComponentRates:
    """All that a projection with components needs beside the persons it starts from.

    `mortality` (years, 2, 106): the nation's risk of dying; `mortality_level` (areas, 2) multiplies it.
    `fertility` (years, 106): the nation's births per woman-year; `fertility_level` (areas,) multiplies it.
    `out` (areas, 2, 106): the share that moves to another area, or back into its own, within the nation.
    `emigration` (areas, 2, 106): the share that leaves the nation; `emigration_nation` (2, 106) of them all.
    `immigration` (years, 2, 106): persons who come to the nation; `immigration_share` (areas, 2, 106).
    """

    mortality: Floats
    mortality_level: Floats
    fertility: Floats
    fertility_level: Floats
    out: Floats
    moves: Pool | FlowMatrix
    emigration: Floats
    emigration_nation: Floats
    immigration: Floats
    immigration_share: Floats

    def __post_init__(self) -> None:
        _check_shapes(self)
        for name in ("mortality", "out", "emigration", "emigration_nation"):
            _check_range(name, getattr(self, name))
        for name in ("mortality_level", "fertility", "fertility_level", "immigration", "immigration_share"):
            _check_range(name, getattr(self, name), most=np.inf)
        _check_range("mortality of an area", self.mortality.max(axis=0) * self.mortality_level[..., None])
        _check_sum(self.immigration_share.sum(axis=0), "The shares of the areas in those who immigrate")

    @property
    def years(self) -> int:
        """How many calendar years there are rates for."""
        return len(self.mortality)

    def in_year(self, year: int) -> YearRates:
        """The rates of every area in the calendar year number `year`, counted from 0."""
        return YearRates(
            death=self.mortality[year] * self.mortality_level[..., None],
            birth=self.fertility_level[:, None] * self.fertility[year],
            out=self.out,
            moves=self.moves,
            emigration=self.emigration,
            immigration=self.immigration[year] * self.immigration_share,
        )

    def nation_in_year(self, year: int) -> YearRates:
        """The same for the nation as one area, within which nobody moves."""
        nobody = np.zeros((1, len(SEXES), AGES))
        return YearRates(
            death=self.mortality[year][None],
            birth=self.fertility[year][None],
            out=nobody,
            moves=Pool(np.ones_like(nobody)),
            emigration=self.emigration_nation[None],
            immigration=self.immigration[year][None],
        )

    def fingerprint(self) -> str:
        """sha256 over every value: the identity of these rates."""
        digest = hashlib.sha256()
        for field in fields(self):
            value = getattr(self, field.name)
            kind, values = type(value).__name__, value.shares if hasattr(value, "shares") else value
            digest.update(repr((field.name, kind, values.shape)).encode())
            digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        return digest.hexdigest()


def _check_shapes(rates: ComponentRates) -> None:
    years, areas, cell = len(rates.mortality), len(rates.out), (len(SEXES), AGES)
    expected: dict[str, tuple[int, ...]] = {
        "mortality": (years, *cell),
        "mortality_level": (areas, len(SEXES)),
        "fertility": (years, AGES),
        "fertility_level": (areas,),
        "out": (areas, *cell),
        "emigration": (areas, *cell),
        "emigration_nation": cell,
        "immigration": (years, *cell),
        "immigration_share": (areas, *cell),
    }
    for name, shape in expected.items():
        found = np.shape(getattr(rates, name))
        if found != shape:
            raise Refused("rates_shape", f"The rates of {name} have shape {found}, expected {shape}.")
    if rates.moves.shares.shape[-3:] != (areas, *cell):
        raise Refused(
            "rates_shape", f"The shares of those who move are not for the {areas} areas of the out-rates."
        )


def _check_range(name: str, values: Floats, most: float = 1.0) -> None:
    if not np.all(np.isfinite(values)) or np.any(values < 0) or np.any(values > most):
        above = "" if most == np.inf else " or above one per person"
        raise Refused(
            "rate_out_of_range",
            f"A rate of {name.replace('_', ' ')} is missing, negative{above}. Mend the rates it is made of.",
        )


def _check_sum(sums: Floats, what: str) -> None:
    worst = float(np.max(np.abs(sums - 1.0), initial=0.0))
    if not worst <= ROUNDING:
        raise Refused(
            "shares_do_not_sum",
            f"{what} must sum to 1 for each sex and age; they miss it by up to {worst:.3g}, "
            "so movers would appear or vanish.",
        )
