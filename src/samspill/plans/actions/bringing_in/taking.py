"""Rows of a checked table become measures and changes of measures; and the other way, when it is undone.

Every function works on the rows of one chunk, inside the transaction that also says that they are done.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max

from samspill.directory.public import Actor, Ref, forget, joined, record
from samspill.plans.actions.bringing_in.checking import areas_by_name
from samspill.plans.actions.bringing_in.parts import values_of
from samspill.plans.actions.changing import INDICATOR, MEASURED_BY, change
from samspill.plans.actions.indexing import MEASURE
from samspill.plans.models import (
    FocusArea,
    Goal,
    Measure,
    MeasureResponsible,
    Plan,
    PlanDocument,
    StatusReport,
    TableImport,
    TableRow,
)
from samspill.plans.reading.words import fold
from samspill.plans.rules.status import state_after
from samspill.plans.rules.tables.refusals import Unfit
from samspill.plans.rules.tables.values import numbered
from samspill.plans.states import Judgement, MeasureState, Outcome, StatusWord, Verdict

FOUND_BY = "table"
_FIELDS = [
    "title", "text", "area", "goal", "label", "deadline", "deadline_raw", "deadline_precision", "judged",
    "state",
]  # fmt: skip
# Of these the log says how to undo one by one (`actions.changing`).
_UNDOABLE = {"text", "place", "owner", "deadline", "judgement"}
# Rows of their own, which point at the measure.
_NEEDS_NUMBER = {"owner", "indicator"}


def save_many(rows: Sequence[Measure] | Sequence[TableRow], fields: Sequence[str]) -> None:
    """Rows that are there, saved in one statement: some twenty times as fast as `bulk_update`."""
    kind = type(rows[0]) if rows else TableRow
    kind._default_manager.bulk_create(
        rows,  # type: ignore[arg-type]
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=fields,
    )


@dataclass
class Places:
    """A plan's areas and goals by name; those nobody has used are made when they are asked for."""

    plan: Plan
    areas: dict[str, int] = field(default_factory=dict)
    goals: dict[tuple[int | None, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> "Places":
        goals = {(one.area_id, fold(one.title)): one.pk for one in Goal.objects.filter(plan=plan)}
        return cls(plan, areas_by_name(list(FocusArea.objects.filter(plan=plan))), goals)

    def find(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """{"area": number or None, "goal": number or None, "label": text} of a value with names."""
        area = self._area(value["area"]) if value["area"] else None
        goal = self._goal(area, value["goal"]) if value["goal"] else None
        return {"area": area, "goal": goal, "label": value["label"]}

    def _area(self, name: str) -> int:
        if fold(name) not in self.areas:
            number, title = numbered(name)
            last = FocusArea.objects.filter(plan=self.plan).aggregate(last=Max("order"))["last"]
            made = FocusArea.objects.create(
                community_id=self.plan.community_id,
                plan=self.plan,
                number=number,
                title=title[:300],
                order=0 if last is None else last + 1,
            )
            self.areas |= {fold(name): made.pk, fold(title): made.pk}
        return self.areas[fold(name)]

    def _goal(self, area: int | None, title: str) -> int:
        if (area, fold(title)) not in self.goals:
            last = Goal.objects.filter(plan=self.plan).aggregate(last=Max("order"))["last"]
            made = Goal.objects.create(
                community_id=self.plan.community_id,
                plan=self.plan,
                area_id=area,
                title=title[:500],
                order=0 if last is None else last + 1,
            )
            self.goals[(area, fold(title))] = made.pk
        return self.goals[(area, fold(title))]


@dataclass
class Written:
    """What a chunk writes, gathered so that each kind is one statement.

    `restores`: values are put back as they were, whatever state they lead to.
    """

    plan: Plan
    by: Actor
    restores: bool = False
    changed: list[Measure] = field(default_factory=list)
    owners: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    reports: list[StatusReport] = field(default_factory=list)
    indicators: list[tuple[Measure, list[int]]] = field(default_factory=list)
    told: list[tuple[Measure, str, dict[str, Any]]] = field(default_factory=list)

    def store(self) -> None:
        save_many(self.changed, _FIELDS)
        MeasureResponsible.objects.filter(measure__in=self.owners.keys()).delete()
        MeasureResponsible.objects.bulk_create(
            MeasureResponsible(
                community_id=self.plan.community_id, plan=self.plan, measure_id=pk, order=order, **one
            )
            for pk, rows in self.owners.items()
            for order, one in enumerate(rows)
        )
        StatusReport.objects.bulk_create(self.reports)
        for measure, wanted in self.indicators:
            change(measure, "indicator", wanted, by=self.by)
        for measure, act, details in self.told:
            record(by=self.by, act=act, on=measure, **details)


def document_of(table: TableImport, plan: Plan, by: Actor) -> PlanDocument:
    """The table as a document of the plan: what new measures are anchored in. Its lines are its rows."""
    if table.document is not None:
        return table.document
    known = PlanDocument.objects.filter(community_id=table.community_id, sha256=table.sha256).first()
    table.document = known or PlanDocument.objects.create(
        community_id=table.community_id,
        plan=plan,
        file_name=table.file_name,
        sha256=table.sha256,
        format=table.format,
        content=bytes(table.content),
        lines=_lines(table),
        read_by_id=by.account_id,
    )
    return table.document


def _lines(table: TableImport) -> list[str]:
    rows = dict(TableRow.objects.filter(table=table).values_list("number", "cells"))
    lines = [""] * max([*rows, table.header["row"]])
    lines[table.header["row"] - 1] = line_of(table.header["headers"])
    for number, cells in rows.items():
        lines[number - 1] = line_of(cells)
    return lines


def line_of(cells: Sequence[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)


def take(table: TableImport, rows: Sequence[TableRow], plan: Plan, by: Actor) -> None:
    """New rows become measures, changed ones change theirs. What was changed since the check stays."""
    places, written = Places.of(plan), Written(plan, by)
    present = present_values([row.measure_id for row in rows if row.measure_id], plan, by)
    taken_keys = set(
        Measure.objects.filter(plan=plan, source_key__in=[row.source_key for row in rows]).values_list(
            "source_key", flat=True
        )
    )
    new = []
    for row in rows:
        if row.verdict == Verdict.NEW and row.source_key not in taken_keys:
            new.append(row)
            continue
        measure, values = present.get(row.measure_id or 0, (None, {}))
        if measure is None or any(values[one["part"]] != one["before"] for one in row.changes):
            row.verdict, row.problem = Verdict.REFUSED, Unfit("row.changed_since").problem
            continue
        for one in row.changes:
            one["state"] = measure.state
            if one["part"] == "place":
                one["after"] = places.find(one["after"])
            _write(measure, one["part"], one["before"], one["after"], written)
        written.changed.append(measure)
        row.outcome = Outcome.TAKEN
    if new:
        _add(new, document_of(table, plan, by), places, plan, written)
    written.store()


def _add(
    rows: Sequence[TableRow], document: PlanDocument, places: Places, plan: Plan, written: Written
) -> None:
    """Measures of new rows, anchored in the table: line is the row's number."""
    last = Measure.objects.filter(plan=plan).aggregate(last=Max("order"))["last"]
    first = 0 if last is None else last + 1
    state = MeasureState.ADOPTED if plan.is_adopted else MeasureState.PROPOSED
    measures = [
        Measure(
            community_id=plan.community_id,
            plan=plan,
            order=first + place,
            state=state,
            document=document,
            line=row.number,
            last_line=row.number,
            verbatim=line_of(row.cells),
            source_key=row.source_key,
            found_by=FOUND_BY,
        )
        for place, row in enumerate(rows)
    ]
    told = len(written.told)
    for row, measure in zip(rows, measures, strict=True):
        for one in row.changes:
            if one["part"] == "place":
                one["after"] = places.find(one["after"])
            if one["part"] not in _NEEDS_NUMBER:
                _write(measure, one["part"], None, one["after"], written)
    Measure.objects.bulk_create(measures)
    for row, measure in zip(rows, measures, strict=True):
        for one in row.changes:
            if one["part"] in _NEEDS_NUMBER:
                _write(measure, one["part"], None, one["after"], written)
        row.measure, row.outcome = measure, Outcome.TAKEN
    del written.told[told:]  # a new measure has no history; the table's own entry tells of it


def undo(rows: Sequence[TableRow], plan: Plan, by: Actor) -> None:
    """What the rows did is taken back, where nobody has changed it since. New measures count as none."""
    written = Written(plan, by, restores=True)
    present = present_values([row.measure_id for row in rows if row.measure_id], plan, by)
    for row in rows:
        measure, values = present.get(row.measure_id or 0, (None, {}))
        if measure is None or any(values[one["part"]] != one["after"] for one in row.changes):
            row.outcome = Outcome.KEPT
            continue
        row.outcome = Outcome.UNDONE
        written.changed.append(measure)
        if row.verdict == Verdict.NEW:
            _write(measure, "judgement", measure.judged, str(Judgement.REJECTED), written)
            forget(Ref(MEASURE, measure.pk))
            continue
        for one in row.changes:
            _write(measure, one["part"], one["after"], one["before"], written)
            if one["part"] == "status":
                measure.state = one["state"]
    written.store()


def present_values(ids: Iterable[int], plan: Plan, by: Actor) -> dict[int, tuple[Measure, dict[str, Any]]]:
    """Measures by number, kept from others until the transaction ends, with the value of each part."""
    measures = list(
        Measure.objects.select_for_update(of=("self",))
        .filter(plan=plan, pk__in=list(ids), gone_in__isnull=True)
        .order_by("pk")
    )
    owners: dict[int, list[MeasureResponsible]] = defaultdict(list)
    for one in MeasureResponsible.objects.filter(measure__in=measures).order_by("order", "pk"):
        owners[one.measure_id].append(one)
    newest = StatusReport.objects.filter(measure__in=measures).order_by("measure_id", "-at", "-pk")
    reports = {one.measure_id: one for one in newest.distinct("measure_id")}
    links = joined([Ref(MEASURE, one.pk) for one in measures], by)
    found = {}
    for measure in measures:
        measure.plan = plan
        at = links.get(Ref(MEASURE, measure.pk), [])
        indicators = [
            link.other.id for link in at if link.kind == MEASURED_BY and link.other.kind == INDICATOR
        ]
        values = values_of(measure, owners[measure.pk], reports.get(measure.pk), indicators)
        found[measure.pk] = (measure, values)
    return found


def _write(measure: Measure, part: str, before: Any, after: Any, written: Written) -> None:
    """Set a part on the measure in memory, and note what else is to be written."""
    details = {"before": before, "after": after}
    if part == "text":
        measure.title, measure.text = after["title"], after["text"]
    elif part == "place":
        measure.area_id, measure.goal_id, measure.label = after["area"], after["goal"], after["label"]
    elif part == "deadline":
        measure.deadline = date.fromisoformat(after["day"]) if after["day"] else None
        measure.deadline_raw, measure.deadline_precision = after["raw"], after["precision"]
    elif part == "judgement":
        measure.judged = after
    elif part == "owner":
        written.owners[measure.pk] = after
    elif part == "indicator":
        written.indicators.append((measure, after))
        return
    elif part == "status":
        details = _report(measure, after, written)
    if part in _UNDOABLE:
        details["part"] = part
    written.told.append((measure, f"measure.{part}", details))


def _report(measure: Measure, after: Mapping[str, str] | None, written: Written) -> dict[str, Any]:
    """One more report; nothing that was said is taken away, so an undone word becomes the one before."""
    said = after or {"word": str(StatusWord.NOT_STARTED), "sentence": ""}
    if not written.restores:
        measure.state = state_after(measure.state, said["word"])
    written.reports.append(
        StatusReport(
            community_id=measure.community_id,
            plan_id=measure.plan_id,
            measure=measure,
            word=said["word"],
            sentence=said["sentence"],
            by_id=written.by.account_id,
            by_name=written.by.name,
        )
    )
    return {"word": said["word"], "sentence": said["sentence"], "via": "table"}
