"""S1–S5 and D4 over random cubes: what `suppress` hides `audit` does not find, nor a slow obvious one."""

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from samspill.analysis.disclosure import Flag, Rules, Suppressed, audit, suppress
from unit.analysis import disclosure_worlds as worlds

RULES = st.builds(
    Rules,
    highest_hidden=st.integers(0, 5),
    zeros_shown=st.booleans(),
    protection=st.sampled_from([None, 0]),
)
Cube = tuple[list[worlds.Row], worlds.Hierarchies]
TRIES = 100_000
FEW = settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])


def shown(out: Suppressed) -> list[dict[str, Any]]:
    return [row for row in out if row["flag"] == Flag.SHOWN]


def hidden(out: Suppressed) -> list[dict[str, Any]]:
    return [row for row in out if row["flag"] == Flag.HIDDEN]


@FEW
@given(worlds.cubes(), RULES)
def test_s1_nothing_hidden_is_found_by_the_audit(cube: Cube, rules: Rules) -> None:
    rows, by_name = cube
    out = suppress(rows, dimensions=by_name, rules=rules)
    assert out.given_away == ()
    assert audit(out).findings == ()
    assert audit(list(out), dimensions=by_name, rules=rules).findings == ()


@pytest.mark.slow
@FEW
@given(worlds.cubes(), RULES)
def test_s1_nothing_hidden_is_found_by_elimination_with_fractions(cube: Cube, rules: Rules) -> None:
    rows, by_name = cube
    out = suppress(rows, dimensions=by_name, rules=rules)
    seen = worlds.matrix(shown(out), by_name)
    assert not [row for row in hidden(out) if worlds.recoverable(seen, worlds.matrix([row], by_name)[0])]


@pytest.mark.slow
@FEW
@given(worlds.cubes(most=5, dimensions=2), RULES)
def test_s1_hidden_cells_span_what_is_asked_in_all_tables_there_can_be(cube: Cube, rules: Rules) -> None:
    rows, by_name = cube
    out = suppress(rows, dimensions=by_name, rules=rules)
    spans = spans_of(out, by_name)
    assert all(len(span) == 0 or max(span) - min(span) >= rules.width for span in spans)


def spans_of(out: Suppressed, by_name: worlds.Hierarchies) -> list[set[int]]:
    """All numbers each hidden cell has in tables that agree; empty when there are too many tables to try."""
    seen, sought = shown(out), hidden(out)
    rows = worlds.matrix(seen, by_name)
    found: list[set[int]] = [set() for _ in sought]
    if not rows or len(rows[0]) > 9:
        return found
    targets = worlds.matrix(sought, by_name)
    lowest = int(out.rules.zeros_shown)
    known = [row["count"] for row in seen]
    try:
        for table in worlds.tables(rows, known, max(known) + lowest + out.rules.width, tries=TRIES):
            values = [sum(a * b for a, b in zip(row, table, strict=True)) for row in targets]
            if min(values, default=lowest) >= lowest:
                for span, value in zip(found, values, strict=True):
                    span.add(value)
    except worlds.TooManyTables:  # those not tried may lie outside the numbers found so far
        return [set() for _ in sought]
    return found


@FEW
@given(worlds.cubes(), st.integers(0, 4), st.integers(1, 3), st.booleans())
def test_s2_a_more_open_rule_never_hides_more_for_its_own_sake(
    cube: Cube, low: int, more: int, zeros: bool
) -> None:
    rows, by_name = cube

    def first(rules: Rules) -> set[int]:
        out = suppress(rows, dimensions=by_name, rules=rules)
        return {number for number, row in enumerate(out) if row["reason"] not in ("", "protects_others")}

    strict = first(Rules(highest_hidden=low + more, zeros_shown=zeros))
    assert first(Rules(highest_hidden=low, zeros_shown=zeros)) <= strict
    assert first(Rules(highest_hidden=low, zeros_shown=True)) <= first(Rules(highest_hidden=low))


@FEW
@given(worlds.cubes(), RULES)
def test_s3_what_is_shown_equals_the_source_in_the_same_order(cube: Cube, rules: Rules) -> None:
    rows, by_name = cube
    out = suppress(rows, dimensions=by_name, rules=rules)
    assert [{name: row[name] for name in by_name} for row in out] == [
        {name: row[name] for name in by_name} for row in rows
    ]
    assert all(
        mine["count"] == theirs["count"] for mine, theirs in zip(out, rows, strict=True) if not mine["flag"]
    )


@FEW
@given(worlds.cubes(), st.data())
def test_s4_another_number_of_its_class_changes_no_cell_it_is_not_in(cube: Cube, data: st.DataObject) -> None:
    """What is hidden for its own sake, and all numbers that are shown, are as before outside its totals."""
    rows, by_name = cube
    inner = [row for row in rows if all(row[name] in worlds.leaves_of(one) for name, one in by_name.items())]
    small = [row for row in inner if 1 <= row["count"] <= 4]
    if not small:
        return
    chosen = data.draw(st.sampled_from(small))
    change = data.draw(st.integers(1, 4)) - chosen["count"]
    at = worlds.matrix([chosen], by_name)[0].index(1)
    holds = [bool(row[at]) for row in worlds.matrix(rows, by_name)]
    other = [{**row, "count": row["count"] + change * held} for row, held in zip(rows, holds, strict=True)]
    before, after = (suppress(one, dimensions=by_name, rules=Rules()) for one in (rows, other))
    for one, two, held in zip(before, after, holds, strict=True):
        if not held:
            assert (one["reason"] == "small_count") == (two["reason"] == "small_count")
            assert one["flag"] or two["flag"] or one["count"] == two["count"]


@FEW
@given(worlds.cubes(most=6), st.booleans())
def test_s5_zeros_follow_the_rule(cube: Cube, zeros_shown: bool) -> None:
    rows, by_name = cube
    out = suppress(rows, dimensions=by_name, rules=Rules(zeros_shown=zeros_shown))
    flags = {row["flag"] for row, source in zip(out, rows, strict=True) if source["count"] == 0}
    assert flags <= {int(Flag.SHOWN if zeros_shown else Flag.HIDDEN)}


@FEW
@given(worlds.cubes(), st.data())
def test_d4_missing_and_hidden_are_never_zero(cube: Cube, data: st.DataObject) -> None:
    rows, by_name = cube
    gone = data.draw(st.sets(st.integers(0, len(rows) - 1), max_size=3))
    holes = [{**row, "count": None} if number in gone else row for number, row in enumerate(rows)]
    out = suppress(holes, dimensions=by_name)
    assert all(row["count"] is None for row in out if row["flag"] != Flag.SHOWN)
    assert all(out[number]["flag"] in (Flag.MISSING, Flag.HIDDEN) for number in gone)
    assert audit(out).ok


@pytest.mark.slow
@FEW
@given(worlds.cubes(), st.data())
def test_the_audit_agrees_with_elimination_by_fractions_whatever_is_hidden(
    cube: Cube, data: st.DataObject
) -> None:
    rows, by_name = cube
    gone = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1))
    out = [{**row, "count": None if number in gone else row["count"]} for number, row in enumerate(rows)]
    seen = worlds.matrix([row for number, row in enumerate(rows) if number not in gone], by_name)
    expected = {
        number: rows[number]["count"]
        for number in gone
        if seen and worlds.recoverable(seen, worlds.matrix([rows[number]], by_name)[0])
    }
    report = audit(out, dimensions=by_name, rules=Rules(protection=0))
    place = {tuple(row[name] for name in by_name): number for number, row in enumerate(rows)}
    found = {place[tuple(one.cell.values())]: one for one in report.recoverable if one.how != "bounded"}
    assert {number: one.value for number, one in found.items()} == expected
    for one in found.values():
        assert sum(part.weight * part.value for part in one.because) == one.value


@FEW
@given(worlds.cubes(most=3, dimensions=2), st.data())
def test_the_bounds_of_the_audit_are_those_of_all_tables(cube: Cube, data: st.DataObject) -> None:
    rows, by_name = cube
    gone = data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=1, max_size=5))
    seen = [row for number, row in enumerate(rows) if number not in gone]
    system = worlds.matrix(seen, by_name)
    if (
        not system
        or len(system[0]) > 9
        or not all(any(row[one] for row in system) for one in range(len(system[0])))
    ):
        return
    all_tables = list(
        worlds.tables(system, [row["count"] for row in seen], max(row["count"] for row in seen))
    )
    out = [{**row, "count": None if number in gone else row["count"]} for number, row in enumerate(rows)]
    report = audit(out, dimensions=by_name, rules=Rules(protection=1000))
    for one in report.findings:
        weights = worlds.matrix([one.cell], by_name)[0]
        values = {sum(a * b for a, b in zip(weights, table, strict=True)) for table in all_tables}
        assert (one.low, one.high) == (min(values), max(values))
    assert len(report.findings) == len(gone)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_table_is_hidden_alike_whatever_the_order_of_its_rows(seed: int) -> None:
    import random

    by_name = {"area": {"all": ["a", "b", "c", "d"]}, "sex": {"both": ["men", "women"]}}
    rows = [
        {"area": area, "sex": sex, "count": 3 + 2 * number + 7 * place}
        for number, area in enumerate("abcd")
        for place, sex in enumerate(["men", "women"])
    ]
    turned = random.Random(seed).sample(rows, len(rows))
    one, two = (suppress(some, dimensions=by_name) for some in (rows, turned))
    assert sorted(map(str, one)) == sorted(map(str, two))
