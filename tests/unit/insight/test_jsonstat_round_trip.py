"""D5: reading what was written gives the same dataset, whatever it holds."""

import json
import random
from collections.abc import Iterator
from math import prod
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samspill.insight.jsonstat import Dataset, read, read_all
from samspill.refusal import Refused
from unit.insight.jsonstat_documents import BUNDLE, COLLECTION, FHI, SSB, changed

TEXT = st.text(max_size=6)
FIGURE = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
SYMBOL = st.sampled_from(["..", ":", "-", ".", "", "p"])


@st.composite
def dimensions(draw: st.DrawFn) -> tuple[dict[str, Any], int]:
    """A dimension's node and how many categories it has."""
    codes = draw(st.lists(TEXT, unique=True, max_size=4))
    category: dict[str, Any] = {}
    form = draw(st.sampled_from(["list", "object", "none"]))
    if form == "none" and len(codes) == 1:
        category["label"] = {codes[0]: draw(TEXT)}
    elif form == "object":
        category["index"] = dict(draw(st.permutations(list(zip(codes, range(len(codes)), strict=True)))))
    else:
        category["index"] = codes
    if len(codes) > 1 and draw(st.booleans()):
        category["child"] = {codes[0]: codes[1:]}  # the first stands above the others
    for key in draw(st.sets(st.sampled_from(["unit", "note", "coordinates", "strange"]))):
        category[key] = {code: {"unit": {"base": "x"}, "note": ["n"]}.get(key, [1.5, 2]) for code in codes}
    about = draw(st.dictionaries(st.sampled_from(["label", "href", "extension"]), st.none() | TEXT))
    return {**about, "category": category}, len(codes)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents of 2.0 and 1.x that are in order."""
    is_new = draw(st.booleans())
    taken = {} if is_new else {"id", "size", "role"}
    names = draw(st.lists(TEXT.filter(lambda name: name not in taken), unique=True, max_size=3))
    made = [draw(dimensions()) for _ in names]
    sizes = [size for _, size in made]
    cells = prod(sizes)
    by_position = st.dictionaries(st.integers(0, cells - 1).map(str), FIGURE) if cells else st.just({})
    statuses = st.dictionaries(st.integers(0, cells - 1).map(str), SYMBOL) if cells else st.just({})
    placed = {
        "id": names,
        "size": [draw(st.sampled_from([size, str(size)])) for size in sizes],
        "role": draw(st.none() | st.just({"time": names[:1], "metric": names[1:]})),
    }
    nodes = {name: node for name, (node, _) in zip(names, made, strict=True)}
    figures = st.lists(FIGURE, min_size=cells, max_size=cells)
    document = {
        "value": draw(figures | by_position),
        "status": draw(
            st.none() | SYMBOL | st.lists(SYMBOL | st.none(), min_size=cells, max_size=cells) | statuses
        ),
        **draw(st.dictionaries(st.sampled_from(["label", "updated", "source"]), TEXT)),
    }
    if is_new:
        return {"version": "2.0", "class": "dataset", **document, **placed, "dimension": nodes}
    return {**document, "dimension": {**placed, **nodes}}


@given(documents())
def test_read_write_read_is_the_same(document: dict[str, Any]) -> None:
    dataset = read(json.dumps(document))
    again = read(dataset.to_json())
    assert again == dataset
    assert again.to_json() == dataset.to_json()
    assert list(again.rows()) == list(dataset.rows())


@given(documents())
def test_rows_are_cells_in_order_and_what_lacks_is_never_a_number(document: dict[str, Any]) -> None:
    dataset = read(json.dumps(document))
    given_values = document["value"]
    for position, row in enumerate(dataset.rows()):
        assert dataset.cell(dict(zip(dataset.id, row.codes, strict=True))) == row[1:]
        came = given_values.get(str(position)) if isinstance(given_values, dict) else given_values[position]
        assert row.value is None if came is None else row.value in (came, None)
    assert sum(1 for _ in dataset.rows()) == len(dataset)


@given(documents())
def test_a_dataset_made_from_its_parts_is_the_same(document: dict[str, Any]) -> None:
    one = read(json.dumps(document))
    assert Dataset(one.dimensions, one.values, one.statuses, one.roles, one.about) == one


ODD: list[Any] = [None, True, -1, 1.5, "", "x", [], {}, ["a", "a"], {"a": 1}, {"0": 0}, "2.0", 10**30, [[1]]]


@given(st.sampled_from([SSB, FHI, BUNDLE["beds"], COLLECTION]), st.randoms(), st.sampled_from([..., *ODD]))
def test_a_document_with_something_else_in_a_place_is_read_or_refused(
    document: dict[str, Any], rng: random.Random, odd: Any
) -> None:
    """Never another exception, and what is read is written and read again."""
    path = rng.choice(list(places_in(document)))
    try:
        found = read_all(json.dumps(changed(document, *path, to=odd)))
    except Refused as refused:
        assert refused.sentence
        return
    for dataset in found.values():
        assert read(dataset.to_json()) == dataset
        assert len(list(dataset.rows())) == len(dataset)
        for one in dataset.dimensions:
            assert (len(one.labels), one.label) != (None, None)
            assert [one.children, one.units, one.category_notes, one.coordinates, one.notes]


def places_in(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, under in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*path, key)
        if isinstance(under, dict | list):
            yield from places_in(under, (*path, key))
