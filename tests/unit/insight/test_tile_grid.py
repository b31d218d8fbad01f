"""Tiles stand about where the municipalities are on the map."""

from samspill.directory import register
from samspill.insight.tile_grid import COLUMNS, laid_out

EVERY = register.municipalities(on=register.COMPLETE_FROM)
OSTFOLD = [one.code for one in EVERY if one.community_code == "HF01"]


def place_of(code: str, cells: list[str | None]) -> tuple[int, int]:
    return divmod(cells.index(code), COLUMNS)


def test_every_municipality_of_the_country_has_its_own_cell_in_its_helsefellesskap() -> None:
    held: dict[str, list[str]] = {}
    for one in EVERY:
        held.setdefault(one.community_code, []).append(one.code)
    for codes in held.values():
        cells = laid_out(codes, str)
        assert sorted(one for one in cells if one) == sorted(codes)


def test_hvaler_is_south_of_moss_and_marker_is_east_of_it() -> None:
    cells = laid_out(OSTFOLD, str)
    hvaler, moss, marker = (place_of(code, cells) for code in ("3110", "3103", "3122"))
    assert hvaler[0] > moss[0]
    assert marker[1] > moss[1]


def test_places_without_a_cell_stand_as_they_came() -> None:
    assert laid_out(["HF02", "HF01"], str) == ["HF02", "HF01"]
    assert laid_out(["3101", "3101"], str) == ["3101", "3101"]
    assert laid_out([], str) == []
