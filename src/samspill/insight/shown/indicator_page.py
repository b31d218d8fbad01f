"""The page of an indicator put together: what it says, its figures with their files, where else to look."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.directory.public import Figure, address
from samspill.insight.area_names import municipalities_in
from samspill.insight.queries.looks import COMMUNITIES, EVERY, OWN, Look, addressed
from samspill.insight.queries.outlines import newest_outlines
from samspill.insight.shown.indicator_table import cells_of
from samspill.insight.states import Level
from samspill.insight.telling import Pair, Passage
from samspill.insight.telling.indicator_funnel import FUNNEL, Drawn, funnel
from samspill.insight.telling.indicator_history import HISTORY, history
from samspill.insight.telling.indicator_map import MAP, Mapped, where
from samspill.insight.telling.indicator_page import heading, lede, not_comparable
from samspill.insight.telling.indicator_ranking import RANKING, beside, ranking
from samspill.insight.wording.measured import is_invented, said
from samspill.insight.wording.measured_method import hidden_in_words, method_of

MOST_ROWS = 40
"""More rows than this are not written twice: the table of the page has them."""
WIDE = "vid"
"""`?trakt=vid`: the funnel's limits count with over-dispersion."""
FORMS = ("svg", "png", "csv")
PLACE = "OMRADE"


@dataclass(frozen=True)
class ShownFigure:
    """A passage with the addresses of its files. `rows` are left out when the table of the page has them."""

    passage: Passage
    files: Mapping[str, str]
    rows: Sequence[Sequence[str | int | float | None]]
    embed: str


@dataclass(frozen=True)
class Way:
    """A link to the same page, seen otherwise."""

    label: str
    url: str
    is_here: bool = False


@dataclass(frozen=True)
class Page:
    """What the template gets. `funnel` tells why there is none; `tiles` stand where there is no outline."""

    look: Look
    title: str
    heading: str
    lede: Sequence[str]
    not_comparable: str
    ranking: ShownFigure | None
    funnel: ShownFigure | None
    funnel_told: Drawn | None
    history: ShownFigure | None
    where: Mapped | None
    map: ShownFigure | None
    method: Sequence[Pair]
    hidden: int
    hidden_words: str

    @property
    def area_name(self) -> str:
        return self.look.label(self.look.area)

    @property
    def is_invented(self) -> bool:
        return is_invented(self.look.measured)

    @property
    def is_long(self) -> bool:
        """Whether the table is folded."""
        return len(self.look.areas) > MOST_ROWS and not self.not_comparable

    @property
    def figures(self) -> Iterator[ShownFigure]:
        yield from filter(None, (self.ranking, self.funnel, self.map, self.history))


def page_of(look: Look, *, wide: bool) -> Page:
    """All that the page says; `wide` as `?trakt=vid`."""
    measured, why = look.measured, not_comparable(look.measured)
    passages = {} if why else _compared(look)
    drawn = None if why else funnel(look, wide=wide)
    mapped = None if why else _where(look)
    shown = _shower(look, wide)
    hidden, cells = cells_of(look)
    return Page(
        look,
        said(measured, "title"),
        heading(look),
        lede(look),
        why,
        shown(passages.get(RANKING)),
        shown(drawn.passage if drawn else None),
        drawn,
        shown(history(look)),
        mapped,
        shown(mapped.passage if mapped else None),
        method_of(measured, hidden=hidden, shown=cells),
        hidden,
        hidden_in_words(measured),
    )


def _compared(look: Look) -> dict[str, Passage | None]:
    """A number of persons is no ranking: who is many is large."""
    return {} if look.measured.definition["kind"] == "count" else {RANKING: ranking(look)}


def _where(look: Look) -> Mapped | None:
    outlines = newest_outlines() if look.level == Level.MUNICIPALITY else {}
    return where(look, outlines, urls_of(look))


def _shower(look: Look, wide: bool) -> Callable[[Passage | None], ShownFigure | None]:
    here = at(look, **({"trakt": WIDE} if wide else {}))

    def shown(passage: Passage | None) -> ShownFigure | None:
        if passage is None:
            return None
        key = passage.figure.key
        files = {form: address(here, {"fil": f"{key}.{form}"}) for form in FORMS}
        rows = passage.figure.rows if len(passage.figure.rows) <= MOST_ROWS else ()
        return ShownFigure(passage, files, rows, embedded_at(look, key))

    return shown


FIGURES: Mapping[str, Callable[[Look, bool], Passage | None]] = {
    RANKING: lambda look, _wide: _compared(look).get(RANKING),
    FUNNEL: lambda look, wide: funnel(look, wide=wide).passage,
    MAP: lambda look, _wide: mapped.passage if (mapped := _where(look)) else None,
    HISTORY: lambda look, _wide: history(look),
}
"""By its name in addresses, what makes a figure."""


def passage_named(look: Look, key: str, *, wide: bool) -> Passage | None:
    """One of the page's figures; None when the page has none such."""
    if key not in FIGURES or (key != HISTORY and not_comparable(look.measured)):
        return None
    return FIGURES[key](look, wide)


def figure_named(look: Look, key: str, *, wide: bool) -> Figure | None:
    """The same as it is taken along: with what it counts, which stands beside it on the page."""
    passage = passage_named(look, key, wide=wide)
    return replace(passage.figure, method=said(look.measured, "means")) if passage else None


def at(look: Look, **changed: str) -> str:
    """The page's address, with parts of it changed; "" leaves one out."""
    return address(
        reverse("insight:indicator", args=[look.measured.indicator.code]), addressed(look, **changed)
    )


def urls_of(look: Look) -> dict[str, str]:
    """By area: the same page with its history. Put together by hand, since there may be hundreds."""
    pattern = at(look, omrade=PLACE)
    areas = [*look.areas, *beside(look)]
    return {one.code: f"{pattern.replace(PLACE, quote(one.code))}#{HISTORY}" for one in areas}


def stable_at(look: Look) -> str:
    """What shows these very figures for ever."""
    return at(look, utregning=str(look.measured.run.pk))


def embedded_at(look: Look, key: str) -> str:
    path = reverse("insight:indicator-embedded", args=[look.measured.indicator.code])
    run = str(look.measured.run.pk)
    return address(path, {"figur": key, **addressed(look, utregning=run), "sprak": get_language() or "nb"})


def scopes(look: Look) -> list[Way]:
    """Whom one can look at: one's own, all municipalities, all helsefellesskap. Those with figures."""
    measured = look.measured
    have = {one.code for one in measured.of_level(Level.MUNICIPALITY)}
    own = [code for code in municipalities_in(look.own) if code in have]
    counts = {
        OWN: len(own),
        EVERY: len(have),
        COMMUNITIES: len(measured.of_level(Level.COMMUNITY)),
    }
    labels = {
        OWN: _("The %(count)s municipalities of %(name)s") % {"count": counts[OWN], "name": look.own_name},
        EVERY: _("All %(count)s municipalities") % {"count": counts[EVERY]},
        COMMUNITIES: _("%(count)s helsefellesskap") % {"count": counts[COMMUNITIES]},
    }
    return [
        Way(labels[scope], at(look, nivaa=scope, omrade=""), scope == look.scope)
        for scope in labels
        if scope == look.scope
        or (counts[scope] > 1 and not (scope == EVERY and counts[EVERY] == counts[OWN]))
    ]


def communities(look: Look) -> list[tuple[str, str]]:
    """(code, name) of those with figures."""
    return [(one.code, one.name) for one in look.measured.of_level(Level.COMMUNITY)]


def places(look: Look) -> list[tuple[str, str]]:
    """(code, name) of whose history one can see: all together, the helsefellesskap, its municipalities."""
    whole = [look.whole.code] if look.whole else []
    codes = [*whole, look.own, *municipalities_in(look.own)]
    if look.area.code not in codes:
        codes.append(look.area.code)
    areas = look.measured.areas
    return [(code, look.label(areas[code])) for code in codes if code in areas]
