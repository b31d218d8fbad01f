"""Which measure of the plan is which of a reading, so that the same promise is never made twice.

Two indexes. The anchor: a digest of the area and words a measure was first written with, which never
changes. And the present words: the same digest of what it says now, since a document written out from here
carries those. Not here: what is done with what was recognised (`merging`).
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import count
from typing import NamedTuple

from samspill.plans.models import FocusArea, Measure
from samspill.plans.reading import candidates
from samspill.plans.reading.words import fold
from samspill.plans.states import Judgement

_ALIKE = 20
"""No plan promises the same more often than this below one title."""


class Hits(NamedTuple):
    """Places of the measures that one of a reading may be: by their present words, and by their anchor."""

    by_words: int | None
    by_anchor: int | None


def keyed(
    measures: Sequence[candidates.Measure], areas: Mapping[str, FocusArea]
) -> Iterator[tuple[candidates.Measure, str]]:
    """Each measure with the key it is recognised by; the second of two alike in one area gets another."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in measures:
        area = areas.get(one.focus_area)
        yield one, _next_key(area.title if area else "", one.text, seen)


def key_of(area: str, text: str, number: int) -> str:
    """What a measure is recognised by: the `number`-th with this text in the area with this title."""
    return hashlib.sha256(f"{fold(area)}|{fold(text)}|{number}".encode()).hexdigest()


def present_keys(measures: Iterable[Measure]) -> dict[str, Measure]:
    """Measures by the key their present words give; numbered as an export would: living ones first."""
    seen: Counter[tuple[str, str]] = Counter()
    in_order = sorted(measures, key=lambda one: (*_is_left_out(one), one.order, one.pk))
    return {_next_key(one.area.title if one.area else "", one.text, seen): one for one in in_order}


def standing(
    read: Sequence[tuple[candidates.Measure, str]],
    areas: Mapping[str, FocusArea],
    measures: Sequence[Measure],
) -> dict[str, Measure]:
    """By key those that are read, unedited, in the very area they stand in, of areas that share a title.

    Their keys count all alike below that title, and shift when a measure or an area before them goes.
    """
    shared = _shared(
        {area.pk: area for area in [*areas.values(), *(one.area for one in measures if one.area)]}
    )
    seen: Counter[tuple[int, str]] = Counter()
    there = {}
    for one in sorted(measures, key=lambda one: (*_is_left_out(one), one.order, one.pk)):
        if one.area and one.area.pk in shared and _is_as_written(one):
            there[_next_place(one.area.pk, one.text, seen)] = one
    seen.clear()
    found = {}
    for said, key in read:
        area = areas.get(said.focus_area)
        if area and area.pk in shared:
            found[key] = there.get(_next_place(area.pk, said.text, seen))
    return {key: one for key, one in found.items() if one}


def recognised(
    keys: Sequence[str], measures: Sequence[Measure], sure: Mapping[str, Measure] | None = None
) -> dict[str, Measure]:
    """The measure that each key means, each measure once; keys of new measures are not there.

    Where words and anchor mean two measures, and neither is taken by a key that can mean nothing else, the
    words decide: they are what people see in the plan. `sure` are known beforehand (`standing`).
    """
    sure = sure or {}
    places = {one.pk: place for place, one in enumerate(measures)}
    by_words = {key: places[one.pk] for key, one in present_keys(measures).items()}
    by_anchor = {one.source_key: place for place, one in enumerate(measures)}
    hits = {key: Hits(by_words.get(key), by_anchor.get(key)) for key in keys if key not in sure}
    found = _matched(hits, {places[one.pk] for one in sure.values()})
    return {**sure, **{key: measures[place] for key, place in found.items()}}


def free_keys(taken: Iterable[str]) -> Callable[[str, str], str]:
    """Gives the key of each new measure in turn: of the first number that no measure of the plan has."""
    used = set(taken)

    def key(area: str, text: str) -> str:
        found = next(one for number in count(1) if (one := key_of(area, text, number)) not in used)
        used.add(found)
        return found

    return key


def _next_key(area: str, text: str, seen: Counter[tuple[str, str]]) -> str:
    same = (fold(area), fold(text))
    seen[same] += 1
    return key_of(*same, seen[same])


def _next_place(area: int, text: str, seen: Counter[tuple[int, str]]) -> tuple[int, str, int]:
    same = (area, fold(text))
    seen[same] += 1
    return (*same, seen[same])


def _shared(areas: Mapping[int, FocusArea]) -> set[int]:
    """Numbers of the areas whose title another has as well."""
    titles = Counter(fold(area.title) for area in areas.values())
    return {pk for pk, area in areas.items() if titles[fold(area.title)] > 1}


def _is_as_written(one: Measure) -> bool:
    """Its present words are those it was read with."""
    title = one.area.title if one.area else ""
    return any(key_of(title, one.text, number) == one.source_key for number in range(1, _ALIKE + 1))


def _is_left_out(one: Measure) -> tuple[bool, bool]:
    return one.judged == Judgement.REJECTED, one.gone_in_id is not None


def _matched(hits: Mapping[str, Hits], meant: Set[int] = frozenset()) -> dict[str, int]:
    """Keys that can mean one measure only come first; when none is left, the first that could mean two.

    `meant` are places of measures that other keys mean already.
    """
    found: dict[str, int] = {}
    waiting = dict(hits)
    taken = set(meant)
    while waiting:
        free = {key: _free(one, taken) for key, one in waiting.items()}
        waiting = {key: one for key, one in waiting.items() if free[key]}
        sure = [key for key in waiting if len(free[key]) == 1]
        # Of two that can mean only the same measure, the one that says its present words
        sure.sort(key=lambda key: waiting[key].by_words != free[key][0])
        for key in sure or list(waiting)[:1]:
            place = free[key][0]
            if place not in taken:
                found[key] = place
                taken.add(place)
            del waiting[key]
    return found


def _free(hits: Hits, taken: set[int]) -> list[int]:
    """Each possible measure once, by words before anchor."""
    return list(dict.fromkeys(place for place in hits if place is not None and place not in taken))
