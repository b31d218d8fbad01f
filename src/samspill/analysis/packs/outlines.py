"""Read a pack's outlines of municipalities, when it has them: for maps, never for figures.

They are no part of the pack's version: the same figures with another map are the same figures.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samspill.refusal import Refused

STEM = "map_municipalities_"
SUFFIX = ".geojson"
SOURCE = "Kartverket, CC BY 4.0"
CODE = "kommunenummer"

Ring = tuple[tuple[float, float], ...]
Outline = tuple[Ring, ...]
"""The rings of a municipality, (longitude, latitude) in degrees; a hole is a ring like the others."""


def find_outlines(folder: Path) -> Path | None:
    """The newest file of outlines in `folder`, None when there is none."""
    found = sorted(Path(folder).glob(f"{STEM}*{SUFFIX}"))
    return found[-1] if found else None


def read_outlines(content: bytes, name: str) -> Mapping[str, Outline]:
    """Outlines by the municipality's code. Refuses (`bad_map`) what is not a map of municipalities."""
    try:
        features = json.loads(content)["features"]
        return {one["properties"][CODE]: _rings(one["geometry"]) for one in features}
    except (ValueError, KeyError, TypeError) as problem:
        raise Refused(
            "bad_map",
            f"{name} is not a map of municipalities (GeoJSON with {CODE}, polygons in degrees). Mend it, or "
            "take it out of the folder: the figures do not need it.",
        ) from problem


def _rings(geometry: Mapping[str, Any]) -> Outline:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(
        tuple((float(east), float(north)) for east, north, *_height in ring)
        for polygon in polygons
        for ring in polygon
    )
