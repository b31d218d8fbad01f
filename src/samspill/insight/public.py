"""The door of insight: what the faces above may use (command line, demonstration)."""

from samspill.insight.actions.assessments import (
    mark_of,
    move_assessment,
    open_assessment,
    start_assessment,
    write_part,
)
from samspill.insight.actions.calculations import (
    Recalculated,
    answer_to,
    calculate,
    calculate_again,
    open_to_all,
)
from samspill.insight.actions.indicators import sync_indicators
from samspill.insight.actions.linking import use_in
from samspill.insight.actions.packs import run_projection, use_embedded, use_pack
from samspill.insight.actions.scenarios import add_version, make_scenario, open_scenario
from samspill.insight.actions.withdrawing import find_pack, take_back, withdraw
from samspill.insight.models import (
    Assessment,
    Calculation,
    DataPack,
    Indicator,
    PopulationRun,
    PopulationSeries,
    Scenario,
    ScenarioVersion,
)

__all__ = [
    "Assessment",
    "Calculation",
    "DataPack",
    "Indicator",
    "PopulationRun",
    "PopulationSeries",
    "Recalculated",
    "Scenario",
    "ScenarioVersion",
    "add_version",
    "answer_to",
    "calculate",
    "calculate_again",
    "find_pack",
    "make_scenario",
    "mark_of",
    "move_assessment",
    "open_assessment",
    "open_scenario",
    "open_to_all",
    "run_projection",
    "start_assessment",
    "sync_indicators",
    "take_back",
    "use_embedded",
    "use_in",
    "use_pack",
    "withdraw",
    "write_part",
]
