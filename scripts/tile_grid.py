"""Lay the municipalities of each helsefellesskap in a grid of four columns, each near where it is on the map.

    python -m scripts.tile_grid map_municipalities_2024.geojson src/samspill/insight/tile_grid.csv

The map is Kartverket's municipalities (CC BY 4.0) as GeoJSON with `kommunenummer`, in degrees. A place is the
middle of a municipality's largest polygon; which cell it gets is the assignment with the least sum of squared
distances, where the helsefellesskap as a whole fills the grid.
"""

import csv
import json
import math
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from samspill.directory import register

COLUMNS = 4
SLACK = 1.25  # cells per municipality: some stay empty, so that the grid looks like the map
Ring = list[list[float]]


def middle(geometry: dict) -> tuple[float, float]:
    """Degrees east and north of the middle of the largest polygon."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    outer = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_area(ring)))
    east, north = np.array(outer)[:, :2].mean(axis=0)
    return float(east), float(north)


def _area(ring: Ring) -> float:
    points = np.array(ring)[:, :2]
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2


def placed(codes: list[str], at: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Municipality -> row from the north and column from the west, both from 0."""
    rows = max(1, math.ceil(len(codes) * (SLACK if len(codes) > COLUMNS else 1) / COLUMNS))
    points = np.array([at[code] for code in codes])
    low, high = points.min(axis=0), points.max(axis=0)
    share = (points - low) / np.where(high > low, high - low, 1)
    wanted = np.column_stack([(1 - share[:, 1]) * (rows - 1), share[:, 0] * (COLUMNS - 1)])
    cells = np.array([(row, column) for row in range(rows) for column in range(COLUMNS)])
    cost = ((wanted[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    chosen = linear_sum_assignment(cost)[1]
    return {
        code: (int(cells[cell][0]), int(cells[cell][1])) for code, cell in zip(codes, chosen, strict=True)
    }


def main(map_file: Path, target: Path) -> None:
    features = json.loads(map_file.read_text("utf-8"))["features"]
    at = {one["properties"]["kommunenummer"]: middle(one["geometry"]) for one in features}
    held: dict[str, list[str]] = {}
    for one in register.municipalities(on=register.COMPLETE_FROM):
        held.setdefault(one.community_code, []).append(one.code)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "row", "column"))
        for community in sorted(held):
            for code, cell in sorted(placed(sorted(held[community]), at).items()):
                writer.writerow((code, *cell))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
