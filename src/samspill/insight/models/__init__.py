"""One file per thing; the models by name."""

from samspill.insight.models.calculations import Calculation
from samspill.insight.models.indicators import Indicator
from samspill.insight.models.packs import DataPack, PackFile
from samspill.insight.models.population import PopulationRun, PopulationSeries

__all__ = ["Calculation", "DataPack", "Indicator", "PackFile", "PopulationRun", "PopulationSeries"]
