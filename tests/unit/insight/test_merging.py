"""Parts are put together by their codes; an answer to another question is refused."""

import pytest

from samspill.insight.connectors import Table
from samspill.insight.connectors.merging import check_answer, merge
from samspill.insight.jsonstat import Dataset, Dimension
from samspill.refusal import Refused

TABLE = Table("07459", "People", "", ())
CHOICE = {"Region": ("0", "31", "3101"), "Tid": ("2025", "2026")}


def part(regions: tuple[str, ...], times: tuple[str, ...], values: tuple[int | str | None, ...]) -> Dataset:
    """The first region stands over the others."""
    category = {
        "label": {code: f"Region {code}" for code in regions},
        **({"child": {regions[0]: list(regions[1:])}} if len(regions) > 1 else {}),
        "note": {regions[-1]: ["Told."]},
    }
    return Dataset((Dimension("Region", regions, category), Dimension("Tid", times)), values, {0: "p"})


def test_figures_stand_by_their_codes_whatever_the_order_of_an_answer() -> None:
    whole = merge(
        CHOICE,
        [part(("0", "3101"), ("2026", "2025"), (1, 2, 3, "..")), part(("31",), ("2025", "2026"), (5, 6))],
    )
    assert [row[1:] for row in whole.rows()] == [
        (2, None),
        (1, "p"),
        (5, "p"),
        (6, None),
        (None, ".."),
        (3, None),
    ]
    region = whole.dimension("Region")
    assert region.labels == {"0": "Region 0", "31": "Region 31", "3101": "Region 3101"}
    assert region.children == {"0": ("3101",)}
    assert region.category_notes == {"3101": ("Told.",), "31": ("Told.",)}


def test_children_told_of_in_several_parts_are_all_kept() -> None:
    parts = [part(("0", "31"), CHOICE["Tid"], (1, 2, 3, 4)), part(("0", "3101"), CHOICE["Tid"], (1, 2, 5, 6))]
    assert merge(CHOICE, parts).dimension("Region").children == {"0": ("31", "3101")}


@pytest.mark.parametrize(
    ("choice", "tells"),
    [
        ({"Region": ("0", "31"), "Tid": ("2026",)}, "07459 left out the code «31» of Region"),
        ({"Region": ("0",), "Tid": ("2025",)}, "added the code «2026» of Tid|left out the code «2025»"),
        ({"Region": (), "Tid": ("2026",)}, "added the code «0» of Region"),
        ({"Tid": ("2026",), "Sex": ("1",)}, "was asked for Tid, Sex, but answered with Region, Tid"),
    ],
)
def test_an_answer_to_another_question_is_refused(choice: dict[str, tuple[str, ...]], tells: str) -> None:
    with pytest.raises(Refused, match=tells) as refused:
        check_answer(TABLE, choice, part(("0",), ("2026",), (1,)))
    assert refused.value.code == "source.schema"
