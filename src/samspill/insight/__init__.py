"""Insight: the figures both levels look at. Stored projection runs, indicators, and their pages.

The numbers are made in `samspill.analysis`; here they are kept with where they come from, and shown.
"""
