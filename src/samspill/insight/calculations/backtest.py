"""The calculation «backtest»: what the projection would have said from a past year, and what came.

Of the community's own municipalities, projected as its pages project them: by themselves.
"""

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.population import VERSION, PopulationHistory, backtest, project
from samspill.insight.accuracy.people import CONSTANT_RATIOS, NO_CHANGE, OURS
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.telling.accuracy import AGES, tell_trial
from samspill.refusal import Refused

KEY = "backtest"
DEFAULTS: dict[str, object] = {"jump_off": 2021, "horizon": 5, "draws": 200, "seed": 1}
BACK = 5  # years of history that a projection needs before its first year
HORIZONS = (5, 8, 10)
MOST_DRAWS = 1000
OLD = (80, 105)
BAND = (10, 90)
METHODS = (OURS, NO_CHANGE, CONSTANT_RATIOS)


def trials_of(years: Sequence[int]) -> list[tuple[int, int]]:
    """(first year, years ahead) that figures of `years` can judge, the longest and newest first."""
    known = set(years)
    found = [(year, ahead) for ahead in HORIZONS for year in years if {year - BACK, year + ahead} <= known]
    return sorted(found, key=lambda one: (-one[1], -one[0]))


def whole(asked: Plain) -> Plain:
    """`jump_off` (a year), `horizon` (years ahead), `draws` and `seed`."""
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
    return filled


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """`scores` of ours and the naive methods, and `places`: each municipality's over 80, said and come."""
    jump_off, horizon, draws, seed = (int(str(asked[key])) for key in DEFAULTS)
    if (jump_off, horizon) not in trials_of(figures.history.years):
        raise Refused(
            "calculation.trial",
            _("The figures in use cannot judge %(horizon)s years from %(jump_off)s. Choose one of the list.")
            % {"horizon": horizon, "jump_off": jump_off},
            field="jump_off",
        )
    history = figures.history.only(municipalities)
    scores = backtest(history, figures.rates, jump_off=jump_off, horizons=(horizon,), draws=draws, seed=seed)
    return {
        "scores": [
            {**asdict(one), "error": round(one.error, 3), "bias": round(one.bias, 3)}
            for one in scores
            if one.ages in AGES and one.method in METHODS
        ],
        "places": _places(history, figures, jump_off, horizon, draws, seed),
    }


def _places(
    history: PopulationHistory, figures: Figures, jump_off: int, horizon: int, draws: int, seed: int
) -> list[dict[str, object]]:
    low, high = OLD
    run = project(
        history.until(jump_off),
        figures.rates,
        jump_off=jump_off,
        to=jump_off + horizon,
        draws=draws,
        seed=seed,
    )
    came = history.on(jump_off + horizon)[..., low : high + 1].sum(axis=(1, 2))
    found: list[dict[str, object]] = []
    for place, area in enumerate(history.areas):
        said = float(run.total(low, high, areas=(area,))[-1])
        ends = np.asarray(run.band(low, high, areas=(area,), percentiles=BAND)[-1])
        found.append(
            {
                "area": area,
                "said": round(said, 1),
                "low": round(float(ends[0]), 1),
                "high": round(float(ends[1]), 1),
                "came": int(came[place]),
            }
        )
    return found


BACKTEST = CalculationKind(KEY, _("How often we were right"), VERSION, whole, answer, tell_trial)
