"""JSON-stat, the format of SSB and FHI: 2.0 is read and written, 1.x read. The door to this package.

    read(text) -> Dataset;  read(text, "oecd") takes one dataset of a bundle or a collection
    read_all(text) -> {name: Dataset};  every dataset of a 1.x bundle, or embedded in a collection
    read_collection(text) -> Collection;  read_dimension(text) -> Dimension
    read_structure(text) -> Dataset without figures: metadata, whose `value` is empty
    write(thing) -> text;  `thing` is a Dataset, a Dimension or a Collection, always written as 2.0

`text` is a str, bytes in UTF-8, a Path, or what `json.loads` made of it. A Dataset has `dimensions`, `size`,
`roles`, `label`, `source`, `updated`, `notes`, `extension`, and

    dataset.cell(Region="0301", Tid="2026") -> Cell(value, status)
    dataset.rows() -> Row(codes, value, status) for every cell, the last dimension fastest
    dataset.to_json() -> text

A figure that lacks is None with its symbol («..», «:», «.», «-») as status, never 0. Reading what was written
gives an equal dataset: order, roles, sparse values, statuses, hierarchies (`children`), units, notes, unknown
keys. What cannot be right is refused (`samspill.refusal.Refused`) with the place in the document.

Source: the full specification of JSON-stat 2.0 and its history of versions, json-stat.org/full.
Not here: fetching (`samspill.insight.connectors`). Needs neither Django nor a library.
"""

from samspill.insight.jsonstat.collection import Collection, Reference
from samspill.insight.jsonstat.dataset import Cell, Dataset, Row, Value
from samspill.insight.jsonstat.dimension import Dimension
from samspill.insight.jsonstat.reading import (
    read,
    read_all,
    read_collection,
    read_dimension,
    read_structure,
)
from samspill.insight.jsonstat.writing import write

__all__ = [
    "Cell",
    "Collection",
    "Dataset",
    "Dimension",
    "Reference",
    "Row",
    "Value",
    "read",
    "read_all",
    "read_collection",
    "read_dimension",
    "read_structure",
    "write",
]
