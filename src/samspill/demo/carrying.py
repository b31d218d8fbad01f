"""A plan carried out: whom each measure concerns, how far each party has come, milestones and projects."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from samspill.demo.carrying_facts import (
    ALL,
    MUNICIPALITIES,
    CarriedFact,
    Many,
    MilestoneFact,
    ProjectFact,
    ToldFact,
)
from samspill.demo.stage import Stage
from samspill.demo.world import workday
from samspill.directory.public import Actor, Body, Party, PartyKind, parties_of, scope
from samspill.plans.public import (
    Measure,
    Milestone,
    ProjectWords,
    add_milestone,
    create_project,
    join_to_project,
    move_project,
    open_project,
    reach_milestone,
    set_concerned,
    tell,
)

AFTER_LUNCH = time(12, 30)


def carry_out(stage: Stage) -> None:
    """The measures first, then the projects that carry them out. Everything by those who may."""
    plan = stage.plan
    measures = {measure.label: measure for measure in Measure.objects.filter(plan=plan)}
    parties = {party.short_name: party for party in parties_of(stage.community, stage.today)}
    for fact in stage.world.carrying.measures:
        _carry(measures[fact.number], fact, parties, stage)
    for project in stage.world.carrying.projects:
        _project(project, measures, parties, stage)


def _carry(measure: Measure, fact: CarriedFact, parties: dict[str, Party], stage: Stage) -> None:
    keeper = _keeper(stage)
    with scope(keeper):
        if fact.concerns:
            numbers = [one.pk for one in _named(fact.concerns, parties)]
            set_concerned(measure, parties=numbers, by=keeper)
        for milestone in fact.milestones:
            _milestone(measure, milestone, stage, keeper)
    for told in fact.told:
        for party in _named(told.parties, parties):
            _tell(measure, party, told, stage)


def _named(many: Many, parties: dict[str, Party]) -> list[Party]:
    if many == ALL:
        return list(parties.values())
    if many == MUNICIPALITIES:
        return [one for one in parties.values() if one.kind == PartyKind.MUNICIPALITY]
    return [parties[name] for name in many]


def _tell(measure: Measure, party: Party, fact: ToldFact, stage: Stage) -> None:
    """Said on the day it happened; what is to come later is said three weeks ago."""
    by = stage.speaker(party.short_name)
    day = workday(fact.days, stage.today)
    said = day if fact.days <= 0 else workday(-21, stage.today)
    at = timezone.make_aware(datetime.combine(said, AFTER_LUNCH))
    with scope(by):
        tell(measure, party=party, state=fact.state, day=day, note=fact.note, at=at, by=by)


def _keeper(stage: Stage) -> Actor:
    if stage.world.plan is None:
        raise ValueError(f"{stage.community} has no plan to carry out.")
    return stage.actor(stage.world.plan.read_by)


def _milestone(measure: Measure, fact: MilestoneFact, stage: Stage, keeper: Actor) -> None:
    add_milestone(measure, title=fact.title, due=workday(fact.due, stage.today), by=keeper)
    if fact.reached is not None:
        one = Milestone.objects.get(measure=measure, title=fact.title)
        reach_milestone(one, on=workday(fact.reached, stage.today), by=keeper)


def _project(
    fact: ProjectFact, measures: dict[str, Measure], parties: dict[str, Party], stage: Stage
) -> None:
    keeper = _keeper(stage)
    with scope(keeper):
        body = Body.objects.filter(community=stage.community, short_name=fact.steered_by).first()
        words = ProjectWords(
            name=fact.name,
            purpose=fact.purpose,
            lead=parties[fact.lead].pk,
            pilots=frozenset(parties[name].pk for name in fact.pilots),
            partners=frozenset(parties[name].pk for name in fact.partners),
            steered_by=body.pk if body else None,
            starts=stage.today + timedelta(days=fact.starts),
            ends=stage.today + timedelta(days=fact.ends),
            transfer_value=fact.transfer_value,
        )
        project = create_project(stage.community, words, by=keeper)
        for number in fact.measures:
            join_to_project(measures[number], project, by=keeper)
        for state in fact.moves:
            move_project(project, to=state, by=keeper)
        if fact.is_open:
            open_project(project, is_open=True, by=keeper)
