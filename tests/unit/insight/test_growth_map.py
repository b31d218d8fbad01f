"""The map: neighbours still meet when their borders are simplified, and it is read whole or refused."""

import json

import pytest

from samspill.analysis.packs import read_outlines
from samspill.documents import drawing
from samspill.insight.drawings import Shape, growth_map
from samspill.refusal import Refused

WEST = ((10.0, 59.0), (10.5, 59.0), (10.50001, 59.25), (10.5, 59.5), (10.0, 59.5), (10.0, 59.0))
EAST = ((10.5, 59.0), (11.0, 59.0), (11.0, 59.5), (10.5, 59.5), (10.50001, 59.25), (10.5, 59.0))


def shapes() -> list[Shape]:
    return [Shape("Vest", "+20 %", 0, "/vest/", [WEST]), Shape("Øst", "+120 %", 3, "/aust/", [EAST])]


def test_a_border_is_the_same_from_both_sides() -> None:
    areas = growth_map(shapes(), told="")["wide"]["layer"][0]["data"]["values"]
    west, east = ({tuple(point) for point in one["geometry"]["coordinates"][0][0]} for one in areas)
    assert len(west & east) >= 3


def test_each_municipality_has_its_colour_its_name_and_leads_to_its_page() -> None:
    spec = growth_map(shapes(), told="Øst vokser mest")["wide"]
    picture = drawing.svg({"width": 400, **spec}, "nb")
    for part in ("#e8f0f3", "#0f4c64", ">Vest<", ">+120 %<", 'aria-label="Øst vokser mest"'):
        assert part in picture, part
    assert [one["url"] for one in spec["layer"][0]["data"]["values"]] == ["/vest/", "/aust/"]


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"features": [{"properties": {}, "geometry": null}]}', b"\xff", b'{"features": 3}'],
)
def test_what_is_no_map_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_outlines(content, "map_municipalities_2024.geojson")
    assert refusal.value.code == "bad_map"


def test_islands_and_the_mainland_are_all_read() -> None:
    geometry = {"type": "MultiPolygon", "coordinates": [[WEST], [EAST]]}
    feature = {"type": "Feature", "properties": {"kommunenummer": "3101"}, "geometry": geometry}
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert read_outlines(content, "map.geojson") == {"3101": (WEST, EAST)}
