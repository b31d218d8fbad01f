"""Disclosure control: hide small counts so that nobody can compute them, and audit all that is published.

The door to this package; other parts import from here. Counts are whole numbers of persons or events; nothing
here reads a file of persons. `suppress` and `audit` share no arithmetic: one is the check of the other.
"""

from samspill.analysis.disclosure.auditing import Audit, Evidence, Finding, audit
from samspill.analysis.disclosure.cells import At, Cell, Flag, Hierarchy, Release
from samspill.analysis.disclosure.primary import WORDS
from samspill.analysis.disclosure.rounding import round_counts
from samspill.analysis.disclosure.rules import Rules, SourcedRules, published_rules, rules_of
from samspill.analysis.disclosure.suppressing import Suppressed, suppress

__all__ = [
    "WORDS",
    "At",
    "Audit",
    "Cell",
    "Evidence",
    "Finding",
    "Flag",
    "Hierarchy",
    "Release",
    "Rules",
    "SourcedRules",
    "Suppressed",
    "audit",
    "published_rules",
    "round_counts",
    "rules_of",
    "suppress",
]
