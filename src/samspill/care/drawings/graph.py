"""The graph of one thing that is measured: points by colour, and limits as bands that change by version.

It is drawn twice, wide and narrow, and letters never shrink. A due time without a value is a hollow mark, and
the line over it is dotted; what does not count is struck and not joined.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import zip_longest

from samspill.care.drawings.axes import (
    Axis,
    begins,
    day_of,
    days_shown,
    even_ticks,
    midday,
    range_of,
)
from samspill.rulebook.triage.limits import Limits, numbers_of

HALF_A_WORD, A_LETTER = 22, 7  # pixels, at most
ROOM_FOR_WORDS = 26
CROWDED = 240  # points; of more only those outside are marked, on the line of all
ZONES = {"green": "c-zg", "yellow": "c-zy", "red": "c-zr"}
LINES = {"yellow": "c-ly", "red": "c-lr"}
SHAPES = {"red": "red", "yellow": "yellow", "none": "unknown"}
"""The shape of the sprite by colour; green is a dot."""


@dataclass(frozen=True, slots=True)
class Point:
    """`colour` as it was given when it came; `is_struck` when somebody has said that it does not count."""

    at: datetime
    value: float
    colour: str
    said: str = ""
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """Limits from an instant on; None from when there are none. `words` tell of the change."""

    starts: datetime
    limits: Limits | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Rise:
    """From when until when a value changed too fast, and `said` how much, as «+2.6 kg in 3 days»."""

    starts: datetime
    ends: datetime
    said: str


@dataclass(frozen=True, slots=True)
class Series:
    """All that a graph shows, oldest first. `end` is not included; a pause without an end goes on.

    `rise` is the last change that was too fast.
    """

    start: datetime
    end: datetime
    points: Sequence[Point] = ()
    versions: Sequence[InForce] = ()
    missing: Sequence[datetime] = ()
    pauses: Sequence[tuple[datetime, datetime | None]] = ()
    rise: Rise | None = None

    @property
    def counting(self) -> list[Point]:
        return [one for one in self.points if not one.is_struck]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How much room there is: the drawing, and the margins around what is drawn in it."""

    width: int
    height: int
    left: int
    right: int
    top: int = 14
    bottom: int = 40
    days: int = 7
    steps: int = 6


SHEETS: Mapping[str, Sheet] = {
    "wide": Sheet(640, 300, 44, 152),
    "narrow": Sheet(358, 264, 40, 14, days=4),
}


@dataclass(frozen=True, slots=True)
class Box:
    """`look` is a class of the style sheet; numbers are written as SVG has them, whatever the language."""

    look: str
    x: str
    y: str
    width: str = ""
    height: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    look: str
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape of the sprite (`g`), or a plain dot when it is "", with its words for who points at it."""

    g: str
    x: str
    y: str
    size: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    look: str
    x: str
    y: str
    text: object
    anchor: str = "start"


@dataclass
class Drawing:
    """One graph at one width. `upward` are the numbers of the upward axis, `downward` the days of the other.

    A value that does not count is a ring (`struck`) with a stroke over it, as a path. `said` is where words
    of changes stand: line, from, to. `risen` is a path over the points of a change that was too fast, and its
    words.
    """

    sheet: Sheet
    across: Axis
    up: Axis
    zones: list[Box] = field(default_factory=list)
    limits: list[Stroke] = field(default_factory=list)
    changes: list[tuple[Stroke, Text]] = field(default_factory=list)
    said: list[tuple[int, float, float]] = field(default_factory=list)
    pauses: list[Box] = field(default_factory=list)
    risen: tuple[str, Text] | None = None
    joined: str = ""
    dotted: str = ""
    dots: list[Mark] = field(default_factory=list)
    struck: list[tuple[Mark, str]] = field(default_factory=list)
    upward: list[Text] = field(default_factory=list)
    downward: list[Text] = field(default_factory=list)

    @property
    def floor(self) -> float:
        return self.sheet.height - self.sheet.bottom


def draw(
    series: Series, shape: str, *, number: Callable[[float], str] = str, day: Callable[[date, bool], str]
) -> Drawing:
    """The graph of `series` on the sheet `shape` of SHEETS.

    number  how a number of the upward axis is written
    day     how a day of the other is; with whether it is the last
    """
    sheet = SHEETS[shape]
    low, high = range_of([*(one.value for one in series.counting), *_limits_shown(series)])
    across = Axis(
        series.start.timestamp(), series.end.timestamp(), sheet.left, sheet.width - sheet.left - sheet.right
    )
    up = Axis(low, high, sheet.top, sheet.height - sheet.top - sheet.bottom, is_upward=True)
    made = Drawing(sheet, across, up)
    _draw_bands(made, series)
    _draw_pauses(made, series)
    _draw_line(made, series)
    _draw_marks(made, series)
    _draw_rise(made, series)
    left = str(sheet.left - 8)
    made.upward = [
        Text("c-tick", left, written(up.at(one) + 4.5), number(one), "end")
        for one in even_ticks(low, high, sheet.steps)
    ]
    made.downward = _days(made, series, day)
    return made


def _days(made: Drawing, series: Series, day: Callable[[date, bool], str]) -> list[Text]:
    """The last one is the day that is now, and does not leave the sheet."""
    last = day_of(series.end - timedelta(seconds=1))
    y, edge = str(made.sheet.height - 10), made.sheet.width - 2
    found = []
    for one in days_shown(day_of(series.start), last, made.sheet.days):
        x = made.across.at(midday(one).timestamp())
        is_over = x + HALF_A_WORD > edge
        place, anchor = (float(edge), "end") if is_over else (x, "middle")
        look = "c-tick c-now" if one == last else "c-tick"
        found.append(Text(look, written(place), y, day(one, one == last), anchor))
    return found


def written(number: float) -> str:
    """As SVG has it: a point, and no needless digits."""
    return f"{number:.1f}".removesuffix(".0")


def periods(series: Series) -> list[tuple[datetime, datetime, InForce]]:
    """From when until when each version holds within what is shown; those that hold nowhere in it are out."""
    found = []
    ordered = sorted(series.versions, key=lambda one: one.starts)
    for one, after in zip_longest(ordered, ordered[1:]):
        start = max(one.starts, series.start)
        end = series.end if after is None else min(after.starts, series.end)
        if start < end:
            found.append((start, end, one))
    return found


def zones(limits: Limits) -> list[tuple[str, float | None, float | None]]:
    """(colour, from, to) from the lowest; None goes on without an end. A value on a limit is inside."""
    at = {name: float(number) for name, number in numbers_of(limits).items()}
    low = [("red", at["red_low"])] if "red_low" in at else []
    low += [("yellow", at["yellow_low"])] if "yellow_low" in at else []
    high = [("yellow", at["yellow_high"])] if "yellow_high" in at else []
    high += [("red", at["red_high"])] if "red_high" in at else []
    found: list[tuple[str, float | None, float | None]] = []
    under: float | None = None
    for colour, until in low:
        found.append((colour, under, until))
        under = until
    found.append(("green", under, high[0][1] if high else None))
    for place, (colour, since) in enumerate(high):
        found.append((colour, since, high[place + 1][1] if place + 1 < len(high) else None))
    return [one for one in found if one[0] != "yellow" or one[1] != one[2]]  # two limits may be the same


def _limits_shown(series: Series) -> list[float]:
    return [
        float(number)
        for _start, _end, one in periods(series)
        if one.limits is not None
        for number in numbers_of(one.limits).values()
    ]


def _draw_bands(made: Drawing, series: Series) -> None:
    for start, end, one in periods(series):
        left, right = (made.across.at(moment.timestamp()) for moment in (start, end))
        if one.limits is not None:
            _draw_zones(made, one.limits, left, right)
        if one.words and start == one.starts and start > series.start:
            _draw_change(made, one.words, left)


def _draw_zones(made: Drawing, limits: Limits, left: float, right: float) -> None:
    x, width = written(left), written(right - left)
    for colour, low, high in zones(limits):
        bottom = made.floor if low is None else made.up.at(low)
        top = float(made.sheet.top) if high is None else made.up.at(high)
        looks = ("c-zr", "c-zrh") if colour == "red" else (ZONES[colour],)
        made.zones += [Box(look, x, written(top), width, written(max(bottom - top, 0.0))) for look in looks]
    for name, number in numbers_of(limits).items():
        y = written(made.up.at(float(number)))
        made.limits.append(Stroke(LINES[name.partition("_")[0]], x, y, written(right), y))


def _draw_change(made: Drawing, words: str, x: float) -> None:
    """A line on the day; its words stand towards the middle, below those of a change that is near."""
    at, top = written(x), made.sheet.top
    right = made.sheet.width - made.sheet.right
    is_late = x > (made.sheet.left + right) / 2
    reach = len(words) * A_LETTER
    place = (x - 6 - reach, x - 6) if is_late else (x + 6, x + 6 + reach)
    line = 0
    while any(line == other and place[0] < last and first < place[1] for other, first, last in made.said):
        line += 1
    made.said.append((line, *place))
    y = str(top + 14 + 17 * line)
    text = Text("c-lab", written(x + (-6 if is_late else 6)), y, words, "end" if is_late else "start")
    made.changes.append((Stroke("c-chg", at, str(top), at, written(made.floor)), text))


def _draw_pauses(made: Drawing, series: Series) -> None:
    for start, end in series.pauses:
        first = max(start, series.start)
        last = series.end if end is None else min(end, series.end)
        if first < last:
            left, right = (made.across.at(moment.timestamp()) for moment in (first, last))
            height = made.floor - made.sheet.top
            made.pauses.append(
                Box("c-pause", written(left), str(made.sheet.top), written(right - left), written(height))
            )


def _draw_line(made: Drawing, series: Series) -> None:
    """Solid from point to point; dotted where something due did not come, or a pause lies between."""
    gaps = sorted([*series.missing, *(start for start, _end in series.pauses)])
    solid, dotted, before = [], [], None
    for one in series.counting:
        place = _place(made, one)
        if before is None:
            solid.append(f"M{place}")
        elif any(before.at < gap < one.at for gap in gaps):
            dotted.append(f"M{_place(made, before)} L{place}")
            solid.append(f"M{place}")
        else:
            solid.append(f"L{place}")
        before = one
    made.joined, made.dotted = " ".join(solid), " ".join(dotted)


def _draw_rise(made: Drawing, series: Series) -> None:
    """A broad line under the points it was judged on; the words stand where the line leaves room."""
    rise = series.rise
    inside = [one for one in series.counting if rise and rise.starts <= one.at <= rise.ends]
    if rise is None or len(inside) < 2:
        return
    path = " ".join(f"{'L' if place else 'M'}{_place(made, one)}" for place, one in enumerate(inside))
    heights = [made.up.at(one.value) for one in inside]
    is_high = min(heights) - made.sheet.top < ROOM_FOR_WORDS
    y = max(heights) + ROOM_FOR_WORDS if is_high else min(heights) - 12
    right, edge = made.across.at(rise.ends.timestamp()), made.sheet.left + len(rise.said) * A_LETTER
    x, anchor = (right, "end") if right > edge else (made.sheet.left + 4, "start")
    made.risen = path, Text("c-lab c-risen__said", written(x), written(y), rise.said, anchor)


def _place(made: Drawing, one: Point) -> str:
    return f"{written(made.across.at(one.at.timestamp()))},{written(made.up.at(one.value))}"


def _draw_marks(made: Drawing, series: Series) -> None:
    counting = series.counting
    last = counting[-1] if counting else None
    is_crowded = len(counting) > CROWDED
    for one in series.points:
        if one.is_struck:
            made.struck.append(_struck(made, one))
        elif one.colour in SHAPES:
            made.dots.append(_mark(made, one, SHAPES[one.colour], 18 if one is last else 12))
        elif one is last or not is_crowded:
            made.dots.append(_mark(made, one, "", 4 if one is last else 3))
    for moment in series.missing:
        x = made.across.at(moment.timestamp())
        made.dots.append(Mark("missing", written(x - 6), written(made.floor + 2), "12"))


def _struck(made: Drawing, one: Point) -> tuple[Mark, str]:
    x, y = made.across.at(one.at.timestamp()), made.up.at(one.value)
    return _mark(made, one, "", 4), f"M{written(x - 7)},{written(y + 7)} L{written(x + 7)},{written(y - 7)}"


def _mark(made: Drawing, one: Point, g: str, size: int) -> Mark:
    x, y = made.across.at(one.at.timestamp()), made.up.at(one.value)
    half = size / 2 if g else 0
    return Mark(g, written(x - half), written(y - half), str(size), one.said)


def whole_days(now: datetime, days: int) -> tuple[datetime, datetime]:
    """From the beginning of a day until the end of today, `days` days in all."""
    today = day_of(now)
    return begins(today - timedelta(days=days - 1)), begins(today + timedelta(days=1))
