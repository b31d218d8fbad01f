"""Which headings are the focus areas of a plan, how they nest, and where each begins and ends.

Ways to tell, the surest first: «Innsatsområde 1: …»; the chapters below «2 Innsatsområder»; headings that a
list announces; headings above tables of measures; all numbered chapters that are not background; at last
all chapters with text that are neither background nor what comes after. A
number beats a level, since levels are often wrong, and a heading in the middle of «Dette betyr; …» is never
an area.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.area_keys import free_key
from samspill.plans.reading.candidates import FocusArea
from samspill.plans.reading.headings import (
    ANNOUNCES,
    BACK_MATTER,
    CONTAINER,
    EXPLICIT,
    Heading,
    announced_titles,
    find_headings,
    is_alike,
)
from samspill.plans.reading.words import clean, fold

_ONLY_A_LETTER = re.compile(r"(?P<letter>[A-H])\s+(?P<title>[A-ZÆØÅÉ«]\S.*)")
_LETTERED = re.compile(r"(?P<number>[A-H])[.):]\s+(?P<title>[A-ZÆØÅÉ«]\S.*)")
_PARTED = re.compile(
    r"(?:del|kapittel|kap\.?)\s(?P<number>\d{1,2})(?:\s?[:.–-]\s?|\s)(?P<title>(?-i:[A-ZÆØÅ«])\S.*)",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 2
_OTHERS = 3  # chapters that a plan has when one of them holds all areas
_GUESSED = (
    "above-table",
    "divided",
    "numbered",
    "unnumbered",
)  # ways that only guess that a chapter is an area
_ENDS = (".", ":", ";", ",")  # of sentences, which are no headings
_SLOGAN = re.compile(r"[«“\"].*[»”\"]")
_SECOND = 2  # depth of «2.1»
_TITLE = 1  # the first heading is the title of the document


@dataclass(frozen=True, slots=True)
class Span:
    """An area and the blocks it covers: from its heading up to, not including, `end`."""

    area: FocusArea
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AreaMap:
    """All areas of a plan by place. `rule` tells how they were found."""

    spans: Sequence[Span]
    rule: str
    places: Mapping[int, FocusArea]

    @property
    def is_guessed(self) -> bool:
        """Nothing but its place or its number says that a chapter is an area."""
        return self.rule in _GUESSED

    @property
    def areas(self) -> list[FocusArea]:
        return [span.area for span in self.spans]

    def at(self, index: int) -> FocusArea | None:
        """The innermost area that covers a block."""
        return self.places.get(index)


NO_AREAS = AreaMap((), "", {})


def find_focus_areas(blocks: Sequence[Block], measure_tables: Sequence[int]) -> AreaMap:
    """The areas of a plan; `measure_tables` are the places of the first rows of tables that hold measures."""
    headings = _with_explicit_lines(_with_dots(_without_part_names(find_headings(blocks))), blocks)
    ways: dict[str, Callable[[], list[Heading]]] = {
        "explicit": lambda: [heading for heading in headings if EXPLICIT.fullmatch(heading.title)],
        "below-container": lambda: _below_container(headings),
        "announced": lambda: _announced(headings, announced_titles(blocks), blocks),
        "above-table": lambda: _above_tables(headings, measure_tables),
        "divided": lambda: _divided(headings),
        "numbered": lambda: _numbered(headings),
        "unnumbered": lambda: _unnumbered(headings, blocks),
    }
    for rule, find in ways.items():
        if chosen := find():
            spans = _spans_with_tables(chosen, headings, blocks, measure_tables)
            return AreaMap(spans, rule, _places(spans))
    return NO_AREAS


def with_other_keys(areas: AreaMap, taken: Set[str]) -> AreaMap:
    """The same areas; those whose key is taken get another."""
    keys: dict[str, str] = {}
    spans = []
    for span in areas.spans:
        one = span.area
        parent = keys.get(one.parent, one.parent)
        keys[one.key] = free_key(one.number, one.title, parent, taken | set(keys.values()))
        spans.append(replace(span, area=replace(one, key=keys[one.key], parent=parent)))
    return AreaMap(spans, areas.rule, _places(spans))


def _without_part_names(headings: Sequence[Heading]) -> list[Heading]:
    """«Del 1 – Rehabilitering» is «1 Rehabilitering», unless the chapters have numbers of their own."""
    numbered = any(one.number for one in headings)
    found = [(one, _PARTED.fullmatch(one.title)) for one in headings]
    return [
        replace(one, title=named["title"].strip(), number=one.number if numbered else named["number"])
        if named
        else one
        for one, named in found
    ]


def _with_dots(headings: Sequence[Heading]) -> list[Heading]:
    """«A Felles tal» is «A. Felles tal» where «B …» comes after it; a letter alone may be a word."""
    found = [_ONLY_A_LETTER.fullmatch(one.title) for one in headings]
    letters = "".join(one["letter"] for one in found if one)
    if len(letters) < _FEWEST_LETTERS or not "ABCDEFGH".startswith(letters):
        return list(headings)
    return [
        replace(one, title=f"{named['letter']}. {named['title']}") if named else one
        for one, named in zip(headings, found, strict=True)
    ]


def _with_explicit_lines(headings: Sequence[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """«Satsingsområde 2: …» on a line, where «Satsingsområde 1: …» is a heading, is one as well."""
    known = [(one, found) for one in headings if (found := EXPLICIT.fullmatch(one.title)) and found["number"]]
    numbers, places = {found["number"] for _, found in known}, {one.index for one in headings}
    lines: list[Heading] = []
    for index, block in enumerate(blocks):
        text = clean(block.text)
        alone = block.kind is BlockKind.PARAGRAPH and block.line == block.last_line and index not in places
        found = EXPLICIT.fullmatch(text) if alone and known and text[-1:] not in _ENDS else None
        if found and found["number"] and found["number"] not in numbers:
            numbers.add(found["number"])
            lines.append(Heading(index, "", text, known[0][0].level, block))
    return sorted([*headings, *lines], key=lambda one: one.index)


def _places(spans: Sequence[Span]) -> dict[int, FocusArea]:
    """The area of each block; a later span lies inside an earlier one, and covers it."""
    return {index: span.area for span in spans for index in range(span.start, span.end)}


def _spans_with_tables(
    chosen: Sequence[Heading], headings: Sequence[Heading], blocks: Sequence[Block], tables: Sequence[int]
) -> list[Span]:
    """The areas' spans; a chapter with a table of measures outside of them all becomes an area too."""
    spans = _spans(chosen, headings, blocks)
    outside = [table for table in tables if not any(one.start <= table < one.end for one in spans)]
    added = [one for one in _above_tables(headings, outside) if one not in chosen]
    return _spans([*chosen, *added], headings, blocks) if added else spans


def _below_container(headings: Sequence[Heading]) -> list[Heading]:
    for place, container in enumerate(headings):
        if not CONTAINER.fullmatch(fold(container.title)) or container.in_sub_objectives:
            continue
        rest = headings[place + 1 :]
        numbered = [one for one in rest if one.is_below(container.number) and not one.is_part]
        if chosen := numbered or _unnumbered_below(container, rest):
            return chosen
    return []


def _unnumbered_below(container: Heading, rest: Sequence[Heading]) -> list[Heading]:
    """Chapters below a container that their numbers do not bind to it."""
    inside: list[Heading] = []
    for heading in rest:
        ends = BACK_MATTER.match(fold(heading.title)) or (container.number and heading.number)
        if ends or heading.level < container.level:
            break
        inside.append(heading)
    inside = [one for one in inside if not one.in_sub_objectives and not one.is_part]
    if any(one.number for one in inside):
        return [one for one in inside if one.number]
    for named in ([one for one in inside if one.announced], [one for one in inside if one.in_contents]):
        if len(named) > 1:
            return named
    level = inside[0].level if inside else 0
    return [one for one in inside if one.level == level]


def _divided(headings: Sequence[Heading]) -> list[Heading]:
    """What the only chapter with chapters of its own is divided into, when there are others beside it."""
    chapters: list[tuple[Heading, list[Heading]]] = []
    level = min((one.level for one in headings[_TITLE:]), default=0)
    for one in headings[_TITLE:]:
        if one.depth == 1 or (one.level == level and one.depth < _SECOND):
            chapters.append((one, []))
        elif chapters and (one.is_below(chapters[-1][0].number) or not one.number):
            chapters[-1][1].append(one)
    divided = [(one, parts) for one, parts in chapters if parts]
    if len(divided) != 1 or len(chapters) < _OTHERS:
        return []
    ((chapter, below),) = divided
    parts = [one for one in below if one.level == below[0].level and one.depth == below[0].depth]
    able = [one for one in parts if _may_be_area(one)]  # «2.4 Medvirkning» beside three others is one as well
    fits = len(able) > 1 and len(able) >= len(parts) - 1 and _may_be_area(chapter)
    return parts if fits and not any(one.is_part for one in parts) else []


def _numbered(headings: Sequence[Heading]) -> list[Heading]:
    """All numbered chapters that may be areas; of one alone («2 Arbeidet i 2026») what is numbered below."""
    chapters = [one for one in headings if one.depth == 1 and _may_be_area(one)]
    alone = [one for one in chapters if not BACK_MATTER.match(fold(one.title))]
    if len(alone) == 1:
        below = [one for one in headings if one.is_below(alone[0].number) and one.depth == _SECOND]
        if len(below) > 1 and not any(one.is_part for one in below):
            return below
    return chapters


def _announced(headings: Sequence[Heading], titles: Sequence[str], blocks: Sequence[Block]) -> list[Heading]:
    """Headings that a list names. Numbered like the list, one of them may have got another title."""
    listed = [block for block in blocks if clean(block.text).rstrip(".;,") in titles]
    after = next((index for index, block in enumerate(blocks) if listed and block is listed[0]), 0)
    later = [heading for heading in headings if heading.index > after]
    named = [heading for heading in later if any(is_alike(heading.title, title) for title in titles)]
    numbers = [heading.number for heading in later if heading.depth == 1]
    if numbers == [str(number) for number in range(1, len(titles) + 1)] and 2 * len(named) > len(titles):
        return [heading for heading in later if heading.depth == 1]
    return named if len(named) > 1 else []


def _unnumbered(headings: Sequence[Heading], blocks: Sequence[Block]) -> list[Heading]:
    """Chapters without numbers: those of the highest level that has two, when something is said in them."""
    able = [one for one in headings if _may_be_area(one) and not BACK_MATTER.match(fold(one.title))]
    able = [one for one in able if not ANNOUNCES.search(one.title) and _says_something(one, blocks)]
    for level in sorted({one.level for one in able}):
        if len(chosen := [one for one in able if one.level == level]) > 1:
            return chosen
    return []


def _says_something(heading: Heading, blocks: Sequence[Block]) -> bool:
    """A paragraph or a list stands right below it, and it is no title page."""
    after = next((one for one in blocks[heading.index + 1 :] if one.kind is not BlockKind.PAGE_BREAK), None)
    return heading.index > 0 and after is not None and after.kind is not BlockKind.HEADING


def _above_tables(headings: Sequence[Heading], tables: Sequence[int]) -> list[Heading]:
    """For each of these tables the nearest heading that can be the name of an area."""
    able = [one for one in headings[_TITLE:] if _may_be_area(one)]
    numbered = [one for one in able if one.number]
    nearest = (_last_before(numbered, table) or _last_before(able, table) for table in tables)
    return list({one.index: one for one in nearest if one}.values())


def _last_before(headings: Sequence[Heading], index: int) -> Heading | None:
    place = bisect_left(headings, index, key=lambda one: one.index)
    return headings[place - 1] if place else None


def _may_be_area(heading: Heading) -> bool:
    other = heading.is_part or heading.is_background or heading.in_sub_objectives
    other = other or heading.title.endswith("?")  # of a question set
    other = other or bool(_SLOGAN.fullmatch(heading.title))
    return not other and not CONTAINER.fullmatch(fold(heading.title))


def _spans(chosen: Sequence[Heading], headings: Sequence[Heading], blocks: Sequence[Block]) -> list[Span]:
    spans: list[Span] = []
    chosen = sorted(chosen, key=lambda one: one.index)
    own = {one.index for one in chosen}
    nested = [one for one in headings if one.index not in own and _is_listed(one, chosen, blocks)]
    inside = {one.index for one in nested}
    listing = _listed_by(chosen, blocks)
    keys: dict[int, str] = {}
    for heading in sorted([*chosen, *nested], key=lambda one: one.index):
        number, title = _named(heading)
        above = _above(heading, chosen, inside, listing)
        parent = keys.get(above.index, "") if above else ""
        keys[heading.index] = free_key(number, title, parent, set(keys.values()))
        area = FocusArea(
            key=keys[heading.index],
            number=number,
            title=title,
            parent=parent,
            line=heading.block.line,
            page=heading.block.page,
        )
        spans.append(Span(area, heading.index, _end(heading, chosen, headings, len(blocks))))
    return spans


def _named(heading: Heading) -> tuple[str, str]:
    """Number and title of the area a heading opens: ("1", "Barn") of «Innsatsområde 1: Barn»."""
    explicit = EXPLICIT.fullmatch(heading.title) or _LETTERED.fullmatch(heading.title)
    if explicit is None:
        return heading.number, heading.title
    return heading.number or explicit["number"] or "", explicit["title"].strip()


def _is_listed(heading: Heading, chosen: Sequence[Heading], blocks: Sequence[Block]) -> bool:
    """A deeper heading that a list in its area has named: «Prioriterte pasientgrupper: – barn og unge»."""
    area = _area_before(heading, chosen)
    if area is None or heading.number or heading.level <= area.level or heading.in_sub_objectives:
        return False
    between = blocks[area.index : heading.index]
    return any(
        block.kind is BlockKind.LIST_ITEM and fold(block.text) == fold(heading.title) for block in between
    )


def _area_before(heading: Heading, chosen: Sequence[Heading]) -> Heading | None:
    before = [one for one in chosen if one.index < heading.index]
    return before[-1] if before else None


def _listed_by(chosen: Sequence[Heading], blocks: Sequence[Block]) -> dict[int, Heading]:
    """By the place of an area the one before it whose list names it: «vi vil prioritere: – barn og unge»."""
    found: dict[int, Heading] = {}
    ends = [one.index for one in chosen[1:]]
    for area, end in zip(chosen, ends, strict=False):
        listed = {fold(one.text) for one in blocks[area.index : end] if one.kind is BlockKind.LIST_ITEM}
        named = [one for one in chosen if one.index >= end and not one.number and fold(one.title) in listed]
        if len(named) > 1:
            found |= {one.index: area for one in named}
    return found


def _above(
    heading: Heading, chosen: Sequence[Heading], nested: Set[int], listing: Mapping[int, Heading]
) -> Heading | None:
    """The area a heading is a part of. Where two before it have that number, it is the nearest."""
    if heading.index in nested:
        return _area_before(heading, chosen)
    numbers = ((_named(one)[0], one) for one in chosen if one.index < heading.index)
    above = [(len(number), one.index, one) for number, one in numbers if heading.is_below(number)]
    nearest = max(above, key=lambda one: one[:2])[2] if above else None
    return nearest or listing.get(heading.index)


def _end(heading: Heading, chosen: Sequence[Heading], headings: Sequence[Heading], last: int) -> int:
    for later in headings:
        if later.index > heading.index and _ends(later, heading, chosen):
            return later.index
    return last


def _ends(later: Heading, area: Heading, chosen: Sequence[Heading]) -> bool:
    """Whether a heading after an area's own begins something else."""
    if later.in_sub_objectives or later.is_below(area.number):
        return False
    if later.number:
        return True
    if later.title.endswith("?") and later.level >= area.level:  # «Hva gjør vi?» is asked of the area
        return later in chosen
    if later in chosen:
        return later.level <= area.level or not area.number
    if area.number and not later.is_background:
        return later.level < area.level and not later.is_part
    return later.level <= area.level and not later.is_part
