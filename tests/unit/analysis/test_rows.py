"""Rows, whole persons and files."""

from pathlib import Path

import duckdb
import numpy as np
import population_worlds as worlds
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.population import Projection, project, to_columns, to_rows, whole_persons, write
from samspill.analysis.population.rows import largest_remainder
from samspill.refusal import Refused


@pytest.fixture(scope="module")
def run() -> Projection:
    return project(worlds.history(), worlds.rates(), jump_off=2016, to=2020, draws=20)


def test_rows_name_year_area_sex_age_and_persons(run: Projection) -> None:
    rows = list(to_rows(run))
    assert len(rows) == 5 * 3 * 2 * 106
    assert list(rows[0]) == ["year", "area", "sex", "age", "persons", "p10", "p50", "p90"]
    row = rows[((2 * 3 + 1) * 2 + 1) * 106 + 85]
    assert (row["year"], row["area"], row["sex"], row["age"]) == (2018, "9002", "M", 85)
    assert row["persons"] == run.persons[2, 1, 1, 85]
    assert row["p10"] <= row["p50"] <= row["p90"]


def test_whole_persons_keep_the_sums(run: Projection) -> None:
    whole = whole_persons(run)
    assert np.array_equal(whole.sum(axis=(1, 2, 3)), np.rint(run.persons.sum(axis=(1, 2, 3))))
    assert np.abs(whole.sum(axis=(2, 3)) - run.persons.sum(axis=(2, 3))).max() < 1
    assert np.abs(whole - run.persons).max() < 1
    assert np.array_equal(whole[0], worlds.history().on(2016))


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=40))
def test_largest_remainder_rounds_each_share_up_or_down_and_keeps_the_total(shares: list[float]) -> None:
    values = np.array(shares)
    whole = largest_remainder(values, round(values.sum()))
    assert whole.sum() == round(values.sum())
    assert np.all(np.abs(whole - values) < 1 + 1e-6)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_file_holds_the_rows(run: Projection, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"it's{suffix}"
    write(run, path, whole=True)
    read = duckdb.connect().execute(f"FROM read_{suffix[1:]}(?)", [str(path)]).fetchnumpy()
    expected = to_columns(run, whole=True)
    assert list(read) == list(expected)
    assert np.array_equal(np.asarray(read["persons"]), expected["persons"])
    assert np.allclose(np.asarray(read["p90"], dtype=float), expected["p90"], rtol=1e-5)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_another_kind_of_file_and_a_missing_folder_are_refused(run: Projection, tmp_path: Path) -> None:
    for path, code in ((tmp_path / "a.xlsx", "file_kind"), (tmp_path / "no" / "a.csv", "cannot_write")):
        with pytest.raises(Refused) as refused:
            write(run, path)
        assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []
