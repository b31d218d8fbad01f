"""The rows of what is published: figures with what is hidden taken out, and no more digits than are safe."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from samspill.analysis.disclosure import Flag
from samspill.analysis.indicators.counts import OPEN, Bools
from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.running import SCHEMA
from samspill.analysis.indicators.standardising import Counted, Figures

PUBLISHED = SCHEMA.append(pa.field("level", pa.string()))
"""Columns of what is published: those of an answer, and the level of the area."""
FEWEST_DIGITS = 3
Floats = NDArray[np.float64]


def rows_of(
    definition: Definition, cells: Counted, figures: Figures, level: list[str], above: Bools, below: Bools
) -> pa.Table:
    """A row per cell; `above` and `below` say where the count and the population are hidden."""
    is_hidden = above | below
    missing = np.isnan(figures.value)
    flag = np.where(is_hidden, int(Flag.HIDDEN), np.where(missing, int(Flag.MISSING), int(Flag.SHOWN)))
    count, people = cells.numerator.sum(axis=1), cells.denominator.sum(axis=1)
    values = {name: getattr(figures, name) for name in ("value", "lower", "upper")}
    if definition.disclosure != OPEN:
        values = {name: rounded(one, count) for name, one in values.items()}
    no_people = np.full(len(count), definition.denominator is None)
    columns = {
        "indicator": pa.array([definition.id] * len(count), pa.string()),
        "area": pa.array(cells.areas, pa.string()),
        "year": pa.array(cells.years, pa.int32()),
        **{name: pa.array(one, pa.float64(), mask=is_hidden | np.isnan(one)) for name, one in values.items()},
        "count": pa.array(count.astype(np.int64), mask=above),
        "population": pa.array(people.astype(np.int64), mask=below | no_people),
        "method": pa.array([str(one) for one in figures.method], pa.string()),
        "note": pa.array(
            ["" if hide else str(one) for one, hide in zip(figures.note, is_hidden, strict=True)], pa.string()
        ),
        "flag": pa.array(flag.astype(np.int8)),
        "level": pa.array(level, pa.string()),
    }
    return pa.table(columns, schema=PUBLISHED)


def rounded(values: Floats, count: Floats) -> Floats:
    """With as many digits as the count, three at least.

    A standardised rate weighs persons of different ages differently: with all its digits it would tell how
    many there are of each age.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = np.maximum(np.floor(np.log10(np.maximum(count, 1))) + 1, FEWEST_DIGITS)
        size = np.floor(np.log10(np.abs(values)))
        step = 10.0 ** (digits - 1 - size)
        return np.where((values == 0) | ~np.isfinite(values), values, np.round(values * step) / step)
