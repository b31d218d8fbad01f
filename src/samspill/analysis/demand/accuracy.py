"""The back-tests of the services: measured on a data pack, and kept beside the code for those without one.

`accuracy.yaml` is printed by `python -m scripts.demand_accuracy` from the open data; a test holds it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from samspill.analysis.demand.services import Service, choose
from samspill.analysis.demand.skill import Score, Skill, backtest, untested
from samspill.analysis.demand.use import Need, Use, need_of
from samspill.analysis.packs import SERIES, read_series
from samspill.analysis.population import PopulationHistory
from samspill.refusal import Refused

FILE = Path(__file__).parent / "accuracy.yaml"
AHEAD = 5


@cache
def measured() -> dict[str, Skill]:
    """The kept back-test of every service; those without a history of use are `untested`."""
    rows = yaml.safe_load(FILE.read_text("utf-8")) if FILE.exists() else {}
    return {one.code: from_plain(one.code, rows.get(one.code)) for one in choose()}


def measure(
    actual: Mapping[str, Use],
    history: PopulationHistory,
    *,
    jump_offs: Sequence[int] | None = None,
    ahead: int = AHEAD,
    services: tuple[str, ...] | None = None,
) -> dict[str, Skill]:
    """Back-test every service that `actual` has series for, with the true population of `history`.

    `jump_offs` are the last years of use that are known; by default all that leave three years before and
    `ahead` years after. Refuses when a year lacks (`year_missing`).
    """
    found = {}
    for one in choose(services):
        use = use_of(one, actual)
        if use is None:
            found[one.code] = untested(one.code)
            continue
        need = _need(one, use, history)
        starts = jump_offs or default_jump_offs(use, need, ahead)
        found[one.code] = backtest(use, need, one.recipe, jump_offs=starts, ahead=ahead)
    return found


def default_jump_offs(use: Use, need: Need, ahead: int) -> list[int]:
    """Every year with four years of use up to it, and `ahead` after it."""
    years = [year for year in use.years if year in need.years]
    starts = [year for year in years[3:] if year + ahead in years]
    if not starts:
        raise Refused(
            "history_too_short",
            f"{use.service} has figures of {len(years)} years; a test {ahead} years ahead needs {ahead + 4}.",
            field="horizon",
        )
    return starts


def use_of(service: Service, actual: Mapping[str, Use]) -> Use | None:
    """The published use of a service: the sum of its series, where each of them is published."""
    if not service.series or any(name not in actual for name in service.series):
        return None
    parts = [actual[name] for name in service.series]
    return Use(service.code, parts[0].years, parts[0].areas, np.sum([one.values for one in parts], axis=0))


def _need(service: Service, use: Use, history: PopulationHistory) -> Need:
    """The need of the areas that `use` is of: municipalities, or the sums of helsefellesskap."""
    if set(use.areas) <= set(history.areas):
        return need_of(history.only(use.areas), service.profile)
    whole = need_of(history, service.profile)
    member = np.array([[group == unit for unit in use.areas] for group in history.groups], dtype=np.float64)
    return Need(whole.years, use.areas, whole.expected @ member, whole.residents @ member)


def pack_use(folder: Path, *, services: tuple[str, ...] | None = None) -> dict[str, Use]:
    """Published use by series from the data pack in `folder`, those that the services need.

    A series whose file is not there is left out; one that is wrong is refused, as in `read_series`.
    """
    found = {}
    for name in _series_of(services):
        if any(Path(folder).glob(f"{SERIES[name].stem}*")):
            seen = read_series(folder, name)
            found[name] = Use(name, seen.years, seen.areas, seen.values)
    return found


def use_files() -> tuple[str, ...]:
    """How the names begin of the files that `pack_use` reads."""
    return tuple(dict.fromkeys(SERIES[name].stem for name in _series_of(None)))


def _series_of(services: tuple[str, ...] | None) -> list[str]:
    return list(dict.fromkeys(name for one in choose(services) for name in one.series))


def to_plain(skill: Skill) -> dict[str, object]:
    """As it is kept: errors and biases in per cent to two decimals."""
    return {
        "verdict": skill.verdict,
        "ahead": skill.ahead,
        "jump_offs": list(skill.jump_offs),
        "units": skill.units,
        "spread_region": round(skill.spread_region, 4),
        "spread_area": round(skill.spread_area, 4),
        "spread_size": round(skill.spread_size, 4),
        "scores": {one.method: [round(one.error, 2), round(one.bias, 2)] for one in skill.scores},
    }


def from_plain(service: str, row: Mapping[str, Any] | None) -> Skill:
    """A kept back-test again; `untested` when there is none."""
    if not row:
        return untested(service)
    return Skill(
        service,
        verdict=row["verdict"],
        ahead=row["ahead"],
        jump_offs=tuple(row["jump_offs"]),
        units=row["units"],
        scores=tuple(Score(method, *pair) for method, pair in row["scores"].items()),
        spread_region=row["spread_region"],
        spread_area=row["spread_area"],
        spread_size=row["spread_size"],
    )
