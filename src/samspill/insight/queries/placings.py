"""Every indicator of one area in its newest period, and where it stands among the areas it is compared with.

Stored figures; of the other areas the spread, the place among them and those that are named are read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import F, FloatField, Func, Q, Window
from django.db.models.functions import Rank

from samspill.insight.area_names import ALL, COUNTRY
from samspill.insight.area_search import level_of
from samspill.insight.models import IndicatorAnswer, IndicatorSeries
from samspill.insight.queries.measured import Area, Measured, Point, measured_in, newest
from samspill.insight.states import Period

SPREAD = (0, 25, 50, 75, 100)
FEWEST = 3  # areas below which a place among them says nothing


class Newest(Func):
    """The last element of an array."""

    template = "(%(expressions)s)[cardinality(%(expressions)s)]"
    output_field = FloatField()


@dataclass(frozen=True)
class Placing:
    """An indicator in an area.

    beside  what it is compared with: the country, or the middle of those that are like it
    spread  lowest, first quarter, middle, third quarter, highest; None where too few have a value
    place   1 for the highest, `of` those that have a value
    """

    measured: Measured
    area: Area | None
    beside: Point | None
    spread: Sequence[float] | None
    place: int | None
    of: int

    @cached_property
    def point(self) -> Point | None:
        return self.area.at(self.measured.latest) if self.area else None

    @property
    def value(self) -> float | None:
        return self.point.value if self.point else None

    @property
    def is_comparable(self) -> bool:
        return is_comparable(self.measured)

    @property
    def away(self) -> float:
        """How far it is from what it is compared with, against what areas differ; 0 where nobody can tell."""
        if self.value is None or self.beside is None or self.beside.value is None or self.spread is None:
            return 0.0
        return abs(self.value - self.beside.value) / max(self.spread[4] - self.spread[0], 1e-12)


def is_comparable(measured: Measured) -> bool:
    """Whether areas can be set beside each other: no mere count, and nothing that its definition warns of."""
    definition = measured.definition
    return definition["comparable"] is True and definition["denominator"] is not None


def placings_of(area: str, *, period: str = Period.YEAR) -> list[Placing]:
    """Every indicator beside the country (or all together), among all areas of its level. 3 queries."""
    answers = list(newest(period).filter(indicator__is_in_use=True).order_by("indicator__code"))
    return _placed(answers, [area])


def placings_at(
    codes: Collection[str], areas: Collection[str], *, period: str = Period.YEAR
) -> dict[tuple[str, str], Placing]:
    """Some indicators in some areas, by code and area. 3 queries."""
    answers = list(newest(period).filter(indicator__code__in=list(codes)))
    placed = _placed(answers, areas)
    return {(one.measured.indicator.code, one.area.code): one for one in placed if one.area}


def _placed(answers: Sequence[IndicatorAnswer], areas: Collection[str]) -> list[Placing]:
    places = _places([one.pk for one in answers], areas)
    return [
        _placing(measured, area, places)
        for measured in measured_in(answers, {*areas, COUNTRY, ALL})
        for area in areas
    ]


def _placing(measured: Measured, code: str, places: Mapping[tuple[int, str], int]) -> Placing:
    area, whole = measured.areas.get(code), measured.whole
    spread = measured.spread(area.level, measured.latest) if area else None
    enough = spread is not None and spread[5] >= FEWEST
    return Placing(
        measured,
        area,
        whole.at(measured.latest) if whole else None,
        spread[:5] if spread and enough else None,
        places.get((measured.answer.pk, code)) if enough else None,
        int(spread[5]) if spread else 0,
    )


def placings_among(area: str, peers: Collection[str], *, period: str = Period.YEAR) -> list[Placing]:
    """Beside the middle of `peers`, among them and itself. 2 queries."""
    answers = list(newest(period).filter(indicator__is_in_use=True).order_by("indicator__code"))
    return [_among(one, area) for one in measured_in(answers, {area, *peers})]


def _among(measured: Measured, area: str) -> Placing:
    points = {code: one.at(measured.latest) for code, one in measured.areas.items()}
    values = {code: one.value for code, one in points.items() if one is not None and one.value is not None}
    others = [value for code, value in values.items() if code != area]
    enough, own = len(others) >= FEWEST, values.get(area)
    spread = [float(one) for one in np.percentile(others, SPREAD)] if enough else None
    return Placing(
        measured,
        measured.areas.get(area),
        Point(measured.latest, spread[2], None, None, None, None, 0, "") if spread else None,
        spread,
        1 + sum(value > own for value in others) if enough and own is not None else None,
        len(values),
    )


def _places(answers: Collection[int], areas: Collection[str]) -> dict[tuple[int, str], int]:
    """Places of areas from the highest value of their levels, by answer and area."""
    ranked = (
        IndicatorSeries.objects.filter(answer__in=answers, level__in={level_of(one) for one in areas})
        .annotate(newest=Newest(F("values")))
        .filter(newest__isnull=False)
        .annotate(
            place=Window(Rank(), partition_by=[F("answer_id"), F("level")], order_by=F("newest").desc())
        )
        # Beside the place, so that it is sifted after the places are counted and not before.
        .filter(Q(place=0) | Q(area__in=list(areas)))
    )
    return {(answer, area): place for answer, area, place in ranked.values_list("answer_id", "area", "place")}
