"""Clinical instruments: what is asked, and what the answers come to. Tables: `norway/instruments/*.yaml`.

The door to this package; other parts import from here. A total is only there when every part is answered: a
missing part is never 0. Safety flags are there whatever else is missing. What an instrument is worth for a
person is for those who know them: nothing here advises but where the source itself gives advice.
"""

from samspill.rulebook.instruments.definitions import Band, Instrument, PartRule, Version
from samspill.rulebook.instruments.reading import definition, instruments, version_on
from samspill.rulebook.instruments.scoring import Because, SafetyFlag, Score, score

__all__ = [
    "Band",
    "Because",
    "Instrument",
    "PartRule",
    "SafetyFlag",
    "Score",
    "Version",
    "definition",
    "instruments",
    "score",
    "version_on",
]
