"""Fetch figures from those who publish them: SSB (PxWeb 2 and 1), FHI, and KLASS. The door to this package.

    open_source("ssb", wire) -> Source;  SOURCES tells names and addresses
    pull(source, "07459", read_choices(["Tid=top(3)"]), folder=…) -> Pulled, whose `dataset` is JSON-stat
    missing_where_absent(dataset, validities) -> the dataset without zeros of codes that were not in use
    write_output(path, pulled, source, …): the figures and where they came from, all or nothing
    Klass(wire, address).changes(), .validities(); to_code_changes(…) -> the data packs' CodeChange

Refusals are sentences; `Unreachable` is one that says nothing of the question. Needs no Django. Clock, sleep
and chance are arguments of `Wire` and `Bucket`.
"""

from samspill.insight.connectors.absent import missing_where_absent, period_of
from samspill.insight.connectors.klass import Change, Klass, Validity, to_code_changes
from samspill.insight.connectors.output import check_output, provenance_of, write_dataset, write_output
from samspill.insight.connectors.pace import Bucket
from samspill.insight.connectors.parts import throw_away
from samspill.insight.connectors.pulling import Pulled, pull
from samspill.insight.connectors.selection import expand, read_choices, resolve
from samspill.insight.connectors.sources import KLASS, SOURCES, open_source
from samspill.insight.connectors.splitting import split
from samspill.insight.connectors.table import Limits, Source, Table, UnknownCode, Variable
from samspill.insight.connectors.wire import Patience, Unreachable, Wire

__all__ = [
    "KLASS",
    "SOURCES",
    "Bucket",
    "Change",
    "Klass",
    "Limits",
    "Patience",
    "Pulled",
    "Source",
    "Table",
    "UnknownCode",
    "Unreachable",
    "Validity",
    "Variable",
    "Wire",
    "check_output",
    "expand",
    "missing_where_absent",
    "open_source",
    "period_of",
    "provenance_of",
    "pull",
    "read_choices",
    "resolve",
    "split",
    "throw_away",
    "to_code_changes",
    "write_dataset",
    "write_output",
]
