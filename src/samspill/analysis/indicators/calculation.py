"""What indicators come to: data sets, engines, answers. A second door, since engines take long to load."""

from samspill.analysis.indicators.checking import Fault, check_data
from samspill.analysis.indicators.data_sets import DataSet, open_data
from samspill.analysis.indicators.discharges import discharges
from samspill.analysis.indicators.engines import Engine, engine_of
from samspill.analysis.indicators.expressions import expression, unbound
from samspill.analysis.indicators.running import SCHEMA, Asked, can_run, run, write_answer

__all__ = [
    "SCHEMA",
    "Asked",
    "DataSet",
    "Engine",
    "Fault",
    "can_run",
    "check_data",
    "discharges",
    "engine_of",
    "expression",
    "open_data",
    "run",
    "unbound",
    "write_answer",
]
