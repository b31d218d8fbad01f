"""The calculation «backtest»: what the projection would have said from a past year, and what came.

Of the community's own municipalities, projected as its pages project them: by themselves. Or of all
municipalities together, held to the nation and judged by helsefellesskap: that takes longer than a page can
wait, and is worked out in the background.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from math import ceil
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.cluster import Spread
from samspill.analysis.population import (
    BLOCK,
    VERSION,
    Map,
    PopulationHistory,
    backtest,
    blocks_on,
    simulate,
)
from samspill.insight.accuracy.people import CONSTANT_RATIOS, NO_CHANGE, OURS
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.telling.accuracy import AGES, OLD, tell_trial
from samspill.refusal import Refused

KEY = "backtest"
DEFAULTS: dict[str, object] = {"jump_off": 2021, "horizon": 5, "draws": 200, "seed": 1}
WHERE, NATION = "of", "nation"
"""Asked only of all municipalities: a question about one's own is as it always was."""
BACK = 5  # years of history that a projection needs before its first year
HORIZONS = (5, 8, 10)
MOST_DRAWS = 1000
BAND = (10, 90)
METHODS = (OURS, NO_CHANGE, CONSTANT_RATIOS)


def trials_of(years: Sequence[int], horizons: Sequence[int] = HORIZONS) -> list[tuple[int, int]]:
    """(first year, years ahead) that figures of `years` can judge, the longest and newest first."""
    known = set(years)
    found = [(year, ahead) for ahead in horizons for year in years if {year - BACK, year + ahead} <= known]
    return sorted(found, key=lambda one: (-one[1], -one[0]))


def whole(asked: Plain) -> Plain:
    """`jump_off` (a year), `horizon` (years ahead), `draws` and `seed`; `of` when it is the whole nation."""
    filled = {key: asked.get(key, default) for key, default in DEFAULTS.items()}
    for key, least, most in (
        ("jump_off", 1900, 2200),
        ("horizon", 1, 50),
        ("draws", 1, MOST_DRAWS),
        ("seed", 0, 2**31),
    ):
        value = filled[key]
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Refused(
                "calculation.trial",
                _("The trial needs a first year and a number of years ahead. Choose one of the list."),
                field=key,
            )
    return filled | ({WHERE: NATION} if asked.get(WHERE) == NATION else {})


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """`scores` of ours and the naive methods, and `places`: each place's over 80, said and come."""
    return _tried(figures, municipalities, asked, None)


def through(figures: Figures, municipalities: tuple[str, ...], asked: Plain, keep: Path) -> Plain:
    """The same, with the draws of each block of municipalities put in `keep` when they are made."""
    return _tried(figures, municipalities, asked, blocks_on(Spread(workers=1, keep=keep)))


def parts_of(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> int:
    """How many blocks there are."""
    return ceil(len(figures.history.areas if asked.get(WHERE) == NATION else municipalities) / BLOCK)


def check_known(figures: Figures, asked: Plain) -> None:
    """Refuses years that the figures cannot judge, and the nation where there is not all of it."""
    jump_off, horizon = int(str(asked["jump_off"])), int(str(asked["horizon"]))
    if not {jump_off - BACK, jump_off + horizon} <= set(figures.history.years):
        raise Refused(
            "calculation.trial",
            _("The figures in use cannot judge %(horizon)s years from %(jump_off)s. Choose one of the list.")
            % {"horizon": horizon, "jump_off": jump_off},
            field="jump_off",
        )
    if asked.get(WHERE) == NATION and figures.pack is None:
        raise Refused(
            "calculation.nation",
            _("The figures in use do not hold all of Norway. Add a data pack that does."),
            field=WHERE,
        )


def _tried(figures: Figures, municipalities: tuple[str, ...], asked: Plain, map: Map | None) -> Plain:
    check_known(figures, asked)
    jump_off, horizon, draws, seed = (int(str(asked[key])) for key in DEFAULTS)
    is_nation = asked.get(WHERE) == NATION
    history = figures.history if is_nation else figures.history.only(municipalities)
    scores = backtest(
        history, figures.rates, jump_off=jump_off, horizons=(horizon,), draws=draws, seed=seed, map=map
    )
    return {
        "scores": [
            {**asdict(one), "error": round(one.error, 3), "bias": round(one.bias, 3)}
            for one in scores
            if one.ages in AGES and one.method in METHODS
        ],
        "places": _places(history, figures, (jump_off, horizon, draws, seed), map, is_nation=is_nation),
    }


def _places(
    history: PopulationHistory,
    figures: Figures,
    trial: tuple[int, int, int, int],
    map: Map | None,
    *,
    is_nation: bool,
) -> list[dict[str, object]]:
    """Those over 80 of each municipality, of the nation of each helsefellesskap. The same draws as scored."""
    jump_off, horizon, draws, seed = trial
    futures = simulate(
        history.until(jump_off),
        figures.rates,
        jump_off=jump_off,
        to=jump_off + horizon,
        draws=draws,
        seed=seed,
        processes=1,
        map=map,
    )
    units = _communities(figures) if is_nation else {area: (area,) for area in history.areas}
    came = history.on(jump_off + horizon)[..., 80:].sum(axis=(1, 2))
    found: list[dict[str, object]] = []
    for unit, areas in units.items():
        low, high = np.asarray(futures.band(OLD, areas=areas, percentiles=BAND)[-1])
        found.append(
            {
                "area": unit,
                "said": round(float(futures.total(OLD, areas=areas)[-1]), 1),
                "low": round(float(low), 1),
                "high": round(float(high), 1),
                "came": int(came[[history.areas.index(area) for area in areas]].sum()),
            }
        )
    return found


def _communities(figures: Figures) -> Mapping[str, tuple[str, ...]]:
    """Name of each helsefellesskap -> its municipalities."""
    pack = figures.pack
    named = {one.community: one.community_name for one in pack.municipalities} if pack else {}
    return {name: pack.of_community(code) for code, name in sorted(named.items()) if pack and code}


BACKTEST = CalculationKind(
    KEY, _("How often we were right"), VERSION, whole, answer, tell_trial, through=through
)
