"""Write JSON-stat 2.0. Sparse values stay sparse, and statuses and indexes keep the form they came in."""

import json
from collections.abc import Mapping
from typing import Any

from samspill.insight.jsonstat.collection import Collection, Item, Reference
from samspill.insight.jsonstat.dataset import Dataset
from samspill.insight.jsonstat.dimension import Dimension

VERSION = {"version": "2.0"}


def write(thing: Dataset | Dimension | Collection) -> str:
    """The text of a document; the same thing gives the same text, byte for byte."""
    return json.dumps({**VERSION, **_node(thing)}, ensure_ascii=False, allow_nan=False)


def _node(thing: Item) -> dict[str, Any]:
    if isinstance(thing, Dataset):
        return _dataset(thing)
    if isinstance(thing, Dimension):
        return {"class": "dimension", **_dimension(thing)}
    if isinstance(thing, Collection):
        link = {**thing.about.get("link", {}), "item": [_node(one) for one in thing.items]}
        return {"class": "collection", **thing.about, "link": link}
    return dict(thing.about) if isinstance(thing, Reference) else {}


def _dataset(dataset: Dataset) -> dict[str, Any]:
    node: dict[str, Any] = {
        "class": "dataset",
        **dataset.about,
        "id": list(dataset.id),
        "size": list(dataset.size),
    }
    if dataset.roles is not None:
        node["role"] = {role: list(names) for role, names in dataset.roles.items()}
    node["dimension"] = {one.id: _dimension(one) for one in dataset.dimensions}
    node["value"] = _cells(dataset.values)
    if dataset.statuses is not None:
        node["status"] = dataset.statuses if isinstance(dataset.statuses, str) else _cells(dataset.statuses)
    return node


def _cells(cells: tuple[Any, ...] | Mapping[int, Any]) -> list[Any] | dict[str, Any]:
    if isinstance(cells, Mapping):
        return {str(position): one for position, one in cells.items()}
    return list(cells)


def _dimension(dimension: Dimension) -> dict[str, Any]:
    index: dict[str, Any] = {"index": list(dimension.codes)}
    if dimension.index_form == "object":
        index = {"index": {code: place for place, code in enumerate(dimension.codes)}}
    elif dimension.index_form == "none":
        index = {}
    return {**dimension.about, "category": {**index, **dimension.category}}
