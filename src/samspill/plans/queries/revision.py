"""A revision: every measure of the former plan, what became of it, and what is new."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from samspill.directory.public import Actor
from samspill.documents.public import Piece, of_new, of_old, word_changes
from samspill.plans.models import FocusArea, Measure, MeasureFate, Plan
from samspill.plans.queries.rows import Row, measures_of, rows_without_holes
from samspill.plans.rules.matching import Proposal, Side, propose
from samspill.plans.states import CLOSED, Fate, MeasureState, Precision, StatusWord

OWNER, DEADLINE, STATUS = "owner", "deadline", "status"
_BEFORE_WORK = frozenset({MeasureState.PROPOSED, MeasureState.ADOPTED})


@dataclass
class Line:
    """A measure of the former plan. `new` is the measure it goes on in, said (`fate`) or proposed.

    `fate` is None until somebody has said it, and again when the measure it led to is no longer in the plan.
    """

    old: Row
    fate: MeasureFate | None = None
    proposal: Proposal | None = None
    new: Row | None = None
    brings: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.old.id

    @property
    def is_waiting(self) -> bool:
        return self.fate is None

    @property
    def pieces(self) -> list[Piece]:
        if self.new is None:
            return []
        return word_changes(self.old.measure.name, self.new.measure.name)

    @property
    def old_pieces(self) -> list[Piece]:
        return of_old(self.pieces)

    @property
    def new_pieces(self) -> list[Piece]:
        return of_new(self.pieces)


@dataclass
class AreaTally:
    """How it went with what an area promised. `counts` by fate; `waiting` are not accounted for."""

    area: FocusArea | None
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.fate.fate for line in self.lines if line.fate)

    @property
    def waiting(self) -> int:
        return sum(line.is_waiting for line in self.lines)


@dataclass
class Revision:
    """`plan` beside `former`, the plan it replaces. `news` are its measures, `new` those nothing leads to."""

    plan: Plan
    former: Plan
    lines: list[Line]
    news: list[Row]
    new: list[Row]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.is_waiting]

    @property
    def sure(self) -> list[Line]:
        return [line for line in self.waiting if line.proposal and line.proposal.is_sure]

    @property
    def counts(self) -> Counter[str]:
        return Counter(line.fate.fate for line in self.lines if line.fate)

    def of(self, fate: Fate) -> list[Line]:
        return [line for line in self.lines if line.fate and line.fate.fate == fate]

    @property
    def areas(self) -> list[AreaTally]:
        """By area of the former plan, in its order; those outside all areas last."""
        tallies: dict[int | None, AreaTally] = {}
        for line in self.lines:
            area = line.old.measure.area
            tallies.setdefault(line.old.measure.area_id, AreaTally(area)).lines.append(line)
        return sorted(tallies.values(), key=lambda one: (one.area is None, one.area.order if one.area else 0))


def revision_of(plan: Plan, actor: Actor) -> Revision | None:
    """None for a plan that replaces none, or one that may not be seen. 5 queries."""
    former = Plan.objects.visible_to(actor).filter(pk=plan.replaces_id or 0).first()
    if former is None:
        return None
    rows = rows_without_holes([former, plan], actor)
    olds = [row for row in rows if row.measure.plan_id == former.pk]
    news = {row.id: row for row in rows if row.measure.plan_id == plan.pk}
    fates = {one.old_id: one for one in MeasureFate.objects.visible_to(actor).filter(plan=plan)}
    lines = [_said(row, fates.get(row.id), news) for row in olds]
    taken = {line.new.id for line in lines if line.new}
    free = [row for row in news.values() if row.id not in taken]
    if not plan.is_adopted:
        _propose([line for line in lines if line.is_waiting], free, news)
    for line in lines:
        line.brings = brings(line.old, line.new, plan.period_start) if line.new else []
    led_to = {line.new.id for line in lines if line.new}
    new = [row for row in news.values() if row.id not in led_to]
    return Revision(plan, former, lines, list(news.values()), new)


def _said(old: Row, fate: MeasureFate | None, news: dict[int, Row]) -> Line:
    if fate and fate.new_id and fate.new_id not in news:
        fate = None
    return Line(old, fate, new=news.get(fate.new_id) if fate and fate.new_id else None)


def _propose(waiting: Sequence[Line], free: Sequence[Row], news: dict[int, Row]) -> None:
    found = propose([_side(line.old) for line in waiting], [_side(row) for row in free])
    for line in waiting:
        line.proposal = found.get(line.id)
        if line.proposal and line.proposal.new:
            line.new = news[line.proposal.new]


def _side(row: Row) -> Side:
    measure = row.measure
    area = measure.area.title if measure.area else ""
    return Side(measure.pk, f"{measure.title} {measure.text}".strip(), area, measure.state)


def brings(old: Row, new: Row, period_start: date | None) -> list[str]:
    """What goes along to the measure it goes on in: only what that one lacks, never over what it says.

    A deadline before the new plan begins stays behind, and so does the word that it was done.
    """
    there, former = new.measure, old.measure
    found = []
    if old.responsibles and not new.responsibles:
        found.append(OWNER)
    lacks = (
        there.deadline is None and not there.deadline_raw and there.deadline_precision != Precision.ONGOING
    )
    if former.deadline and lacks and not (period_start and former.deadline < period_start):
        found.append(DEADLINE)
    if old.report and not new.report and there.state in _BEFORE_WORK and old.report.word != StatusWord.DONE:
        found.append(STATUS)
    return found


def next_waiting(revision: Revision, after: int) -> int | None:
    """The old measure to say something of next: from `after` on, and then from the top."""
    ids = [line.id for area in revision.areas for line in area.lines]
    place = ids.index(after) + 1 if after in ids else 0
    waiting = {line.id for line in revision.waiting}
    return next((one for one in ids[place:] + ids[:place] if one in waiting), None)


def choices_for(revision: Revision) -> list[tuple[str, list[Row]]]:
    """The measures of the new plan to choose from, by the name of their area."""
    found: dict[str, list[Row]] = {}
    for row in revision.news:
        found.setdefault(str(row.measure.area or ""), []).append(row)
    return list(found.items())


def unmapped_names(revision: Revision | None) -> list[str]:
    return [line.old.measure.name for line in revision.waiting] if revision else []


def living_measures(plan: Plan, actor: Actor) -> list[Measure]:
    """Those that are still in the plan and not done, ended or carried forward."""
    return [one for one in measures_of([plan], actor) if one.state not in CLOSED]
