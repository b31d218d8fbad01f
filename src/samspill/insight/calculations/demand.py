"""The calculation «demand»: what will be needed, and what something one tries makes of it on both sides."""

from typing import Any, cast

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.analysis.demand import (
    VERSION,
    Assumptions,
    Baseline,
    Moved,
    Outcome,
    catalogue,
    rates_version,
    what_if,
)
from samspill.insight.asked.demand import whole
from samspill.insight.asked.demand_addresses import address_of
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.drawings.curve import PERCENTILES
from samspill.insight.queries.demand import Frame, counted, frame_of, frozen, lines_of, part_of
from samspill.insight.queries.figures import Figures
from samspill.insight.telling.demand import MAIN, tell
from samspill.refusal import Refused

KEY = "demand"
LONGEST = 30  # years ahead; beyond, an interval is too wide to plan by
MIDDLE, EIGHT_OF_TEN = 50, (10, 50, 90)
ALL = (*PERCENTILES[:3], MIDDLE, *PERCENTILES[3:])
EIGHTY = 1.2816  # standard deviations on each side of an 80 per cent interval
LINES = ("no_change", "constant_use")


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """Numbers of the services asked for, by code, and of what is tried.

    years     from the jump-off to the last
    services  by code: `bands` per year (percentiles ALL), `growth` in per cent and `now` and `then` (10,
              50, 90), `known` (year, use) that was counted before, `skill` of the back-test; when something
              is tried `tried` as `bands`
    sides     by code of every service that what is tried changes: `units` and `percent` (10, 50, 90) of the
              difference in the last year
    moved     where the units that were taken away have gone in the last year, per mitigator, as means
    focus     of the one service, when one is asked for: `lines`, `steps`, `parts`, `levels`
    """
    frame, areas = _frame(figures, municipalities, asked), _areas(municipalities, asked)
    outcome = _outcome(frame, areas, asked)
    codes = cast(list[str], asked["services"]) or list(catalogue())
    found: dict[str, Any] = {
        "years": list(outcome.baseline.years),
        "services": {code: _service(outcome, frame, code) for code in codes},
        "sides": _sides(outcome) if asked["sizes"] else {},
        "moved": [_moved(one) for one in outcome.moved],
    }
    if len(codes) == 1:
        found["focus"] = _focus(outcome, frame, codes[0], areas)
    return found


def draws(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> dict[str, list[float]]:
    """Use in the last year, with what is tried, in each drawn future: of the services that are compared."""
    frame, areas = _frame(figures, municipalities, asked), _areas(municipalities, asked)
    outcome = _outcome(frame, areas, asked)
    codes = cast(list[str], asked["services"])
    compared = codes if len(codes) == 1 else [code for code in MAIN if not codes or code in codes]
    return {code: [float(value) for value in outcome.total(code)[-1]] for code in compared}


def _outcome(frame: Frame, areas: tuple[str, ...], asked: Plain) -> Outcome:
    return what_if(part_of(frozen(frame), areas), _assumptions(asked))


def _frame(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Frame:
    to = int(str(asked["to"]))
    jump_off = figures.history.years[-1]
    if not jump_off < to <= jump_off + LONGEST:
        raise Refused(
            "calculation.to",
            _("The figures are of %(year)s, so the last year must be from %(first)s to %(last)s.")
            % {"year": jump_off, "first": jump_off + 1, "last": jump_off + LONGEST},
            field="to",
        )
    return frame_of(figures, municipalities, to, int(str(asked["draws"])), int(str(asked["seed"])))


def _areas(municipalities: tuple[str, ...], asked: Plain) -> tuple[str, ...]:
    areas = tuple(cast(list[str], asked["areas"]))
    unknown = sorted(set(areas) - set(municipalities))
    if unknown:
        raise Refused(
            "unknown_area",
            _("There is no municipality %(code)s in this helsefellesskap.") % {"code": unknown[0]},
            field="areas",
        )
    return areas


def _assumptions(asked: Plain) -> Assumptions:
    question: Any = asked
    return Assumptions(
        {code: size / 100 for code, size in question["sizes"].items()},
        {code: (low, high) for code, (low, high) in question["ranges"].items()},
        question["years"],
    )


def _service(outcome: Outcome, frame: Frame, code: str) -> dict[str, object]:
    baseline = outcome.baseline
    untouched, skill = baseline.total(code), baseline.skills[code]
    found: dict[str, object] = {
        "bands": _percentiles(untouched, ALL),
        "growth": _percentiles(100 * (untouched[-1] / np.maximum(untouched[0], 1e-9) - 1), EIGHT_OF_TEN),
        "now": _percentiles(untouched[0], EIGHT_OF_TEN),
        "then": _percentiles(untouched[-1], EIGHT_OF_TEN),
        "known": [[year, _rounded(use)] for year, use in counted(frame, catalogue()[code], baseline.areas)],
        "skill": {
            "verdict": skill.verdict,
            "ahead": skill.ahead,
            "from": list(skill.jump_offs),
            "units": skill.units,
            "errors": {one.method: [one.error, one.bias] for one in skill.scores},
        },
    }
    if outcome.moved:
        found["tried"] = _percentiles(outcome.total(code), ALL)
    return found


def _sides(outcome: Outcome) -> dict[str, object]:
    found: dict[str, object] = {}
    for one in outcome.baseline.services:
        difference = outcome.difference(one.code)[-1]
        if difference.any():
            before = np.maximum(outcome.baseline.total(one.code)[-1], 1e-9)
            found[one.code] = {
                "units": _percentiles(difference, EIGHT_OF_TEN),
                "percent": _percentiles(100 * difference / before, EIGHT_OF_TEN),
            }
    return found


def _moved(one: Moved) -> dict[str, object]:
    return {
        "mitigator": one.mitigator,
        "counts": one.counts,
        "avoided": _rounded(one.avoided[-1].mean()),
        "shares": {code: _rounded(values[-1].mean()) for code, values in one.share.items()},
        "found": {code: _rounded(values[-1].mean()) for code, values in one.found.items()},
        "saved": _rounded(one.saved[-1].mean()),
    }


def _focus(outcome: Outcome, frame: Frame, code: str, areas: tuple[str, ...]) -> dict[str, object]:
    baseline = outcome.baseline
    fall = outcome.waterfall(code, baseline.years[-1])
    lines = lines_of(frame, code, areas)
    return {
        "lines": {name: [_rounded(value) for value in lines[name]] for name in LINES},
        "start": _rounded(fall.start.mean()),
        "steps": [
            [step, _rounded(values.mean()), *_percentiles(values, (10, 90))]
            for step, values in fall.steps.items()
        ],
        "end": _rounded(fall.end.mean()),
        "by_order": not fall.shapley,
        "parts": _parts(outcome, code),
        "levels": _levels(baseline, code),
    }


def _parts(outcome: Outcome, code: str) -> dict[str, object]:
    """By chapter: medians now and then, and the growth (10, 50, 90); none for a service that is whole."""
    parts = [part for service, part in outcome.baseline.items if service == code and part]
    found: dict[str, object] = {}
    for part in parts:
        untouched = outcome.baseline.total(code, None, [part])
        found[part] = {
            "now": _rounded(np.median(untouched[0])),
            "then": _rounded(np.median(untouched[-1])),
            "more": _percentiles(untouched[-1] - untouched[0], EIGHT_OF_TEN),
        }
    return found


def _levels(baseline: Baseline, code: str) -> dict[str, list[float]]:
    """By municipality with figures of its own: use over that of the rates, between eight of ten."""
    return {
        level.area: [
            round(float(level.ratio * np.exp(side * EIGHTY * level.noise)), 4) for side in (-1, 0, 1)
        ]
        for level in baseline.levels
        if level.service == code and level.local
    }


def _percentiles(values: np.ndarray, wanted: tuple[float, ...]) -> list[Any]:
    """Of the draws, which are the last axis: a row per year, or one row."""
    found = np.percentile(values, wanted, axis=-1).T
    return [_row(row) for row in found] if found.ndim > 1 else _row(found)


def _row(values: np.ndarray) -> list[float]:
    return [_rounded(value) for value in values]


def _rounded(value: Any) -> float:
    return round(float(value), 2)


def page(slug: str, asked: Plain) -> str:
    """Where one goes on trying from the question."""
    return reverse("insight:demand-trial", args=[slug]) + address_of(asked)


DEMAND = CalculationKind(
    KEY, _("What we will need"), f"{VERSION}-{rates_version()[:12]}", whole, answer, tell, draws, page
)
