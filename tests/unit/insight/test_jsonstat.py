"""JSON-stat is read as it stands: order, roles, sparse values, hierarchies; what lacks is never 0."""

import json
from typing import Any

import pytest

from samspill.insight.jsonstat import (
    Cell,
    Collection,
    Dataset,
    Dimension,
    Reference,
    Row,
    read,
    read_all,
    read_collection,
    read_dimension,
    read_structure,
    write,
)
from samspill.refusal import Refused
from unit.insight.jsonstat_documents import BUNDLE, COLLECTION, FHI, SSB, changed


def test_categories_stand_in_the_order_of_the_index_not_of_the_document() -> None:
    dataset = read(json.dumps(SSB))
    assert dataset.size == (2, 1, 3)
    assert dataset.dimension("Region").codes == ("3101", "3105")
    assert dataset.dimension("Region").labels == {"3101": "Halden", "3105": "Sarpsborg"}
    assert dataset.dimension("Tid").labels == {"2024": "2024", "2025": "2025", "2026": "2026"}


def test_roles_units_notes_and_extensions_are_there() -> None:
    dataset = read(SSB)
    assert [[one.id for one in dataset.with_role(role)] for role in ("time", "geo", "metric")] == [
        ["Tid"],
        ["Region"],
        ["ContentsCode"],
    ]
    assert dataset.dimension("ContentsCode").units == {"Personer1": {"base": "personer", "decimals": 0}}
    assert dataset.notes == ("Tall per 1. januar.",)
    assert dataset.dimension("Region").category_notes == {"3101": ("Invented.",)}
    assert dataset.extension["px"] == {"tableid": "07459", "decimals": 0}
    assert (dataset.source, dataset.updated) == ("Statistisk sentralbyrå", "2026-02-25T07:00:00Z")


def test_a_figure_that_lacks_is_none_with_its_symbol_and_a_zero_is_a_zero() -> None:
    dataset = read(SSB)
    assert dataset.cell(Region="3101", Tid="2025") == Cell(None, "..")
    assert dataset.cell({"Region": "3105", "ContentsCode": "Personer1", "Tid": "2025"}) == Cell(None, ":")
    assert dataset.cell(Region="3105", Tid="2024") == Cell(0, None)
    assert [row.value for row in dataset.rows()] == [31000, None, 31500, 0, None, 60000]
    assert list(dataset.rows())[4] == Row(("3105", "Personer1", "2025"), None, ":")


@pytest.mark.parametrize("symbol", [".", "..", "...", ":", "-"])
def test_a_symbol_given_as_the_value_is_no_figure(symbol: str) -> None:
    assert read(changed(SSB, "value", 3, to=symbol)).cell(Region="3105", Tid="2024") == Cell(None, symbol)


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        ({"0": "p"}, ["p", None, None, None, None, None]),
        (["p", None, "", ":", "-", "."], ["p", None, None, ":", "-", "."]),
        ("p", ["p"] * 6),
        (["p"], ["p"] * 6),
        ("", [None] * 6),
        (None, [None] * 6),
        ({}, [None] * 6),
    ],
)
def test_a_status_is_by_position_by_list_or_for_all(status: object, seen: list[str | None]) -> None:
    assert [row.status for row in read(changed(SSB, "status", to=status)).rows()] == seen


def test_a_sparse_cube_has_only_the_figures_it_names_and_is_not_filled() -> None:
    huge = changed(changed(SSB, "value", to={"5": 7}), "status", to=...)
    dataset = read(huge)
    assert [row.value for row in dataset.rows()] == [None] * 5 + [7]
    many = [str(number) for number in range(100_000)]
    vast = {
        "version": "2.0",
        "class": "dataset",
        "id": ["a", "b"],
        "size": [100_000, 100_000],
        "dimension": {"a": {"category": {"index": many}}, "b": {"category": {"index": many}}},
        "value": {"9999999999": 1},
    }
    assert read(vast).cell(a="99999", b="99999") == Cell(1, None)


def test_what_fhi_writes_is_read() -> None:
    dataset = read(FHI)
    assert dataset.roles is None
    assert dataset.source == ""
    assert dataset.cell(GEO="30") == Cell(2817, None)


def test_a_bundle_of_1x_is_read_by_name() -> None:
    found = read_all(BUNDLE)
    assert list(found) == ["beds", "stays"]
    beds = read(BUNDLE, "beds")
    assert beds == found["beds"]
    assert beds.size == (2, 2, 1)
    assert beds.roles == {"time": ("year",), "geo": ("place",), "metric": ("what",)}
    assert beds.dimension("what").codes == ("B",)
    assert beds.dimension("place").children == {"all": ("one",)}
    assert beds.dimension("place").coordinates == {"one": (10.9, 59.3)}
    assert beds.cell(place="one", year="2013") == Cell(4, "e")
    assert [tuple(row[1:]) for row in found["stays"].rows()] == [(7, None), (None, "m")]


@pytest.mark.parametrize("more", [{}, {"class": "dataset"}])
def test_one_dataset_of_1x_may_stand_alone_or_under_a_name(more: dict[str, str]) -> None:
    alone = {**BUNDLE["stays"], **more}
    assert read(alone).cell(year="2012") == Cell(7, None)
    assert read({"dataset": alone}).size == (2,)


def test_a_dimension_of_2_0_may_be_called_id_or_size() -> None:
    document = {
        "version": "2.0",
        "class": "dataset",
        "id": ["size", "id"],
        "size": [1, 2],
        "dimension": {
            "size": {"category": {"label": {"L": "Large"}}},
            "id": {"category": {"index": ["x", "y"]}},
        },
        "value": [1, 2],
    }
    assert read(document).cell(id="y") == Cell(2, None)


def test_a_collection_has_references_and_what_is_embedded() -> None:
    collection = read_collection(COLLECTION)
    reference, dataset, dimension, inner = collection.items
    assert isinstance(reference, Reference)
    assert (reference.kind, reference.href) == ("dataset", "https://example.org/1.json")
    assert isinstance(dataset, Dataset)
    assert isinstance(dimension, Dimension)
    assert dimension.codes == ("K", "M")
    assert isinstance(inner, Collection)
    assert read(COLLECTION) == dataset
    assert list(read_all(COLLECTION)) == ["https://example.org/2.json"]


def test_a_dimension_can_come_alone() -> None:
    node = {"version": "2.0", "class": "dimension", "label": "sex", "category": {"index": ["K", "M"]}}
    dimension = read_dimension(node)
    assert (dimension.label, dimension.codes) == ("sex", ("K", "M"))
    assert json.loads(write(dimension)) == node


def test_metadata_has_dimensions_and_no_figures() -> None:
    structure = read_structure(changed(SSB, "value", to=[]))
    assert structure.dimension("Region").codes == ("3101", "3105")
    assert {row.value for row in structure.rows()} == {None}


def test_a_document_of_2_0_is_written_as_it_came() -> None:
    for document in (SSB, changed(SSB, "value", to={"5": 7.25}), COLLECTION):
        thing = read_collection(document) if document is COLLECTION else read(document)
        assert json.loads(write(thing)) == document
    assert json.loads(read(FHI).to_json()) == {key: one for key, one in FHI.items() if key != "role"}


@pytest.mark.parametrize("name", BUNDLE)
def test_what_was_1x_is_written_as_2_0_and_read_again_the_same(name: str) -> None:
    dataset = read(BUNDLE, name)
    written = json.loads(dataset.to_json())
    assert (written["version"], written["class"]) == ("2.0", "dataset")
    assert {"id", "size", "role"} & set(written["dimension"]) == set()
    assert read(dataset.to_json()) == dataset


def test_text_bytes_with_a_mark_and_files_are_read(tmp_path: Any) -> None:
    text = json.dumps(SSB, ensure_ascii=False)
    path = tmp_path / "table.json"
    path.write_text(text, "utf-8")
    assert read(text) == read(text.encode("utf-8-sig")) == read(path) == read(SSB)


@pytest.mark.parametrize(
    ("document", "code", "tells"),
    [
        (changed(SSB, "size", to=[2, 1, 4]), "jsonstat.size", "size says 4 for the dimension Tid"),
        (changed(SSB, "size", to=[2, 3]), "jsonstat.size", "size has 2 numbers for 3 dimensions"),
        (changed(SSB, "size", 0, to=2.5), "jsonstat.size", "size[0] is 2.5"),
        (changed(SSB, "size", 0, to=True), "jsonstat.size", "size[0] is True"),
        (changed(SSB, "size", 0, to="-2"), "jsonstat.size", "size[0] is '-2'"),
        (changed(SSB, "value", to=[1, 2]), "jsonstat.cells", "value has 2 cells, but size 2 × 1 × 3 makes 6"),
        (changed(SSB, "value", to={"6": 1}), "jsonstat.beyond", "value has a cell 6"),
        (changed(SSB, "value", to={"01": 1}), "jsonstat.position", "value has the key «01»"),
        (changed(SSB, "value", 2, to=True), "jsonstat.value", "value[2] is True"),
        (changed(SSB, "value", 2, to=[1]), "jsonstat.value", "value[2] is [1]"),
        (changed(SSB, "value", to=...), "jsonstat.value", "value lacks"),
        (changed(SSB, "value", to=5), "jsonstat.value", "value must be a list or an object"),
        (changed(SSB, "status", to=["a", "b"]), "jsonstat.cells", "status has 2 cells"),
        (changed(SSB, "status", to={"17": ":"}), "jsonstat.beyond", "status has a cell 17"),
        (changed(SSB, "status", "1", to=3), "jsonstat.status", "status.1 is 3"),
        (changed(SSB, "id", to=["Region", "Region", "Tid"]), "jsonstat.unknown_dimension", "ContentsCode"),
        (changed(SSB, "id", 0, to="Place"), "jsonstat.unknown_dimension", "id has «Place»"),
        (changed(SSB, "role", "time", to=["Year"]), "jsonstat.unknown_dimension", "role.time names «Year»"),
        (
            changed(SSB, "dimension", "Tid", "category", "index", to=["2024", "2025", "2025"]),
            "jsonstat.duplicate_category",
            "dimension.Tid.category.index has the category «2025» twice",
        ),
        (
            changed(SSB, "dimension", "Region", "category", "index", to={"3101": 0, "3105": 0}),
            "jsonstat.index",
            "gives the place 0 to both «3101» and «3105»",
        ),
        (
            changed(SSB, "dimension", "Region", "category", "index", "3105", to=2),
            "jsonstat.index",
            "dimension.Region.category.index.3105 is 2",
        ),
        (
            changed(SSB, "dimension", "Region", "category", "index", to=...),
            "jsonstat.index",
            "dimension.Region.category.index lacks",
        ),
        (
            changed(SSB, "dimension", "Region", "category", "child", to={"3101": ["9999"]}),
            "jsonstat.unknown_category",
            "dimension.Region.category.child names «9999»",
        ),
        (
            changed(SSB, "dimension", "Region", "category", "child", to={"3101": ["3105"], "3105": ["3101"]}),
            "jsonstat.circle",
            "goes in a circle",
        ),
        (
            changed(SSB, "dimension", "Region", "category", "coordinates", to={"3101": [10.9]}),
            "jsonstat.category",
            "dimension.Region.category.coordinates.3101 must be longitude and latitude",
        ),
        (changed(SSB, "version", to="3.0"), "jsonstat.version", "version is «3.0»"),
        (changed(SSB, "class", to="table"), "jsonstat.class", "class is «table»"),
        (BUNDLE, "jsonstat.several", "holds 2 datasets, not one: beds, stays"),
        (
            {"version": "2.0", "error": [{"status": "404", "label": "No such table"}]},
            "jsonstat.error",
            "No such table",
        ),
        ({"beds": {"value": [1]}}, "jsonstat.object", "beds.dimension must be an object and lacks"),
        ({}, "jsonstat.empty", "empty object"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_place(document: Any, code: str, tells: str) -> None:
    with pytest.raises(Refused) as refused:
        read(json.dumps(document))
    assert refused.value.code == code
    assert tells in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "code", "tells"),
    [
        (json.dumps(SSB)[:700], "jsonstat.half_a_body", "ends in the middle"),
        (json.dumps(SSB)[:-1], "jsonstat.half_a_body", "ends in the middle"),
        ("", "jsonstat.json", "empty"),
        ("<html>", "jsonstat.json", "line 1, column 1"),
        ("[1]", "jsonstat.json", "a list"),
        (json.dumps(SSB).replace("31500", "NaN"), "jsonstat.json", "NaN is no number"),
        (json.dumps(SSB).replace("31500", "1e999"), "jsonstat.json", "too large"),
        (json.dumps(SSB).encode("utf-16"), "jsonstat.encoding", "Byte 1"),
        (
            json.dumps(SSB).replace('{"3105": 1, ', '{"3105": 1, "3105": 1, '),
            "jsonstat.duplicate_key",
            "dimension.Region.category.index has «3105» twice",
        ),
    ],
)
def test_a_body_that_is_not_whole_is_refused(text: str | bytes, code: str, tells: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.code == code
    assert tells in refused.value.sentence


def test_every_beginning_of_a_document_is_refused_and_none_is_a_crash() -> None:
    text = json.dumps(SSB)
    for end in range(len(text)):
        with pytest.raises(Refused):
            read(text[:end])


def test_a_cell_is_asked_for_by_what_there_is() -> None:
    dataset = read(SSB)
    for choice, tells in (
        ({"Region": "3101"}, "Choose a category of Tid"),
        ({"Region": "0301", "Tid": "2024"}, "no category «0301»; it has 3101, 3105"),
        ({"Sex": "K"}, "no dimension Sex"),
    ):
        with pytest.raises(Refused, match=tells):
            dataset.cell(choice)


def test_a_very_deep_document_is_read_or_refused_and_never_a_crash() -> None:
    for depth in (100, 900, 100_000):
        deep = "[" * depth + "]" * depth
        text = json.dumps(SSB)[:-1] + f', "strange": {deep}}}'
        try:
            assert read(text).size == (2, 1, 3)
        except Refused as refused:
            assert refused.code == "jsonstat.json"
