"""Rows that cannot be, found in files of any size: which rule, how often, and where the first stands."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.analysis.indicators import duplicates
from samspill.analysis.indicators.calculation import check_data, open_data
from samspill.analysis.indicators.duplicates import Twice, find_twice
from samspill.refusal import Refused

KEY = ("year", "area", "sex", "age")


def written(folder: Path, rows: list[tuple[int, str, str, int]], name: str = "part-0") -> str:
    path = folder / "population" / "year=2024" / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    years, areas, sexes, ages = zip(*rows, strict=True)
    columns = {"year": pa.array(years, pa.int32()), "area": areas, "sex": sexes, "age": ages}
    pq.write_table(pa.table({**columns, "persons": [1] * len(rows)}), path, row_group_size=3)
    return str(path)


def slow(rows: list[tuple[int, str, str, int]]) -> tuple[int, int] | None:
    """Rows too many, and the place of the first that has a double."""
    doubled = [place for place, row in enumerate(rows) if rows.count(row) > 1]
    return (len(rows) - len(set(rows)), doubled[0]) if doubled else None


@settings(max_examples=25, deadline=None)
@given(
    ages=st.lists(st.integers(0, 30), min_size=1, max_size=40),
    parts=st.integers(1, 50),
)
def test_rows_that_stand_twice_are_those_of_a_slow_comparison(
    tmp_path_factory: pytest.TempPathFactory, ages: list[int], parts: int
) -> None:
    rows = [(2024, "3101", "K", age) for age in ages]
    path = written(tmp_path_factory.mktemp("rows"), rows)
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as connection:
        patch.setattr(duplicates, "AT_ONCE", max(1, len(rows) // parts))
        found = find_twice(connection, [path], KEY, len(rows))
    assert (found and (found.rows, found.row)) == slow(rows)


def test_two_keys_with_the_same_number_are_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of this test are as bad as they can be: all rows have the same."""
    path = written(tmp_path, [(2024, "3101", "K", age) for age in (1, 2, 3, 2)])
    with duckdb.connect() as connection:
        connection.execute("CREATE MACRO hash(a, b, c, d) AS 7::UBIGINT")
        assert find_twice(connection, [path], KEY, 4) == Twice(1, path, 1)


def test_a_row_may_stand_once_more_in_another_file(tmp_path: Path) -> None:
    written(tmp_path, [(2024, "3101", "K", 1), (2024, "3101", "K", 2)], "a")
    written(tmp_path, [(2024, "3101", "K", 3), (2024, "3101", "K", 2), (2024, "3101", "K", 2)], "b")
    with pytest.raises(Refused) as refused:
        check_data(open_data(tmp_path))
    (fault,) = refused.value.facts["faults"]  # type: ignore[misc]
    assert (fault.rows, fault.file, fault.row) == (2, "population/year=2024/a.parquet", 2)
    assert fault.why == "they stand more than once"


def test_the_first_of_the_rows_that_are_wrong_is_told(tmp_path: Path) -> None:
    ages = [3, 200, 4, 5, 300, 6, 400]
    written(tmp_path, [(2024, "3101", "K", age) for age in ages])
    with pytest.raises(Refused) as refused:
        check_data(open_data(tmp_path))
    (fault,) = refused.value.facts["faults"]  # type: ignore[misc]
    assert (fault.column, fault.rows, fault.row) == ("age", 3, 2)


def test_a_missing_value_is_told_and_is_no_double(tmp_path: Path) -> None:
    path = written(tmp_path, [(2024, "3101", "K", 1), (2024, "3101", "K", 2)])
    table = pq.read_table(path, partitioning=None)
    ages = pa.array([None, 2], pa.int64())
    pq.write_table(table.set_column(table.schema.get_field_index("age"), "age", ages), path)
    with pytest.raises(Refused) as refused:
        check_data(open_data(tmp_path))
    assert [(one.column, one.why) for one in refused.value.facts["faults"]] == [  # type: ignore[union-attr]
        ("age", "it is missing")
    ]


def test_numbers_of_many_rows_are_sorted_in_parts_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "AT_ONCE", 1000)
    place = np.arange(20_000)
    path = tmp_path / "rows.parquet"
    number = np.where(place == 19_999, 5, place)
    pq.write_table(pa.table({"number": number}), path)
    with duckdb.connect() as connection:
        assert find_twice(connection, [str(path)], ("number",), len(place)) == Twice(1, str(path), 5)
