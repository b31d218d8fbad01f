"""What each row of a table is to the plan: new, changed (from what to what), as before, or to be mended.

Here: from rows of text to verdicts, in memory. Not here: storing them, and taking them in (`steps`).
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils import translation

from samspill.directory.public import Actor, answerable_in
from samspill.documents.armour import same_text
from samspill.plans.actions.bringing_in.parts import (
    COLUMNS_OF,
    NOTHING,
    Cells,
    Known,
    Present,
    asked_for,
    present_of,
)
from samspill.plans.actions.bringing_in.spreadsheets import Line, Sheet
from samspill.plans.actions.importing.names import Names
from samspill.plans.actions.importing.recognising import free_keys, key_of, recognised
from samspill.plans.models import FocusArea, Goal, Measure, Plan, TableRow
from samspill.plans.queries.rows import indicator_candidates
from samspill.plans.queries.table_cells import rows_with_links
from samspill.plans.reading.words import fold
from samspill.plans.rules.tables.columns import FACTS, WRITTEN_IN, Column
from samspill.plans.rules.tables.refusals import Problem, Unfit
from samspill.plans.rules.tables.values import check_fits, judgement_of, numbered
from samspill.plans.states import Judgement, Verdict

_KEY = re.compile(r"P(\d{1,15})T(\d{1,15})", re.IGNORECASE)


def known_of(plan: Plan, by: Actor) -> Known:
    """Everything a row can name. 9 queries."""
    everybody = answerable_in(plan.community_id)
    goals = Goal.objects.filter(plan=plan)
    return Known(
        plan=plan,
        names=Names(plan.community),
        areas=areas_by_name(list(FocusArea.objects.filter(plan=plan))),
        goals={(one.area_id, fold(one.title)): one.pk for one in goals},
        indicators=_indicators_by_name(by),
        known_names=tuple(name for one in everybody for name in (one.name, one.short_name) if name),
    )


def areas_by_name(areas: list[FocusArea]) -> dict[str, int]:
    """With the number and without it; a title that two areas share leads to the first."""
    by_title = {fold(one.title): one.pk for one in reversed(areas)}
    return by_title | {fold(str(one)): one.pk for one in reversed(areas)}


def _indicators_by_name(by: Actor) -> dict[str, int]:
    names = {}
    for language in WRITTEN_IN:
        with translation.override(language):
            names.update({fold(one.label): int(one.key) for one in indicator_candidates(by)})
    return names


class Checker:
    """One table against one plan as it stands. Rows can be asked about in any order."""

    def __init__(self, sheet: Sheet, plan: Plan, by: Actor) -> None:
        self.sheet, self.plan = sheet, plan
        self.known = known_of(plan, by)
        self.present = {row.id: present_of(row) for row in rows_with_links(plan, by)}
        measures = list(Measure.objects.filter(plan=plan).select_related("area"))
        others = [one for one in measures if one.pk not in self.present]
        self.rejected = {one.pk for one in others if one.gone_in_id is None}
        self.gone = {one.pk for one in others if one.gone_in_id is not None}
        self.columns = {
            column: place for column, place in sheet.header.columns.items() if column not in FACTS
        }
        self.source_keys = self._source_keys()
        self.recognised = self._recognised(measures)
        self.first_with = self._first_with()

    def row(self, line: Line) -> TableRow:
        """The row with its verdict, not yet stored."""
        cells = {column: line.text(place) for column, place in self.columns.items()}
        made = TableRow(
            community_id=self.plan.community_id,
            number=line.number,
            cells=list(line.cells),
            name=(cells.get(Column.TITLE) or cells.get(Column.TEXT) or "")[:200],
            source_key=self.source_keys.get(line.number, ""),
        )
        try:
            self._check_values(line)
            self._judge(made, cells)
        except Unfit as refused:
            made.verdict, made.problem, made.changes, made.remarks = Verdict.REFUSED, refused.problem, [], []
        return made

    def _check_values(self, line: Line) -> None:
        for column, place in self.columns.items():
            if place in line.formulas:
                raise Unfit("row.formula", column, found=line.text(place)[:40])
            if place in line.errors:
                raise Unfit("row.error_value", column, found=line.text(place)[:40])

    def _judge(self, made: TableRow, cells: Cells) -> None:
        pk, by_key = self._measure_of(made, cells)
        made.measure_id = pk
        if pk in self.rejected:
            _as_rejected(made, cells, by_key=by_key)
            return
        present = self.present[pk] if pk is not None else NOTHING
        if present.row:
            made.name = made.name or present.row.measure.name[:200]
        if pk is not None and not by_key:
            # The key is made of what was written first; the words may have been edited here since.
            cells = {name: text for name, text in cells.items() if name not in (Column.TEXT, Column.AREA)}
        changes, remarks = self._changes(cells, present)
        made.changes, made.remarks = changes, remarks
        made.verdict = Verdict.NEW if pk is None else Verdict.CHANGED if changes else Verdict.UNCHANGED

    def _changes(self, cells: Cells, present: Present) -> tuple[list[dict[str, Any]], list[Problem]]:
        changes, remarks = [], []
        if present.row is None and Column.TEXT not in cells:
            cells = {**cells, Column.TEXT: ""}
        for part in COLUMNS_OF:
            asked = asked_for(part, cells, present, self.known)
            if asked is None:
                continue
            value, told = asked
            shown = [
                [column, present.cells.get(column, ""), cells[column]]
                for column in COLUMNS_OF[part]
                if column in cells and not same_text(present.cells.get(column, ""), cells[column])
            ]
            check_fits({Column(column): text for column, _before, text in shown})
            before = present.values[part] if present.row else None
            changes.append({"part": part, "before": before, "after": value, "shown": shown})
            remarks += told
        return changes, remarks

    def _measure_of(self, made: TableRow, cells: Cells) -> tuple[int | None, bool]:
        """(the measure a row is about or None, whether its key says so)."""
        key = cells.get(Column.KEY, "")
        if not key:
            return self.recognised.get(made.number), False
        found = _KEY.fullmatch(key)
        if not found:
            raise Unfit("row.key", Column.KEY, found=key[:40])
        plan, pk = int(found[1]), int(found[2])
        if plan != self.plan.pk or pk not in self.present.keys() | self.rejected | self.gone:
            raise Unfit("row.key_elsewhere", Column.KEY, found=key)
        if pk in self.gone:
            raise Unfit("row.key_gone", Column.KEY)
        if self.first_with[pk] != made.number:
            raise Unfit("row.key_twice", Column.KEY, row=self.first_with[pk])
        return pk, True

    def _first_with(self) -> dict[int, int]:
        """Measure -> the first row with its key."""
        first: dict[int, int] = {}
        for line in self.sheet.lines:
            if found := _KEY.fullmatch(self._said(line, Column.KEY)):
                first.setdefault(int(found[2]), line.number)
        return first

    def _recognised(self, measures: list[Measure]) -> dict[int, int]:
        """Row without a key -> the measure it is; the others get keys that no measure has.

        One that a newer document left out is made anew, as it is when its key is taken away.
        """
        here = [one for one in measures if one.pk not in self.gone]
        found = recognised(list(self.source_keys.values()), here)
        taken = {one.source_key for one in measures}
        free = free_keys(taken)
        known = {}
        for line in self.sheet.lines:
            key = self.source_keys.get(line.number)
            if key in found:
                known[line.number] = found[key].pk
            elif key in taken:
                area = numbered(self._said(line, Column.AREA))[1]
                self.source_keys[line.number] = free(area, self._said(line, Column.TEXT))
        return known

    def _source_keys(self) -> dict[int, str]:
        """What rows without a key are recognised by: area and text, as when a document is read."""
        seen: Counter[tuple[str, str]] = Counter()
        keys = {}
        for line in self.sheet.lines:
            if not self._said(line, Column.KEY):
                area = numbered(self._said(line, Column.AREA))[1]
                same = (fold(area), fold(self._said(line, Column.TEXT)))
                seen[same] += 1
                keys[line.number] = key_of(*same, seen[same])
        return keys

    def _said(self, line: Line, column: Column) -> str:
        place = self.columns.get(column)
        return "" if place is None else line.text(place)


def _as_rejected(made: TableRow, cells: Mapping[Column, str], *, by_key: bool) -> None:
    """A measure somebody said is none: only a row that says otherwise, or that has no key, brings it back."""
    rejected = str(Judgement.REJECTED)
    said = judgement_of(cells[Column.JUDGED]) if Column.JUDGED in cells else rejected if by_key else ""
    if said == rejected:
        made.verdict = Verdict.UNCHANGED
        return
    made.verdict = Verdict.CHANGED
    shown = [[Column.JUDGED, str(Judgement.REJECTED.label), cells.get(Column.JUDGED, "")]]
    made.changes = [{"part": "judgement", "before": rejected, "after": said, "shown": shown}]
