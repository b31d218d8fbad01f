"""What KLASS tells becomes the packs' table of code changes; zeros of codes not in use are missing."""

from datetime import date
from pathlib import Path

import pytest

from samspill.analysis.packs import CodeChange, read_changes
from samspill.insight.connectors import Change, Validity, missing_where_absent, to_code_changes
from samspill.insight.jsonstat import Cell, Dataset, Dimension
from samspill.refusal import Refused
from statistics_server.klass import CHANGES, CODES

NEWEST = date(2026, 11, 22)
VALIDITIES = tuple(
    Validity(
        one["code"],
        one["name"],
        max(date.fromisoformat(one["from"]), date(2006, 1, 1)),
        date.fromisoformat(one["to"]),
    )
    for one in CODES
)
OCCURRED = tuple(
    Change(date.fromisoformat(one["changeOccurred"]), one["oldCode"], one["newCode"]) for one in CHANGES
)
SHARES = {"1507": {"1508": 0.86, "1580": 0.14}, "1504": {"1508": 1.0}, "1534": {"1580": 1.0}}


def test_former_codes_are_followed_to_the_newest_through_every_change() -> None:
    changes = to_code_changes(OCCURRED, VALIDITIES, newest=NEWEST, shares=SHARES)
    assert changes == (
        CodeChange("0101", "3101", 1.0, 2006, 2019),
        CodeChange("0104", "3103", 1.0, 2006, 2019),
        CodeChange("0136", "3103", 1.0, 2006, 2019),
        CodeChange("1504", "1508", 1.0, 2006, 2019),
        CodeChange("1507", "1508", 0.86, 2020, 2023),
        CodeChange("1507", "1580", 0.14, 2020, 2023),
        CodeChange("1534", "1580", 1.0, 2006, 2019),
        CodeChange("3001", "3101", 1.0, 2020, 2023),
        CodeChange("3002", "3103", 1.0, 2020, 2023),
    )


def test_they_are_rows_of_the_real_pack(data_pack: Path) -> None:
    real = read_changes(data_pack / "municipality_code_changes.csv")
    ours = to_code_changes(OCCURRED, VALIDITIES, newest=NEWEST, shares=SHARES)
    assert {one for one in ours if one.share == 1} <= set(real)


def test_a_split_without_shares_is_refused_with_what_is_needed() -> None:
    with pytest.raises(Refused, match=r"1504 Ålesund was split into 1508, 1580.*give a table"):
        to_code_changes(OCCURRED, VALIDITIES, newest=NEWEST)
    with pytest.raises(Refused, match="1507 Ålesund was split"):
        to_code_changes(OCCURRED, VALIDITIES, newest=NEWEST, shares={**SHARES, "1507": {"1508": 0.5}})


def test_a_code_whose_end_leads_nowhere_is_refused() -> None:
    lost = tuple(one for one in OCCURRED if one.former != "3001")
    with pytest.raises(Refused, match="does not tell what became of 3001 after 2020-01-01"):
        to_code_changes(lost, VALIDITIES, newest=NEWEST, shares=SHARES)


def dataset() -> Dataset:
    """Halden's three codes and the country, the year they changed and those around."""
    area = Dimension("Region", ("0", "0101", "3001", "3101", "9999"))
    time = Dimension("Tid", ("2019", "2020", "2024M01"))
    values = (9, 0, 9, 5, 0, 0, 0, 5, 0, 0, None, 5, 0, 0, 0)
    roles = {"geo": ("Region",), "time": ("Tid",)}
    return Dataset((area, time), values, {10: ":", 1: "p"}, roles)


def test_a_zero_of_a_code_that_was_not_in_use_is_missing_and_no_other_zero_is() -> None:
    mended, count = missing_where_absent(dataset(), VALIDITIES)
    assert count == 5
    cells = {row.codes: Cell(row.value, row.status) for row in mended.rows()}
    assert cells["0101", "2019"] == (5, None)
    assert cells["0101", "2020"] == cells["0101", "2024M01"] == (None, ".")
    assert cells["3001", "2019"] == (None, ".")
    assert cells["3001", "2020"] == (5, None)
    assert cells["3101", "2019"] == (None, ".")
    assert cells["3101", "2020"] == (None, ":")
    assert cells["0", "2020"] == (0, "p")
    assert [cells["9999", time] for time in ("2019", "2020", "2024M01")] == [(0, None)] * 3


def test_nothing_is_done_without_zeros_or_without_time() -> None:
    whole = dataset()
    assert missing_where_absent(whole, ()) == (whole, 0)
    timeless = Dataset(whole.dimensions, whole.values, None, {"geo": ("Region",)})
    assert missing_where_absent(timeless, VALIDITIES) == (timeless, 0)
