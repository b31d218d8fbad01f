"""Indicators worked out from stored series: a count of persons, or a share between two age groups."""

from dataclasses import dataclass

from samspill.insight.models import Indicator
from samspill.insight.queries.profiles import Place, Profile

PLACES_OF_SHARE = 1


@dataclass(frozen=True)
class Value:
    """An indicator in a place, counted in the jump-off year and expected in the last. None without a base."""

    place: Place
    now: float | None
    then: float | None
    decimals: int


def values_of(indicator: Indicator, profile: Profile) -> list[Value]:
    """The community first, then its municipalities by name."""
    is_count = indicator.definition["denominator"] is None
    return [
        Value(
            place,
            _value(indicator, profile, place, profile.now),
            _value(indicator, profile, place, profile.to),
            0 if is_count else PLACES_OF_SHARE,
        )
        for place in (profile.whole, *profile.places)
    ]


def _value(indicator: Indicator, profile: Profile, place: Place, year: int) -> float | None:
    definition = indicator.definition
    top = profile.persons(place, definition["numerator"], year)
    if definition["denominator"] is None:
        return top * definition["times"]
    base = profile.persons(place, definition["denominator"], year)
    return definition["times"] * top / base if base > 0 else None
