"""Insight: the figures both levels look at. Data sets in use, stored runs, indicators and their pages."""
