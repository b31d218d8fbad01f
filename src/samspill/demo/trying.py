"""What people have tried on the figures and kept: scenarios, and the measures that rest on their answers."""

from samspill.demo.stage import Stage
from samspill.demo.world import ScenarioFact
from samspill.directory.public import scope
from samspill.insight.public import make_scenario, use_in
from samspill.plans.public import Measure


def try_out(stage: Stage) -> None:
    for fact in stage.world.scenarios:
        _make(fact, stage)


def _make(fact: ScenarioFact, stage: Stage) -> None:
    by = stage.actor(fact.by)
    with scope(by):
        made = make_scenario(fact.name, fact.kind, fact.asked, by=by, note=fact.note)
        if fact.used_in:
            measure = Measure.objects.get(plan=stage.plan, label=fact.used_in)
            use_in(made.versions.get().calculation, f"plans.measure:{measure.pk}", by=by)
