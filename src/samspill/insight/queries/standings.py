"""Where a community stands among all with figures of the same pack: for shares and growth, not counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.insight.models import Indicator, PopulationRun, PopulationSeries
from samspill.insight.queries.profiles import WHOLE, Profile

FEWEST = 5  # communities below which a place among them says nothing
OLD = "80+"


@dataclass(frozen=True)
class Standing:
    """A value among the others'. `place` is 1 for the highest; `together` is of all of them as one.

    `indicator` is None for the growth in those over 80 to the last year, in per cent.
    """

    indicator: Indicator | None
    own: float
    together: float
    lowest: float
    lower: float
    upper: float
    highest: float
    place: int
    of: int


Sums = Mapping[str, tuple[float, float]]
"""Persons of an age group on the first and the last 1 January of a run."""


def standings_of(profile: Profile, indicators: Sequence[Indicator]) -> list[Standing]:
    """One for each indicator that is a share, and the growth; none where too few have figures. 2 queries."""
    everyone = _sums(profile)
    if len(everyone) < FEWEST or profile.community.pk not in everyone:
        return []
    whole = _together(list(everyone.values()))
    found = [
        _standing(
            one,
            {key: _share(one, sums) for key, sums in {**everyone, 0: whole}.items()},
            profile.community.pk,
        )
        for one in indicators
        if one.definition["denominator"] is not None
    ]
    grown = {key: _growth(sums) for key, sums in {**everyone, 0: whole}.items()}
    return [*found, _standing(None, grown, profile.community.pk)]


def _sums(profile: Profile) -> dict[int, Sums]:
    newest: dict[int, int] = {}
    runs = PopulationRun.objects.filter(pack_id=profile.run.pack_id, to=profile.to).order_by("made_at", "pk")
    for run_id, community_id in runs.values_list("pk", "community_id"):
        newest[community_id] = run_id
    found: dict[int, dict[str, tuple[float, float]]] = {}
    for series in PopulationSeries.objects.filter(run_id__in=newest.values(), area=WHOLE).defer("bands"):
        ends = series.persons[series.years.index(profile.now)], series.persons[-1]
        found.setdefault(series.community_id, {})[series.group] = ends
    return dict(found)


def _together(everyone: Sequence[Sums]) -> Sums:
    return {
        group: (sum(one[group][0] for one in everyone), sum(one[group][1] for one in everyone))
        for group in everyone[0]
    }


def _share(indicator: Indicator, sums: Sums) -> float:
    definition = indicator.definition
    top, base = sums[definition["numerator"]][0], sums[definition["denominator"]][0]
    return float(definition["times"] * top / max(base, 1))


def _growth(sums: Sums) -> float:
    now, then = sums[OLD]
    return 100 * (then / max(now, 1) - 1)


def _standing(indicator: Indicator | None, values: Mapping[int, float], own: int) -> Standing:
    """`values` by community, all together at 0."""
    others = [value for key, value in values.items() if key]
    lowest, lower, upper, highest = (float(one) for one in np.percentile(others, (0, 25, 75, 100)))
    place = 1 + sum(value > values[own] for value in others)
    return Standing(indicator, values[own], values[0], lowest, lower, upper, highest, place, len(others))
