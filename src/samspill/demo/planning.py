"""The plan of a community: brought as the document it is, opened to everybody, followed up by its people."""

import random
from datetime import datetime, time

from django.utils import timezone

from samspill.demo.stage import Stage
from samspill.demo.world import MeasureFact, PlanFact, ReportFact, workday
from samspill.directory.public import scope
from samspill.insight.public import Indicator
from samspill.plans.public import (
    Measure,
    import_plan,
    link_indicator,
    publish,
    report_status,
    set_deadline,
)

WORKING_HOURS = range(8, 16)


def make_plan(stage: Stage) -> None:
    """Read the document in, open it, set what is set, and let people say how it goes."""
    fact = stage.world.plan
    if fact is None:
        return
    reader = stage.actor(fact.read_by)
    with scope(reader):
        plan = import_plan(
            document_bytes=fact.content, file_name=fact.file, community=stage.community, by=reader
        ).plan
    opener = stage.actor(fact.published_by)
    with scope(opener):
        publish(plan, by=opener)
    measures = {measure.label: measure for measure in Measure.objects.filter(plan=plan)}
    for one in fact.measures:
        _set(measures[one.number], one, fact, stage)
    _say(measures, fact, stage)


def _set(measure: Measure, fact: MeasureFact, plan: PlanFact, stage: Stage) -> None:
    keeper = stage.actor(plan.read_by)
    with scope(keeper):
        if fact.deadline is not None:
            set_deadline(measure, deadline=workday(fact.deadline, stage.today), by=keeper)
        for number in Indicator.objects.filter(code__in=fact.indicators).values_list("pk", flat=True):
            link_indicator(measure, indicator_id=number, by=keeper)


def _say(measures: dict[str, Measure], fact: PlanFact, stage: Stage) -> None:
    """Reports of the whole plan in the order they were given, at some hour of a working day."""
    rng = random.Random(f"{stage.world.community} {stage.seed}")  # noqa: S311  hours of the day, not a secret
    said = [(report.days, one.number, report) for one in fact.measures for report in one.said]
    for _days, number, report in sorted(said, key=lambda one: one[:2]):
        by = stage.actor(report.by)
        with scope(by):
            report_status(
                measures[number],
                word=report.word,
                sentence=report.sentence,
                at=_moment(report, stage, rng),
                by=by,
            )


def _moment(report: ReportFact, stage: Stage, rng: random.Random) -> datetime:
    hour = time(rng.choice(WORKING_HOURS), rng.randrange(60))
    return timezone.make_aware(datetime.combine(workday(report.days, stage.today), hour))
