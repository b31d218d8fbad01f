"""Sums over areas: what they are of, and what is no area of its own."""

from pathlib import Path

import numpy as np
import pytest

from samspill.analysis.indicators.levels import add_levels, read_levels, sums_of, write_areas
from samspill.analysis.indicators.standardising import Counted
from samspill.refusal import Refused

LEVELS = {"community": {"HF01": ["3101", "3103"], "HF02": ["3201", "3203"]}, "region": {"Sør-Øst": ["3101"]}}


def cells() -> Counted:
    areas = ("3101", "3101", "3103", "3201")
    numbers = np.array([[1.0, 2], [3, 4], [5, 6], [7, 8]])
    return Counted(areas, (2023, 2024, 2024, 2024), (0, 5), numbers, numbers * 10, numbers * 100)


def test_a_sum_is_of_each_stratum_and_the_country_is_all_there_is() -> None:
    sums = sums_of(LEVELS, {"3101", "3103", "3201"})
    found = add_levels(cells(), sums)
    row = {cell: place for place, cell in enumerate(zip(found.areas, found.years, strict=True))}
    assert found.numerator[row["HF01", 2024]].tolist() == [8, 10]
    assert found.denominator[row["HF01", 2023]].tolist() == [10, 20]
    assert found.squares[row["ALL", 2024]].tolist() == [1500, 1800]
    assert found.municipalities == 4


def test_a_part_of_a_community_is_no_community() -> None:
    assert {area.code for area in sums_of(LEVELS, {"3101", "3103", "3201"})} == {"HF01", "Sør-Øst", "ALL"}


def test_the_country_has_its_code_when_all_municipalities_are_there() -> None:
    assert [area.code for area in sums_of({}, map(str, range(357)))] == ["NO"]
    assert sums_of(None, map(str, range(357))) == []


def test_areas_that_share_some_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        sums_of({"community": {"A": ["1", "2"]}, "region": {"B": ["2", "3"]}}, "123")
    assert refused.value.code == "levels_cross"


def test_a_code_of_two_areas_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        sums_of({"community": {"1": ["1", "2"]}}, "123")
    assert refused.value.code == "area_code_twice"


def test_areas_are_read_as_they_are_written(tmp_path: Path) -> None:
    assert read_levels(tmp_path) == {}
    write_areas(tmp_path, [("3101", "HF01", "Sør-Øst"), ("3103", "HF01", ""), ("3201", "", "Sør-Øst")])
    assert read_levels(tmp_path) == {
        "community": {"HF01": ["3101", "3103"]},
        "region": {"Sør-Øst": ["3101", "3201"]},
    }


@pytest.mark.parametrize("text", ["area,region\n3101,X\n", "area,community,region\n3101,A,\n3101,B,\n"])
def test_a_faulty_file_of_areas_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "areas.csv").write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_levels(tmp_path)
    assert refused.value.code == "areas_file"
