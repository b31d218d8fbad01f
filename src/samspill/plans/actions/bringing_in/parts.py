"""A measure in parts, as a table may change it: what each part is now, and what a row asks it to be.

A part is asked for as a JSON value of the same form as in `actions.changing`. A cell that says the same as
the export would say asks for nothing, so that reading one's own table again changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.documents.armour import plain, same_text
from samspill.plans.actions.importing.names import Names
from samspill.plans.models import Measure, MeasureResponsible, Plan, StatusReport
from samspill.plans.queries.rows import Row
from samspill.plans.queries.table_cells import cells_of, name_of, text_of
from samspill.plans.reading.responsible import read_responsible
from samspill.plans.reading.words import fold
from samspill.plans.rules.tables.columns import LABELS, Column
from samspill.plans.rules.tables.refusals import Problem, Unfit
from samspill.plans.rules.tables.values import (
    check_can_become,
    deadline_of,
    is_nothing,
    judgement_of,
    names_in,
    status_of,
    status_words,
)
from samspill.plans.states import Answers, Basis, MeasureState, ShownStatus

Value = Any
Cells = Mapping[Column, str]

COLUMNS_OF: dict[str, tuple[Column, ...]] = {
    "text": (Column.TITLE, Column.TEXT),
    "place": (Column.AREA, Column.GOAL, Column.LABEL),
    "owner": (Column.RESPONSIBLE, Column.HELPERS),
    "deadline": (Column.DEADLINE, Column.DEADLINE_RAW),
    "status": (Column.STATUS, Column.SENTENCE),
    "indicator": (Column.INDICATORS,),
    "judgement": (Column.JUDGED,),
}


@dataclass
class Known:
    """What rows are read against: the plan, everybody it can name, its areas and goals, the indicators.

    areas       number of the row by folded name, with and without the number the plan gives it
    goals       number of the row by (area, folded title)
    indicators  number by folded name, in every language
    """

    plan: Plan
    names: Names
    areas: Mapping[str, int]
    goals: Mapping[tuple[int | None, str], int]
    indicators: Mapping[str, int]
    known_names: tuple[str, ...] = ()
    read: dict[str, list[str]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def people(self, cell: str) -> list[str]:
        """The names in a cell; the same cell stands in many rows."""
        if cell not in self.read:
            self.read[cell] = _divided(cell, self.known_names)
        return self.read[cell]


@dataclass(frozen=True)
class Present:
    """A measure as it stands: what the export says of it, and the value of each part; `row` None when new."""

    row: Row | None
    cells: Cells
    values: Mapping[str, Value]


NOTHING = Present(None, {}, {})


def present_of(row: Row) -> Present:
    cells = {column: plain(text_of(cell)) for column, cell in cells_of(row).items()}
    indicators = [link.other.id for link in row.indicators]
    return Present(row, cells, values_of(row.measure, row.responsibles, row.report, indicators))


def values_of(
    measure: Measure,
    owners: Iterable[MeasureResponsible],
    report: StatusReport | None,
    indicators: Iterable[int],
) -> dict[str, Value]:
    """The parts as they would be recorded."""
    return {
        "text": {"title": measure.title, "text": measure.text},
        "place": {"area": measure.area_id, "goal": measure.goal_id, "label": measure.label},
        "owner": [owner_value(one) for one in owners],
        "deadline": {
            "day": measure.deadline.isoformat() if measure.deadline else None,
            "raw": measure.deadline_raw,
            "precision": measure.deadline_precision,
        },
        "status": {"word": report.word, "sentence": report.sentence} if report else None,
        "indicator": sorted(indicators),
        "judgement": measure.judged,
    }


def owner_value(one: MeasureResponsible) -> dict[str, Value]:
    return {
        "raw": one.raw,
        "body_id": one.body_id,
        "party_id": one.party_id,
        "side": one.side,
        "role": one.role,
        "basis": one.basis,
    }


def asked_for(part: str, cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    """(value, remarks) that a row asks a part to become; None when it asks for nothing. Raises `Unfit`."""
    columns = [column for column in COLUMNS_OF[part] if column in cells]
    if not columns or (present.row and all(same_text(present.cells[one], cells[one]) for one in columns)):
        return None
    whole = {one: _as_here(cells.get(one), present.cells.get(one, "")) for one in COLUMNS_OF[part]}
    return _READ[part](whole, present, known)


def _as_here(cell: str | None, here: str) -> str:
    """What a cell says; in our own spelling when it is missing, or says the same."""
    return here if cell is None or same_text(here, cell) else cell


def _text(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    if not cells[Column.TEXT]:
        raise Unfit("row.no_text", Column.TEXT, text=LABELS[Column.TEXT])
    return {"title": cells[Column.TITLE], "text": cells[Column.TEXT]}, []


def _place(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    """Areas and goals are named here; those nobody has used become rows when the table is taken in."""
    value = {"area": cells[Column.AREA], "goal": cells[Column.GOAL], "label": cells[Column.LABEL]}
    area = known.areas.get(fold(value["area"]))
    now = present.values.get("place")
    if now and _is_same_place(value, area, now, present.cells[Column.GOAL]):
        return None
    remarks = []
    if value["area"] and area is None:
        remarks += _once("remark.area", Column.AREA, value["area"], known)
    if value["goal"] and (area, fold(value["goal"])) not in known.goals:
        remarks += _once("remark.goal", Column.GOAL, value["goal"], known)
    return value, remarks


def _is_same_place(value: Mapping[str, str], area: int | None, now: Mapping[str, Value], goal: str) -> bool:
    is_same_area = area == now["area"] if value["area"] else now["area"] is None
    is_same_label = value["label"] == plain(now["label"])
    return is_same_area and is_same_label and fold(value["goal"]) == fold(goal)


def _once(code: str, column: Column, name: str, known: Known) -> list[Problem]:
    """A remark about a name, the first time it stands in the table."""
    told = f"{code}:{fold(name)}"
    if told in known.told:
        return []
    known.told.add(told)
    return [Unfit(code, column, found=name).problem]


def _owner(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    now = present.row.responsibles if present.row else []
    kept = {fold(name_of(one)): owner_value(one) for one in now}
    first, *more = known.people(cells[Column.RESPONSIBLE]) or [""]
    remarks: list[Problem] = []
    value = []
    for place, name in enumerate([first, *more, *known.people(cells[Column.HELPERS])]):
        if name:
            role = Answers.HELPER if place else Answers.ACCOUNTABLE
            column = Column.RESPONSIBLE if place <= len(more) else Column.HELPERS
            one = kept.get(fold(name)) or _new_owner(name, known, column, remarks)
            value.append({**one, "role": str(role)})
    value = _each_once(value)
    if [_who(one) for one in value] == [_who(owner_value(one)) for one in now]:
        return None
    return value, remarks


def _new_owner(name: str, known: Known, column: Column, remarks: list[Problem]) -> dict[str, Value]:
    found = known.names.find(name)
    if not found.is_known:
        remarks.append(Unfit("remark.who", column, found=name).problem)
    return {
        "raw": name[:200],
        "body_id": found.body_id,
        "party_id": found.party_id,
        "side": found.side,
        "role": "",
        "basis": str(Basis.SET),
    }


def _who(one: Mapping[str, Value]) -> tuple[Value, ...]:
    is_known = one["body_id"] or one["party_id"] or one["side"]
    return one["body_id"], one["party_id"], one["side"], one["role"], "" if is_known else fold(one["raw"])


def _each_once(value: list[dict[str, Value]]) -> list[dict[str, Value]]:
    """Who answers does not also take part."""
    seen: dict[tuple[Value, ...], dict[str, Value]] = {}
    for one in value:
        seen.setdefault((*_who(one)[:3], _who(one)[4]), one)
    return list(seen.values())


def _divided(cell: str, names: tuple[str, ...]) -> list[str]:
    if ";" in cell or "\n" in cell:
        return names_in(cell)
    if is_nothing(cell):
        return []
    return [one.raw for one in read_responsible(cell, {}, names=names)]


def _deadline(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    value = deadline_of(
        cells[Column.DEADLINE],
        cells[Column.DEADLINE_RAW],
        start=known.plan.period_start,
        end=known.plan.period_end,
    )
    now = present.values.get("deadline", {"day": None, "raw": "", "precision": ""})
    if (value["day"], plain(value["raw"])) == (now["day"], plain(now["raw"])):
        return None
    return value, []


def _status(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    """A new report, unless the word and the sentence are what was said last or what is shown."""
    text, sentence = cells[Column.STATUS], cells[Column.SENTENCE]
    said = status_of(text) if text else ShownStatus.UNKNOWN
    if said is None:
        raise Unfit("row.status", Column.STATUS, found=text[:40], words=status_words())
    report = present.values.get("status")
    is_new_sentence = plain(sentence) != plain(report["sentence"] if report else "")
    if said == ShownStatus.UNKNOWN:
        if is_new_sentence and sentence:
            raise Unfit("row.status_missing", Column.STATUS, words=status_words())
        return None
    if not is_new_sentence and _is_known_already(said, report, present):
        return None
    check_can_become(present.row.measure.state if present.row else MeasureState.PROPOSED, said.value)
    return {"word": said.value, "sentence": sentence}, []


def _is_known_already(said: ShownStatus, report: Mapping[str, str] | None, present: Present) -> bool:
    """Shown, said last, or what goes without saying: not begun, when nobody has said anything."""
    if present.row and said == present.row.shown.status:
        return True
    return said.value == report["word"] if report else said == ShownStatus.NOT_STARTED


def _indicator(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    wanted = []
    for name in names_in(cells[Column.INDICATORS]):
        if fold(name) not in known.indicators:
            raise Unfit("row.indicator", Column.INDICATORS, found=name[:60])
        wanted.append(known.indicators[fold(name)])
    value = sorted(set(wanted))
    return None if value == present.values.get("indicator", []) else (value, [])


def _judgement(cells: Cells, present: Present, known: Known) -> tuple[Value, list[Problem]] | None:
    value = judgement_of(cells[Column.JUDGED])
    return None if value == present.values.get("judgement", "") else (value, [])


_Reads = Callable[[Cells, Present, Known], tuple[Value, list[Problem]] | None]
_READ: dict[str, _Reads] = {
    "text": _text,
    "place": _place,
    "owner": _owner,
    "deadline": _deadline,
    "status": _status,
    "indicator": _indicator,
    "judgement": _judgement,
}
