"""Invented data sets of any size, for trying indicators: the tables of `analysis.indicators` as Parquet."""

from samspill.analysis.indicators.synthetic.worlds import World, world_of
from samspill.analysis.indicators.synthetic.writing import Written, synthesise

__all__ = ["World", "Written", "synthesise", "world_of"]
