"""The page on which a medication list is gone through: its lines as fields, and what was written read back.

Nothing that is written is refused here: what is missing is told of, and stands as written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from samspill.care.actions.medication import About, ListDraft
from samspill.care.medication_lines import MOST_LINES, NAMES, Line
from samspill.care.medication_states import Decision, MedicationSource, Occasion

LONGEST_PASTED = 20_000
SEEN_AT_ONCE = ("name", "strength", "form", "dose", "purpose")
FOLDED = ("from_day", "to_day", "atc")


@dataclass(frozen=True)
class Cell:
    """A field of a line. `value` is as it was written."""

    name: str
    label: str
    value: str
    type: str = "text"
    error: str = ""
    column: str = ""


@dataclass(frozen=True)
class Row:
    """A line as fields. `number` is its place as people count; `is_new` the empty one at the end."""

    place: int
    title: str
    cells: Sequence[Cell]
    folded: Sequence[Cell]
    reason: Cell
    decision: Cell
    said_by: Cell
    is_new: bool

    @property
    def number(self) -> int:
        return self.place + 1


def read_lines(posted: QueryDict) -> list[Line]:
    """Those that say something, in the order of the page."""
    count = posted.get("count", "0")
    many = min(int(count), MOST_LINES) if count.isascii() and count.isdigit() and len(count) < 4 else 0
    every = [
        Line(**{name: posted.get(f"{name}-{place}", "").strip() for name in NAMES}) for place in range(many)
    ]
    return [one for one in every if any(getattr(one, name) for name in NAMES if name != "decision")]


def read_about(posted: QueryDict) -> About:
    return About(
        occasion=posted.get("occasion", ""),
        place=posted.get("place", ""),
        sources=tuple(posted.getlist("sources")),
        uses_none="uses_none" in posted,
    )


def pasted_in(posted: QueryDict) -> str:
    return posted.get("pasted", "")[:LONGEST_PASTED]


@dataclass(frozen=True)
class ListPage:
    """The fields of a draft. `errors` are sentences by the name of the field."""

    draft: ListDraft
    errors: Mapping[str, str]

    @property
    def rows(self) -> list[Row]:
        """Every line, and an empty one to write the next in."""
        lines = self.draft.lines
        more = [] if len(lines) >= MOST_LINES else [Line()]
        return [self._row(place, one) for place, one in enumerate([*lines, *more])]

    def _row(self, place: int, one: Line) -> Row:
        labels = _labels()

        def cell(name: str, kind: str = "text") -> Cell:
            key = f"{name}-{place}"
            return Cell(key, labels[name], getattr(one, name), kind, self.errors.get(key, ""), name)

        return Row(
            place=place,
            title=one.title,
            cells=[cell(name) for name in SEEN_AT_ONCE],
            folded=[cell(name, "date" if name.endswith("day") else "text") for name in FOLDED],
            reason=cell("reason"),
            decision=cell("decision"),
            said_by=cell("said_by"),
            is_new=one == Line(),
        )

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def decisions(self) -> Sequence[tuple[str, str]]:
        return [(str(one), str(one.label)) for one in Decision]

    @property
    def sources(self) -> Iterator[tuple[str, str, bool]]:
        for one in MedicationSource:
            yield str(one), str(one.label), one in self.draft.row.sources

    @property
    def occasions(self) -> Sequence[tuple[str, str]]:
        return [(str(one), str(one.label)) for one in Occasion]


def _labels() -> dict[str, str]:
    return {
        "name": _("Medicine"),
        "strength": _("Strength"),
        "form": _("Form"),
        "dose": _("How much and when"),
        "purpose": _("What it is for"),
        "from_day": _("From"),
        "to_day": _("Last day"),
        "atc": _("ATC code, if known"),
        "reason": _("Why"),
        "decision": _("What is decided"),
        "said_by": _("Who says so"),
    }
