"""All plans one may see, side by side: themes down, helsefellesskap across. Counts, never an order of merit.

A measure stands in every theme it speaks of, and in the last row when it speaks of none. Those carried
forward live on in a newer plan and are not counted twice; nor are those of a revision before its adoption.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from samspill.directory.public import Actor, Community, alphabetical
from samspill.directory.register.themes import Said, themes, themes_of
from samspill.plans.models import FocusArea, Measure, MeasureResponsible, Plan, PlanDocument, StatusReport
from samspill.plans.rules.status import Known, shown_status
from samspill.plans.states import MeasureState, PlanKind, Precision, ShownStatus

NO_THEME = "uten_tema"


@dataclass
class Cell:
    """A theme's measures in a community: how many, with an owner, with a date, in each state."""

    measures: int = 0
    owned: int = 0
    dated: int = 0
    statuses: Counter[ShownStatus] = field(default_factory=Counter)

    def add(self, line: "Line") -> None:
        self.measures += 1
        self.owned += line.owned
        self.dated += line.dated
        self.statuses[line.status] += 1


@dataclass
class Opened:
    """A measure of the opened cell. `said` is why it stands there; None for one without a theme."""

    measure: Measure
    status: ShownStatus
    said: Said | None


@dataclass(frozen=True)
class Among:
    """Which measures are laid side by side: for a patient group, of plans of a kind, in force in a year."""

    group: str = ""
    kind: str = ""
    year: int | None = None

    def has(self, plan: Plan) -> bool:
        if self.kind and plan.kind != self.kind:
            return False
        return self.year is None or self.year in years_of(plan)


def years_of(plan: Plan) -> range:
    """The years a plan is for; none when it does not say."""
    ends = [day.year for day in (plan.period_start, plan.period_end) if day]
    return range(min(ends), max(ends) + 1) if ends else range(0)


@dataclass
class Comparison:
    """`cells` by (theme code, community id); a cell nobody has a measure in is not there.

    `kinds` and `years` are what the plans one may see have, whatever is chosen.
    """

    communities: list[Community]
    codes: list[str]
    kinds: list[PlanKind] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)
    total: Cell = field(default_factory=Cell)
    opened: list[Opened] = field(default_factory=list)

    def in_theme(self, code: str) -> int:
        return sum(cell.measures for (theme, _who), cell in self.cells.items() if theme == code)


def compare(
    actor: Actor, *, theme: str = "", community_id: int | None = None, among: Among | None = None
) -> Comparison:
    """Visible plans by theme. 6 queries; 1 more for the cell that `theme` and `community_id` open."""
    among = among or Among()
    every = list(Plan.objects.visible_to(actor).filter(Plan.in_use()).select_related("community"))
    plans = [plan for plan in every if among.has(plan)]
    communities = {plan.community_id: plan.community for plan in plans}
    found = Comparison(
        sorted(communities.values(), key=lambda one: alphabetical(one.name)),
        [*(one.code for one in themes()), NO_THEME],
        [kind for kind in PlanKind if any(plan.kind == kind for plan in every)],
        sorted({year for plan in every for year in years_of(plan)}),
    )
    opened: dict[int, tuple[ShownStatus, Said | None]] = {}
    for line in _lines([plan.pk for plan in plans], actor) if plans else ():
        if among.group and all(said.code != among.group for said in line.said):
            continue
        found.total.add(line)
        for said in line.said or (None,):
            key = (said.code if said else NO_THEME, line.community_id)
            if (cell := found.cells.get(key)) is None:
                cell = found.cells[key] = Cell()
            cell.add(line)
            if key == (theme, community_id):
                opened[line.id] = (line.status, said)
    if opened:
        found.opened = [Opened(measure, *opened[measure.pk]) for measure in _with_lines(opened, actor)]
    return found


@dataclass(slots=True)
class Line:
    """What is counted of one measure."""

    id: int
    community_id: int
    said: tuple[Said, ...]
    owned: bool
    dated: bool
    status: ShownStatus


def _lines(plans: list[int], actor: Actor) -> Iterable[Line]:
    """Every measure of these plans, without making a model of it. 5 queries."""
    areas = dict(_of(FocusArea, plans, actor).values_list("pk", "title"))
    read_on = {
        pk: timezone.localdate(at) for pk, at in _of(PlanDocument, plans, actor).values_list("pk", "read_at")
    }
    owned = set(_of(MeasureResponsible, plans, actor).values_list("measure_id", flat=True))
    status = Statuses(_newest_words(plans, actor), today=actor.today)
    measures = (
        _of(Measure, plans, actor).filter(Measure.in_plan()).exclude(state=MeasureState.CARRIED_FORWARD)
    )
    rows = measures.order_by().values_list(
        "pk", "community_id", "title", "text", "area_id", "document_id", "state", "deadline",
        "deadline_precision",
    )  # fmt: skip
    for pk, community_id, title, text, area_id, document_id, state, deadline, precision in rows:
        yield Line(
            id=pk,
            community_id=community_id,
            said=themes_of(f"{title} {text}" if title else text, areas.get(area_id, "")),
            owned=pk in owned,
            dated=deadline is not None or precision == Precision.ONGOING,
            status=status.of(pk, state, deadline, read_on[document_id]),
        )


class Statuses:
    """What is shown of each measure. Thousands have the same state, deadline and report: worked out once."""

    def __init__(self, words: Mapping[int, tuple[str, date | None]], *, today: date) -> None:
        self._words = words
        self._today = today
        self._known: dict[tuple, ShownStatus] = {}

    def of(self, pk: int, state: str, deadline: date | None, since: date) -> ShownStatus:
        word, said_on = self._words.get(pk, ("", None))
        key = (state, deadline, since, word, said_on)
        if key not in self._known:
            known = Known(state=state, deadline=deadline, since=since, said=word, said_on=said_on)
            self._known[key] = shown_status(known, today=self._today).status
        return self._known[key]


def status_of(measure: Measure, word: str, said_on: date | None, *, today: date) -> ShownStatus:
    """What is shown of one measure with its document; `word` and `said_on` are of its newest report."""
    since = timezone.localdate(measure.document.read_at)
    words = {measure.pk: (word, said_on)}
    return Statuses(words, today=today).of(measure.pk, measure.state, measure.deadline, since)


def _of(model: type, plans: list[int], actor: Actor) -> QuerySet:
    """The rows of these plans that the actor may see."""
    return model.objects.visible_to(actor).filter(plan__in=plans)  # type: ignore[attr-defined]


def _newest_words(plans: list[int], actor: Actor) -> dict[int, tuple[str, date | None]]:
    """Measure id -> the word of its newest report, and the day it was said."""
    newest = (
        _of(StatusReport, plans, actor)
        .order_by("measure_id", "-at", "-pk")
        .distinct("measure_id")
        .values_list("measure_id", "word", TruncDate("at"))
    )
    return {measure: (word, said_on) for measure, word, said_on in newest}


def _with_lines(opened: Iterable[int], actor: Actor) -> QuerySet[Measure]:
    """Measures with their words in the document."""
    return (
        Measure.objects.visible_to(actor)
        .filter(pk__in=list(opened))
        .select_related("plan", "area", "document")
        .defer("document__content", "document__lines")
        .order_by("plan_id", "order", "pk")
    )
