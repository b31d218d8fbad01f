"""The calculation «comparison»: two to five sets of assumptions of one kind, on the same drawn futures.

Here: the question and the answer. What it says stands in `telling_comparison`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.insight.calculating import CALCULATIONS, CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.telling.comparison import tell
from samspill.refusal import Refused

KEY, VERSION = "comparison", "1"
FEWEST, MOST = 2, 5
FROM = ("jump_off", "from_year")
"""What must be alike from the start: years that begin at different times cannot be set beside each other."""
LIKELY = (10, 50, 90)  # percentiles of a difference; the outer two hold it eight times of ten


def whole(asked: Plain) -> Plain:
    """`kind`, and `scenarios`: a `name` and a whole question `asked` for each, on the draws of the first."""
    how = _kind(asked.get("kind"))
    several = asked.get("scenarios")
    if not isinstance(several, Sequence) or isinstance(several, str) or not FEWEST <= len(several) <= MOST:
        raise Refused(
            "comparison.number",
            _("Choose from %(fewest)s to %(most)s scenarios to compare.") % {"fewest": FEWEST, "most": MOST},
        )
    named = [_named(how, one) for one in several]
    first: Mapping[str, Any] = named[0]["asked"]
    alike = {key: first[key] for key in how.same if key in first}
    whole = [{"name": one["name"], "asked": dict(how.whole({**one["asked"], **alike}))} for one in named]
    _check_names(whole)
    _check_start(whole)
    return {"kind": how.key, "version": how.version, "scenarios": whole}


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """`answers`: what each scenario gives. `differences`: of each from the first, by main answer.

    A difference is taken draw by draw, then ordered: `low` and `high` hold it eight times of ten, `more` is
    the share of drawn futures in which the scenario lies above the first. Empty for a kind without draws.
    """
    how, scenarios = _kind(asked["kind"]), _scenarios(asked)
    answers = [json.loads(json.dumps(how.answer(figures, municipalities, one["asked"]))) for one in scenarios]
    if how.draws is None:
        return {"answers": answers, "differences": []}
    drawn = [how.draws(figures, municipalities, one["asked"]) for one in scenarios]
    return {"answers": answers, "differences": [differences(drawn[0], one) for one in drawn]}


def differences(
    first: Mapping[str, Sequence[float]], other: Mapping[str, Sequence[float]]
) -> dict[str, dict[str, float]]:
    """By main answer that both have: `low`, `middle`, `high` of other − first in each draw, and `more`.

    Refuses draws that are not as many (`comparison.draws`): they are not of the same futures.
    """
    found = {}
    for key in first.keys() & other.keys():
        left, right = np.asarray(first[key], dtype=float), np.asarray(other[key], dtype=float)
        if left.shape != right.shape:
            raise Refused("comparison.draws", _("The scenarios were not drawn on the same futures."))
        apart = right - left
        low, middle, high = (float(value) for value in np.percentile(apart, LIKELY))
        found[key] = {"low": low, "middle": middle, "high": high, "more": float(np.mean(apart > 0))}
    return dict(sorted(found.items()))


def _kind(key: object) -> CalculationKind:
    how = CALCULATIONS.get(str(key))
    if how is None or key == KEY:
        raise Refused("comparison.kind", _("Only scenarios that calculate the same can be compared."))
    return how


def _named(how: CalculationKind, one: object) -> dict[str, Any]:
    if not isinstance(one, Mapping) or not isinstance(one.get("asked"), Mapping):
        raise Refused("calculation.asked", _("A scenario to compare has lost its question. Choose it again."))
    return {"name": str(one.get("name", "")).strip(), "asked": dict(how.whole(one["asked"]))}


def _check_names(scenarios: Sequence[Mapping[str, Any]]) -> None:
    names = [one["name"] for one in scenarios]
    if len(set(names)) < len(names) or not all(names):
        raise Refused(
            "comparison.names",
            _("Two of the scenarios have the same name. Give each its own, so that one can tell them apart."),
        )


def _check_start(scenarios: Sequence[Mapping[str, Any]]) -> None:
    for key in FROM:
        starts = {one["asked"].get(key) for one in scenarios}
        if len(starts) > 1:
            raise Refused(
                "comparison.start",
                _("The scenarios begin in different years: %(years)s. Let them begin in the same year.")
                % {"years": ", ".join(str(year) for year in sorted(starts, key=str))},
            )


def _scenarios(asked: Plain) -> list[Mapping[str, Any]]:
    found: Any = asked["scenarios"]
    return list(found)


COMPARISON = CalculationKind(KEY, _("Scenarios side by side"), VERSION, whole, answer, tell)
