"""A server on this machine that speaks as SSB (PxWeb 2 and 1, KLASS) and FHI do, and misbehaves on demand.

Its tables are invented. It counts cells, calls and characters, and refuses as the real ones do.
"""

from statistics_server.server import Fault, Seen, StatisticsServer
from statistics_server.tables import ALONE, PEOPLE, InventedTable, InventedVariable, figure_of

__all__ = [
    "ALONE",
    "PEOPLE",
    "Fault",
    "InventedTable",
    "InventedVariable",
    "Seen",
    "StatisticsServer",
    "figure_of",
]
