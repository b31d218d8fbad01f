"""Keep what indicators came to: a published table becomes a run, answers and series, all or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import transaction

from samspill.directory.public import Actor
from samspill.insight.measuring import AFTER_MEASURING
from samspill.insight.models import Indicator, IndicatorAnswer, IndicatorRun, IndicatorSeries
from samspill.insight.states import Period

SPREAD = (0, 25, 50, 75, 100)
FIGURES = {
    "values": "value",
    "lower": "lower",
    "upper": "upper",
    "counts": "count",
    "populations": "population",
    "flags": "flag",
    "notes": "note",
}
"""Array of a series -> column of a published table."""
EMPTY = {"flags": 1, "notes": "", **dict.fromkeys(("values", "lower", "upper", "counts", "populations"))}
"""What stands for a period in which an area has no row: missing."""
AT_ONCE = 2000


def keep_figures(table: pa.Table, run: IndicatorRun, *, by: Actor, period: str = Period.YEAR) -> IndicatorRun:
    """Store a published table (`publish`) under `run`, which is saved first, and tell who waits for it.

    Indicators that are not in use are left out. The run is its own record of who made it, and when.
    """
    known = {one.code: one for one in Indicator.objects.filter(is_in_use=True)}
    with transaction.atomic():
        run.made_by = by.name
        run.save()
        for code, rows in _by_indicator(table):
            if code in known:
                _keep_answer(known[code], rows, run, period)
        for tell in AFTER_MEASURING.all():
            tell(run)
    return run


def _by_indicator(table: pa.Table) -> Iterator[tuple[str, Mapping[str, Sequence[Any]]]]:
    codes = table["indicator"].to_numpy(zero_copy_only=False)
    for code in dict.fromkeys(codes):
        yield code, table.filter(pa.array(codes == code)).to_pydict()


def _keep_answer(
    indicator: Indicator, rows: Mapping[str, Sequence[Any]], run: IndicatorRun, period: str
) -> None:
    periods = sorted(set(rows["year"]))
    answer = IndicatorAnswer.objects.create(
        run=run,
        indicator=indicator,
        definition=indicator.definition,
        period=period,
        periods=periods,
        spread=spread_of(rows),
    )
    IndicatorSeries.objects.bulk_create(_series(answer, rows, periods), batch_size=AT_ONCE)


def _series(
    answer: IndicatorAnswer, rows: Mapping[str, Sequence[Any]], periods: Sequence[int]
) -> Iterator[IndicatorSeries]:
    places = {one: place for place, one in enumerate(periods)}
    found: dict[str, IndicatorSeries] = {}
    for at, (area, level, year) in enumerate(zip(rows["area"], rows["level"], rows["year"], strict=True)):
        if area not in found:
            blank = {name: [empty] * len(periods) for name, empty in EMPTY.items()}
            found[area] = IndicatorSeries(answer=answer, area=area, level=level, **blank)
        for name, column in FIGURES.items():
            getattr(found[area], name)[places[year]] = rows[column][at]
    yield from found.values()


def spread_of(rows: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, list[float]]]:
    """By level and period: lowest, first quarter, middle, third quarter, highest, and number of areas."""
    gathered: dict[tuple[str, int], list[float]] = {}
    for level, year, value in zip(rows["level"], rows["year"], rows["value"], strict=True):
        if value is not None:
            gathered.setdefault((level, year), []).append(value)
    found: dict[str, dict[str, list[float]]] = {}
    for (level, year), values in gathered.items():
        parts = [float(one) for one in np.percentile(values, SPREAD)]
        found.setdefault(level, {})[str(year)] = [*parts, len(values)]
    return found
