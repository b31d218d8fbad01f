"""Several tables and several releases: trap 4, linked tables, and what a later one may not open."""

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from samspill.analysis.disclosure import Cell, Flag, Release, Rules, Suppressed, audit, suppress
from samspill.refusal import Refused
from unit.analysis import disclosure_worlds as worlds

SLOW = settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
SEX = {"both": ["men", "women"]}
AREA = {
    "Østfold": ["Halden", "Moss", "Sarpsborg", "Fredrikstad", "Hvaler"],
    "Nedre Glomma": ["Sarpsborg", "Fredrikstad"],
}
DIMENSIONS = {"area": AREA, "sex": SEX}
MEN = {"Halden": 12, "Moss": 31, "Sarpsborg": 3, "Fredrikstad": 40, "Hvaler": 9}
WOMEN = {"Halden": 14, "Moss": 27, "Sarpsborg": 22, "Fredrikstad": 38, "Hvaler": 7}


def table() -> list[dict[str, Any]]:
    counts = {"men": MEN, "women": WOMEN, "both": {area: MEN[area] + WOMEN[area] for area in MEN}}
    return [
        {"area": area, "sex": sex, "count": sum(by_area[one] for one in AREA.get(area, [area]))}
        for area in (*MEN, *AREA)
        for sex, by_area in counts.items()
    ]


def fhi_without_geography(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """FHI's rule with the set of sexes alone: one small cell takes one more of the same area with it."""
    small = {(row["area"], row["sex"]) for row in rows if row["count"] <= 4}
    with_them = {(area, "women" if sex == "men" else "men") for area, sex in small}
    return [{**row, "count": None} if (row["area"], row["sex"]) in small | with_them else row for row in rows]


def test_trap_4_without_a_set_for_geography_the_audit_computes_what_is_hidden() -> None:
    found = {
        tuple(one.cell.values()): one
        for one in audit(fhi_without_geography(table()), dimensions=DIMENSIONS).recoverable
    }
    assert {at: one.value for at, one in found.items()} == {
        ("Sarpsborg", "men"): 3,
        ("Sarpsborg", "women"): 22,
    }
    because = {tuple(dict(part.at).values()): part.weight for part in found["Sarpsborg", "men"].because}
    assert because == {("Nedre Glomma", "men"): 1, ("Fredrikstad", "men"): -1}


def test_trap_4_with_all_sums_nothing_is_computed() -> None:
    out = suppress(table(), dimensions=DIMENSIONS)
    assert audit(out).ok
    hidden = {tuple(cell.where.values()): cell.reason for cell in out.hidden}
    assert hidden["Sarpsborg", "men"] == "small_count"
    assert set(hidden.values()) == {"small_count", "protects_others"}


def test_rows_of_leaves_alone_are_protected_against_totals_shown_elsewhere() -> None:
    leaves = [row for row in table() if row["area"] in MEN and row["sex"] != "both"]
    out = suppress(leaves, dimensions=DIMENSIONS)
    totals = [row for row in table() if row["area"] == "Østfold"]
    report = audit([out, totals], dimensions=DIMENSIONS)
    assert all(one.how == "shown" or one.release for one in report.findings)
    assert len(out.hidden) > 1
    assert [cell.flag for cell in out.derived].count(Flag.SHOWN)
    alone = suppress(leaves, dimensions=DIMENSIONS, totals="given")
    assert len(alone.hidden) == 1


@pytest.mark.slow
@SLOW
@given(worlds.cubes(), st.data())
def test_linked_tables_in_one_list_are_safe_together(
    cube: tuple[list[worlds.Row], worlds.Hierarchies], data: st.DataObject
) -> None:
    """Each row may leave out a dimension: it is then a total over it."""
    rows, by_name = cube
    wholes = {name: next(iter(one)) for name, one in by_name.items() if one}
    kept = [row for row in rows if data.draw(st.booleans())]
    linked = [{name: code for name, code in row.items() if wholes.get(name) != code} for row in kept]
    if not all(any(name in row for row in linked) for name in by_name):
        return
    out = suppress(linked, dimensions=by_name)
    assert audit(out).ok
    seen = worlds.matrix([row for row in out if not row["flag"]], by_name)
    gone = [row for row in out if row["flag"] == Flag.HIDDEN]
    assert not [row for row in gone if worlds.recoverable(seen, worlds.matrix([row], by_name)[0])]


@SLOW
@given(worlds.cubes(), st.data())
def test_a_later_release_opens_nothing_of_an_earlier_one(
    cube: tuple[list[worlds.Row], worlds.Hierarchies], data: st.DataObject
) -> None:
    """A part first, then all under a more open rule: what is hidden stays so, or is listed as given away."""
    rows, by_name = cube
    first_rows = [row for row in rows if data.draw(st.booleans())]
    rules = Rules(zeros_shown=data.draw(st.booleans()))
    named = {"dimensions": by_name, "totals": data.draw(st.sampled_from(["given", "derive"]))}
    if not first_rows:
        return
    first = suppress(first_rows, rules=rules, **named)
    open_rules = Rules(highest_hidden=1, zeros_shown=rules.zeros_shown, protection=rules.width - 1)
    second = suppress(rows, rules=open_rules, already_published=first, **named)
    report = audit([first, second])
    given_away = {frozenset(cell.at) for cell in second.given_away}
    assert {frozenset(one.at) for one in report.findings} <= given_away
    hidden_first = {frozenset(cell.at) for cell in first.hidden}
    shown_second = {frozenset(cell.at) for cell in second.cells if cell.flag is Flag.SHOWN}
    assert not hidden_first & shown_second


@SLOW
@given(worlds.cubes(), st.data())
def test_after_the_finest_table_any_part_of_it_may_follow_under_any_rule(
    cube: tuple[list[worlds.Row], worlds.Hierarchies], data: st.DataObject
) -> None:
    rows, by_name = cube
    zeros_shown = data.draw(st.booleans())
    first = suppress(rows, dimensions=by_name, rules=Rules(zeros_shown=zeros_shown))
    part = [row for row in rows if data.draw(st.booleans())] or rows
    rules = Rules(highest_hidden=data.draw(st.integers(0, 4)), zeros_shown=zeros_shown)
    second = suppress(part, dimensions=by_name, rules=rules, already_published=first)
    assert audit([first, second]).ok  # `given_away` may name more: cells it found no other table for


def test_without_the_earlier_release_the_same_table_would_open_it() -> None:
    rows = table()
    coarse = [row for row in rows if row["area"] == "Østfold"]
    first = suppress(coarse, dimensions=DIMENSIONS, rules=Rules(highest_hidden=100))
    alone = suppress(rows, dimensions=DIMENSIONS)
    assert {one.how for one in audit([first, alone]).recoverable} >= {"shown"}
    later = suppress(rows, dimensions=DIMENSIONS, already_published=[first])
    assert audit([first, later]).recoverable == ()
    assert "hidden_before" in {cell.reason for cell in later.hidden}


def test_what_an_earlier_release_showed_is_reported_as_given_away() -> None:
    rows = table()
    careless = Release(
        tuple(Cell((("area", row["area"]), ("sex", row["sex"])), row["count"]) for row in rows[:9]),
        DIMENSIONS,
    )
    out = suppress(rows, dimensions=DIMENSIONS, already_published=careless)
    assert [tuple(cell.where.values()) for cell in out.given_away] == [("Sarpsborg", "men")]
    found = audit([careless, out])
    assert {one.how for one in found.recoverable} == {"shown"}
    assert found.recoverable[0].because[0].release == "release 1"


def test_a_difference_between_releases_is_found_and_its_cells_are_named() -> None:
    """A page with Hvaler and one without: the difference is Hvaler."""
    with_it = [
        {"area": "Østfold", "sex": "men", "count": 95},
        {"area": "Hvaler", "sex": "men", "count": None},
    ]
    without = [{"area": area, "sex": "men", "count": MEN[area]} for area in MEN if area != "Hvaler"]
    report = audit([with_it, without], dimensions=DIMENSIONS)
    assert [(one.cell["area"], one.value, one.how) for one in report.recoverable] == [
        ("Hvaler", 9, "computed")
    ]
    assert {part.release for part in report.recoverable[0].because} == {"release 1", "release 2"}
    assert audit(with_it, dimensions=DIMENSIONS).ok


def test_hidden_cells_that_share_a_small_sum_are_nearly_known() -> None:
    area = {"all": ["a", "b", "c"]}
    rows = [{"area": "a", "count": None}, {"area": "b", "count": None}, {"area": "c", "count": 50}]
    report = audit([*rows, {"area": "all", "count": 53}], dimensions={"area": area})
    assert {(one.cell["area"], one.low, one.high, one.how) for one in report.narrow} == {
        ("a", 0, 3, "narrow"),
        ("b", 0, 3, "narrow"),
    }
    known = audit(
        [*rows, {"area": "all", "count": 52}], dimensions={"area": area}, rules=Rules(zeros_shown=True)
    )
    assert {(one.value, one.how) for one in known.recoverable} == {(1, "bounded")}


def test_the_population_bounds_what_can_be() -> None:
    """Nine of ten in a and b: neither is below 4."""
    area = {"all": ["a", "b"]}
    rows = [
        {"area": "a", "count": None, "people": 5},
        {"area": "b", "count": None, "people": 5},
        {"area": "all", "count": 9, "people": 10},
    ]
    report = audit(rows, dimensions={"area": area}, population="people")
    assert {(one.low, one.high) for one in report.narrow} == {(4, 5)}
    assert audit(rows, dimensions={"area": area}).ok


def test_hidden_cells_may_be_named_apart() -> None:
    rows = [row for row in table() if (row["area"], row["sex"]) != ("Halden", "men")]
    report = audit(rows, [{"area": "Halden", "sex": "men"}], dimensions=DIMENSIONS)
    assert [one.value for one in report.recoverable] == [12]


def test_releases_of_different_versions_are_refused() -> None:
    first = suppress(table(), dimensions=DIMENSIONS)
    changed = [
        {**row, "count": row["count"] + (row["sex"] != "women")} for row in table() if row["area"] == "Moss"
    ]
    with pytest.raises(Refused) as refused:
        suppress(changed, dimensions=DIMENSIONS, already_published=first)
    assert refused.value.code == "releases_differ"


def test_a_level_that_only_one_release_knows_is_protected_too() -> None:
    counties = {"all": ["x", "y"], "x": ["a", "b", "c"], "y": ["d", "e"]}
    communities = {"all": ["p", "q"], "p": ["a", "d"], "q": ["b", "c", "e"]}
    counts = {"a": 2, "b": 9, "c": 12, "d": 15, "e": 30}

    def rows(hierarchy: dict[str, list[str]]) -> list[dict[str, Any]]:
        every = [*counts, *hierarchy]
        return [
            {"area": one, "count": sum(counts[leaf] for leaf in worlds.leaves(hierarchy, one))}
            for one in every
        ]

    first: Suppressed = suppress(rows(counties), dimensions={"area": counties})
    with pytest.raises(Refused) as refused:
        suppress(rows(communities), dimensions={"area": communities}, already_published=first)
    assert refused.value.code == "hierarchies_differ"
    communities["whole"] = communities.pop("all")
    second = suppress(rows(communities), dimensions={"area": communities}, already_published=first)
    assert audit([first, second]).ok
    assert not audit([first, suppress(rows(communities), dimensions={"area": communities})]).ok
