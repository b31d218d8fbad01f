"""Life expectancy from deaths and population by age, with limits.

Chiang 1968 (Introduction to Stochastic Processes in Biostatistics, ch. 9); the variance of the last, open age
group by Silcocks, Jenner & Reza 2001 (J Epidemiol Community Health 55:38). None for 5,000 persons or fewer
(Toson & Baker 2003; Eayres & Williams 2004, J Epidemiol Community Health 58:243), and the figure, not its
limits, is held back when the 95 % limits are more than 20 years apart (`phe_life_expectancy`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.rates.checks import Floats, check_confidence, counts, refuse_where, same_groups
from samspill.analysis.rates.estimates import Estimate, Figures, Method, Note, estimate
from samspill.analysis.rates.limits import normal_quantile
from samspill.refusal import Refused

ABRIDGED_AGES = (0, 1, *range(5, 95, 5))
LIVED_BY_INFANTS, LIVED = 0.1, 0.5  # of the age group, by those who die in it
TOO_FEW = 5_000  # persons
WIDEST = 10.0  # years to each side at 95 %


def life_expectancy(
    deaths: ArrayLike,
    population: ArrayLike,
    *,
    ages: ArrayLike = ABRIDGED_AGES,
    at: int | None = 0,
    confidence: float = 0.95,
) -> Estimate:
    """Years left to live at age `at`, of one area (ages,) or many (areas, ages); all ages when `at` is None.

    `ages` are the first years of the age groups, from 0 upwards; the last is open. `population` is
    person-years. `count` and `population` of the answer are deaths and person-years from that age on.

    No figure (and a note) where an age group has nobody, or more deaths than people, where nobody died in the
    last one, or where there are 5,000 person-years or fewer. Refuses missing or negative numbers, groups that
    do not match (`different_lengths`), ages not from 0 upwards (`ages`) and an age that is not among them.
    """
    level = check_confidence(confidence)
    died, lived, first = same_groups(
        ("deaths", counts(deaths, "deaths")),
        ("population", counts(population, "population")),
        ("ages", counts(ages, "ages")),
    )
    starts = _starts(first.reshape(-1, first.shape[-1])[0])
    chosen = _place(at, starts)
    note = _why_not(died, lived)
    table = _table(*_harmless(died, lived, note), starts)
    return _shown(table, died, lived, note, chosen, level)


@dataclass(frozen=True)
class _Table:
    years: Floats
    error: Floats


def _starts(first: Floats) -> Floats:
    if first[0] != 0 or np.any(np.diff(first) <= 0) or len(first) < 2:
        raise Refused(
            "ages", "The ages must begin with 0, each higher than the one before.", field="ages", facts={}
        )
    return first


def _place(at: int | None, starts: Floats) -> int | slice:
    if at is None:
        return slice(None)
    found = np.flatnonzero(starts == at)
    if not len(found):
        raise Refused(
            "ages",
            f"{at} is not among the first years of the age groups.",
            field="at",
            facts={"where": at},
        )
    return int(found[0])


def _why_not(died: Floats, lived: Floats) -> Figures:
    """The note of each area, "" where nothing is amiss."""
    refuse_where(lived < 0, "negative", lived, "population", "it must be 0 or more")
    reasons = [
        (np.any(lived == 0, axis=-1), Note.NO_POPULATION),
        (np.any(died > lived, axis=-1), Note.MORE_DEATHS_THAN_PEOPLE),
        (lived.sum(axis=-1) <= TOO_FEW, Note.SMALL_POPULATION),
        (died[..., -1] == 0, Note.NO_DEATHS_AMONG_OLDEST),
    ]
    return np.select([where for where, _note in reasons], [str(note) for _where, note in reasons], "")


def _harmless(died: Floats, lived: Floats, note: Figures) -> tuple[Floats, Floats]:
    """Numbers that can be reckoned with; the areas they are put into show nothing."""
    amiss = (note != "")[..., None]
    return np.where(amiss, 1.0, died), np.where(amiss, 10.0, lived)


def _table(died: Floats, lived: Floats, starts: Floats) -> _Table:
    mortality = died / lived
    width = np.broadcast_to(np.append(np.diff(starts), 0.0), died.shape).copy()
    width[..., -1] = 2 / mortality[..., -1]
    share = np.where(starts == 0, LIVED_BY_INFANTS, LIVED)
    dying = width * mortality / (1 + width * mortality * (1 - share))
    dying = np.where(died <= lived / width / share, dying, 1.0)
    dying[..., -1] = 1.0
    alive = np.ones_like(dying)
    alive[..., 1:] = np.cumprod(1 - dying[..., :-1], axis=-1)
    after = np.concatenate([alive[..., 1:], np.zeros_like(alive[..., :1])], axis=-1)
    years = width * (after + share * (alive - after))
    years[..., -1] = alive[..., -1] / mortality[..., -1]
    reached = np.where(alive > 0, alive, np.nan)
    left = _from_here_on(years) / reached
    weighted = _variances(died, mortality, dying, alive, left, (1 - share) * width)
    return _Table(left, np.sqrt(_from_here_on(weighted)) / reached)


def _variances(
    died: Floats, mortality: Floats, dying: Floats, alive: Floats, left: Floats, ahead: Floats
) -> Floats:
    """Of the years lived by all, from each age group; the last by Silcocks."""
    some = np.where(died > 0, died, 1.0)
    of_survival = np.where(died > 0, dying**2 * (1 - dying) / some, 0.0)
    later = np.zeros_like(left)
    later[..., :-1] = np.nan_to_num(left[..., 1:])
    weighted = of_survival * alive**2 * (ahead + later) ** 2
    weighted[..., -1] = (alive[..., -1] / 2) ** 2 * 4 / (some[..., -1] * mortality[..., -1] ** 2)
    return weighted


def _shown(
    table: _Table, died: Floats, lived: Floats, note: Figures, chosen: int | slice, level: float
) -> Estimate:
    years, error = table.years[..., chosen], table.error[..., chosen]
    if isinstance(chosen, slice):
        note = np.broadcast_to(note[..., None], years.shape)
    note = np.where((note == "") & np.isnan(years), str(Note.NOBODY_LIVES_SO_LONG), note)
    shown = np.where(note == "", 1.0, np.nan)
    wide = (note == "") & (normal_quantile(0.95) * error > WIDEST)
    half = normal_quantile(level) * error
    return estimate(
        np.where(wide, np.nan, years) * shown,
        (years - half) * shown,
        (years + half) * shown,
        _from_here_on(died)[..., chosen],
        _from_here_on(lived)[..., chosen],
        str(Method.CHIANG),
        np.where(wide, str(Note.WIDE_LIMITS), note),
        multiplier=1.0,
        confidence=level,
    )


def _from_here_on(values: Floats) -> Floats:
    return np.asarray(np.cumsum(values[..., ::-1], axis=-1)[..., ::-1], dtype=np.float64)
