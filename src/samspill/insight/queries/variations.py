"""How much each indicator varies between areas beyond chance, from the newest figures of each.

Only what is published is read: an area that is hidden is left out, and counted as left out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.db.models import F, IntegerField

from samspill.analysis.disclosure import Flag
from samspill.analysis.rates import Variation, variation
from samspill.insight.area_names import ALL, COUNTRY, municipalities_in
from samspill.insight.models import IndicatorAnswer, IndicatorSeries
from samspill.insight.queries.measured import newest
from samspill.insight.queries.placings import Newest
from samspill.insight.states import Level, Period

FEWEST = 5  # areas below which highest against lowest says nothing
LEAST_EXPECTED = 5.0  # events below which an area swings too much to be counted in
PEOPLE = "befolkning"
"""The theme of who lives there, which no service decides."""
KINDS = frozenset({"rate", "share"})
"""Those that count events among people, so that chance is known."""


@dataclass(frozen=True)
class Spot:
    """An area with what its figure rests on."""

    code: str
    value: float
    count: int
    population: int


@dataclass(frozen=True)
class Varied:
    """An indicator in its areas. `found` is None where there are too few of them, or nothing to expect from.

    `spots` are those with a figure; `hidden` how many are hidden, `missing` how many have none.
    """

    answer: IndicatorAnswer
    spots: Sequence[Spot] = field(repr=False)
    hidden: int
    missing: int
    found: Variation | None

    @property
    def period(self) -> int:
        return self.answer.periods[-1]

    @property
    def is_repeated(self) -> bool:
        """Whether a person may be counted several times, so that events are not independent."""
        return bool(self.answer.definition["standardisation"].get("repeated"))

    @property
    def is_standardised(self) -> bool:
        return bool(self.answer.definition["standardisation"]["method"] == "direct")


def varied(level: str, *, within: str = "") -> list[Varied]:
    """Most first. `within` is a helsefellesskap whose municipalities alone are meant. 2 queries."""
    answers = [
        one
        for one in newest(Period.YEAR).filter(indicator__is_in_use=True)
        if one.definition["kind"] in KINDS
        and one.definition["comparable"] is True
        and one.definition["theme"] != PEOPLE
    ]
    wholes, rows = _rows(answers, level, within)
    found = [_varied(one, rows[one.pk], wholes.get(one.pk)) for one in answers]
    return sorted(found, key=lambda one: (one.found is None, -(one.found.systematic if one.found else 0)))


Row = tuple[str, float | None, int | None, int | None, int]


def _rows(
    answers: Sequence[IndicatorAnswer], level: str, within: str
) -> tuple[Mapping[int, float], Mapping[int, list[Row]]]:
    wanted = IndicatorSeries.objects.filter(
        answer__in=[one.pk for one in answers], level__in=(level, Level.COUNTRY)
    )
    if within:
        wanted = wanted.filter(area__in=[*municipalities_in(within), COUNTRY, ALL])
    last = {
        "value": Newest(F("values")),
        "count": Newest(F("counts"), output_field=IntegerField()),
        "population": Newest(F("populations"), output_field=IntegerField()),
        "flag": Newest(F("flags"), output_field=IntegerField()),
    }
    wholes: dict[int, float] = {}
    rows: dict[int, list[Row]] = defaultdict(list)
    for answer, area, *figures in wanted.annotate(
        **{f"last_{key}": how for key, how in last.items()}
    ).values_list("answer_id", "area", *(f"last_{key}" for key in last)):
        if area in (COUNTRY, ALL):
            wholes[answer] = figures[0]
        else:
            rows[answer].append((area, *figures))
    return wholes, rows


def _varied(answer: IndicatorAnswer, rows: Sequence[Row], whole: float | None) -> Varied:
    spots = [
        Spot(area, value, count, population)
        for area, value, count, population, _flag in sorted(rows)
        if value is not None and count is not None and population
    ]
    hidden = sum(row[4] == Flag.HIDDEN for row in rows)
    return Varied(answer, spots, hidden, len(rows) - len(spots) - hidden, _variation(answer, spots, whole))


def _variation(answer: IndicatorAnswer, spots: Sequence[Spot], whole: float | None) -> Variation | None:
    if not spots or not whole:
        return None
    counts = np.array([one.count for one in spots], dtype=np.float64)
    expected = _expected(answer.definition, spots, counts, whole)
    enough = expected >= LEAST_EXPECTED
    return variation(counts[enough], expected[enough]) if enough.sum() >= FEWEST else None


def _expected(
    definition: Mapping[str, Any], spots: Sequence[Spot], counts: np.ndarray, whole: float
) -> np.ndarray:
    """Events there would be were the area as all together; with the area's own ages when that is known."""
    people = np.array([one.population for one in spots], dtype=np.float64)
    crude = people * whole / float(definition["times"])
    if definition["standardisation"]["method"] != "direct":
        return crude
    values = np.array([one.value for one in spots])
    return np.where(values > 0, counts * whole / np.where(values > 0, values, 1.0), crude)
