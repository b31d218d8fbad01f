"""Labels of list items and headings as Word would print them: «2.1», «a)», «•».

Word stores no label; it counts while it shows the text. `Numbering.label` must therefore be asked once per
numbered paragraph, in reading order. Source: ISO/IEC 29500-1, 17.9.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from samspill.documents.word.parts import Element, W, is_on, number, value

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 10_000  # larger numbers are not written as letters or in roman
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    decimal_only: bool
    style: str


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}abstractNum")
        self._abstract = {element.get(f"{W}abstractNumId", ""): element for element in found}
        lists = [] if root is None else root.findall(f"{W}num")
        self._lists = {element.get(f"{W}numId", ""): element for element in lists}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()

    def has(self, list_id: str) -> bool:
        """The list exists and numbers something («0» means: no list after all)."""
        return list_id in self._lists

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a list ties to a style, as headings are numbered; 0 when it ties none."""
        return next((level for level, found in self._levels_of(list_id).items() if found.style == style), 0)

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph on this level and give its label; "" where the list shows nothing."""
        level = min(max(level, 0), _DEEPEST)
        levels = self._levels_of(list_id)
        found = levels.get(level)
        if found is None:
            return ""
        counts = self._counts[self._abstract_id(list_id)]
        self._restart(list_id, level, counts)
        counts[level] = counts[level] + 1 if level in counts else found.start
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if found.format == "bullet":
            return _bullet(found.text)
        return _PLACE.sub(lambda place: _count(int(place[1]) - 1, found, levels, counts), found.text).strip()

    def _abstract_id(self, list_id: str) -> str:
        return value(self._lists.get(list_id), "abstractNumId") or ""

    def _restart(self, list_id: str, level: int, counts: dict[int, int]) -> None:
        """A list that overrides where it starts begins anew, the first time it is used."""
        if (list_id, level) in self._started:
            return
        self._started.add((list_id, level))
        for override in self._lists[list_id].findall(f"{W}lvlOverride"):
            if number(override.get(f"{W}ilvl")) == level and value(override, "startOverride") is not None:
                counts.pop(level, None)

    def _levels_of(self, list_id: str) -> dict[int, _Level]:
        if list_id not in self._levels:
            element = self._lists.get(list_id)
            levels = self._abstract_levels(self._abstract_id(list_id))
            for override in [] if element is None else element.findall(f"{W}lvlOverride"):
                _override(levels, override)
            self._levels[list_id] = levels
        return self._levels[list_id]

    def _abstract_levels(self, abstract_id: str) -> dict[int, _Level]:
        abstract = self._abstract.get(abstract_id)
        link = value(abstract, "numStyleLink")
        if link:  # the levels stand in the list that the named style was made from
            same = (other for other in self._abstract.values() if value(other, "styleLink") == link)
            abstract = next(same, abstract)
        found = [] if abstract is None else abstract.findall(f"{W}lvl")
        return {number(level.get(f"{W}ilvl")): _level(level) for level in found}


def _level(element: Element) -> _Level:
    return _Level(
        start=number(value(element, "start"), 1),
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        decimal_only=is_on(value(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )


def _override(levels: dict[int, _Level], override: Element) -> None:
    key = number(override.get(f"{W}ilvl"))
    own = override.find(f"{W}lvl")
    if own is not None:
        levels[key] = _level(own)
    start = value(override, "startOverride")
    if start is not None and key in levels:
        found = levels[key]
        levels[key] = _Level(number(start, 1), found.format, found.text, found.decimal_only, found.style)


def _count(level: int, shown: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    found = levels.get(level)
    if found is None:
        return ""
    return written(counts.get(level, found.start), "decimal" if shown.decimal_only else found.format)


def written(count: int, form: str) -> str:
    """A number in the form Word calls `numFmt`: decimal, lowerLetter … Unknown forms are decimal."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form.endswith("Letter") and 0 < count < _LARGEST:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form.endswith("Roman") and 0 < count < _LARGEST:
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    return f"{count}"


def _roman(count: int) -> str:
    signs = []
    for size, sign in _ROMAN:
        signs.append(sign * (count // size))
        count %= size
    return "".join(signs)


def _bullet(text: str) -> str:
    """The bullet as a sign any font can show; Word takes most of its bullets from symbol fonts."""
    sign = text.strip()[:1]
    return "•" if not sign or "\ue000" <= sign <= "\uf8ff" else sign
