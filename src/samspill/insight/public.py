"""The door of insight: what the faces above may use (command line, demonstration)."""

from samspill.insight.actions.indicators import sync_indicators
from samspill.insight.actions.packs import run_projection, use_embedded, use_pack
from samspill.insight.models import DataPack, Indicator, PopulationRun, PopulationSeries

__all__ = [
    "DataPack",
    "Indicator",
    "PopulationRun",
    "PopulationSeries",
    "run_projection",
    "sync_indicators",
    "use_embedded",
    "use_pack",
]
