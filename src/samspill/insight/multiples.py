"""One small curve for each municipality, all with the same axes: the growth of those over 80, or their share.

Drawn here as paths, since there are many and each is a link; the page prints them as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.insight.drawings import Curve
from samspill.insight.queries.ages import Ages
from samspill.insight.queries.profiles import Place, Profile
from samspill.insight.wording import decimal, signed

OLD = "80+"
GROWTH, SHARE = "vekst", "andel"
WIDTH, HEIGHT = 160.0, 64.0
ROOM = 4.0  # above and below the outermost values, so that lines are not cut


@dataclass(frozen=True)
class Multiple:
    """`value` is what is said of it; the paths are for a view box of WIDTH × HEIGHT."""

    place: Place
    url: str
    value: str
    told: str
    band: str
    counted: str
    expected: str
    level: str
    now: tuple[float, float]


@dataclass(frozen=True)
class Multiples:
    """`low` and `high` are what the common axis goes from and to, `rows` the table behind."""

    measure: str
    shown: Sequence[Multiple]
    low: str
    high: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


def multiples(profile: Profile, ages: Ages | None, measure: str) -> Multiples:
    """`measure` SHARE needs the single ages; without them, and for anything unknown, it is GROWTH."""
    chosen = SHARE if measure == SHARE and ages else GROWTH
    curves = [(place, _curve(profile, ages, place, chosen)) for place in profile.places]
    ends = [
        end for _place, curve in curves for end in (*curve.values, *(b for r in curve.bands for b in r[1:5]))
    ]
    low, high = min(ends), max(ends)
    return Multiples(
        chosen,
        [_multiple(profile, place, curve, chosen, low, high) for place, curve in curves],
        _written(low, chosen),
        _written(high, chosen),
        [
            _("Municipality"),
            str(profile.now),
            str(profile.to),
            _("Eight of ten, from"),
            _("Eight of ten, to"),
        ],
        [
            [
                place.name,
                *(
                    _written(value, chosen)
                    for value in (curve.on(profile.now), curve.on(profile.to), *curve.between(profile.to))
                ),
            ]
            for place, curve in curves
        ],
    )


def _curve(profile: Profile, ages: Ages | None, place: Place, measure: str) -> Curve:
    """Growth is told with the last counted year as 100."""
    if measure == SHARE and ages:
        return ages.share(OLD, "all", times=100, area=place.code)
    curve = profile.of(place, OLD).curve
    base = max(curve.on(profile.now), 1) / 100
    return Curve(
        curve.years,
        [value / base for value in curve.values],
        [[end / base for end in ends] for ends in curve.bands],
    )


def _multiple(
    profile: Profile, place: Place, curve: Curve, measure: str, low: float, high: float
) -> Multiple:
    first, last = curve.years[0], curve.years[-1]

    def at(year: int, value: float) -> tuple[float, float]:
        across = (year - first) / max(last - first, 1)
        up = (value - low) / max(high - low, 1e-9)
        return round(WIDTH * across, 1), round(HEIGHT - ROOM - (HEIGHT - 2 * ROOM) * up, 1)

    pairs = list(zip(curve.years, curve.values, strict=True))
    ahead = list(zip(curve.years[-len(curve.bands) :], curve.bands, strict=True))
    start = at(profile.now, curve.on(profile.now))
    upper = [at(year, ends[4]) for year, ends in ahead]
    lower = [at(year, ends[1]) for year, ends in reversed(ahead)]
    level = at(first, curve.on(profile.now))[1]
    told = (
        signed(profile.growth(place, OLD)) if measure == GROWTH else _written(curve.on(profile.to), measure)
    )
    return Multiple(
        place,
        reverse("insight:municipality", args=[profile.community.slug, place.code]),
        told,
        _told(profile, curve, measure),
        f"{_line([start, *upper, *lower])}Z",
        _line([at(year, value) for year, value in pairs if year <= profile.now]),
        _line([at(year, value) for year, value in pairs if year >= profile.now]),
        f"M0 {level}H{WIDTH:g}",
        start,
    )


def _told(profile: Profile, curve: Curve, measure: str) -> str:
    low, high = (_written(end, measure) for end in curve.between(profile.to))
    return _("Eight of ten: %(low)s–%(high)s") % {"low": low, "high": high}


def _written(value: float, measure: str) -> str:
    if measure == SHARE:
        return f"{decimal(value, 1)} %"
    return decimal(value, 0)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
