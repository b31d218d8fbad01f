"""The measures of a plan as cells: the one place that says what stands in each column.

The export writes these cells and the import compares with them, so that what was written is what is read.
"""

from datetime import date

from samspill.directory.public import Actor, Ref, joined
from samspill.plans.models import MeasureResponsible, Plan
from samspill.plans.queries.rows import MEASURE, Row, rows_without_holes
from samspill.plans.rules.tables.columns import EXPORTED, LABELS, Column
from samspill.plans.rules.tables.values import SEPARATOR
from samspill.plans.states import Judgement

Cell = str | date | int | None


def key_of_measure(plan_id: int, measure_id: int) -> str:
    """«P3T120»: letters first, so that no spreadsheet takes it for a number or a date."""
    return f"P{plan_id}T{measure_id}"


def head() -> list[str]:
    """Names of the columns in the language of the moment."""
    return [str(LABELS[column]) for column in EXPORTED]


def rows_with_links(plan: Plan, actor: Actor) -> list[Row]:
    """Every measure in the plan with status, people and indicators. 3 queries, and 2 for indicators."""
    rows = rows_without_holes([plan], actor)
    links = joined([Ref(MEASURE, row.id) for row in rows], actor) if actor.community_id else {}
    for row in rows:
        row.links = links.get(Ref(MEASURE, row.id), [])
    return rows


def cells_of(row: Row) -> dict[Column, Cell]:
    measure = row.measure
    return {
        Column.KEY: key_of_measure(measure.plan_id, measure.pk),
        Column.AREA: str(measure.area or ""),
        Column.GOAL: str(measure.goal or ""),
        Column.LABEL: measure.label,
        Column.TITLE: measure.title,
        Column.TEXT: measure.text,
        Column.RESPONSIBLE: name_of(row.accountable) if row.accountable else "",
        Column.HELPERS: SEPARATOR.join(name_of(one) for one in row.helpers),
        Column.DEADLINE: measure.deadline,
        Column.DEADLINE_RAW: measure.deadline_raw,
        Column.STATUS: str(row.shown.status.label),
        Column.SENTENCE: row.report.sentence if row.report else "",
        Column.INDICATORS: SEPARATOR.join(link.target.title for link in row.indicators if link.target),
        Column.JUDGED: str(Judgement(measure.judged).label) if measure.judged else "",
        Column.LINE: measure.line,
        Column.DOCUMENT: measure.document.file_name,
    }


def name_of(one: MeasureResponsible) -> str:
    """As lists call it, on one line."""
    return " ".join(str(one).split()).replace(";", ",")


def text_of(cell: Cell) -> str:
    """As a CSV writes it, before anything is disarmed."""
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
