"""Reads of insight. Runs are open, so no query here asks who looks."""

from samspill.insight.queries.indicators import Value, values_of
from samspill.insight.queries.profiles import Place, Profile, communities_with_figures, profile_of

__all__ = ["Place", "Profile", "Value", "communities_with_figures", "profile_of", "values_of"]
