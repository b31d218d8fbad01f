"""What a community has taken in use from the plans of others; those must be there first."""

from samspill.demo.carrying_facts import TakenFact
from samspill.demo.stage import Stage
from samspill.directory.public import scope
from samspill.plans.public import FocusArea, Measure, take_up


def take(stage: Stage) -> None:
    """Each by somebody who keeps the plan, from a plan that is open to everybody."""
    for fact in stage.world.carrying.taken:
        _take(fact, stage)


def _take(fact: TakenFact, stage: Stage) -> None:
    by = stage.actor(fact.by)
    with scope(by):
        plan = stage.plan
        visible = Measure.objects.visible_to(by).select_related("plan__community", "document")
        source = visible.get(plan__community__slug=fact.community, label=fact.measure)
        area = FocusArea.objects.get(plan=plan, number=fact.area)
        take_up(source, plan=plan, area=area, text=fact.text, because=fact.because, by=by)
