"""A slider moved on the page of demand: the whole request, beside the analysis alone.

Each request tries another size, so that no answer is given twice. The community's demand is frozen before, as
it is in a server that has shown the page once; how long that takes is a case of its own.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from benchmarks import Case
from benchmarks.compare import visitor
from benchmarks.installation import installation
from benchmarks.isolation import TODAY

MOST_SECONDS = 1.0
TO, DRAWS, SEED = 2040, 256, 2026
SERVICE = "hospital_bed_days"
MEASURES = {"liggetid": "length_of_stay", "dho": "home_follow_up", "hjem-raskere": "ready_for_discharge"}
TRIAL = "/tall/ostfold/behov/prov/"
OK = 200


def cases() -> list[Case]:
    """On Østfold's embedded figures."""
    installation()
    _take_figures_in_use()
    client = visitor()
    work = f"13 municipalities to {TO}, {DRAWS} draws, {len(MEASURES)} measures"
    return [
        {
            "name": "demand page: a what-if answer",
            "run": _page(client),
            "baseline": _analysis(),
            "work": f"{work}, the whole page; baseline: the analysis alone",
            "most_seconds": MOST_SECONDS,
        },
        {
            "name": "demand page: the first answer of a server",
            "run": _first(client),
            "baseline": _page(client),
            "work": f"{work}, projected and frozen first; baseline: the next answer",
            "runs": 5,
        },
    ]


def _take_figures_in_use() -> None:
    from samspill.directory.public import machine, sync_register
    from samspill.insight.public import use_embedded

    sync_register(today=TODAY)
    use_embedded(by=machine(None, TODAY))


def _page(client: Any) -> Callable[[], None]:
    sizes = count(1)

    def ask() -> None:
        size = next(sizes) % 200 + 1
        tried = "&".join(f"{slug}={size}" for slug in MEASURES)
        answer = client.get(f"{TRIAL}?{tried}")
        if answer.status_code != OK:
            raise RuntimeError(f"{TRIAL} answered {answer.status_code}")

    ask()
    return ask


def _first(client: Any) -> Callable[[], None]:
    from samspill.insight.queries.demand import frozen, lines_of, projected

    ask = _page(client)

    def ask_first() -> None:
        for held in (frozen, projected, lines_of):
            held.cache_clear()
        ask()

    return ask_first


def _analysis() -> Callable[[], None]:
    """What the page asks of `analysis.demand`, on the same draws."""
    from samspill.analysis.demand import Assumptions, embedded_use, freeze, measured, what_if
    from samspill.analysis.figures import embedded
    from samspill.analysis.population import project

    history, rates, _source = embedded()
    people = project(history, rates, jump_off=history.years[-1], to=TO, draws=DRAWS, seed=SEED)
    baseline = freeze(people, history, actual=embedded_use(), skills=measured())
    sizes = count(1)

    def ask() -> None:
        size = (next(sizes) % 200 + 1) / 100
        outcome = what_if(baseline, Assumptions(dict.fromkeys(MEASURES.values(), size)))
        outcome.band(SERVICE)
        outcome.sides(TO)
        outcome.waterfall(SERVICE, TO)

    return ask
