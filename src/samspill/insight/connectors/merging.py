"""Put the parts of a question together to one dataset, every figure by its codes and not by its place."""

from collections.abc import Iterable, Mapping
from functools import reduce
from math import prod
from typing import Any

import numpy as np

from samspill.insight.connectors.table import Choice, Table
from samspill.insight.jsonstat import Dataset, Dimension, Value
from samspill.refusal import Refused

BY_CATEGORY = ("label", "child", "unit", "note", "coordinates")


def check_answer(table: Table, choice: Choice, dataset: Dataset) -> None:
    """Refuses an answer to another question: a dimension or a code more or less than was asked for.

    A dimension of one category may come besides: so PxWeb tells what is measured where nobody can choose it.
    """
    told = {one.id for one in dataset.dimensions if one.id in choice or len(one.codes) > 1}
    if told != set(choice):
        raise Refused(
            "source.schema",
            f"{table.id} was asked for {', '.join(choice)}, but answered with {', '.join(dataset.id)}.",
        )
    for name, codes in choice.items():
        odd = sorted(set(codes) ^ set(dataset.dimension(name).codes))
        if odd:
            word = "left out" if odd[0] in codes else "added"
            raise Refused("source.schema", f"{table.id} {word} the code «{odd[0]}» of {name} in its answer.")


def merge(choice: Choice, parts: Iterable[Dataset]) -> Dataset:
    """One dataset of all parts, its dimensions as in the first part, its codes as in `choice`."""
    values: list[Value] = []
    statuses: dict[int, str | None] = {}
    first: Dataset | None = None
    dimensions: dict[str, Dimension] = {}
    updated = ""
    for part in parts:
        if first is None:
            first = part
            choice = {**{one.id: one.codes for one in part.dimensions}, **choice}
            dimensions = {one.id: one for one in part.dimensions}
            values = [None] * prod(len(choice[name]) for name in part.id)
        else:
            dimensions = {name: _joined(one, part.dimension(name)) for name, one in dimensions.items()}
        updated = max(updated, part.updated)
        for place, (value, status) in zip(_places(choice, first.id, part), part.cells(), strict=True):
            values[place] = value
            if status is not None:
                statuses[place] = status
    if first is None:
        raise ValueError("there are no parts")
    whole = tuple(Dimension(name, choice[name], one.category, one.about) for name, one in dimensions.items())
    about = {**first.about, **({"updated": updated} if updated else {})}
    return Dataset(whole, tuple(values), dict(sorted(statuses.items())) or None, first.roles, about)


def _places(choice: Choice, order: tuple[str, ...], part: Dataset) -> list[int]:
    """Where in the whole each cell of the part stands, in the part's order."""
    stride, strides = 1, {}
    for name in reversed(order):
        strides[name] = stride
        stride *= len(choice[name])
    offsets = []
    for dimension in part.dimensions:
        places = {code: place for place, code in enumerate(choice[dimension.id])}
        offsets.append(
            np.array([places[code] * strides[dimension.id] for code in dimension.codes], dtype=np.int64)
        )
    whole: list[int] = reduce(np.add.outer, offsets, np.zeros((), dtype=np.int64)).ravel().tolist()
    return whole


def _joined(one: Dimension, other: Dimension) -> Dimension:
    """What is told of categories in either part."""
    category: dict[str, Any] = dict(one.category)
    for key in BY_CATEGORY:
        more: Mapping[str, Any] = other.category.get(key) or {}
        if more:
            before: Mapping[str, Any] = category.get(key) or {}
            under = {
                code: _both(before.get(code), one) if key == "child" else one for code, one in more.items()
            }
            category[key] = {**before, **under}
    codes = tuple(dict.fromkeys((*one.codes, *other.codes)))
    return Dimension(one.id, codes, category, one.about)


def _both(before: list[str] | None, more: list[str]) -> list[str]:
    """Children told of in two parts, each once."""
    return list(dict.fromkeys((*(before or ()), *more)))
