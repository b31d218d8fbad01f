"""Where a municipality stands among the tiles of its helsefellesskap: about where it is on the map.

`tile_grid.csv` is laid out by `scripts/tile_grid.py` from Kartverket's municipalities of 2024 (CC BY 4.0).
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

Tile = TypeVar("Tile")
COLUMNS = 4
_FILE = Path(__file__).with_name("tile_grid.csv")


def laid_out(tiles: Sequence[Tile], code_of: Callable[[Tile], str]) -> list[Tile | None]:
    """The tiles of one helsefellesskap from north to south, from west to east, None for an empty cell.

    As they came, without empty cells, when one of them has no place in the grid.
    """
    places = _places()
    if any(code_of(one) not in places for one in tiles):
        return list(tiles)
    at = {places[code_of(one)]: one for one in tiles}
    if len(at) < len(tiles) or not tiles:
        return list(tiles)
    last = max(row * COLUMNS + column for row, column in at)
    return [at.get(divmod(cell, COLUMNS)) for cell in range(last + 1)]


@cache
def _places() -> Mapping[str, tuple[int, int]]:
    with _FILE.open(encoding="utf-8") as file:
        return {one["code"]: (int(one["row"]), int(one["column"])) for one in csv.DictReader(file)}
