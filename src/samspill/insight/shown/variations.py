"""Variation as its page shows it: a row for each indicator, and a funnel of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis.rates import Funnel, Signal, funnel
from samspill.directory.public import alphabetical
from samspill.insight.area_names import name_of
from samspill.insight.drawings.funnel import FunnelCurve, FunnelPoint, funnel_drawing
from samspill.insight.queries.variations import Varied
from samspill.insight.wording import decimal
from samspill.insight.wording.comparing import in_neuter, written

SOME, MUCH = 3.0, 10.0
"""From where we call the systematic component some, and much. Ours; the page says them."""
MOST_NAMED = 12  # names in a funnel that can still be read
STEPS = 60  # points of a curve
KIND = {"share": "proportion", "rate": "rate"}


@dataclass(frozen=True)
class Line:
    """An indicator in the list, in words. `trimmed` is without the highest and the lowest."""

    varied: Varied
    title: str
    said: str
    systematic: str
    quotient: str
    trimmed: str
    areas: int
    width: str

    @property
    def code(self) -> str:
        return self.varied.answer.indicator.code


@dataclass(frozen=True)
class Drawn:
    """The funnel of one indicator with its words, its table and the line of what is left out."""

    heading: str
    spec: Any
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left_out: str
    is_repeated: bool


def line_of(varied: Varied, most: float) -> Line:
    """`most` is the largest systematic component of them all, for the bars."""
    found, title = varied.found, varied.answer.indicator.title()
    if found is None:
        return Line(varied, title, _("too few areas have a figure"), "–", "–", "–", len(varied.spots), "0%")
    width = 100 * max(found.systematic, 0) / max(most, 1e-9)
    return Line(
        varied,
        title,
        said_of(found.systematic),
        decimal(max(found.systematic, 0.0), 1),
        _times(found.quotient),
        _times(found.quotient_trimmed),
        found.areas,
        f"{width:.1f}%",
    )


def said_of(systematic: float) -> str:
    """How much more than by chance, in a few words."""
    if systematic <= 0:
        return _("no more than by chance")
    if systematic < SOME:
        return _("a little more than by chance")
    return _("more than by chance") if systematic < MUCH else _("much more than by chance")


def _times(quotient: float) -> str:
    if isnan(quotient):
        return _("the lowest has none")
    return _("%(times)s times") % {"times": decimal(quotient, 1)}


def heading_of(lines: Sequence[Line]) -> str:
    """What varies most, as a message."""
    known = [one for one in lines if one.varied.found]
    much = [one for one in known if one.varied.found and one.varied.found.systematic >= MUCH]
    if not known:
        return _("There are too few figures to tell what varies")
    if not much:
        return _("«%(title)s» varies most between areas") % {"title": known[0].title}
    words = ngettext(
        "%(count)s figure varies much more between areas than by chance: «%(title)s»",
        "%(count)s figures vary much more between areas than by chance, «%(title)s» most",
        len(much),
    )
    return str(capfirst(words % {"count": in_neuter(len(much)), "title": known[0].title}))


def drawn_of(varied: Varied) -> Drawn | None:
    """None where there are too few areas for a funnel, or nothing happened."""
    if varied.found is None or not any(one.count for one in varied.spots):
        return None
    found, indicator = _funnel(varied), varied.answer.indicator
    points = _points(found, varied)
    outside = sum(bool(one.outside) for one in points)
    heading = _heading(indicator.title(), outside, len(points))
    size = _("People it rests on")
    return Drawn(
        heading,
        funnel_drawing(points, _curve(found, points), told=heading, unit=indicator.unit(), size=size),
        [_("Place"), indicator.unit(), size, _("Against the limits")],
        _table(found, varied),
        _left_out(varied),
        varied.is_repeated,
    )


def _funnel(varied: Varied) -> Funnel:
    """Limits are widened where a person may be counted several times: those events are not independent."""
    definition = varied.answer.definition
    return funnel(
        [one.count for one in varied.spots],
        [one.population for one in varied.spots],
        kind=KIND[definition["kind"]] if not varied.is_standardised else "rate",
        standardised=[one.value for one in varied.spots] if varied.is_standardised else None,
        overdispersion=varied.is_repeated,
        multiplier=float(definition["times"]),
    )


def _points(found: Funnel, varied: Varied) -> list[FunnelPoint]:
    """Only what is outside the outer limits is marked, and named where that can be read."""
    outer = [0 if abs(signal) < 2 else int(signal) for signal in found.signal]
    few = sum(map(bool, outer)) <= MOST_NAMED
    return [
        FunnelPoint(
            name_of(spot.code),
            round(float(found.denominator[at])),
            float(found.value[at]),
            written(spot.value),
            outer[at],
            is_named=few and bool(outer[at]),
        )
        for at, spot in enumerate(varied.spots)
        if np.isfinite(found.value[at]) and np.isfinite(found.denominator[at])
    ]


def _curve(found: Funnel, points: Sequence[FunnelPoint]) -> FunnelCurve:
    sizes = [one.size for one in points]
    across = np.unique(np.round(np.geomspace(max(1.0, 0.6 * min(sizes)), 1.08 * max(sizes), STEPS)))
    lower, upper = found.curve(across)
    pairs = [(low.tolist(), high.tolist()) for low, high in zip(lower, upper, strict=True)]
    return FunnelCurve(across.tolist(), pairs[0], pairs[-1], float(found.target))


def _heading(title: str, outside: int, of: int) -> str:
    if not outside:
        return _("%(title)s: all are within what chance may make") % {"title": title}
    return ngettext(
        "%(title)s: %(count)s of %(of)s is outside what chance may make",
        "%(title)s: %(count)s of %(of)s are outside what chance may make",
        outside,
    ) % {"title": title, "count": outside, "of": of}


def _table(found: Funnel, varied: Varied) -> list[list[str]]:
    """By name, never by value: a list of first and last tells of chance more than of areas."""
    words = {
        Signal.NONE: _("within"),
        Signal.LOW: _("just below"),
        Signal.LOW_OUTER: _("below"),
        Signal.HIGH: _("just above"),
        Signal.HIGH_OUTER: _("above"),
    }
    rows = [
        [name_of(spot.code), written(spot.value), decimal(spot.population, 0), words[signal]]
        for spot, signal in zip(varied.spots, found.words(), strict=True)
    ]
    return sorted(rows, key=lambda row: alphabetical(row[0]))


def _left_out(varied: Varied) -> str:
    parts = []
    if varied.hidden:
        parts.append(
            ngettext(
                "%(count)s area is hidden: few persons, or what would give them away.",
                "%(count)s areas are hidden: few persons, or what would give them away.",
                varied.hidden,
            )
            % {"count": varied.hidden}
        )
    if varied.missing:
        parts.append(
            ngettext("%(count)s area has no figure.", "%(count)s areas have no figure.", varied.missing)
            % {"count": varied.missing}
        )
    return " ".join(parts)
