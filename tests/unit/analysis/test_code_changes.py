"""Former municipalities in the newest borders: no person lost, nothing guessed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.packs import open_pack
from samspill.analysis.packs.code_changes import read_changes, share_out
from samspill.refusal import Refused
from unit.cli.small_packs import rewritten, small_pack

HEAD = "kommune_nr_original,kommune_nr_2024,weight,year_from,year_to\n"
# Halden was 0101 until 2014, and until 2012 a part of it 0119; Moss and Tønsberg came from the split of 0104.
TOLD = "0101,3101,1.0,2011,2014\n0119,3101,1.0,2011,2012\n0104,3103,0.4,2011,2014\n0104,3905,0.6,2011,2014\n"
MERGED = """SELECT year, sex, age, kommune_nr, population FROM t WHERE year::INT > 2014
  UNION ALL SELECT year, sex, age, '0101', (CASE WHEN year::INT > 2012 THEN population::INT
    ELSE population::INT - population::INT // 3 END)::VARCHAR
    FROM t WHERE year::INT <= 2014 AND kommune_nr = '3101'
  UNION ALL SELECT year, sex, age, '0119', (population::INT // 3)::VARCHAR
    FROM t WHERE year::INT <= 2012 AND kommune_nr = '3101'
  UNION ALL SELECT year, sex, age, '0104', sum(population::INT)::VARCHAR
    FROM t WHERE year::INT <= 2014 AND kommune_nr != '3101' GROUP BY year, sex, age"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return small_pack(tmp_path / "pack")


@pytest.fixture
def former(pack: Path, tmp_path: Path) -> Path:
    """The same people, the years to 2014 by former codes."""
    folder = tmp_path / "former"
    shutil.copytree(pack, folder)
    rewritten("population_municipality_", MERGED)(folder)
    (folder / "municipality_code_changes.csv").write_text(HEAD + TOLD)
    return folder


def test_merged_municipalities_are_added_up_and_split_ones_shared_out(pack: Path, former: Path) -> None:
    plain, mapped = open_pack(pack), open_pack(former)
    assert mapped.history().years == plain.history().years
    assert np.array_equal(mapped.history(["3101"]).persons, plain.history(["3101"]).persons)
    assert np.array_equal(mapped.history().persons.sum(axis=1), plain.history().persons.sum(axis=1))
    parts = mapped.history(["3103", "3905"]).on(2012).sum(axis=(1, 2))
    assert parts[0] == pytest.approx(0.4 * parts.sum(), abs=1)
    assert {(one.former, one.newest) for one in mapped.code_changes} == {
        ("0101", "3101"), ("0119", "3101"), ("0104", "3103"), ("0104", "3905"),
    }  # fmt: skip
    assert "municipality_code_changes.csv" in {file.name for file in mapped.source.files}


def test_a_pack_in_the_newest_borders_needs_no_changes(pack: Path) -> None:
    version = open_pack(pack).source.version
    (pack / "municipality_code_changes.csv").write_text(HEAD + TOLD)
    opened = open_pack(pack)
    assert opened.code_changes == ()
    assert opened.source.version == version


def without(former_code: str) -> Callable[[Path], None]:
    return rewritten(
        "population_municipality_",
        f"SELECT * FROM t WHERE kommune_nr != '{former_code}'",  # noqa: S608
    )


def told(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "municipality_code_changes.csv").write_text(HEAD + text) and None


@pytest.mark.parametrize(
    ("damage", "code", "part"),
    [
        (told(TOLD.replace("0119", "0118")), "unknown_municipality", "0119"),
        (told(TOLD.replace("0119,3101", "0119,9999")), "unknown_municipality", "0119"),
        (told(TOLD.replace("0.4", "0.5")), "bad_value", "0104"),
        (told(TOLD.replace("0.4", "-")), "bad_value", "0104"),
        (without("0119"), "missing_cell", "0119"),
        (
            rewritten(
                "population_municipality_", "SELECT * FROM t WHERE NOT (kommune_nr = '0101' AND age = '7')"
            ),
            "missing_cell",
            "0101",
        ),
        (
            rewritten(
                "population_municipality_",
                "SELECT * FROM t UNION ALL SELECT * FROM t WHERE kommune_nr = '0101' AND age = '7'",
            ),
            "duplicate_cell",
            "0101",
        ),
    ],
)
def test_a_code_that_nothing_explains_and_damaged_figures_are_refused(
    damage: Callable[[Path], None], code: str, part: str, former: Path
) -> None:
    damage(former)
    with pytest.raises(Refused) as refused:
        open_pack(former)
    assert refused.value.code == code
    assert part in refused.value.sentence


@given(
    st.lists(st.integers(0, 400), max_size=60),
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
)
def test_sharing_out_loses_nobody_and_keeps_to_the_shares(persons: list[int], weights: list[int]) -> None:
    shares = [weight / sum(weights) for weight in weights]
    given_out = np.array(share_out(persons, shares)).reshape(len(persons), len(shares))
    assert given_out.sum(axis=1).tolist() == persons
    assert (given_out >= 0).all()
    assert np.abs(given_out.sum(axis=0) - np.array(shares) * sum(persons)).max() < len(shares)


def test_the_real_table_of_changes_is_read(data_pack: Path) -> None:
    changes = read_changes(next(data_pack.glob("municipality_code_changes*")))
    assert len(changes) == 850
    assert {one.newest for one in changes if one.former == "5012"} == {"5055", "5056", "5059"}
