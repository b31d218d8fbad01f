"""A plan's measures as they stand today: status, responsibles, deadline, holes and what could fill them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from samspill.directory.public import (
    THINGS,
    Actor,
    Joined,
    Ref,
    answerable_in,
    joined,
)
from samspill.plans.models import Measure, MeasureResponsible, Plan, StatusReport
from samspill.plans.permissions import KEEPERS, answers_for
from samspill.plans.rules.proposals import Candidate, Deadlines, Facts, Indicators, Owners, Proposal
from samspill.plans.rules.status import Known, Shown, shown_status
from samspill.plans.states import CLOSED, Answers, Hole, Precision, StatusWord

# The registry answers for numbers one asks about; an installation has tens of indicators, numbered from 1.
INDICATOR, MEASURE, MEASURED_BY = "insight.indicator", "plans.measure", "measured_by"
PLAN, ADOPTED_BY = "plans.plan", "adopted_by"


@dataclass
class Row:
    """One measure with all that a line shows.

    holes       what is missing -> its proposal, or None
    decided_by  the decision that adopted its plan, where one is known
    """

    measure: Measure
    shown: Shown
    responsibles: list[MeasureResponsible]
    report: StatusReport | None
    links: list[Joined] = field(default_factory=list)
    decided_by: Joined | None = None
    holes: dict[Hole, Proposal | None] = field(default_factory=dict)
    people: list[Candidate] = field(default_factory=list, repr=False)
    """Who may answer, once they were looked up for its holes."""
    offered: list[Candidate] | None = field(default=None, repr=False)
    """Indicators it can be joined to, once they were looked up for its holes."""

    @property
    def id(self) -> int:
        return self.measure.pk

    @property
    def accountable(self) -> MeasureResponsible | None:
        return next((one for one in self.responsibles if one.role == Answers.ACCOUNTABLE), None)

    @property
    def helpers(self) -> list[MeasureResponsible]:
        return [one for one in self.responsibles if one.role == Answers.HELPER]

    @property
    def indicators(self) -> list[Joined]:
        return [link for link in self.links if link.kind == MEASURED_BY]

    @property
    def other_links(self) -> list[Joined]:
        return [link for link in self.links if link.kind != MEASURED_BY]

    @property
    def done_on(self) -> date | None:
        """The day somebody said it was done."""
        if self.report is None or self.report.word != StatusWord.DONE:
            return None
        return timezone.localdate(self.report.at)

    @property
    def fillable(self) -> int:
        return sum(proposal is not None for proposal in self.holes.values())


def is_keeper(plan: Plan, actor: Actor) -> bool:
    """Whether the actor fills holes and changes measures of this plan."""
    return plan.community_id == actor.community_id and actor.has_role(*KEEPERS)


def rows_of(plan: Plan, actor: Actor, *, only: int | None = None) -> list[Row]:
    """Every measure that is still in the plan, in its order. 4 queries, and 5 more for its keepers.

    Holes are found in all measures, or in the one with the number `only`.
    """
    measures = list(measures_of([plan], actor))
    rows = _rows(measures, [plan], actor)
    _join(rows, plan, actor)
    if is_keeper(plan, actor):
        fill_in_holes(rows, plan, actor, only=only)
    return rows


def _join(rows: list[Row], plan: Plan, actor: Actor) -> None:
    """What each is joined to, for those who work in a helsefellesskap; and the decision behind the plan."""
    if actor.community_id is None:
        return
    links = joined([Ref(PLAN, plan.pk), *(Ref(MEASURE, row.id) for row in rows)], actor)
    decisions = [one for one in links[Ref(PLAN, plan.pk)] if one.kind == ADOPTED_BY and one.target]
    for row in rows:
        row.links = links.get(Ref(MEASURE, row.id), [])
        row.decided_by = decisions[-1] if decisions else None


def row_of(plan: Plan, measure: Measure, actor: Actor) -> Row:
    """One measure with its holes; proposals rest on its neighbours, so all of the plan is read."""
    rows = rows_of(plan, actor, only=measure.pk)
    return next((row for row in rows if row.id == measure.pk), None) or _rows([measure], [plan], actor)[0]


def measures_of(plans: Sequence[Plan], actor: Actor) -> QuerySet[Measure]:
    return (
        Measure.objects.visible_to(actor)
        .filter(Measure.in_plan(), plan__in=plans)
        .select_related("area", "goal", "document")
        .defer("document__content", "document__lines", "verbatim")
        .order_by("plan_id", "order", "pk")
    )


def rows_without_holes(plans: Sequence[Plan], actor: Actor) -> list[Row]:
    """Measures of several plans with status and responsibles. 3 queries."""
    return _rows(list(measures_of(plans, actor)), plans, actor)


def _rows(measures: list[Measure], plans: Sequence[Plan], actor: Actor) -> list[Row]:
    reports = newest_reports(plans, actor)
    owners: dict[int, list[MeasureResponsible]] = defaultdict(list)
    found = (
        MeasureResponsible.objects.visible_to(actor).filter(plan__in=plans).select_related("body", "party")
    )
    for one in found.order_by("order", "pk"):
        owners[one.measure_id].append(one)
    return [row_on(one, reports.get(one.pk), owners[one.pk], actor.today) for one in measures]


def row_on(
    measure: Measure, report: StatusReport | None, owners: list[MeasureResponsible], today: date
) -> Row:
    """A measure as it stands on a day, by its newest report."""
    return Row(
        measure=measure,
        shown=shown_status(_known(measure, report), today=today),
        responsibles=owners,
        report=report,
    )


def newest_reports(plans: Sequence[Plan], actor: Actor) -> dict[int, StatusReport]:
    """Measure id -> its newest report."""
    newest = (
        StatusReport.objects.visible_to(actor)
        .filter(plan__in=plans)
        .order_by("measure_id", "-at", "-pk")
        .distinct("measure_id")
    )
    return {report.measure_id: report for report in newest}


def _known(measure: Measure, report: StatusReport | None) -> Known:
    return Known(
        state=measure.state,
        deadline=measure.deadline,
        since=timezone.localdate(measure.document.read_at),
        said=report.word if report else "",
        said_on=timezone.localdate(report.at) if report else None,
    )


def fill_in_holes(rows: list[Row], plan: Plan, actor: Actor, *, only: int | None = None) -> None:
    """Find what each measure lacks, and a proposal for it. What is closed lacks nothing."""
    facts = {row.id: facts_of(row) for row in rows}
    people = owner_candidates(plan.community_id)
    owners = Owners(list(facts.values()), people)
    deadlines = Deadlines(list(facts.values()), plan.period_end, today=actor.today)
    offered = indicator_candidates(actor)
    indicators = Indicators(offered)
    for row in rows:
        row.people, row.offered = people, offered
        if row.measure.state in CLOSED or only not in (None, row.id):
            continue
        known = facts[row.id]
        if not row.responsibles:
            row.holes[Hole.OWNER] = owners.propose(known)
        if row.measure.deadline is None and row.measure.deadline_precision != Precision.ONGOING:
            row.holes[Hole.DEADLINE] = deadlines.propose(known)
        if indicators.candidates and not row.indicators:
            row.holes[Hole.INDICATOR] = indicators.propose(known)


def facts_of(row: Row) -> Facts:
    measure, accountable = row.measure, row.accountable
    return Facts(
        id=measure.pk,
        area=measure.area_id,
        goal=measure.goal_id,
        area_title=measure.area.title if measure.area else "",
        text=f"{measure.title} {measure.text}".strip(),
        owner=key_of(accountable) if accountable else "",
        deadline=measure.deadline,
    )


def key_of(responsible: MeasureResponsible) -> str:
    """As in `Answerable.key`; "" for a side or for words nobody could place."""
    if responsible.body_id:
        return f"body:{responsible.body_id}"
    return f"party:{responsible.party_id}" if responsible.party_id else ""


def owner_candidates(community_id: int) -> list[Candidate]:
    return [
        Candidate(one.key, one.short_name or one.name, one.name, one.short_name)
        for one in answerable_in(community_id)
    ]


def indicator_candidates(actor: Actor) -> list[Candidate]:
    """Indicators that can be linked; none when no app offers any."""
    if INDICATOR not in THINGS or (offered := THINGS[INDICATOR].offered) is None:
        return []
    known = [Candidate(str(key), one.title, one.words or one.title) for key, one in offered(actor).items()]
    return sorted(known, key=lambda one: one.label)


def waits_for(rows: Iterable[Row], actor: Actor) -> list[Row]:
    """Measures that the actor's own bodies and parties answer for."""
    return [row for row in rows if row.accountable and answers_for(actor, row.accountable)]
