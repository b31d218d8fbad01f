"""What people have asked each other for. What follows from a plan itself the plan tells, not this."""

from samspill.demo.stage import Stage
from samspill.demo.world import TaskFact, ThenFact, workday
from samspill.directory.public import Ref, scope
from samspill.plans.public import Measure
from samspill.worklist.public import Task, add_task, finish, hand_over, snooze


def ask(stage: Stage) -> None:
    """The tasks of a community, the one asked for first first."""
    measures = {measure.label: measure.pk for measure in Measure.objects.filter(community=stage.community)}
    made = [(fact, _add(fact, measures, stage)) for fact in sorted(stage.world.tasks, key=_asked)]
    for fact, task in made:
        if fact.then:
            _act(task, fact.then, stage)


def _asked(fact: TaskFact) -> int:
    return fact.asked


def _add(fact: TaskFact, measures: dict[str, int], stage: Stage) -> Task:
    by = stage.actor(fact.by, fact.asked)
    with scope(by):
        return add_task(
            by=by,
            title=fact.title,
            text=fact.text,
            who=stage.holder(fact.to),
            due=None if fact.due is None else workday(fact.due, stage.today),
            about=Ref("plans.measure", measures[fact.about]) if fact.about else None,
            act_label=fact.act,
        )


def _act(task: Task, fact: ThenFact, stage: Stage) -> None:
    by = stage.actor(fact.by, fact.days)
    with scope(by):
        if fact.act == "snooze":
            snooze(task, until=workday(fact.until, stage.today), by=by)
        elif fact.act == "hand_over":
            hand_over(task, to=stage.holder(fact.to), by=by)
        elif fact.act == "finish":
            finish(task, outcome=fact.outcome, by=by)
        else:
            raise ValueError(f"«{fact.act}» is nothing one does with a task.")
