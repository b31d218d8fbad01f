"""Samspill: the shared workplace of a Norwegian helsefellesskap."""

__version__ = "0.1.0"
