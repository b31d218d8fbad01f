"""Rounded counts: multiples of the base, near the truth, alike in every table, additive where they can be."""

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.disclosure import round_counts
from samspill.refusal import Refused
from unit.analysis import disclosure_worlds as worlds


@given(worlds.cubes(), st.sampled_from([3, 5]), st.text(max_size=3), st.booleans())
def test_a_rounded_count_is_a_multiple_of_the_base_and_near_the_truth(
    cube: tuple[list[worlds.Row], worlds.Hierarchies], base: int, seed: str, additive: bool
) -> None:
    rows, by_name = cube
    out = round_counts(rows, dimensions=by_name, base=base, seed=seed, additive=additive)
    for mine, theirs in zip(out, rows, strict=True):
        assert mine["count"] % base == 0
        assert abs(mine["count"] - theirs["count"]) < base
        assert mine["count"] == theirs["count"] or theirs["count"] % base


@given(worlds.cubes(), st.randoms())
def test_a_cell_is_rounded_alike_in_any_part_of_the_table(
    cube: tuple[list[worlds.Row], worlds.Hierarchies], chance: object
) -> None:
    rows, by_name = cube
    part = chance.sample(rows, len(rows) // 2 + 1)  # type: ignore[attr-defined]
    whole = {str(row): out["count"] for row, out in zip(rows, _alone(rows, by_name), strict=True)}
    assert [out["count"] for out in _alone(part, by_name)] == [whole[str(row)] for row in part]


def _alone(rows: list[worlds.Row], by_name: worlds.Hierarchies) -> list[worlds.Row]:
    return round_counts(rows, dimensions=by_name, seed="s", additive=False)


def test_a_total_follows_its_parts_when_that_is_near_enough() -> None:
    area = {"all": ["a", "b"]}
    rows = [{"area": code, "count": count} for code, count in (("a", 4), ("b", 8), ("all", 12))]
    seen = set()
    for seed in map(str, range(40)):
        first, second, whole = round_counts(rows, dimensions={"area": area}, seed=seed)
        near = abs(first["count"] + second["count"] - 12) < 3
        assert whole["additive"] == near
        assert whole["count"] == (first["count"] + second["count"] if near else 12)
        seen.add(near)
    assert True in seen


def test_nothing_is_added_or_taken_in_the_long_run() -> None:
    rows = [{"area": str(number), "count": 1} for number in range(3000)]
    out = round_counts(rows, dimensions=["area"], base=3, seed="x")
    assert fmean(row["count"] for row in out) == pytest.approx(1, abs=0.1)


def test_a_missing_count_stays_missing() -> None:
    rows = [{"area": "a", "count": None}, {"area": "b", "count": 4}]
    assert [row["count"] is None for row in round_counts(rows, dimensions=["area"])] == [True, False]


def test_other_bases_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        round_counts([{"area": "a", "count": 1}], dimensions=["area"], base=10)
    assert refused.value.code == "base_not_known"
