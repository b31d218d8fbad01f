"""What indicators come to: data sets, engines, answers. A second door, since engines take long to load."""

from samspill.analysis.indicators.auditing import (
    Released,
    Tried,
    audit_released,
    released_of,
    rules_for,
    table_of,
)
from samspill.analysis.indicators.checking import Fault, check_data
from samspill.analysis.indicators.counts import parts_of
from samspill.analysis.indicators.coverage import by_coverage
from samspill.analysis.indicators.data_sets import DataSet, open_data
from samspill.analysis.indicators.discharges import discharges
from samspill.analysis.indicators.engines import Engine, engine_of
from samspill.analysis.indicators.expressions import expression, unbound
from samspill.analysis.indicators.ledger import data_version, keep, read_ledger
from samspill.analysis.indicators.levels import Levels, read_levels, write_areas
from samspill.analysis.indicators.months import has_months, publish_months
from samspill.analysis.indicators.publishing import Hidden, Published, publish
from samspill.analysis.indicators.rows import PUBLISHED
from samspill.analysis.indicators.running import SCHEMA, Asked, can_run, run, write_answer

__all__ = [
    "PUBLISHED",
    "SCHEMA",
    "Asked",
    "DataSet",
    "Engine",
    "Fault",
    "Hidden",
    "Levels",
    "Published",
    "Released",
    "Tried",
    "audit_released",
    "by_coverage",
    "can_run",
    "check_data",
    "data_version",
    "discharges",
    "engine_of",
    "expression",
    "has_months",
    "keep",
    "open_data",
    "parts_of",
    "publish",
    "publish_months",
    "read_ledger",
    "read_levels",
    "released_of",
    "rules_for",
    "run",
    "table_of",
    "unbound",
    "write_answer",
    "write_areas",
]
