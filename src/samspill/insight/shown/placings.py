"""The rows of a profile of indicators as its page and its files show them: one each, in groups and themes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.analysis.indicators import groups
from samspill.directory.public import alphabetical
from samspill.insight.drawings.spine import Spine, spine
from samspill.insight.queries.measured import Point
from samspill.insight.queries.placings import Placing
from samspill.insight.telling.indicators import DIFFERS, VERDICTS, Standing, Verdict, judged, standing
from samspill.insight.wording.comparing import said_of, why_not_comparable, written

THEME, AWAY, NAME = "tema", "avvik", "navn"
"""Orders of the rows, as they stand in addresses."""


@dataclass(frozen=True)
class Row:
    """An indicator of an area, in words; `spine` is None where it is not compared."""

    placing: Placing
    standing: Standing
    verdict: Verdict
    title: str
    unit: str
    own: str
    beside: str
    limits: str
    place: str
    said: str
    spine: Spine | None

    @property
    def code(self) -> str:
        return self.placing.measured.indicator.code

    @property
    def better(self) -> str:
        """«better», «worse», or nothing."""
        return str(VERDICTS[self.verdict])

    @property
    def sentence(self) -> str:
        """«Worse: higher than the country, probably not chance»."""
        return str(capfirst(f"{self.better}: {self.said}" if self.better else self.said))

    @property
    def is_compared(self) -> bool:
        return self.placing.is_comparable and self.placing.value is not None

    @property
    def differs(self) -> bool:
        return self.is_compared and self.standing in DIFFERS


@dataclass(frozen=True)
class Wanted:
    """What is asked for in the address: a group, a theme, only what differs, words, an order."""

    group: str = ""
    theme: str = ""
    only_differing: bool = False
    words: str = ""
    order: str = THEME

    def takes(self, row: Row) -> bool:
        definition = row.placing.measured.definition
        said = [row.title, row.placing.measured.indicator.means(), *definition["words"]]
        return (
            self.group in ("", definition["group"])
            and self.theme in ("", definition["theme"])
            and (not self.only_differing or row.differs)
            and all(word in " ".join(said).casefold() for word in self.words.casefold().split())
        )


@dataclass(frozen=True)
class Part:
    """Rows under a heading; in the order of themes it is a group of patients, with themes."""

    key: str
    heading: str
    themes: Sequence[tuple[str, Sequence[Row]]]


def row_of(placing: Placing, whom: str) -> Row:
    point, measured = placing.point, placing.measured
    found = standing(point, placing.beside)
    is_compared = placing.is_comparable and placing.value is not None
    limits = _limits(point)
    title, unit = measured.indicator.title(), measured.indicator.unit()
    return Row(
        placing,
        found,
        judged(found, measured.indicator.direction) if is_compared else Verdict.NONE,
        title,
        "" if unit in title else unit,
        written(placing.value),
        written(placing.beside.value) if placing.beside and placing.is_comparable else "–",
        f"{written(limits[0])}–{written(limits[1])}" if limits else "",
        _place(placing) if is_compared else "",
        said_of(found, whom, point)
        if placing.is_comparable or placing.value is None
        else why_not_comparable(measured),
        _drawn(placing, limits) if is_compared else None,
    )


def _limits(point: Point | None) -> tuple[float, float] | None:
    if point is None or point.lower is None or point.upper is None:
        return None
    return point.lower, point.upper


def _drawn(placing: Placing, limits: tuple[float, float] | None) -> Spine | None:
    beside = placing.beside.value if placing.beside else None
    if placing.value is None or beside is None or placing.spread is None:
        return None
    return spine(placing.value, limits, beside, placing.spread)


def _place(placing: Placing) -> str:
    if placing.place is None:
        return ""
    if placing.place == 1:
        return capfirst(_("highest of %(of)s") % {"of": placing.of})
    if placing.place == placing.of:
        return capfirst(_("lowest of %(of)s") % {"of": placing.of})
    return capfirst(_("no. %(place)s of %(of)s") % {"place": placing.place, "of": placing.of})


def parts_of(rows: Iterable[Row], wanted: Wanted) -> list[Part]:
    """What is wanted, in the order that is wanted."""
    taken = [row for row in rows if wanted.takes(row)]
    if wanted.order in SORTED:
        ordered = sorted(taken, key=SORTED[wanted.order])
        return [Part("alt", "", [("", ordered)])] if ordered else []
    return [part for key in named()["groups"] if (part := _part(key, taken)).themes]


def _part(group: str, rows: Sequence[Row]) -> Part:
    inside = [row for row in rows if row.placing.measured.definition["group"] == group]
    themes = [
        (name, [row for row in inside if row.placing.measured.definition["theme"] == theme])
        for theme, name in named()["themes"].items()
    ]
    return Part(group, named()["groups"][group], [(name, held) for name, held in themes if held])


SORTED: Mapping[str, Callable[[Row], tuple[object, ...]]] = {
    AWAY: lambda row: (not row.differs, -row.placing.away, row.title),
    NAME: lambda row: (alphabetical(row.title),),
}


def named() -> Mapping[str, Mapping[str, str]]:
    """Groups and themes with their names in the reader's language."""
    language = get_language() or "nb"
    return {
        kind: {key: names.get(language, names["nb"]) for key, names in held.items()}
        for kind, held in _groups().items()
    }


@cache
def _groups() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return groups()
