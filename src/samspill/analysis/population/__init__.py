"""Population of municipalities by sex and single year of age: history, projection, back-test.

The door to this package; other parts import from here. Shapes and units in `history`, the method in
`projecting`, `change`, `mortality` and `draws`. Reading files is in `samspill.analysis.packs`; the figures
that come with the code are in `samspill.analysis.figures`.
"""

from samspill.analysis.population.backtesting import AGE_GROUPS, Score, backtest
from samspill.analysis.population.change import Parameters
from samspill.analysis.population.draws import Uncertainty
from samspill.analysis.population.history import (
    AGES,
    SEXES,
    NationalRates,
    PopulationHistory,
    Rates,
    fingerprint,
)
from samspill.analysis.population.projecting import METHOD, VERSION, Projection, Provenance, project
from samspill.analysis.population.rows import FORMATS, to_columns, to_rows, whole_persons, write

__all__ = [
    "AGES",
    "AGE_GROUPS",
    "FORMATS",
    "METHOD",
    "SEXES",
    "VERSION",
    "NationalRates",
    "Parameters",
    "PopulationHistory",
    "Projection",
    "Provenance",
    "Rates",
    "Score",
    "Uncertainty",
    "backtest",
    "fingerprint",
    "project",
    "to_columns",
    "to_rows",
    "whole_persons",
    "write",
]
