"""Project the population of areas from 1 January of one year to 1 January of another.

    project(history, rates, jump_off=2026, to=2040, draws=300, seed=1) -> Projection

Cohort by cohort in one-year steps (Preston, Heuveline & Guillot 2001, ch. 6; Hamilton & Perry 1962),
with the changes of `samspill.analysis.population.change`. Nothing later than 1 January of the jump-off
is read: what is handed in is cut there first, and the fingerprint is taken of what remains.

Version 2. The nation first: survival by the mean of log-linear declines fitted to several stretches of the
past, its level to the last five and ten years; net migration as in the last fifteen; births per woman along
a trend that dies out. Then the areas: the nation's ratios times each area's departure, shrunk by size and
fading with the years, and all areas held to the nation when they are the whole of it.

The point is the deterministic path (not the median of the draws). Uncertainty is in `draws`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

import numpy as np

from samspill.analysis.population.change import GIRLS, Change, Parameters, aged, estimate
from samspill.analysis.population.draws import Draws, Plan, Uncertainty, draw
from samspill.analysis.population.history import (
    AGES,
    SEXES,
    WOMEN,
    Floats,
    NationalRates,
    PopulationHistory,
    fingerprint,
)
from samspill.refusal import Refused

METHOD = "samspill.cohort-change"
VERSION = "2"
LONGEST = 50  # years ahead; beyond, the method says nothing
WHOLE_NATION = 0.001  # areas whose sum is this close to the nation's are the nation


@dataclass(frozen=True)
class Provenance:
    """All that is needed to compute the run again, beside the input itself.

    `inputs` is the fingerprint of what was read (figures up to the jump-off only); `to_nation` tells
    whether the areas were held to the nation's own projection.
    """

    method: str
    version: str
    inputs: str
    jump_off: int
    to: int
    draws: int
    seed: int
    to_nation: bool
    parameters: dict[str, object]
    uncertainty: dict[str, object]


@dataclass(frozen=True, eq=False)
class Projection:
    """Persons on 1 January: `persons` has shape (years, areas, 2, 106), the first year the jump-off itself.

    `persons` has fractions; `samspill.analysis.population.rows` makes whole persons. `draws`, when asked
    for, has shape (years, areas, 2, 106, draws). `correction` is the lowest and highest factor that held
    the areas to the nation, (1, 1) when they were not.
    """

    years: tuple[int, ...]
    areas: tuple[str, ...]
    persons: Floats
    provenance: Provenance
    draws: Draws | None = field(default=None, repr=False)
    correction: tuple[float, float] = (1.0, 1.0)

    def rows_of(self, areas: Sequence[str] | None) -> list[int]:
        """Where `areas` stand; all when None. Refuses one that is not there (`unknown_area`)."""
        wanted = self.areas if areas is None else areas
        unknown = sorted(set(wanted) - set(self.areas))
        if unknown:
            raise Refused(
                "unknown_area", f"The projection holds no area with code {', '.join(unknown)}.", field="areas"
            )
        return [self.areas.index(area) for area in wanted]

    def total(
        self,
        low: int = 0,
        high: int = AGES - 1,
        *,
        areas: Sequence[str] | None = None,
        sexes: Sequence[str] = SEXES,
    ) -> Floats:
        """Persons aged `low`..`high` (both included) in `areas` together (None: all); shape (years,)."""
        ages = self.persons[..., low : high + 1]
        return np.asarray(_chosen(self, ages, areas, sexes).sum(axis=(1, 2, 3)))

    def band(
        self,
        low: int = 0,
        high: int = AGES - 1,
        *,
        areas: Sequence[str] | None = None,
        sexes: Sequence[str] = SEXES,
        percentiles: Sequence[float] = (10, 50, 90),
    ) -> Floats:
        """Percentiles of the same sum, computed from the sum in each draw; shape (years, percentiles).

        With (10, 50, 90) the outer two hold the true figure eight times of ten. Refuses a run without draws.
        """
        if self.draws is None:
            raise Refused(
                "no_draws", "This projection was run without draws, so it has no interval. Run it with draws."
            )
        chosen = _chosen(self, self.draws[..., low : high + 1, :], areas, sexes)
        sums = chosen.sum(axis=(1, 2, 3), dtype=np.float64)
        return np.percentile(sums, percentiles, axis=-1).T


def project(
    history: PopulationHistory,
    rates: NationalRates,
    *,
    jump_off: int,
    to: int,
    draws: int = 0,
    seed: int = 1,
    to_nation: bool | None = None,
    parameters: Parameters | None = None,
    uncertainty: Uncertainty | None = None,
) -> Projection:
    """The population of the areas of `history` on each 1 January from `jump_off` to `to`.

    `draws` > 0 adds that many random futures (300 give a steady 80 % interval), the same for the same
    `seed`, whichever other areas are projected with them. `to_nation` holds the areas to the projected
    nation; by default when together they are the nation. Refuses (code): `backwards`, `too_far`,
    `year_missing`, `history_too_short`, `mortality_too_short`, `fertility_missing`, `draws_negative`,
    `too_many_draws`, `nation_missing`, `not_the_nation`.
    """
    run, plan = prepare(
        history,
        rates,
        jump_off=jump_off,
        to=to,
        draws=draws,
        seed=seed,
        to_nation=to_nation,
        parameters=parameters,
        uncertainty=uncertainty,
    )
    return replace(run, draws=draw(plan))


def prepare(
    history: PopulationHistory,
    rates: NationalRates,
    *,
    jump_off: int,
    to: int,
    draws: int = 0,
    seed: int = 1,
    to_nation: bool | None = None,
    parameters: Parameters | None = None,
    uncertainty: Uncertainty | None = None,
) -> tuple[Projection, Plan]:
    """The projection without its draws, and the plan that they can be drawn from. Refuses as `project`."""
    _check_years(jump_off, to)
    parameters = parameters or Parameters()
    uncertainty = uncertainty or Uncertainty()
    start = history.on(jump_off).astype(np.float64)
    history, rates = history.until(jump_off), rates.until(jump_off)
    nation = rates.population.on(jump_off)[0].astype(np.float64) if rates.population is not None else None
    if to_nation is None:
        to_nation = _is_nation(start, nation)
    elif to_nation:
        _check_nation(start, nation)
    change = estimate(history, rates, to, parameters)
    persons, corrections = walk(start, change, to - jump_off, nation=nation if to_nation else None)
    plan = Plan(start, change, corrections, uncertainty, draws, seed, history.areas, history.groups)
    provenance = Provenance(
        method=METHOD,
        version=VERSION,
        inputs=fingerprint(history, rates),
        jump_off=jump_off,
        to=to,
        draws=draws,
        seed=seed,
        to_nation=to_nation,
        parameters=asdict(parameters),
        uncertainty=asdict(uncertainty),
    )
    run = Projection(
        years=tuple(range(jump_off, to + 1)),
        areas=history.areas,
        persons=persons,
        provenance=provenance,
        correction=(float(corrections.min(initial=1.0)), float(corrections.max(initial=1.0))),
    )
    return run, plan


def walk(start: Floats, change: Change, years: int, *, nation: Floats | None = None) -> tuple[Floats, Floats]:
    """Step `start` (areas, 2, 106) ahead; returns persons (years + 1, areas, 2, 106) and corrections.

    Corrections (years, 2, 106) are the factors that made the areas sum to the projected `nation`
    (2, 106), by sex and age; all 1 without it.
    """
    persons = np.empty((years + 1, *start.shape))
    corrections = np.ones((years, len(SEXES), AGES))
    persons[0] = start
    whole = nation
    for year in range(years):
        later = aged(persons[year]) * change.ratios(year)
        if whole is not None:
            whole = aged(whole) * change.survival[year] * change.residual
            corrections[year] = _correction(whole, later)
            later *= corrections[year]
        later[..., 0] = children(later, change.fertility, change.newborns * change.births[year])
        if whole is not None:
            born = np.asarray(change.newborns_nation * change.births[year])
            whole[..., 0] = children(whole, change.fertility, born)
            corrections[year, :, 0] = _correction(whole[..., 0], later[..., 0])
            later[..., 0] *= corrections[year, :, 0]
        persons[year + 1] = later
    return persons, corrections


def children(persons: Floats, fertility: Floats, newborns: Floats) -> Floats:
    """Those aged 0, by sex, of the women there are on the same 1 January; shape (..., 2)."""
    born = newborns * (persons[..., WOMEN, :] @ fertility)
    return np.stack([born * GIRLS, born * (1 - GIRLS)], axis=-1)


def _correction(whole: Floats, parts: Floats) -> Floats:
    """The factor per cell that makes the parts (first axis) sum to the whole; 1 where there is nobody."""
    together = parts.sum(axis=0)
    return np.where(together > 0, whole / np.where(together > 0, together, 1.0), 1.0)


def _is_nation(areas: Floats, nation: Floats | None) -> bool:
    return nation is not None and abs(areas.sum() / nation.sum() - 1) < WHOLE_NATION


def _check_nation(areas: Floats, nation: Floats | None) -> None:
    if nation is None:
        raise Refused(
            "nation_missing", "The areas cannot be held to the nation: its population is not at hand."
        )
    if not _is_nation(areas, nation):
        raise Refused(
            "not_the_nation",
            f"The areas hold {areas.sum():.0f} persons and the nation {nation.sum():.0f}, so they cannot be "
            "held to it. Project all municipalities together, or leave the nation out.",
        )


def _chosen(
    run: Projection, values: Floats | Draws, areas: Sequence[str] | None, sexes: Sequence[str]
) -> Floats | Draws:
    return values[:, _span(run.rows_of(areas))][:, :, _span([SEXES.index(sex) for sex in sexes])]


def _span(places: list[int]) -> slice | list[int]:
    """The same places; those that follow each other as a slice, which looks at the draws without a copy."""
    if places and places == list(range(places[0], places[0] + len(places))):
        return slice(places[0], places[0] + len(places))
    return places


def _check_years(jump_off: int, to: int) -> None:
    if to < jump_off:
        raise Refused(
            "backwards",
            f"The last year, {to}, is before the first, {jump_off}. Choose a later last year.",
            field="to",
        )
    if to - jump_off > LONGEST:
        raise Refused(
            "too_far",
            f"{to} is more than {LONGEST} years after {jump_off}. Choose {jump_off + LONGEST} or earlier.",
            field="to",
        )
