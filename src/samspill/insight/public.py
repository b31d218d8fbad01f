"""The door of insight: what the faces above may use (command line, demonstration)."""

from samspill.insight.actions.assessments import (
    mark_of,
    move_assessment,
    open_assessment,
    start_assessment,
    write_part,
)
from samspill.insight.actions.auditing import audit_everything
from samspill.insight.actions.calculations import (
    Recalculated,
    answer_to,
    calculate,
    calculate_again,
    open_to_all,
)
from samspill.insight.actions.data_extracts import bring_in_extract
from samspill.insight.actions.data_platform import count_platform
from samspill.insight.actions.data_refreshing import refresh
from samspill.insight.actions.data_sets import bring_in, check_version, make_data_set
from samspill.insight.actions.data_taking import refuse, take_in_use
from samspill.insight.actions.data_taking import withdraw as withdraw_version
from samspill.insight.actions.indicators import sync_indicators
from samspill.insight.actions.linking import use_in
from samspill.insight.actions.packs import run_projection, use_embedded, use_pack
from samspill.insight.actions.refreshing import refresh_figures
from samspill.insight.actions.scenarios import add_version, make_scenario, open_scenario
from samspill.insight.actions.withdrawing import find_pack, take_back, withdraw
from samspill.insight.actions.withdrawing_runs import find_run, take_back_run, withdraw_run
from samspill.insight.known_data_sets import find_or_make
from samspill.insight.models import (
    Assessment,
    Calculation,
    DataEvent,
    DataPack,
    DataSet,
    DataVersion,
    Indicator,
    PopulationRun,
    PopulationSeries,
    Scenario,
    ScenarioVersion,
)
from samspill.insight.queries.data_sets import data_sets, extract_in_use, version_in_use, versions_in_use
from samspill.insight.queries.leaks import leaking_runs
from samspill.insight.taken import TAKEN

__all__ = [
    "TAKEN",
    "Assessment",
    "Calculation",
    "DataEvent",
    "DataPack",
    "DataSet",
    "DataVersion",
    "Indicator",
    "PopulationRun",
    "PopulationSeries",
    "Recalculated",
    "Scenario",
    "ScenarioVersion",
    "add_version",
    "answer_to",
    "audit_everything",
    "bring_in",
    "bring_in_extract",
    "calculate",
    "calculate_again",
    "check_version",
    "count_platform",
    "data_sets",
    "extract_in_use",
    "find_or_make",
    "find_pack",
    "find_run",
    "leaking_runs",
    "make_data_set",
    "make_scenario",
    "mark_of",
    "move_assessment",
    "open_assessment",
    "open_scenario",
    "open_to_all",
    "refresh",
    "refresh_figures",
    "refuse",
    "run_projection",
    "start_assessment",
    "sync_indicators",
    "take_back",
    "take_back_run",
    "take_in_use",
    "use_embedded",
    "use_in",
    "use_pack",
    "version_in_use",
    "versions_in_use",
    "withdraw",
    "withdraw_run",
    "withdraw_version",
    "write_part",
]
