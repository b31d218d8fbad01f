"""Measures of other helsefellesskap that are like one: the same words, the same theme, the same people.

The search index finds what may be alike in both målformer; what they share is then counted here, so that it
can be told why each is shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from samspill.directory.public import Actor, SearchEntry, neutral, spellings
from samspill.directory.register.themes import Theme, by_code, is_alike, single_words, themes_of
from samspill.plans.models import Measure, MeasureAdoption, MeasureResponsible, StatusReport
from samspill.plans.queries.comparing import status_of
from samspill.plans.queries.rows import MEASURE
from samspill.plans.rules.words import significant
from samspill.plans.states import Answers, MeasureState, ShownStatus

CONFIG = "norwegian"
SHOWN, CANDIDATES = 5, 60
# Measured on the labelled pairs of `tests/unit/plans/similar_pairs.yaml` (docs/reference/plan-search.md): a
# single shared word («team», «hjemmetjeneste») says nothing without a theme. With one, a third of the words
# would be surer (0.81 instead of 0.77 are right), but then two measures about BUP pass each other by.
ENOUGH_WORDS, FEWEST_WORDS, ENOUGH_WITH_THEME = 0.4, 2, 0.2
# Two shared themes weigh as much as all words do.
THEME_WEIGHT = 0.5
_SEVERAL = re.compile(r"(?<=\w{5})(?:ar|er|ane|ene)$")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Similar:
    """A measure elsewhere, and what it has in common with the one asked about."""

    measure: Measure
    status: ShownStatus
    responsible: str
    themes: tuple[Theme, ...]
    words: tuple[str, ...]
    likeness: float


def similar_to(measure: Measure, actor: Actor) -> list[Similar]:
    """The visible measures of other communities that are most like it, at most five. 2 queries."""
    query = _query(measure)
    if query is None:
        return []
    near = (
        SearchEntry.objects.visible_to(actor)
        .filter(kind=MEASURE, vector=query)
        .exclude(community_id=measure.community_id)
        .annotate(rank=SearchRank(F("vector"), query))
        .order_by("-rank", "thing_id")
        .values_list("thing_id", flat=True)[:CANDIDATES]
    )
    found = [_alike(measure, other, actor) for other in _measures(list(near), measure, actor)]
    enough = [one for one in found if one]
    return sorted(enough, key=lambda one: (-one.likeness, one.measure.pk))[:SHOWN]


def _measures(ids: Iterable[int], measure: Measure, actor: Actor) -> QuerySet[Measure]:
    """Without those it was taken from, or that were taken from it: the page says so elsewhere.

    What was carried forward stands in the newer plan, and is found there.
    """
    adoptions = MeasureAdoption.objects.visible_to(actor)
    newest = StatusReport.objects.visible_to(actor).filter(measure=OuterRef("pk")).order_by("-at", "-pk")
    accountable = MeasureResponsible.objects.visible_to(actor).filter(
        measure=OuterRef("pk"), role=Answers.ACCOUNTABLE
    )
    return (
        Measure.objects.visible_to(actor)
        .filter(Measure.in_plan(), pk__in=ids)
        .exclude(community_id=measure.community_id)
        .exclude(state=MeasureState.CARRIED_FORWARD)
        .exclude(pk__in=adoptions.filter(source=measure).values("measure"))
        .exclude(pk__in=adoptions.filter(measure=measure).values("source"))
        .select_related("plan", "community", "area", "document")
        .defer("document__content", "document__lines", "verbatim")
        .annotate(
            said=Subquery(newest.values("word")[:1]),
            said_on=Subquery(newest.values(day=TruncDate("at"))[:1]),
            responsible=Subquery(accountable.values("raw")[:1]),
        )
    )


@dataclass(frozen=True)
class Likeness:
    """What two texts share: `words` of the first that the second has, as a `share` of the shorter; themes."""

    words: tuple[str, ...]
    share: float
    codes: frozenset[str]

    @property
    def is_enough(self) -> bool:
        if self.codes:
            return bool(self.words) and self.share >= ENOUGH_WITH_THEME
        return len(self.words) >= FEWEST_WORDS and self.share >= ENOUGH_WORDS

    @property
    def value(self) -> float:
        return self.share + THEME_WEIGHT * len(self.codes)


def _root(word: str) -> str:
    """A word in one spelling for both målformer, without the endings of several."""
    return _SEVERAL.sub("", neutral(word))


def likeness(text: str, area: str, other: str, other_area: str) -> Likeness:
    """How alike two measures are, by their words in one spelling for both målformer, and their themes."""
    mine = {_root(word): word for word in sorted(significant(text))}
    theirs = {_root(word) for word in significant(other)}
    words = tuple(sorted(word for same, word in mine.items() if any(is_alike(same, one) for one in theirs)))
    codes = {one.code for one in themes_of(text, area)} & {one.code for one in themes_of(other, other_area)}
    return Likeness(words, len(words) / max(min(len(mine), len(theirs)), 1), frozenset(codes))


def _alike(measure: Measure, other: Measure, actor: Actor) -> Similar | None:
    """What two measures share; None when it is too little to show."""
    written = {word.lower(): word for word in _LETTERS.findall(_text(measure))}
    found = likeness(_text(measure), _area(measure), _text(other), _area(other))
    if not found.is_enough:
        return None
    return Similar(
        measure=other,
        status=status_of(other, other.said or "", other.said_on, today=actor.today),  # type: ignore[attr-defined]
        responsible=other.responsible or "",  # type: ignore[attr-defined]
        themes=tuple(theme for theme in by_code().values() if theme.code in found.codes),
        words=tuple(written.get(word, word) for word in found.words),
        likeness=found.value,
    )


def _query(measure: Measure) -> SearchQuery | None:
    """Any of its words in either målform, or any word of its themes."""
    wanted = {form: form for word in significant(_text(measure)) for form in spellings(word)}
    for said in _themes(measure):
        wanted |= {word: f"{word}:*" if begins else word for word, begins in single_words(said.code)}
    terms = [wanted[word] for word in sorted(wanted) if _LETTERS.fullmatch(word)]
    return SearchQuery(" | ".join(terms), config=CONFIG, search_type="raw") if terms else None


def _themes(measure: Measure) -> tuple:
    return themes_of(_text(measure), _area(measure))


def _area(measure: Measure) -> str:
    return measure.area.title if measure.area else ""


def _text(measure: Measure) -> str:
    return f"{measure.title} {measure.text}".strip()
