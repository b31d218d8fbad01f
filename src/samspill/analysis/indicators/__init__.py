"""Indicators: definitions, the tables they rest on, and what they come to.

The door to this package; other parts import from here.
"""

from samspill.analysis.indicators.ages import ages_of
from samspill.analysis.indicators.data_sets import DataSet, open_data
from samspill.analysis.indicators.definition_checks import LANGUAGES, groups, refused
from samspill.analysis.indicators.definitions import (
    Definition,
    Part,
    Standardisation,
    definition_of,
    definitions,
    find_definition,
    folder,
    read_definitions,
    read_files,
)
from samspill.analysis.indicators.engines import Engine, engine_of
from samspill.analysis.indicators.expressions import discharges, expression, unbound
from samspill.analysis.indicators.running import SCHEMA, Asked, can_run, run, write_answer
from samspill.analysis.indicators.tables import Column, Table, tables

__all__ = [
    "LANGUAGES",
    "SCHEMA",
    "Asked",
    "Column",
    "DataSet",
    "Definition",
    "Engine",
    "Part",
    "Standardisation",
    "Table",
    "ages_of",
    "can_run",
    "definition_of",
    "definitions",
    "discharges",
    "engine_of",
    "expression",
    "find_definition",
    "folder",
    "groups",
    "open_data",
    "read_definitions",
    "read_files",
    "refused",
    "run",
    "tables",
    "unbound",
    "write_answer",
]
