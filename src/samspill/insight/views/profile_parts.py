"""What the pages of people are put together of: rows, tiles, curves, the pyramid, where one stands."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from samspill.insight.models import Indicator
from samspill.insight.queries import Place, Profile, values_of
from samspill.insight.queries.ages import Ages
from samspill.insight.queries.standings import Standing, standings_of
from samspill.insight.shown.people_drawn import (
    FIVE,
    OLD,
    ONE,
    PLACES,
    SHARES,
    STEPS,
    heading_of_growth,
    legend,
    map_of,
    pyramid_of,
    share_of,
    step_of,
    told_of_year,
)
from samspill.insight.tile_grid import laid_out
from samspill.insight.wording import decimal, rounded, signed

WIDEST = 46  # percent from the middle of a spine to its farthest end
SINGLE = "ett"
"""`?aldre=` for a bar to each year of age."""


def municipalities(found: Profile) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "now": round(found.persons(place, OLD, found.now)),
            "then": rounded(found.persons(place, OLD, found.to)),
            "percent": found.growth(place, OLD),
            "growth": signed(found.growth(place, OLD)),
            "younger_now": round(found.persons(place, "67-79", found.now)),
            "younger_then": rounded(found.persons(place, "67-79", found.to)),
            "younger_growth": signed(found.growth(place, "67-79")),
        }
        for place in found.places
    ]


def where(found: Profile) -> dict[str, Any]:
    """The map, or the tiles when there is no map."""
    return {
        "heading": heading_of_growth(found),
        "map": map_of(found),
        "tiles": laid_out(
            [_tile(found, place) for place in found.by_growth(OLD)], lambda one: one["place"].code
        ),
        "steps": STEPS,
    }


def _tile(found: Profile, place: Place) -> dict[str, Any]:
    percent = found.growth(place, OLD)
    return {
        "place": place,
        "growth": signed(percent),
        "step": 1 + step_of(percent),
        "now": round(found.persons(place, OLD, found.now)),
        "then": rounded(found.persons(place, OLD, found.to)),
    }


def moving(request: HttpRequest, found: Profile, place: Place, ages: Ages | None) -> dict[str, Any] | None:
    """The pyramid of `?ar=` (without: the last year) by five years of age, or by one with `?aldre=ett`."""
    if ages is None:
        return None
    typed = request.GET.get("ar", "")
    year = int(typed) if typed.isdecimal() and int(typed) in ages.years else found.to
    step = ONE if request.GET.get("aldre") == SINGLE else FIVE
    return {
        "passage": pyramid_of(found, place, ages, year=year, step=step),
        "year": year,
        "first": found.now,
        "last": found.to,
        "single": SINGLE if step == ONE else "",
        "sentences": {
            one: f"{told_of_year(found, place, one)} {legend(found.now, one)}" for one in ages.years
        },
    }


def shares(found: Profile, place: Place, ages: Ages | None) -> list[Any]:
    return [share_of(found, place, ages, key) for key in SHARES] if ages else []


def indicator_row(indicator: Indicator, found: Profile, place: Place | None = None) -> dict[str, Any]:
    values = {value.place.code: value for value in values_of(indicator, found)}
    chosen = values[place.code if place else ""]
    others = [value.now for code, value in values.items() if code and value.now is not None]
    return {
        "indicator": indicator,
        "now": _told(chosen.now, chosen.decimals),
        "then": _told(chosen.then, chosen.decimals, is_expected=True),
        "lowest": _told(min(others, default=None), chosen.decimals),
        "highest": _told(max(others, default=None), chosen.decimals),
    }


def _told(value: float | None, places: int, *, is_expected: bool = False) -> str:
    if value is None:
        return "–"
    return decimal(rounded(value) if is_expected and not places else value, places)


def spine(found: Profile, indicators: Sequence[Indicator]) -> dict[str, Any] | None:
    """Where the community stands among the others; None when too few have figures of the same pack."""
    standings = standings_of(found, indicators)
    if not standings:
        return None
    farthest = min(standings, key=lambda one: min(one.place - 1, one.of - one.place))
    return {
        "heading": _("%(what)s: %(place)s") % {"what": _name(farthest, found), "place": _place(farthest)},
        "rows": [_spine_row(one, found) for one in standings],
        "of": standings[0].of,
    }


def _spine_row(one: Standing, found: Profile) -> dict[str, Any]:
    reach = max(one.highest - one.together, one.together - one.lowest) or 1

    def at(value: float) -> float:
        return 50 + WIDEST * (value - one.together) / reach

    name, unit = _name(one, found), one.indicator.unit() if one.indicator else ""
    percent = "" if one.indicator else " %"
    return {
        "name": name,
        "indicator": one.indicator,
        "unit": "" if unit in name else unit,
        "own": f"{decimal(one.own, PLACES)}{percent}",
        "together": f"{decimal(one.together, PLACES)}{percent}",
        "range": (f"{at(one.lowest):.1f}%", f"{at(one.highest) - at(one.lowest):.1f}%"),
        "half": (f"{at(one.lower):.1f}%", f"{at(one.upper) - at(one.lower):.1f}%"),
        "dot": f"{at(one.own):.1f}%",
        "place": _place(one),
    }


def _name(one: Standing, found: Profile) -> str:
    if one.indicator:
        return one.indicator.title()
    return _("Growth 80+ until %(to)s") % {"to": found.to}


def _place(one: Standing) -> str:
    if one.place == 1:
        return _("highest of %(of)s") % {"of": one.of}
    if one.place == one.of:
        return _("lowest of %(of)s") % {"of": one.of}
    return _("no. %(place)s of %(of)s") % {"place": one.place, "of": one.of}


def ordered(request: HttpRequest, rows: list[dict[str, Any]]) -> str:
    """Sorts `rows` as `?sorter=` says, by name when it says nothing known; returns what was used."""
    keys = {"vekst": lambda row: -(row["percent"] or 0), "antall": lambda row: -row["now"]}
    chosen = request.GET.get("sorter", "")
    if chosen in keys:
        rows.sort(key=keys[chosen])
        return chosen
    return "navn"


def method(found: Profile) -> list[tuple[str, str]]:
    """How the curves were made, in a few words."""
    return [
        (
            _("Definition"),
            _("People registered as living here on 1 January, in the municipalities as they are today."),
        ),
        (
            _("Method"),
            _(
                "The same drawn futures as for the number of people: the share is worked out in each of "
                "them, and the intervals are of the share."
            ),
        ),
        (_("Sources"), found.run.pack.credit),
    ]
