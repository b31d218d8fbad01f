"""From whole numbers by area, year and stratum to figures with limits, through `analysis.rates`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import stdtrit

from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.expressions import BAND, MEN, OPEN_AGE
from samspill.analysis.rates import (
    Estimate,
    Method,
    Note,
    directly_standardised,
    directly_standardised_repeated,
    indirectly_standardised,
    proportion,
    rate,
    standard_population,
)
from samspill.refusal import Refused

Floats = NDArray[np.float64]
BOTH_TAILS = 0.975
COUNTED = ("numerator", "denominator", "squares")


@dataclass(frozen=True)
class Counted:
    """Cells, a row per area and year; `strata` are the columns of the three arrays (cells, strata).

    The first `municipalities` rows are no sums of others; None: none is.
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    strata: tuple[int, ...]
    numerator: Floats
    denominator: Floats
    squares: Floats
    municipalities: int | None = None


@dataclass(frozen=True)
class Figures:
    """What each cell comes to, as arrays in the order of `Counted`."""

    value: Floats
    lower: Floats
    upper: Floats
    method: NDArray[Any]
    note: NDArray[Any]


def counted(definition: Definition, rows: pa.Table) -> Counted:
    """The rows of an engine as arrays, ordered by area and year. A stratum without rows has 0."""
    strata = strata_of(definition)
    areas, area = _ranked(rows["area"])
    years, year = np.unique(rows["year"].to_numpy(), return_inverse=True)
    cells, cell = np.unique(area * len(years) + year, return_inverse=True)
    place = cell * len(strata) + np.searchsorted(strata, rows["stratum"].to_numpy())
    shape = (len(cells), len(strata))
    found = {
        name: np.bincount(place, rows[name].to_numpy().astype(np.float64), minlength=shape[0] * shape[1])
        .astype(np.float64)
        .reshape(shape)
        for name in COUNTED
    }
    of_area, of_year = np.divmod(cells, max(len(years), 1))
    above, below, squares = (found[name] for name in COUNTED)
    named, at = tuple(areas[one] for one in of_area), tuple(years[of_year].tolist())
    return Counted(named, at, strata, above, below, squares)


def _ranked(words: pa.ChunkedArray) -> tuple[list[str], NDArray[np.int64]]:
    """The words in their order, and the place among them of each row's."""
    coded = words.combine_chunks().dictionary_encode()
    known = coded.dictionary.to_pylist()
    order = sorted(range(len(known)), key=known.__getitem__)
    rank = np.empty(len(known), dtype=np.int64)
    rank[order] = np.arange(len(known))
    return [known[one] for one in order], rank[coded.indices.to_numpy()]


def strata_of(definition: Definition) -> tuple[int, ...]:
    """The strata an expression gives, in order: 0, or first ages of groups of five, men 1000 above."""
    if definition.standardisation.method == "none":
        return (0,)
    groups = [first for first, _weight in weighted(definition)]
    both = [*groups, *(first + MEN for first in groups)]
    return tuple(both if "sex" in definition.standardisation.by else groups)


def weighted(definition: Definition) -> list[tuple[int, float]]:
    """First ages and weights of the groups the indicator's ages fall in; half a group has half its weight."""
    told, (low, high) = definition.standardisation, definition.numerator.ages
    if told.standard:
        standard = standard_population(told.standard)
        groups = list(zip(standard.ages, standard.weights, strict=True))
    else:
        groups = [(first, 1.0) for first in range(0, OPEN_AGE + BAND, BAND)]
    found = []
    for first, weight in groups:
        last = first + BAND - 1 if first != groups[-1][0] else max(high, first)
        inside = min(last, high) - max(first, low) + 1
        if inside > 0:
            found.append((first, weight * inside / (last - first + 1)))
    return found


def figures_of(definition: Definition, cells: Counted) -> Figures:
    """Values and limits of all cells. Refuses impossible numbers with indicator, area and year."""
    if not cells.areas:
        empty = np.zeros(0)
        return Figures(empty, empty, empty, np.zeros(0, dtype="U1"), np.zeros(0, dtype="U1"))
    told = definition.standardisation.method
    make = MADE[told if told != "none" else definition.kind]
    try:
        return make(definition, cells)
    except Refused as refused:
        raise _located(refused, definition, cells) from refused


def _located(refused: Refused, definition: Definition, cells: Counted) -> Refused:
    place = refused.facts.get("place")
    where = f"{definition.id}"
    if isinstance(place, Sequence) and place and int(place[0]) < len(cells.areas):
        where += f", area {cells.areas[int(place[0])]}, {cells.years[int(place[0])]}"
    return Refused(refused.code, f"{where}: {refused.sentence}", facts={**refused.facts, "where": where})


def _flat(cells: Counted) -> tuple[Floats, Floats]:
    return cells.numerator[:, 0], cells.denominator[:, 0]


def _figures(found: Estimate) -> Figures:
    shape = np.shape(found.value)
    value, lower, upper = (
        np.asarray(one, dtype=np.float64) for one in (found.value, found.lower, found.upper)
    )
    method, note = (
        np.broadcast_to(np.asarray(one, dtype=object), shape) for one in (found.method, found.note)
    )
    return Figures(value, lower, upper, method, note)


def _share(definition: Definition, cells: Counted) -> Figures:
    return _figures(proportion(*_flat(cells), multiplier=definition.times))


def _rate(definition: Definition, cells: Counted) -> Figures:
    return _figures(rate(*_flat(_possible(cells)), multiplier=definition.times))


def _possible(cells: Counted) -> Counted:
    """Without events of ages nobody had on 1 January, or of places without stays: they have no rate.

    Somebody moves in, or has a birthday, in a year that began with nobody of that age. Such a cell gets no
    figure (`no_population`); its count stays in the answer.
    """
    return replace(
        cells,
        numerator=np.where(cells.denominator > 0, cells.numerator, 0),
        squares=np.where(cells.denominator > 0, cells.squares, 0),
    )


def _plain(value: Floats, half: Floats, method: Method) -> Figures:
    note = np.where(np.isnan(value), str(Note.NO_POPULATION), str(Note.NOTHING))
    return Figures(value, value - half, value + half, np.full(len(value), str(method), dtype=object), note)


def _count(definition: Definition, cells: Counted) -> Figures:
    value = cells.numerator[:, 0] * definition.times
    return _plain(value, np.full(len(value), np.nan), Method.NONE)


def _ratio(definition: Definition, cells: Counted) -> Figures:
    above, below = _flat(cells)
    value = np.where(below > 0, above * definition.times / np.where(below > 0, below, 1), np.nan)
    return _plain(value, np.full(len(value), np.nan), Method.NONE)


def _mean(definition: Definition, cells: Counted) -> Figures:
    """Student's limits from the sum and the sum of squares."""
    total, number = _flat(cells)
    some = np.where(number > 0, number, np.nan)
    value = total / some
    several = np.where(number > 1, number - 1, np.nan)
    spread = np.sqrt(np.maximum(cells.squares[:, 0] - total * value, 0) / several)
    half = stdtrit(several, BOTH_TAILS) * spread / np.sqrt(some)
    times = definition.times
    return _plain(value * times, half * times, Method.STUDENT)


def _direct(definition: Definition, cells: Counted) -> Figures:
    cells = _possible(cells)
    weights = np.array([weight for _first, weight in weighted(definition)])
    if "sex" in definition.standardisation.by:
        weights = np.concatenate([weights, weights])
    if not definition.standardisation.repeated:
        return _figures(
            directly_standardised(cells.numerator, cells.denominator, weights, multiplier=definition.times)
        )
    # As many persons with as many events each as have the same sum and the same sum of squares.
    some = np.where(cells.numerator > 0, cells.numerator, 1)
    squares = np.where(cells.numerator > 0, cells.squares, 1)
    persons = np.where(cells.numerator > 0, cells.numerator**2 / squares, 0)
    found = directly_standardised_repeated(
        persons[..., None],
        cells.denominator,
        weights,
        frequencies=(squares / some)[..., None],
        multiplier=definition.times,
    )
    return _figures(found)


def _indirect(definition: Definition, cells: Counted) -> Figures:
    """Against all municipalities of the data in the same year; sums of them are not counted again."""
    years, single = np.array(cells.years), slice(cells.municipalities)
    parts = np.full((3, len(years)), np.nan)
    words = np.full((2, len(years)), "", dtype=object)
    for year in np.unique(years):
        here, own = np.flatnonzero(years == year), np.flatnonzero(years[single] == year)
        found = indirectly_standardised(
            cells.numerator[here],
            cells.denominator[here],
            cells.numerator[own].sum(axis=0),
            cells.denominator[own].sum(axis=0),
            rate_multiplier=definition.times,
        ).rate
        made = _figures(found)
        parts[:, here] = (made.value, made.lower, made.upper)
        words[:, here] = (made.method, made.note)
    return Figures(*parts, *words)


MADE: dict[str, Callable[[Definition, Counted], Figures]] = {
    "count": _count,
    "share": _share,
    "rate": _rate,
    "ratio": _ratio,
    "mean": _mean,
    "direct": _direct,
    "indirect": _indirect,
}
