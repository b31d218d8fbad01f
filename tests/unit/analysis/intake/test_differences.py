"""A new version against the former: what changed, and what somebody must look at first."""

from pathlib import Path

from samspill.analysis.intake import Brought, Former
from unit.analysis.intake.made_files import GOOD, HEADER, brought, codes


def after(folder: Path, rows: list[str], header: str = HEADER, before: tuple[str, ...] = GOOD) -> Brought:
    first = brought(folder / "before", before)
    return brought(folder / "after", rows, former=Former(first.files, first.columns), header=header)


def test_the_same_rows_differ_in_nothing(tmp_path: Path) -> None:
    found = after(tmp_path, list(GOOD))
    assert found.difference is not None
    assert found.difference.is_none
    assert found.faults == ()


def test_added_removed_and_changed_figures_are_told(tmp_path: Path) -> None:
    rows = [
        "2024;3101;KAD;4;1 460;800;300;12",
        *GOOD[1:3],
        "2025;3103;KAD;7;2 190;1 350;510;44",
        "2023;3101;KAD;1;1;1;1;1",
    ]
    found = after(tmp_path, rows).difference
    assert found is not None
    assert (found.added, found.removed, found.changed) == (1, 0, {"places": 1, "days_used": 1})
    assert [(one.key, one.column, one.before, one.now) for one in found.largest] == [
        ("2024, 3101, kad", "days_used", 900, 800),
        ("2025, 3103, kad", "places", 6, 7),
    ]
    assert (found.by_year, found.by_area) == ({"2024": 1, "2025": 1}, {"3101": 1, "3103": 1})
    totals = {(one.column, one.year): (one.before, one.now) for one in found.totals}
    assert totals["places", 2025] == (10, 11)
    assert totals["places", 2023] == (None, 1)
    assert found.came == {"year": ("2023",)}


def test_a_category_a_year_and_a_municipality_that_come_or_go_are_looked_at_first(tmp_path: Path) -> None:
    rows = [GOOD[2], "2025;3103;Sykehjem;6;2 190;1 350;510;44"]
    found = after(tmp_path, rows, before=(*GOOD[:1], *GOOD[2:]))
    assert found.is_usable
    assert codes(found) == ["year_gone", "category_new"]
    gone = after(tmp_path / "two", [*GOOD[:3]], before=GOOD)
    assert [(one.code, one.facts) for one in gone.faults] == [("area_gone", {"area": "3103", "year": 2025})]


def test_half_of_a_years_rows_is_half_a_file(tmp_path: Path) -> None:
    before = tuple(f"2024;{area};{kind};1;1;1;1;1" for area in (3101, 3103) for kind in ("KAD", "Sykehjem"))
    found = after(tmp_path, [before[0]], before=before)
    assert "half_of_before" in codes(found)
    assert not found.is_usable
    assert not list((tmp_path / "after" / "out").rglob("*"))


def test_another_form_of_the_file_is_told(tmp_path: Path) -> None:
    found = after(tmp_path, [f"{row};x" for row in GOOD], header=f"{HEADER};Merknad")
    assert codes(found) == ["column_new"]
    assert found.unread == ("Merknad",)
