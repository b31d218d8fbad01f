"""Figures of indicators as a run stores them: invented, but made by the same door as real ones."""

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from factories.people import TODAY
from samspill.analysis.rates import proportion
from samspill.directory.public import machine
from samspill.insight.actions.measuring import keep_figures
from samspill.insight.area_names import levels, municipalities_in
from samspill.insight.models import IndicatorRun
from samspill.insight.public import sync_indicators
from samspill.insight.states import Level, Period

YEARS = tuple(range(2016, 2026))
SOURCE = {
    "key": "contacts",
    "name": "Norsk pasientregister (oppdiktet)",
    "version": "1",
    "retrieved_at": "2026-02-01",
    "credit": "Samspill",
    "licence": "CC BY 4.0",
}


def measured_figures(
    codes: Sequence[str] = ("readmissions-67-plus",),
    *,
    areas: Sequence[str] = municipalities_in("HF01"),
    years: Sequence[int] = YEARS,
    seed: int = 1,
    shares: Mapping[str, float] | None = None,
    period: str = Period.YEAR,
) -> IndicatorRun:
    """A run over `areas` (municipalities) with their helsefellesskap and all of them: 15 of 100 stays, but
    for areas named in `shares`; few stays are hidden as they would be."""
    sync_indicators()
    rows = [row for code in codes for row in _rows(code, areas, years, seed, shares or {})]
    table = pa.Table.from_pylist(rows)
    run = IndicatorRun(data_version="f" * 64, sources=[SOURCE], is_invented=True)
    return keep_figures(table, run, by=machine(None, TODAY), period=period)


def _rows(
    code: str, areas: Sequence[str], years: Sequence[int], seed: int, shares: Mapping[str, float]
) -> list[dict[str, object]]:
    draw = np.random.default_rng(seed)
    stays = {area: int(200 + 37 * place % 900) for place, area in enumerate(areas)}
    counted = {
        (area, year): (int(draw.binomial(stays[area], shares.get(area, 0.15))), stays[area])
        for area in areas
        for year in years
    }
    wanted = [(area, Level.MUNICIPALITY, year, *counted[area, year]) for area, year in counted]
    for level, groups in (*levels().items(), ("country", {"ALL": areas})):
        for name, members in groups.items():
            inside = [one for one in members if one in stays]
            if inside and name != "NO" and level != "region":
                wanted += [(name, level, year, *_together(counted, inside, year)) for year in years]
    return _told(code, wanted)


def _together(
    counted: Mapping[tuple[str, int], tuple[int, int]], inside: Sequence[str], year: int
) -> tuple[int, int]:
    above, below = zip(*(counted[area, year] for area in inside), strict=True)
    return sum(above), sum(below)


def _told(code: str, wanted: Sequence[tuple[str, str, int, int, int]]) -> list[dict[str, object]]:
    """Rows of a published table, from (area, level, year, above, below)."""
    found = proportion(*np.array([one[3:] for one in wanted]).T, multiplier=100)
    limits = zip(found.value.tolist(), found.lower.tolist(), found.upper.tolist(), strict=True)
    return [
        {"indicator": code, "area": area, "level": str(Level(level)), "year": year, "note": ""}
        | _shown((*figures, above, below))
        for (area, level, year, above, below), figures in zip(wanted, limits, strict=True)
    ]


def _shown(figures: Sequence[float]) -> dict[str, object]:
    """Nothing but the flag, where few are counted."""
    hidden = 0 < figures[3] < 5
    names = ("value", "lower", "upper", "count", "population")
    return {name: None if hidden else one for name, one in zip(names, figures, strict=True)} | {
        "flag": 3 if hidden else 0
    }
