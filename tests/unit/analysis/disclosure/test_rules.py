"""Rules as data: limits, series, sums over years, and the file they stand in."""

from datetime import date
from typing import Any

import pytest

from samspill.analysis.disclosure import Flag, Rules, audit, published_rules, rules_of, suppress
from samspill.refusal import Refused

YEARS = [str(year) for year in range(2016, 2026)]


def flags(rows: list[dict[str, Any]], **named: Any) -> list[int]:
    return [row["flag"] for row in suppress(rows, **named)]


@pytest.mark.parametrize(
    ("count", "population", "rules", "reason"),
    [
        (4, 100, Rules(), "small_count"),
        (5, 100, Rules(), ""),
        (0, 100, Rules(), "small_count"),
        (0, 100, Rules(zeros_shown=True), ""),
        (96, 100, Rules(), "small_complement"),
        (95, 100, Rules(), ""),
        (96, 100, Rules(hide_complement=False), ""),
        (5, 10, Rules(highest_hidden_population=10), "small_population"),
        (5, 11, Rules(highest_hidden_population=10), ""),
        (2, 100, Rules(highest_hidden=2), "small_count"),
        (3, 100, Rules(highest_hidden=2), ""),
    ],
)
def test_what_is_hidden_for_its_own_sake(count: int, population: int, rules: Rules, reason: str) -> None:
    row = {"area": "a", "count": count, "people": population}
    assert suppress([row], dimensions=["area"], population="people", rules=rules)[0]["reason"] == reason


def test_nobody_to_count_is_not_possible_and_not_hidden() -> None:
    rows = [{"area": "a", "count": 0, "people": 0}, {"area": "b", "count": 9, "people": 20}]
    assert flags(rows, dimensions=["area"], population="people") == [Flag.NOT_POSSIBLE, Flag.SHOWN]


@pytest.mark.parametrize(("small", "is_hidden"), [(2, False), (3, True)])
def test_a_series_with_more_than_a_fifth_hidden_is_hidden_whole(small: int, is_hidden: bool) -> None:
    rows = [{"year": year, "count": 3 if place < small else 50} for place, year in enumerate(YEARS)]
    out = suppress(rows, dimensions=["year"], time="year")
    assert [row["flag"] == Flag.HIDDEN for row in out[small:]] == [is_hidden] * (10 - small)
    assert {row["reason"] for row in out[small:]} == {"series_hidden" if is_hidden else ""}


@pytest.mark.parametrize(("weak", "is_hidden"), [(5, False), (6, True)])
def test_a_series_with_more_than_half_weak_is_hidden_whole(weak: int, is_hidden: bool) -> None:
    rows = [{"year": year, "count": 15 if place < weak else 50} for place, year in enumerate(YEARS)]
    out = suppress(rows, dimensions=["year"], time="year", rules=Rules(highest_weak=20))
    assert {row["reason"] for row in out} == {"series_weak" if is_hidden else ""}


def test_a_mean_of_three_years_has_three_times_the_limit() -> None:
    year = {"2016-2018": YEARS[:3]}
    rows = [{"year": "2016-2018", "count": 12}]
    named = {"dimensions": {"year": year}, "time": "year", "totals": "given"}
    assert flags(rows, rules=Rules(per_year=True), **named) == [Flag.HIDDEN]
    assert flags([{**rows[0], "count": 13}], rules=Rules(per_year=True), **named) == [Flag.SHOWN]


def test_moving_means_are_hidden_so_that_their_difference_tells_no_year() -> None:
    """2016–2018 less 2017–2019 is 2016 less 2019."""
    year = {f"{one}-{one + 2}": [str(one), str(one + 1), str(one + 2)] for one in range(2016, 2024)}
    counts = dict(zip(YEARS, [3, 20, 25, 18, 22, 30, 19, 2, 24, 26], strict=True))
    rows = [{"year": code, "count": count} for code, count in counts.items()]
    rows += [{"year": code, "count": sum(counts[one] for one in under)} for code, under in year.items()]
    out = suppress(rows, dimensions={"year": year})
    assert audit(out).ok
    primary_only = [{**row, "count": None if row["count"] < 5 else row["count"]} for row in rows]
    found = audit(primary_only, dimensions={"year": year})
    assert {one.cell["year"]: one.value for one in found.recoverable} == {"2016": 3, "2023": 2}


def test_rules_have_a_date_and_a_source() -> None:
    assert all(one.source and one.note for versions in published_rules().values() for one in versions)
    assert rules_of("fhi_kommunehelsa", on=date(2026, 1, 1)).rules == Rules(
        highest_hidden=4, highest_hidden_population=9, per_year=True
    )
    assert rules_of("npr_kpr", on=date(2026, 1, 1)).rules.zeros_shown
    assert rules_of("ssb_counts", on=date(2026, 1, 1)).rounding == 3


@pytest.mark.parametrize(
    ("data_set", "on", "code"),
    [("nobody", date(2026, 1, 1), "unknown_data_set"), ("npr_kpr", date(1999, 1, 1), "no_rules_yet")],
)
def test_rules_that_are_not_there_are_refused(data_set: str, on: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules_of(data_set, on=on)
    assert refused.value.code == code


@pytest.mark.parametrize("wrong", [{"highest_hidden": -1}, {"series_share": 2.0}, {"protection": 1.5}])
def test_limits_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        Rules(**wrong)
    assert refused.value.code == "rule_out_of_range"
