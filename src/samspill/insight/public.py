"""The door of insight: what the faces above may use (command line, demonstration)."""

from samspill.insight.actions.calculations import (
    Recalculated,
    answer_to,
    calculate,
    calculate_again,
    open_to_all,
)
from samspill.insight.actions.indicators import sync_indicators
from samspill.insight.actions.packs import run_projection, use_embedded, use_pack
from samspill.insight.models import Calculation, DataPack, Indicator, PopulationRun, PopulationSeries

__all__ = [
    "Calculation",
    "DataPack",
    "Indicator",
    "PopulationRun",
    "PopulationSeries",
    "Recalculated",
    "answer_to",
    "calculate",
    "calculate_again",
    "open_to_all",
    "run_projection",
    "sync_indicators",
    "use_embedded",
    "use_pack",
]
