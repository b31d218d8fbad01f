"""Indicators: definitions, the tables they rest on, and what they come to.

The door to this package; other parts import from here.
"""

from samspill.analysis.indicators.ages import ages_of
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
from samspill.analysis.indicators.tables import Column, Table, tables

__all__ = [
    "LANGUAGES",
    "Column",
    "Definition",
    "Part",
    "Standardisation",
    "Table",
    "ages_of",
    "definition_of",
    "definitions",
    "find_definition",
    "folder",
    "groups",
    "read_definitions",
    "read_files",
    "refused",
    "tables",
]
