"""Whether areas differ more than their size explains: the funnel as a passage, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.rates import Funnel, FunnelKind
from samspill.analysis.rates import funnel as funnel_of
from samspill.directory.public import Figure
from samspill.insight.drawings.funnel import FunnelCurve, FunnelPoint, funnel_drawing
from samspill.insight.queries.looks import OWN, Look
from samspill.insight.queries.measured import Area, Point
from samspill.insight.telling import Passage
from samspill.insight.telling.indicators import WHOLE, by_chance
from samspill.insight.wording.measured import figure, places_of, said, source_line, unit_of
from samspill.insight.wording.staff import listed
from samspill.refusal import Refused

FUNNEL = "trakt"
STEPS = 60  # points of a curve
FEWEST_AREAS = 3
FEWEST_EVENTS = 10  # of a standardised rate
MOST_NAMED = 6
KINDS = {"share": FunnelKind.PROPORTION, "rate": FunnelKind.RATE}
WHY_NOT: Mapping[str, str | Promise] = {
    "count": gettext_lazy("A number of persons follows how many live there, so there is no funnel."),
    "ratio": gettext_lazy(
        "Two counts are set against each other here and neither is drawn by chance from the other, so there "
        "are no limits of chance to draw."
    ),
    "mean": gettext_lazy(
        "How much a mean varies rests on its persons, not on a count, so there is no funnel."
    ),
}
TOO_FEW = gettext_lazy("There are too few areas with figures for a funnel.")


@dataclass(frozen=True)
class Drawn:
    """`passage`, or why there is none; `is_wide`: limits are widened by how much areas truly differ."""

    passage: Passage | None
    why_not: str = ""
    is_wide: bool = False
    may_narrow: bool = False


def funnel(look: Look, *, wide: bool) -> Drawn:
    """`wide` asks for limits that count with over-dispersion. They always do for repeated events."""
    definition = look.measured.definition
    kind = KINDS.get(definition["kind"])
    if kind is None:
        return Drawn(None, str(WHY_NOT[definition["kind"]]))
    standardisation = definition["standardisation"]
    repeated = bool(standardisation.get("repeated"))
    areas = [one for one in look.measured.of_level(look.level) if _has(one, look, standardisation)]
    compared = {one.code for one in look.areas}
    if sum(one.code in compared for one in areas) < FEWEST_AREAS:
        return Drawn(None, str(TOO_FEW))
    try:
        found = _found(look, areas, kind, wide=wide or repeated)
    except Refused:
        return Drawn(None, str(TOO_FEW))
    return Drawn(_passage(look, areas, found, repeated), is_wide=wide or repeated, may_narrow=not repeated)


def _has(area: Area, look: Look, standardisation: Mapping[str, object]) -> bool:
    point = area.at(look.period)
    if point is None or point.value is None or point.count is None or not point.population:
        return False
    return standardisation["method"] == "none" or point.count >= FEWEST_EVENTS


def _points(look: Look, areas: Sequence[Area]) -> list[Point]:
    return [point for one in areas if (point := one.at(look.period)) is not None]


def _found(look: Look, areas: Sequence[Area], kind: FunnelKind, *, wide: bool) -> Funnel:
    """All areas of the level, so that how much they differ is known though few are shown."""
    definition, points = look.measured.definition, _points(look, areas)
    whole, times = look.of_whole, float(definition["times"])
    is_adjusted = definition["standardisation"]["method"] != "none"
    return funnel_of(
        [one.count or 0 for one in points],
        [one.population or 0 for one in points],
        kind=kind,
        target=whole.value / times if whole and whole.value else None,
        standardised=[one.value or 0.0 for one in points] if is_adjusted else None,
        overdispersion=wide,
        multiplier=times,
    )


def _passage(look: Look, areas: Sequence[Area], found: Funnel, repeated: bool) -> Passage:
    compared = {one.code for one in look.areas}
    marked = [
        (one, place, point)
        for place, (one, point) in enumerate(zip(areas, _points(look, areas), strict=True))
        if one.code in compared
    ]
    outside = [look.label(one) for one, place, _point in marked if found.signal[place]]
    places = places_of(look.measured)
    few = look.scope == OWN or len(outside) <= MOST_NAMED
    drawn = [
        FunnelPoint(
            look.label(one),
            round(float(found.denominator[place])),
            float(found.value[place]),
            figure(point.value, places),
            int(found.signal[place]),
            is_own=look.is_marked(one),
            is_named=bool(found.signal[place]) and (few or look.is_own(one) or abs(found.signal[place]) > 1),
        )
        for one, place, point in marked
    ]
    heading = _heading(outside, len(marked))
    told = [*_told(look), _of_dispersion(found, repeated), by_chance(len(marked))]
    told = [one for one in told if one]
    made = Figure(
        key=FUNNEL,
        title=_("%(title)s and the limits of chance, %(period)s")
        % {"title": said(look.measured, "title"), "period": look.period},
        spec=funnel_drawing(
            _few_names(drawn),
            _curve(found, drawn),
            told=" ".join([f"{heading}.", *told]),
            unit=unit_of(look.measured),
            size=_size(look),
        ),
        head=[_("Area"), _size(look), unit_of(look.measured), _("Outside the limits")],
        rows=[[one.name, round(one.size), round(one.value, places), _outside(one.outside)] for one in drawn],
        source=source_line(look.measured),
    )
    return Passage(made, heading, told)


def _few_names(drawn: Sequence[FunnelPoint]) -> list[FunnelPoint]:
    """No more names than can be read: the reader's own first, then the farthest out."""
    named = [one for one in drawn if one.is_named]
    named.sort(key=lambda one: (not one.is_own, -abs(one.outside), -one.size))
    kept = {one.name for one in named[: 2 * MOST_NAMED]}
    return [replace(one, is_named=one.name in kept) for one in drawn]


def _curve(found: Funnel, drawn: Sequence[FunnelPoint]) -> FunnelCurve:
    largest = max(one.size for one in drawn) * 1.08
    smallest = max(1.0, min(one.size for one in drawn) * 0.6)
    sizes = np.unique(np.round(np.geomspace(smallest, largest, STEPS)))
    lower, upper = found.curve(sizes)
    pairs = [(low.tolist(), high.tolist()) for low, high in zip(lower, upper, strict=True)]
    return FunnelCurve(sizes.tolist(), pairs[0], pairs[-1], float(found.target))


def _heading(outside: Sequence[str], of: int) -> str:
    if not outside:
        return _("All are inside what chance can do")
    if len(outside) <= MOST_NAMED:
        return _("Outside what chance can do: %(names)s") % {"names": listed(outside)}
    return _("%(some)s of %(all)s are outside what chance can do") % {"some": len(outside), "all": of}


def _told(look: Look) -> list[str]:
    return [
        _(
            "Each mark is an area. Small ones stand to the left and spread most, even when they are alike. "
            "Were there nothing but chance, nineteen of twenty would be between the dotted lines and almost "
            "all (998 of 1,000) between the full ones."
        ),
        _("The level line is %(whole)s.") % {"whole": WHOLE[look.whole_code]},
    ]


def _of_dispersion(found: Funnel, repeated: bool) -> str:
    if repeated:
        return _(
            "The same person may be counted several times, so the limits are widened by how much the areas "
            "truly differ."
        )
    if found.tau2 > 0:
        return _("The limits are widened by how much the areas truly differ.")
    if found.phi > 1:
        return _("The areas differ %(times)s times as much as chance alone would make them.") % {
            "times": figure(found.phi, 1)
        }
    return _("The areas differ no more than chance alone would make them.")


def _size(look: Look) -> str:
    if look.measured.definition["standardisation"]["method"] != "none":
        return _("Size: persons, adjusted for age")
    return _("Size: what is divided by")


def _outside(passed: int) -> str:
    if not passed:
        return _("no")
    far = _("outside 99.8 %") if abs(passed) > 1 else _("outside 95 %")
    return f"{far}, {_('high') if passed > 0 else _('low')}"
