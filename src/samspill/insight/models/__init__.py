"""One file per thing; the models by name."""

from samspill.insight.models.assessments import Assessment
from samspill.insight.models.boards import Board, BoardItem
from samspill.insight.models.calculations import Calculation
from samspill.insight.models.data_sets import DataEvent, DataSet, DataVersion
from samspill.insight.models.expectations import Expectation
from samspill.insight.models.indicator_signals import IndicatorResponsible, IndicatorSignal
from samspill.insight.models.indicators import Indicator
from samspill.insight.models.measured import IndicatorAnswer, IndicatorRun, IndicatorSeries
from samspill.insight.models.packs import DataPack, PackFile
from samspill.insight.models.population import PopulationRun, PopulationSeries
from samspill.insight.models.scenarios import Scenario, ScenarioVersion

__all__ = [
    "Assessment",
    "Board",
    "BoardItem",
    "Calculation",
    "DataEvent",
    "DataPack",
    "DataSet",
    "DataVersion",
    "Expectation",
    "Indicator",
    "IndicatorAnswer",
    "IndicatorResponsible",
    "IndicatorRun",
    "IndicatorSeries",
    "IndicatorSignal",
    "PackFile",
    "PopulationRun",
    "PopulationSeries",
    "Scenario",
    "ScenarioVersion",
]
