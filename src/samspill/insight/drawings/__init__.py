"""Specifications of figures (Vega-Lite). Colours and type are the shell's configuration.

One file per kind of drawing. Each gives {"wide": …, "narrow": …}: two drawings of the same data, so that text
is never scaled down. Values and words go in; nothing here reads a database.
"""

from samspill.insight.drawings.bars import Bar, bars
from samspill.insight.drawings.curve import Curve
from samspill.insight.drawings.fan import fan
from samspill.insight.drawings.growth_map import Shape, growth_map
from samspill.insight.drawings.pyramid import Pyramid, pyramid
from samspill.insight.drawings.spans import Span, span, spans
from samspill.insight.drawings.waterfall import waterfall
from samspill.insight.drawings.ways import Line, ways

__all__ = [
    "Bar",
    "Curve",
    "Line",
    "Pyramid",
    "Shape",
    "Span",
    "bars",
    "fan",
    "growth_map",
    "pyramid",
    "span",
    "spans",
    "waterfall",
    "ways",
]
