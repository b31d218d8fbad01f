"""Population of municipalities by sex and single year of age: history, projection, back-test.

The door to this package; other parts import from here. Shapes and units in `history`, the method in
`projecting`, `change`, `mortality` and `draws`. Reading files is in `samspill.analysis.packs`; the figures
that come with the code are in `samspill.analysis.figures`.
"""

from samspill.analysis.population.age_groups import AGE_GROUPS
from samspill.analysis.population.backtesting import Score, backtest
from samspill.analysis.population.change import Parameters
from samspill.analysis.population.districts import REST, project_districts, with_rest
from samspill.analysis.population.draws import MEMORY, Plan, Uncertainty, draw, fill, nation_of
from samspill.analysis.population.futures import BLOCK, Futures, Map, simulate
from samspill.analysis.population.history import (
    AGES,
    SEXES,
    Floats,
    NationalRates,
    PopulationHistory,
    Rates,
    fingerprint,
)
from samspill.analysis.population.official import OfficialProjection
from samspill.analysis.population.projecting import (
    METHOD,
    VERSION,
    Projection,
    Provenance,
    prepare,
    project,
)
from samspill.analysis.population.regions import (
    Region,
    check_regions,
    parse_region,
    read_regions,
    to_region_columns,
)
from samspill.analysis.population.rows import (
    FORMATS,
    to_columns,
    to_rows,
    whole_persons,
    write,
    write_columns,
)
from samspill.analysis.population.spreading import blocks_on
from samspill.analysis.population.streamed import write_streamed

__all__ = [
    "AGES",
    "AGE_GROUPS",
    "BLOCK",
    "FORMATS",
    "MEMORY",
    "METHOD",
    "REST",
    "SEXES",
    "VERSION",
    "Floats",
    "Futures",
    "Map",
    "NationalRates",
    "OfficialProjection",
    "Parameters",
    "Plan",
    "PopulationHistory",
    "Projection",
    "Provenance",
    "Rates",
    "Region",
    "Score",
    "Uncertainty",
    "backtest",
    "blocks_on",
    "check_regions",
    "draw",
    "fill",
    "fingerprint",
    "nation_of",
    "parse_region",
    "prepare",
    "project",
    "project_districts",
    "read_regions",
    "simulate",
    "to_columns",
    "to_region_columns",
    "to_rows",
    "whole_persons",
    "with_rest",
    "write",
    "write_columns",
    "write_streamed",
]
