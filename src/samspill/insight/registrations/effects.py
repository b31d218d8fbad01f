"""What the thread offers the house: a box on measures, tasks from signals, and who looks at new figures."""

from samspill.directory.public import TASK_SOURCES, THING_BRIEFS
from samspill.insight.actions.watching import look_for_signals
from samspill.insight.measuring import AFTER_MEASURING
from samspill.insight.queries.indicator_signals import signal_dues
from samspill.insight.shown.effects import about_a_measure
from samspill.insight.wording.acts import TOLD_OF_INDICATORS
from samspill.worklist.public import ACTS


def register_effects() -> None:
    THING_BRIEFS.register("insight", about_a_measure)
    TASK_SOURCES.register("insight.signals", signal_dues)
    AFTER_MEASURING.register("signals", look_for_signals)
    ACTS.update(TOLD_OF_INDICATORS)
