"""What a row of the list of indicators shows: the newest figure, one word, a small line, or why none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.analysis.indicators import groups
from samspill.insight.models import Indicator
from samspill.insight.queries.indicator_list import Listed
from samspill.insight.queries.measured import Area, Point
from samspill.insight.telling.indicators import IN_A_WORD, VERDICTS, Standing, judged, standing
from samspill.insight.wording import count, decimal

WIDTH, HEIGHT, EDGE = 120, 34, 3
MOST_POINTS = 24


@dataclass(frozen=True)
class Row:
    """`value` is "" where there is none, and `why` then says so. `lines` are points for SVG, in pieces."""

    indicator: Indicator
    value: str
    period: str
    word: str | Promise
    verdict: str | Promise
    why: str
    lines: Sequence[str]
    dot: tuple[str, str] | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Group:
    key: str
    name: str
    rows: Sequence[Row]


def grouped(found: Iterable[Listed], name: str) -> list[Group]:
    """By group of patients, in the order of the groups, those with figures first; `name` is of the area."""
    order = list(groups()["groups"])
    place = {key: number for number, key in enumerate(order)}
    rows = sorted(found, key=lambda one: (place[one.indicator.definition["group"]], one.own is None))
    return [
        Group(key, words_of("groups")[key], [row_of(one, name) for one in own])
        for key, own in groupby(rows, key=lambda one: one.indicator.definition["group"])
    ]


def words_of(kind: str) -> Mapping[str, str]:
    """Names of groups or themes in the reader's language."""
    language = get_language() or "nb"
    return {key: names.get(language, names["nb"]) for key, names in groups()[kind].items()}


def row_of(one: Listed, name: str) -> Row:
    point, last = _newest(one)
    if one.measured is None or one.own is None or point is None:
        return Row(one.indicator, "", "", "", "", why_none(one, name), (), None)
    of_all = one.whole.at(point.period) if one.whole and one.whole is not one.own else None
    found = standing(point, of_all)
    is_told = one.own is not one.whole and one.indicator.definition["comparable"] is True
    word = IN_A_WORD[found] if is_told or found in (Standing.HIDDEN, Standing.TOO_FEW) else ""
    verdict = VERDICTS[judged(found, one.indicator.direction)] if is_told else ""
    lines, dot = small_line(one.own)
    return Row(
        one.indicator,
        figure(point.value) if point.value is not None else "",
        said_period(last),
        word,
        verdict,
        "",
        lines,
        dot,
        point.is_hidden,
    )


def _newest(one: Listed) -> tuple[Point | None, int]:
    if one.measured is None or one.own is None:
        return None, 0
    return one.own.at(one.measured.latest), one.measured.latest


def why_none(one: Listed, name: str) -> str:
    """Why there is no figure, in a sentence."""
    if one.because:
        return _("The figures were withdrawn: %(because)s") % {"because": one.because}
    if one.measured is None:
        source = one.indicator.definition["source"]
        return _("No figures yet: nothing is taken in from %(source)s.") % {"source": source}
    return _("There are figures, but not for %(area)s.") % {"area": name}


def figure(value: float) -> str:
    """As many decimals as a reader has use for."""
    if abs(value) >= 100:
        return count(value)
    return decimal(value, 1 if abs(value) >= 1 else 2)


def said_period(period: int) -> str:
    """«2025», or «3/2025» of a month."""
    return f"{period % 100}/{period // 100}" if period > 9999 else str(period)


def small_line(area: Area) -> tuple[Sequence[str], tuple[str, str] | None]:
    """Pieces of a line, with a gap where a figure lacks or is hidden, and the place of the newest."""
    points = area.points[-MOST_POINTS:]
    values = [one.value for one in points if one.value is not None]
    if len(values) < 2:
        return (), None
    low, high = min(values), max(values)
    step = (WIDTH - 2 * EDGE) / max(len(points) - 1, 1)
    places = [
        None if one.value is None else (EDGE + number * step, _height(one.value, low, high))
        for number, one in enumerate(points)
    ]
    lines = [" ".join(f"{x:.1f},{y:.1f}" for x, y in piece) for piece in _pieces(places) if len(piece) > 1]
    last = places[-1]
    return lines, (f"{last[0]:.1f}", f"{last[1]:.1f}") if last else None


def _height(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


def _pieces(places: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    piece: list[tuple[float, float]] = []
    for one in [*places, None]:
        if one is None:
            if piece:
                yield piece
            piece = []
        else:
            piece.append(one)
