"""When a run is stored: look through it for what chance seldom does, and keep that as signals.

Charts are watched for helsefellesskap as wholes, since a municipality's own series is short of events; where
municipalities stand is watched against each other, in a funnel that allows for how much they always differ.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.utils import timezone

from samspill.analysis.effects import Rule, alarm_of, kind_of
from samspill.analysis.rates import funnel
from samspill.directory.public import Community, machine, scope
from samspill.insight.area_names import community_of
from samspill.insight.models import IndicatorAnswer, IndicatorRun, IndicatorSeries, IndicatorSignal
from samspill.insight.queries.expectations import BETTER
from samspill.insight.states import Direction, Level

FUNNELS = {"share": "proportion", "rate": "rate"}
"""Kinds of indicators that have a funnel -> the funnel's kind."""
WATCHED = (Level.COMMUNITY, Level.MUNICIPALITY)
UNUSED = ("lower", "upper", "flags", "notes")
FEWEST = 10  # areas that a funnel needs
FAR = 2  # levels of the funnel passed: 99.8 per cent


def look_for_signals(run: IndicatorRun) -> None:
    """Keep what the newest figures say; what was told before is not told again."""
    answers = run.answers.select_related("indicator")
    found: dict[str, list[IndicatorSignal]] = {}
    for answer in answers:
        rows = list(answer.series.filter(level__in=WATCHED).defer(*UNUSED))
        for signal in (*_charts(answer, rows), *_funnel(answer, rows)):
            home = signal.area if signal.area.startswith("HF") else community_of(signal.area)
            found.setdefault(home, []).append(signal)
    today = timezone.localdate()
    for community in Community.objects.filter(code__in=found):
        with scope(machine(community.pk, today)):
            for signal in found[community.code]:
                signal.community = community
            IndicatorSignal.objects.bulk_create(found[community.code], ignore_conflicts=True)


def _charts(answer: IndicatorAnswer, rows: Iterable[IndicatorSeries]) -> Iterator[IndicatorSignal]:
    better = BETTER[Direction(answer.indicator.direction)]
    for row in rows:
        if row.level == Level.COMMUNITY:
            alarm = alarm_of(_numbers(row.values), better)
            if alarm is not None:
                figures = (alarm.value, alarm.centre, alarm.lower, alarm.upper)
                yield _signal(answer, row.area, alarm.rule, alarm.kind, figures)


def _funnel(answer: IndicatorAnswer, rows: Sequence[IndicatorSeries]) -> Iterator[IndicatorSignal]:
    """Municipalities outside of the 99.8 per cent limits now, and not in the period before."""
    kind = FUNNELS.get(answer.definition["kind"])
    if kind is None or len(answer.periods) < 2 or answer.definition["comparable"] is not True:
        return
    municipalities = [row for row in rows if row.level == Level.MUNICIPALITY]
    now, before = (_standing(municipalities, place, kind, answer.definition["times"]) for place in (-1, -2))
    better = BETTER[Direction(answer.indicator.direction)]
    for area, (passed, figures) in now.items():
        if abs(passed) >= FAR and area in before and abs(before[area][0]) < FAR:
            yield _signal(answer, area, Rule.FUNNEL, kind_of(passed > 0, better), figures)


Standing = tuple[int, tuple[float, float, float, float]]


def _standing(rows: Sequence[IndicatorSeries], place: int, kind: str, times: float) -> dict[str, Standing]:
    """Area -> how many limits it has passed, and (value, middle, lower, upper) of the outer limits."""
    shown = [row for row in rows if row.counts[place] is not None and (row.populations[place] or 0) > 0]
    if len(shown) < FEWEST or not any(row.counts[place] for row in shown):
        return {}
    found = funnel(
        [row.counts[place] or 0 for row in shown],
        [row.populations[place] or 0 for row in shown],
        kind=kind,
        overdispersion=True,
        multiplier=times,
    )
    return {
        row.area: (
            int(found.signal[at]),
            (
                float(found.value[at]),
                float(found.target),
                float(found.lower[-1, at]),
                float(found.upper[-1, at]),
            ),
        )
        for at, row in enumerate(shown)
        if np.isfinite(found.value[at])
    }


def _signal(
    answer: IndicatorAnswer, area: str, rule: str, kind: str, figures: tuple[float, float, float, float]
) -> IndicatorSignal:
    value, centre, lower, upper = figures
    return IndicatorSignal(
        run_id=answer.run_id,
        indicator=answer.indicator,
        area=area,
        period_kind=answer.period,
        period=answer.periods[-1],
        rule=str(rule),
        kind=str(kind),
        value=value,
        centre=centre,
        lower=lower,
        upper=upper,
    )


def _numbers(values: Sequence[Any]) -> list[float]:
    return [float("nan") if one is None else float(one) for one in values]
