"""The audit of published rows alone: what an outsider can compute from them is found, and nothing else."""

import pytest

from samspill.analysis.disclosure import Rules
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.auditing import Tried, audit_released, released_of

RULES = Rules(highest_hidden=4, zeros_shown=True, protection=4)
SUMS = {"HF01": ("A", "B", "C"), "ALL": ("A", "B", "C", "D")}
HIDDEN, SHOWN, MISSING = 3, 0, 1
STAYS, OLD, YOUNG = "acute-stays", "acute-stays-80-plus", "acute-stays-0-79"
Row = tuple[str, int, int | None, int | None, int]


def _rows(counts: dict[str, int | None], year: int = 2024) -> list[Row]:
    return [(area, year, one, 10_000, HIDDEN if one is None else SHOWN) for area, one in counts.items()]


def _tried(*published: tuple[str, list[Row]]) -> Tried:
    definitions = all_definitions()
    released = [one for code, rows in published for one in released_of(definitions[code], rows)]
    return audit_released(released, SUMS, RULES)


def _where(found: Tried) -> set[tuple[str, str, str]]:
    return {(one["what"], one["area"], one["how"]) for one in found.findings}


def test_one_hidden_number_under_a_shown_sum_is_computed() -> None:
    found = _tried((STAYS, _rows({"A": None, "B": 30, "C": 40, "HF01": 73})))
    assert [(one["area"], one["low"], one["high"]) for one in found.findings] == [("A", 3, 3)]
    assert (found.cells, found.hidden, found.ok) == (4, 1, False)


def test_two_hidden_numbers_that_hold_enough_are_safe() -> None:
    found = _tried((STAYS, _rows({"A": None, "B": None, "C": 40, "HF01": 73})))
    assert found.ok


def test_two_hidden_numbers_that_hold_little_are_nearly_known() -> None:
    found = _tried((STAYS, _rows({"A": None, "B": None, "C": 40, "HF01": 43})))
    assert {one["area"] for one in found.findings} == {"A", "B"}
    assert {one["how"] for one in found.findings} == {"narrow"}


def test_a_sum_of_indicators_gives_the_third_away() -> None:
    """Those of 80 and older and those younger are together everybody."""
    found = _tried((STAYS, _rows({"A": 33})), (OLD, _rows({"A": None})), (YOUNG, _rows({"A": 31})))
    assert _where(found) == {(OLD, "A", "computed")}


def test_what_another_run_shows_is_not_hidden() -> None:
    """Year by year, run by run: a later run with another set of areas gives away what the first hid."""
    first = (STAYS, _rows({"A": None, "B": None, "C": 40, "HF01": 73}))
    assert _tried(first).ok
    found = _tried(first, (STAYS, _rows({"A": 3})))
    assert (STAYS, "A", "shown") in _where(found)
    assert any(area == "B" for _what, area, _how in _where(found))


def test_a_wider_sum_of_a_later_run_gives_away_through_two_steps() -> None:
    first = (STAYS, _rows({"A": None, "B": 30, "C": 40, "D": 20}))
    assert _tried(first).ok
    found = _tried(first, (STAYS, _rows({"ALL": 93})))
    assert _where(found) == {(STAYS, "A", "computed")}


def test_years_are_apart() -> None:
    found = _tried(
        (STAYS, _rows({"A": None, "B": None, "HF01": 73, "C": 40}, 2023)),
        (STAYS, _rows({"A": 5, "B": 6, "C": 40, "HF01": 51}, 2024)),
    )
    assert found.ok


def _months(hidden: tuple[int, ...], each: int = 5) -> list[Row]:
    return [
        ("HF01", 202400 + one, None if one in hidden else each, None, HIDDEN if one in hidden else SHOWN)
        for one in range(1, 13)
    ]


def test_the_months_of_a_year_give_one_of_them_away() -> None:
    year = _rows({"HF01": 58})
    found = _tried((STAYS, year), (STAYS, _months((3,))))
    assert [(one["period"], one["low"]) for one in found.findings] == [(202403, 3)]
    assert _tried((STAYS, _months((3,)))).ok
    assert _tried((STAYS, year), (STAYS, _months((3, 4, 7), 5))).ok


def test_months_of_different_persons_do_not_sum() -> None:
    code = "people-acutely-admitted"
    assert _tried((code, _rows({"HF01": 58})), (code, _months((3,)))).ok


def test_a_row_without_a_number_that_is_not_hidden_says_nobody() -> None:
    rows = [*_rows({"A": None, "B": None, "HF01": 44}), ("C", 2024, None, 10_000, MISSING)]
    assert _tried((STAYS, rows)).ok
    tight = [*_rows({"A": None, "B": 40, "HF01": 44}), ("C", 2024, None, 10_000, MISSING)]
    assert not _tried((STAYS, tight)).ok


def test_two_runs_that_show_different_numbers_are_told_of() -> None:
    found = _tried((STAYS, _rows({"A": 30})), (STAYS, _rows({"A": 31})))
    assert _where(found) == {(STAYS, "A", "differs")}


def test_numbers_that_do_not_add_up_are_told_of() -> None:
    found = _tried((STAYS, _rows({"A": None, "B": 30, "C": 40, "HF01": 12})))
    assert [one["how"] for one in found.findings] == ["impossible"]


def test_what_is_open_is_not_looked_at() -> None:
    found = _tried(("population-80-plus", [("A", 2024, None, None, HIDDEN)]))
    assert (found.cells, found.ok) == (0, True)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 1, 2, 0)])
def test_the_order_of_rows_is_no_matter(order: tuple[int, ...]) -> None:
    rows = _rows({"A": None, "B": 30, "C": 40, "HF01": 73})
    assert _where(_tried((STAYS, [rows[one] for one in order]))) == {(STAYS, "A", "computed")}
