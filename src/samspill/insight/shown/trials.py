"""What may be tried of how often we are right: first years, horizons, the nation when all of it is here."""

from collections.abc import Mapping
from dataclasses import dataclass

from samspill.insight.calculations.backtest import BACK, DEFAULTS, NATION, WHERE
from samspill.insight.queries.figures import figures_of, pack_in_use
from samspill.refusal import Refused

MISSING = ("pack.withdrawn", "pack.gone", "calculation.no_figures")


@dataclass(frozen=True)
class LongTrial:
    """The form: first years and horizons to choose from, what was chosen, and why it cannot be."""

    years: list[int]
    furthest: int
    has_nation: bool
    chosen: Mapping[str, object]
    refusal: str = ""


def form_for_all() -> LongTrial | None:
    """The form as it stands first; None while there are no figures to try on."""
    try:
        return trial_form()
    except Refused as refused:
        if refused.code in MISSING:
            return None
        raise


def trial_form(chosen: Mapping[str, object] | None = None, refusal: str = "") -> LongTrial:
    figures = figures_of(pack_in_use().version)
    years = list(figures.history.years)
    first = [year for year in years if year - BACK in years and year < years[-1]]
    has_nation = figures.pack is not None
    filled = {**DEFAULTS, **({WHERE: NATION} if has_nation else {})} if chosen is None else chosen
    return LongTrial(first, years[-1] - years[0] - BACK, has_nation, filled, refusal)
