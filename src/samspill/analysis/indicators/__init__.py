"""Indicators: their definitions and the tables they rest on.

The door to this package; other parts import from here, and what calculates from `calculation`.
"""

from samspill.analysis.indicators.ages import ages_of
from samspill.analysis.indicators.definition_checks import LANGUAGES, groups, refused
from samspill.analysis.indicators.definitions import (
    Definition,
    Part,
    Standardisation,
    all_definitions,
    definition_of,
    find_definition,
    folder,
    read_definitions,
    read_files,
)
from samspill.analysis.indicators.tables import Column, Table, tables

__all__ = [
    "LANGUAGES",
    "Column",
    "Definition",
    "Part",
    "Standardisation",
    "Table",
    "ages_of",
    "all_definitions",
    "definition_of",
    "find_definition",
    "folder",
    "groups",
    "read_definitions",
    "read_files",
    "refused",
    "tables",
]
