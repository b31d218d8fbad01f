"""Where in the country it is high and low: four classes by quarters, as a map with outlines, or tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.analysis.packs import Outline
from samspill.directory.public import Figure
from samspill.insight.area_names import community_of, name_of
from samspill.insight.drawings import Shape, growth_map
from samspill.insight.queries.looks import EVERY, OWN, Look
from samspill.insight.queries.measured import Area
from samspill.insight.telling import Pair, Passage
from samspill.insight.tile_grid import laid_out
from samspill.insight.wording.measured import figure, places_of, said, source_line, unit_of

MAP = "kart"
NO_FIGURE = 4
"""The class after the four quarters."""
HIDDEN = "•••"


@dataclass(frozen=True)
class Tile:
    """An area on the map: `step` 1..4 its quarter, 5 without a figure; `url` is where it leads."""

    code: str
    name: str
    told: str
    step: int
    is_own: bool
    url: str


@dataclass(frozen=True)
class Mapped:
    """`passage` has the outlines, when all areas have one; else the tiles stand, by helsefellesskap."""

    heading: str
    told: str
    key: Sequence[Pair]
    tiles: Sequence[tuple[str, Sequence[Tile | None]]]
    passage: Passage | None = None


def where(look: Look, outlines: Mapping[str, Outline], urls: Mapping[str, str]) -> Mapped | None:
    """None for a number of persons, and where too few have figures. `urls` by the areas' codes."""
    spread = look.measured.spread(look.level, look.period)
    if look.measured.definition["kind"] == "count" or not spread or spread[-1] < NO_FIGURE:
        return None
    limits, places = spread[1:4], places_of(look.measured)
    tiles = [_tile(look, one, limits, places, urls.get(one.code, "")) for one in look.areas]
    heading = _heading(look, tiles, limits, places)
    told = _("Four quarters of all %(level)s with figures, from the lowest to the highest.") % {
        "level": _("municipalities") if look.level == "municipality" else _("helsefellesskap")
    }
    drawn = _drawn(look, tiles, outlines, heading, told)
    return Mapped(heading, told, _key(limits, places), () if drawn else _grouped(look, tiles), drawn)


def _tile(look: Look, area: Area, limits: Sequence[float], places: int, url: str) -> Tile:
    point = area.at(look.period)
    own = look.is_marked(area)
    if point is None or point.value is None:
        told = HIDDEN if point is not None and point.is_hidden else "–"
        return Tile(area.code, look.label(area), told, NO_FIGURE + 1, own, url)
    value = point.value
    step = 1 + sum(value >= limit for limit in limits)
    return Tile(area.code, look.label(area), figure(value, places), step, own, url)


def _heading(look: Look, tiles: Sequence[Tile], limits: Sequence[float], places: int) -> str:
    if look.scope != OWN:
        return _("The half in the middle is between %(low)s and %(high)s") % {
            "low": figure(limits[0], places),
            "high": figure(limits[2], places),
        }
    high, low = (sum(one.step == step for one in tiles) for step in (NO_FIGURE, 1))
    return _("%(high)s of %(all)s are among the highest quarter, %(low)s among the lowest") % {
        "high": high,
        "low": low,
        "all": sum(one.step <= NO_FIGURE for one in tiles),
    }


def _key(limits: Sequence[float], places: int) -> list[Pair]:
    """(class of the mark, words) of each colour."""
    first, second, third = (figure(one, places) for one in limits)
    return [
        ("k1", _("under %(to)s") % {"to": first}),
        ("k2", _("%(from)s to %(to)s") % {"from": first, "to": second}),
        ("k3", _("%(from)s to %(to)s") % {"from": second, "to": third}),
        ("k4", _("%(from)s or more") % {"from": third}),
        ("k5", _("no figure, or hidden")),
    ]


def _grouped(look: Look, tiles: Sequence[Tile]) -> list[tuple[str, Sequence[Tile | None]]]:
    """By helsefellesskap when all municipalities are shown, highest first; one's own as on the map."""
    ranked = sorted(tiles, key=lambda one: (one.step > NO_FIGURE, -one.step, one.name))
    if look.scope != EVERY:
        as_on_the_map = laid_out(ranked, lambda one: one.code)
        return [("", as_on_the_map)]
    groups: dict[str, list[Tile | None]] = {}
    for one in ranked:
        groups.setdefault(community_of(one.code), []).append(one)
    return sorted((name_of(code), found) for code, found in groups.items())


def _drawn(
    look: Look,
    tiles: Sequence[Tile],
    outlines: Mapping[str, Outline],
    heading: str,
    told: str,
) -> Passage | None:
    if not tiles or any(one.code not in outlines for one in tiles):
        return None
    unit = unit_of(look.measured)
    shapes = [Shape(one.name, one.told, one.step - 1, one.url, outlines[one.code]) for one in tiles]
    made = Figure(
        key=MAP,
        title=_("%(title)s on the map, %(period)s")
        % {"title": said(look.measured, "title"), "period": look.period},
        spec=growth_map(shapes, told=f"{heading}. {told}", counts=unit),
        head=[_("Area"), unit, _("Quarter, from the lowest")],
        rows=[[one.name, one.told, one.step if one.step <= NO_FIGURE else None] for one in tiles],
        source=". ".join([source_line(look.measured), _("Map: Kartverket")]),
    )
    return Passage(made, heading, [told])
