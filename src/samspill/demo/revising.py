"""The former plan of a community, and what became of each of its measures when the present one came."""

from datetime import datetime, time

from django.utils import timezone

from samspill.demo.carrying_facts import FateFact, FormerFact, SaidFact
from samspill.demo.stage import Stage
from samspill.demo.world import read_document
from samspill.directory.public import scope
from samspill.plans.public import (
    Measure,
    Plan,
    adopt,
    begin_revision,
    import_plan,
    publish,
    report_status,
    set_fate,
)

NOON = time(12, 0)


def revise(stage: Stage) -> None:
    """Read the former plan in, say how it went, account for all of it, and adopt the present one again."""
    fact = stage.world.carrying.former
    if fact is None:
        return
    present = stage.plan
    former = _former(fact, stage)
    for one in fact.measures:
        if one.said:
            _say(former, one, one.said, stage)
    keeper = stage.actor(fact.read_by)
    with scope(keeper):
        plan = begin_revision(present, of=former, by=keeper)
        for one in fact.measures:
            into = _measure(plan, one.into).pk if one.into else None
            old = _measure(former, one.number).pk
            set_fate(plan, old=old, fate=one.fate, new=into, reason=one.reason, by=keeper)
        adopt(plan, on=fact.adopted_on, adopted_by=fact.adopted_by, by=keeper)


def _former(fact: FormerFact, stage: Stage) -> Plan:
    reader = stage.actor(fact.read_by)
    with scope(reader):
        content = read_document(fact.file)
        plan = import_plan(
            document_bytes=content, file_name=fact.file, community=stage.community, by=reader
        ).plan
    opener = stage.actor(stage.world.plan.published_by) if stage.world.plan else reader
    with scope(opener):
        publish(plan, by=opener)
    return plan


def _say(former: Plan, fact: FateFact, said: SaidFact, stage: Stage) -> None:
    by = stage.actor(said.by)
    with scope(by):
        at = timezone.make_aware(datetime.combine(said.day, NOON))
        measure = _measure(former, fact.number)
        report_status(measure, word=said.word, sentence=said.sentence, at=at, by=by)


def _measure(plan: Plan, number: str) -> Measure:
    return Measure.objects.get(plan=plan, label=number)
