"""One file per thing; the models by name."""

from samspill.insight.models.indicators import Indicator
from samspill.insight.models.population import DataPack, PopulationRun, PopulationSeries

__all__ = ["DataPack", "Indicator", "PopulationRun", "PopulationSeries"]
