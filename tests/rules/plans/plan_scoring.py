"""Read the annotated excerpts and count: precision and recall of measures, and fields right on those found.

`table` writes it as the score table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from samspill.documents.public import read_here
from samspill.plans.reading import Measure, PlanReading, read_plan

HERE = Path(__file__).parent
FIELDS = ("area", "goal", "responsible", "deadline")


@dataclass(slots=True)
class Score:
    """Counts over the cases of one layout."""

    expected: int = 0
    found: int = 0
    right: int = 0
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    def share(self, name: str) -> float:
        return self.fields[name] / self.right if self.right else 1.0


def cases() -> list[dict[str, Any]]:
    return [case for file in sorted(HERE.glob("*.yaml")) for case in yaml.safe_load(file.read_text("utf-8"))]


def read_case(case: dict[str, Any]) -> PlanReading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.md"
        path.write_text(case["text"], "utf-8")
        return read_plan(read_here(path))


def score(chosen: Iterable[dict[str, Any]]) -> Score:
    total = Score()
    for case in chosen:
        _count(total, case["expect"]["measures"], read_case(case).measures)
    return total


def _count(total: Score, expected: Sequence[Sequence[Any]], measures: Sequence[Measure]) -> None:
    """An expected row is [text, area, goal, [responsible …], deadline?]; each measure counts once."""
    left = list(measures)
    total.expected += len(expected)
    total.found += len(measures)
    for text, area, goal, responsible, *when in expected:
        fits = [one for one in left if one.text == text and one.focus_area == area] or [
            one for one in left if one.text == text
        ]
        if not fits:
            continue
        left.remove(fits[0])
        total.right += 1
        total.fields["area"] += fits[0].focus_area == area
        total.fields["goal"] += fits[0].goal == goal
        total.fields["responsible"] += [who.raw for who in fits[0].responsible] == responsible
        total.fields["deadline"] += fits[0].deadline == _day(when)


def _day(when: Sequence[date]) -> date | None:
    return when[0] if when else None


def table() -> str:
    """The score table, one row per layout."""
    rows = ["layout measures precision recall " + " ".join(FIELDS)]
    for layout in ("table", "bullets", "prose"):
        total = score(case for case in cases() if case["layout"] == layout)
        shares = " ".join(f"{total.share(name):.2f}" for name in FIELDS)
        rows.append(f"{layout} {total.expected} {total.precision:.2f} {total.recall:.2f} {shares}")
    return "\n".join(rows)
