"""Measures and goals from tables: a row is a measure, its goal in a cell of its own or carried down.

A row may go on after a page break, a cell may hold several labelled measures, and a table may be a card with
its headers down the side. Not here: headers (`columns`), tables parted by pages (`runs`), who and when
(`responsible`, `deadlines`).
"""

import re
from collections.abc import Callable, Sequence

from samspill.documents.blocks import BlockKind, Cell, Document
from samspill.plans.reading.candidates import Problem
from samspill.plans.reading.cells import split_measures, spread
from samspill.plans.reading.columns import Columns, Role, role_of
from samspill.plans.reading.crosses import Crosses, find_crosses
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.details import DETAIL, split_details, split_name, take_details
from samspill.plans.reading.drafts import Anchor, Draft, GoalDraft, anchor_of
from samspill.plans.reading.goal_lines import goals_above
from samspill.plans.reading.headings import EXPLICIT
from samspill.plans.reading.metadata import kind_in
from samspill.plans.reading.runs import Row, Run
from samspill.plans.reading.verbs import begins_with_action
from samspill.plans.reading.words import clean, fold, split_label

_CONTINUED = re.compile(
    r"\s*\(?\b(?:forts(?:\.|etter|ettelse)?|fortset|framhald|cont\.?)\)?\s*$", re.IGNORECASE
)
_GOAL_PREFIX = re.compile(r"(?:hoved|hovud|del)?mål\s?\d{0,2}(?:\.\d{1,2})?\s?[:.–-]\s+(?=\S)", re.IGNORECASE)
# A table whose header names who, why or when; one that only names measures; a card
_SURE, _LESS_SURE, _CARD = 0.98, 0.9, 0.9
_LONGEST_TITLE = 9  # words of a row that stands alone; more is a measure nobody has taken yet
_EXTRA = ((Role.INDICATOR, "indicator"), (Role.STATUS, "status"), (Role.COST, "cost"))


class TableReader:
    """Reads the runs of one document, in order; `drafts`, `goals` and `problems` hold what was found."""

    def __init__(self, document: Document, is_inside: Callable[[int], bool]) -> None:
        self.document = document
        self._is_inside = is_inside
        self.drafts: list[Draft] = []
        self.goals: list[GoalDraft] = []
        self.problems: list[Problem] = []
        self._seen: set[tuple[str, str]] = set()
        self._goal: GoalDraft | None = None
        self._told: dict[int, GoalDraft] = {}  # the goals on lines above tables, by place
        self._parts: set[str] = set()  # the numbers that others of the table stand below
        self._crosses = Crosses()
        self._area = ""
        self._bold_measures = False
        self._is_filled = False  # almost every measure has something beside it

    def read(self, run: Run) -> None:
        drafts, goals = len(self.drafts), len(self.goals)
        self._read_run(run)
        own = {(fold(one.text), fold(one.responsible)) for one in self.drafts[drafts:]}
        # The same again, as a summary say; two areas may promise the same.
        if len(own) > 1 and own <= self._seen and not self._is_inside(run.start):
            del self.drafts[drafts:], self.goals[goals:]
        self._seen |= own

    def _read_run(self, run: Run) -> None:
        self._goal, self._area = None, ""
        self._bold_measures = _has_bold_measures(run)
        self._is_filled = _is_filled(run)
        self._parts = _numbers_above(run)
        self._read_goals_above(run)
        self._crosses = (
            find_crosses(run.columns, [row.block for row in run.rows]) if run.columns else Crosses()
        )
        if run.columns:
            for row in run.above:
                self._read_caption(row)
            for row in run.rows:
                self._read_row(row, run.columns, may_go_on=row is not run.rows[0])
        elif run.is_card:
            self._read_card(run)
        else:
            self._unknown(run)

    def _read_goals_above(self, run: Run) -> None:
        """One goal above a table is that of its measures; of several, nobody can tell which."""
        columns = run.columns
        if columns is None or columns.has(Role.GOAL) or columns.has(Role.SUB_GOAL):
            return
        told = []
        for index, text in goals_above(self.document.blocks, run.start):
            if index not in self._told:
                block = self.document.blocks[index]
                self._told[index] = GoalDraft(text, index, block.line, block.page)
                self.goals.append(self._told[index])
            told.append(self._told[index])
        self._goal = told[0] if len(told) == 1 else None

    def _read_row(self, row: Row, columns: Columns, *, may_go_on: bool) -> None:
        if _is_title(row):
            self._read_title(row, columns)
            return
        if area := clean(columns.text(row.block.cells, Role.AREA)):
            self._set_area(area, keeps_goal=False)
        goal = clean(columns.text(row.block.cells, Role.SUB_GOAL)) or clean(
            columns.text(row.block.cells, Role.GOAL)
        )
        measure = columns.text(row.block.cells, Role.MEASURE)
        if may_go_on and row.after_break and self._goes_on(goal, measure, columns, row):
            return
        if goal:
            self._set_goal(goal, row)
        if measure and self._is_caption(row, columns):
            self._read_title(row, columns)
        elif measure:
            self._add(measure, row, columns)
        elif not goal and self.drafts and columns.text(row.block.cells, Role.RESPONSIBLE, Role.DEADLINE):
            self._join_cells(columns, row)
        elif said := columns.text(row.block.cells, Role.RESPONSIBLE, Role.DEADLINE):
            self._problem("table.row_without_measure", row, table=str(row.block.table), found=clean(said))

    def _is_caption(self, row: Row, columns: Columns) -> bool:
        """What the rows below serve: nothing stands beside it, and its words or letters are no measure's."""
        number = clean(columns.text(row.block.cells, Role.NUMBER)).rstrip(".):")
        filled = _beside_number(row, columns)
        if len(filled) != 1 or columns.width < 2:
            return False
        text = clean(filled[0].text)
        if (
            (filled[0].bold and not self._bold_measures)
            or _GOAL_PREFIX.match(text)
            or EXPLICIT.fullmatch(text)
            or number in self._parts
        ):
            return True
        if number:
            return False
        label, text = split_name(text)
        measure = (label and not label[0].isdigit()) or begins_with_action(text)
        return self._is_filled and columns.width > 2 and not measure and len(text.split()) <= _LONGEST_TITLE

    def _add(self, measure: str, row: Row, columns: Columns) -> None:
        """One draft per measure in the cell; lines of responsibles are dealt out when they are as many."""
        parts = split_measures(measure)
        number = clean(columns.text(row.block.cells, Role.NUMBER))
        cells = row.block.cells
        who_said = columns.text(cells, Role.RESPONSIBLE) or self._crosses.responsible(cells)
        when_said = columns.text(cells, Role.DEADLINE) or self._crosses.deadline(cells)
        if columns.shares_deadline:
            who_said, when_said = split_deadline(who_said)
        responsible, deadlines = spread(who_said, len(parts)), spread(when_said, len(parts))
        extra = {name: clean(columns.text(row.block.cells, role)) for role, name in _EXTRA}
        sure = any(columns.has(role) for role in (Role.RESPONSIBLE, Role.GOAL, Role.SUB_GOAL, Role.DEADLINE))
        for part, who, when in zip(parts, responsible, deadlines, strict=True):
            label, text = split_name(clean(part))
            text, said = split_details(text) if DETAIL.search(text) else (text, "")
            anchor = anchor_of(self.document, row.block, text if said else clean(part))
            draft = self._draft(row, anchor, text, label or number)
            draft.rule, draft.confidence = "table-row", _SURE if sure else _LESS_SURE
            draft.responsible, draft.responsible_from = who, "cell" if who else ""
            draft.deadline, draft.fields = when, dict(extra)
            take_details(draft, said)
            self.drafts.append(draft)

    def _draft(self, row: Row, anchor: Anchor, text: str, label: str) -> Draft:
        return Draft(
            text=text,
            label=label,
            index=row.index,
            line=anchor.line,
            last_line=anchor.last_line,
            page=row.block.page,
            verbatim=anchor.verbatim,
            rule="",
            confidence=0.0,
            origin=str(row.block.line),
            goal=self._goal,
            area=self._area,
        )

    def _set_goal(self, text: str, row: Row) -> None:
        text = _CONTINUED.sub("", text)
        text = _GOAL_PREFIX.sub("", split_label(text)[1])
        if self._goal is None or fold(self._goal.text) != fold(text):
            self._goal = GoalDraft(text, row.index, row.block.line, row.block.page, self._area)
            self.goals.append(self._goal)

    def _set_area(self, title: str, *, keeps_goal: bool) -> None:
        title = _CONTINUED.sub("", title)
        if fold(title) != fold(self._area):
            self._area = title
            self._goal = self._goal if keeps_goal else None

    def _read_caption(self, row: Row) -> None:
        """What stands above the header: the area of the table, unless it is the name of the plan."""
        said = [clean(cell.text) for cell in row.block.cells if cell.text.strip()]
        if len(set(said)) == 1 and not kind_in(said[0]):
            self._set_area(said[0], keeps_goal=False)

    def _read_title(self, row: Row, columns: Columns) -> None:
        """A row that is one cell: the name of an area, or the goal of the rows below."""
        number = clean(columns.text(row.block.cells, Role.NUMBER)).rstrip(".):")
        text = clean(next(cell.text for cell in _beside_number(row, columns)))
        if number and fold(number) != fold(text) and not EXPLICIT.fullmatch(text):
            text = f"{number}. {text}"
        if EXPLICIT.fullmatch(text) or columns.has(Role.AREA) or self._names_area(text, row, columns):
            self._set_area(text, keeps_goal=columns.has(Role.GOAL))
        else:
            self._set_goal(text, row)

    def _names_area(self, text: str, row: Row, columns: Columns) -> bool:
        """Where goals have a column of their own, or no heading is an area, a row alone names one."""
        if _GOAL_PREFIX.match(text):
            return False
        return columns.has(Role.GOAL) or columns.has(Role.SUB_GOAL) or not self._is_inside(row.index)

    def _goes_on(self, goal: str, measure: str, columns: Columns, row: Row) -> bool:
        """The first row after a page break may be the rest of the last one before it; then it is joined."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or self._are_apart(last, row) or not _is_rest(goal, measure, columns, row, last):
            return False
        if goal and self._goal:
            self._goal.text = clean(f"{self._goal.text}\n{goal}")
        if measure:
            last.text = clean(f"{last.text}\n{measure}")
        last.last_line = row.block.last_line
        last.verbatim = "\n".join(self.document.lines[last.line - 1 : last.last_line])
        self._join_cells(columns, row)
        return True

    def _are_apart(self, last: Draft, row: Row) -> bool:
        """A heading or another goal stands between them, so the row begins something of its own."""
        between = self.document.blocks[last.index + 1 : row.index]
        has_goal = self._goal is not None and self._goal.index > last.index
        return has_goal or any(block.kind is BlockKind.HEADING for block in between)

    def _join_cells(self, columns: Columns, row: Row) -> None:
        last = self.drafts[-1]
        for role, name in ((Role.RESPONSIBLE, "responsible"), (Role.DEADLINE, "deadline")):
            if more := columns.text(row.block.cells, role):
                before = getattr(last, name)
                setattr(last, name, f"{before}\n{more}" if before else more)
        last.responsible_from = "cell" if last.responsible else ""

    def _read_card(self, run: Run) -> None:
        """Headers down the first column: «Tiltak | …», «Ansvarlig | …»; each measure begins a new card."""
        for row in run.rows:
            head, *rest = row.block.cells
            said = "\n".join(cell.text for cell in rest if cell.text.strip())
            role = role_of(head.text)
            if role in (Role.GOAL, Role.SUB_GOAL) and said:
                self._set_goal(clean(said), row)
            elif role in (Role.MEASURE, Role.ACTIVITY) and said:
                anchor = anchor_of(self.document, row.block, clean(said))
                label, text = split_label(clean(said))
                draft = self._draft(row, anchor, text, label)
                draft.rule, draft.confidence = "table-card", _CARD
                self.drafts.append(draft)
            elif self.drafts and self.drafts[-1].rule == "table-card":
                _fill(self.drafts[-1], role, said)

    def _unknown(self, run: Run) -> None:
        first = run.rows[0] if run.rows else run.above[0]
        if len(first.block.cells) > 1:
            found = clean(" | ".join(cell.text for cell in first.block.cells))[:120]
            self._problem("table.header_unknown", first, table=str(run.table), found=found)

    def _problem(self, code: str, row: Row, **values: str) -> None:
        self.problems.append(Problem(code, row.block.line, row.block.page, values))


def _is_rest(goal: str, measure: str, columns: Columns, row: Row, last: Draft) -> bool:
    """A rest begins with a small letter, or lacks both the label the others have and a responsible."""
    label, text = split_label(measure)
    if label or (goal and not goal[0].islower()):
        return False
    if not text:
        return bool(goal)
    who = columns.text(row.block.cells, Role.RESPONSIBLE)
    if text[0].islower():  # unless it has somebody of its own, or that is how this table writes its measures
        return not who or not (who[0].isupper() or last.text[:1].islower())
    return bool(last.label) and not columns.has(Role.NUMBER) and not who and last.text[-1:] not in ".!"


def _beside_number(row: Row, columns: Columns) -> list[Cell]:
    """The cells that say something, but for the number of the row; that one alone when no other does."""
    numbers = {column for role, column in columns.roles if role is Role.NUMBER}
    filled = [cell for cell in row.block.cells if cell.text.strip()]
    return [cell for cell in filled if cell.column not in numbers] or filled


def _numbers_above(run: Run) -> set[str]:
    """The numbers whose parts have rows: 1 where there is 1.1."""
    if run.columns is None:
        return set()
    said = [clean(run.columns.text(row.block.cells, Role.NUMBER)).rstrip(".):") for row in run.rows]
    return {number.rpartition(".")[0] for number in said} - {""}


def _has_bold_measures(run: Run) -> bool:
    """Some measure that has a cell filled beside it stands in bold."""
    if run.columns is None:
        return False
    columns = {column for role, column in run.columns.roles if role is Role.MEASURE}
    return any(
        cell.bold and cell.column in columns
        for row in run.rows
        if len(filled := _beside_number(row, run.columns)) > 1
        for cell in filled
    )


def _is_filled(run: Run) -> bool:
    """Of the rows that say something, at least three in five say who or when beside what."""
    filled = [sum(bool(cell.text.strip()) for cell in row.block.cells) > 1 for row in run.rows]
    return 5 * sum(filled) >= 3 * len(filled) and len(filled) > 2


def _is_title(row: Row) -> bool:
    """One text over the whole width: one wide cell, or the same text in all."""
    filled = [cell for cell in row.block.cells if cell.text.strip()]
    texts = {fold(cell.text) for cell in filled}
    width = max(cell.column + cell.spans for cell in row.block.cells) if row.block.cells else 0
    if len(texts) != 1:
        return False
    return len(filled) > 1 or (filled[0].spans > 1 and 2 * filled[0].spans > width)


def _fill(draft: Draft, role: Role | None, said: str) -> None:
    if role is Role.RESPONSIBLE:
        draft.responsible, draft.responsible_from = said, "cell" if said else ""
    elif role is Role.DEADLINE:
        draft.deadline = said
    else:
        draft.fields |= {name: clean(said) for extra, name in _EXTRA if extra is role}


def read_tables(
    document: Document, runs: Sequence[Run], is_inside: Callable[[int], bool] = lambda _: True
) -> TableReader:
    """Every table of a document read, in order; `is_inside` tells which places stand in a known area."""
    reader = TableReader(document, is_inside)
    for run in runs:
        reader.read(run)
    return reader
