"""What waits for new figures of indicators: each is called when a run is stored, in its transaction."""

from collections.abc import Callable

from samspill.directory.public import Registry
from samspill.insight.models import IndicatorRun

AfterMeasuring = Callable[[IndicatorRun], None]

AFTER_MEASURING: Registry[AfterMeasuring] = Registry()
