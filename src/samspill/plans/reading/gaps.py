"""What a plan leaves open (holes) and what a reader could not make out (problems)."""

from collections.abc import Sequence

from samspill.plans.reading.candidates import Community, FocusArea, Goal, Holes, Measure, Period, Problem
from samspill.plans.reading.communities import KnownCommunity
from samspill.plans.reading.deadlines import year_of


def find_holes(areas: Sequence[FocusArea], goals: Sequence[Goal], measures: Sequence[Measure]) -> Holes:
    """What lacks what. An area that is divided into others is no hole when it has no measures of its own."""
    used = {measure.focus_area for measure in measures}
    parents = {area.parent for area in areas}
    served = {(measure.focus_area, measure.goal) for measure in measures}
    return Holes(
        responsible=tuple(measure.line for measure in measures if not measure.responsible),
        deadline=tuple(measure.line for measure in measures if not measure.deadline_raw),
        indicator=tuple(measure.line for measure in measures if not measure.indicator),
        areas=tuple(area.key for area in areas if area.key not in used and area.key not in parents),
        goals=tuple(goal.text for goal in goals if (goal.focus_area, goal.text) not in served),
    )


def find_problems(
    areas: Sequence[FocusArea],
    measures: Sequence[Measure],
    community: Community,
    known: Sequence[KnownCommunity],
    period: Period,
) -> list[Problem]:
    """About the plan as a whole first, then about single deadlines."""
    problems = []
    if not measures:
        problems.append(Problem("plan.no_measures"))
    if not areas:
        problems.append(Problem("plan.no_focus_areas"))
    if not community.name:
        problems.append(Problem("plan.community_missing"))
    elif known and not community.code:
        problems.append(Problem("plan.community_unknown", values={"found": community.name}))
    if period.start is None:
        problems.append(Problem("plan.period_missing"))
    return [*problems, *(problem for measure in measures for problem in _about_deadline(measure, period))]


def _about_deadline(measure: Measure, period: Period) -> list[Problem]:
    first = year_of(period.start)
    values = {"found": measure.deadline_raw}
    if measure.deadline_raw and measure.deadline is None and measure.deadline_precision != "ongoing":
        return [Problem("deadline.not_understood", measure.line, measure.page, values)]
    if measure.deadline and first and measure.deadline.year < first:
        return [Problem("deadline.outside_period", measure.line, measure.page, values)]
    return []
