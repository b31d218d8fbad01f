"""The page of an indicator from stored figures: 357 municipalities, 19 helsefellesskap, 10 years.

Beside it, in the same run: the same rows read from the database and written as JSON, with no word and no
drawing. What a page costs above that is what it says.
"""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks import Case
from benchmarks.compare import visitor
from benchmarks.installation import installation
from benchmarks.isolation import TODAY

MOST_SECONDS = 0.1
CODE = "readmissions-67-plus"
PAGE = f"/tall/indikatorer/{CODE}/"
YEARS = range(2016, 2026)
SEED, SHARE = 2026, 0.15
OK = 200
WAYS = {
    "one's own 13 municipalities": "?for=HF01&nivaa=kommuner",
    "all 357 municipalities": "?for=HF01&nivaa=alle",
    "all helsefellesskap": "?for=HF01&nivaa=fellesskap",
}


def cases() -> list[Case]:
    installation()
    _keep()
    client = visitor()
    return [
        {
            "name": f"indicator page: {name}",
            "run": _page(client, PAGE + way),
            "baseline": _rows,
            "work": "357 × 10 stored figures with limits, the whole page; baseline: the rows as JSON",
            "most_seconds": MOST_SECONDS,
        }
        for name, way in WAYS.items()
    ]


def _keep() -> None:
    """Invented stays in every municipality, with sums for helsefellesskap, regions and the country."""
    from samspill.analysis.rates import proportion
    from samspill.directory.public import machine, sync_register
    from samspill.insight.actions.measuring import keep_figures
    from samspill.insight.area_names import levels
    from samspill.insight.models import IndicatorRun
    from samspill.insight.public import sync_indicators

    sync_register(today=TODAY)
    sync_indicators()
    draw = np.random.default_rng(SEED)
    areas = levels()["country"]["NO"]
    stays = np.round(np.exp(draw.normal(6, 1, len(areas)))).astype(int)[:, None] + np.zeros(len(YEARS), int)
    again = draw.binomial(stays, SHARE)
    groups = {"municipality": {one: [one] for one in areas}, **levels()}
    place = {one: number for number, one in enumerate(areas)}
    rows: list[dict[str, Any]] = []
    for level, named in groups.items():
        for name, members in named.items():
            at = [place[one] for one in members]
            above, below = again[at].sum(axis=0), stays[at].sum(axis=0)
            found = proportion(above, below, multiplier=100)
            rows += [
                {
                    "indicator": CODE,
                    "area": name,
                    "level": level,
                    "year": year,
                    "value": float(found.value[number]),
                    "lower": float(found.lower[number]),
                    "upper": float(found.upper[number]),
                    "count": int(above[number]),
                    "population": int(below[number]),
                    "flag": 0,
                    "note": "",
                }
                for number, year in enumerate(YEARS)
            ]
    run = IndicatorRun(data_version="b" * 64, sources=[], is_invented=True)
    keep_figures(pa.Table.from_pylist(rows), run, by=machine(None, TODAY))


def _page(client: Any, path: str) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")

    return ask


def _rows() -> None:
    from samspill.insight.models import IndicatorSeries

    json.dumps(list(IndicatorSeries.objects.filter(answer__indicator__code=CODE).values()), default=str)
