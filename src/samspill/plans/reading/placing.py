"""Put drafts in their place: the focus area of each, and which drafts are kept where ways of reading overlap.

A table speaks for its area: lists and running text there explain, they do not add measures. A table may also
name areas itself, in a column or in a row of its own; those become areas like any other.
Not here: how areas are found among headings (`focus_areas`).
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from samspill.documents.blocks import Block
from samspill.plans.reading.area_keys import free_key
from samspill.plans.reading.candidates import FocusArea
from samspill.plans.reading.drafts import Draft, GoalDraft
from samspill.plans.reading.focus_areas import AreaMap, with_other_keys
from samspill.plans.reading.headings import EXPLICIT, is_alike

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3}|[A-H](?=[.):]))[.):]?\s+(?=\S)")


@dataclass(slots=True)
class AreaBook:
    """The areas of a plan by their place, and those that tables name."""

    map: AreaMap
    blocks: Sequence[Block]
    named: list[FocusArea] = field(default_factory=list)

    def is_inside(self, index: int) -> bool:
        """The place stands in an area that headings name for sure."""
        return not self.map.is_guessed and self.map.at(index) is not None

    def key_of(self, found: Draft | GoalDraft) -> str:
        """The key of the area a draft belongs to; "" when it stands in none."""
        if found.area:
            return self._named(found).key
        area = self.map.at(found.index)
        return area.key if area else ""

    def areas(self, keys_in_use: set[str]) -> list[FocusArea]:
        """All areas in order. Chapters that were only guessed to be areas give way to those a table names."""
        by_place = self.map.areas
        if self.named and self.map.is_guessed:
            by_place = [area for area in by_place if area.key in keys_in_use]
        return sorted([*by_place, *self.named], key=lambda area: area.line)

    def claim(self, said: Sequence[Draft | GoalDraft]) -> None:
        """What tables name is known by its own number before any chapter that was only guessed to be one."""
        taken = set() if self.map.is_guessed else {area.key for area in self.map.areas}
        for found in said:
            if found.area:
                self._named(found, taken)
        keys = {area.key for area in self.named}
        if self.map.is_guessed and keys & {area.key for area in self.map.areas}:
            self.map = with_other_keys(self.map, keys)

    def _named(self, found: Draft | GoalDraft, taken: Set[str] | None = None) -> FocusArea:
        """The area a table names; a new one when nothing of that name is known. `taken` are others' keys."""
        taken = {area.key for area in self.map.areas} if taken is None else taken
        number, title = _number_and_title(found.area)
        here = None if self.map.is_guessed else self.map.at(found.index)
        parent = here.key if here else ""
        for area in (*self.map.areas, *self.named):
            # A chapter «2 Tiltaka» that holds the table is not the second area the table names
            sure = area in self.named or not self.map.is_guessed
            same = is_alike(area.title, title) or (sure and number and area.number == number)
            if same and (area not in self.named or area.parent == parent):
                return area
        block = self.blocks[found.index]
        area = FocusArea(
            key=free_key(number, title, parent, taken | {area.key for area in self.named}),
            number=number,
            title=title,
            parent=parent,
            line=block.line,
            page=block.page,
        )
        self.named.append(area)
        return area


def _number_and_title(text: str) -> tuple[str, str]:
    if explicit := EXPLICIT.fullmatch(text):
        return explicit["number"] or "", explicit["title"].strip()
    found = _NUMBERED.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def free_places(book: AreaBook, from_tables: Sequence[Draft]) -> set[int]:
    """The blocks where lists and running text may add measures: in areas without a table that does.

    In a plan without areas that is everywhere, unless it has tables.
    """
    if not book.map.spans:
        return set() if from_tables else set(range(len(book.blocks)))
    spoken_for = {book.map.at(draft.index) for draft in from_tables}
    return {index for index, area in book.map.places.items() if area not in spoken_for}


def goal_before(goals: Sequence[GoalDraft], draft: Draft, book: AreaBook) -> GoalDraft | None:
    """The goal of a measure from a list: the one goal before it in its area. Of several, nobody can tell."""
    key = book.key_of(draft)
    before = [goal for goal in goals if goal.index < draft.index and book.key_of(goal) == key]
    return before[0] if len(before) == 1 and key else None
