"""Find the lines of a table of contents: dotted leaders, or a tab or gap and a page number.

A single line may look like a row of a table (`Moss<TAB>12`); so lines without leaders count only under a
heading that says «Innhold», or as three or more in a row with page numbers that do not fall.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_LONGEST = 250
_PAGE = r"(?:s\.?\s?|side\s|p\.?\s?)?(\d{1,4}|[ivxlc]{1,6})"
_LEADERS = re.compile(
    rf"(\S.{{0,200}}?)\s{{0,4}}(?:[.…·_]{{3,200}}|(?:[.·]\s){{3,100}})[.…·_\s]{{0,200}}{_PAGE}"
)
_GAP = re.compile(rf"(\S.{{0,200}}?)(?:\s*\t\s*|\s{{3,80}}){_PAGE}")
_TITLE = re.compile(
    r"(?:innhold|innhald|innholdsfortegnelse|innhaldsliste|innhaldsoversikt|innholdsoversikt|innhaldsforteikning"
    r"|contents|table of contents)\s?:?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s")


class Entry(NamedTuple):
    """One line of contents: its title, its page (0 for roman), and whether leaders make it certain."""

    title: str
    page: int
    certain: bool


def contents_entry(line: str) -> Entry | None:
    """What the line says if it is a line of contents; None when it cannot be."""
    if len(line) > _LONGEST:
        return None
    text = line.strip()
    found = _LEADERS.fullmatch(text)
    certain = found is not None
    found = found or _GAP.fullmatch(text)
    if found is None or "\t" in found[1]:
        return None
    return Entry(found[1].strip(), int(found[2]) if found[2].isdigit() else 0, certain)


def is_contents_title(text: str) -> bool:
    """«Innhold» and its kin."""
    return bool(_TITLE.fullmatch(text.strip(" #*:")))


def contents_run(lines: Sequence[str], start: int, *, under_title: bool) -> tuple[int, bool]:
    """How many lines from `start` (an index) on could be contents, and whether together they are."""
    entries: list[Entry] = []
    for index in range(start, len(lines)):
        entry = contents_entry(lines[index])
        if entry is None:
            break
        entries.append(entry)
    found = under_title or any(entry.certain for entry in entries) or _rises(entries)
    return len(entries), found and bool(entries)


def _rises(entries: Sequence[Entry]) -> bool:
    pages = [entry.page for entry in entries]
    numbered = sum(bool(_NUMBERED.match(entry.title)) for entry in entries)
    return len(entries) >= 3 and pages == sorted(pages) and 2 * numbered >= len(entries)
