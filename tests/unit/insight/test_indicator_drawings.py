"""The drawings of an indicator hold no more than they are given, tell themselves, and tell shapes apart."""

import json

from samspill.documents import drawing
from samspill.insight.drawings.funnel import FunnelCurve, FunnelPoint, funnel_drawing
from samspill.insight.drawings.measured_rows import MOST_NAMED, MeasuredRow, measured_rows
from samspill.insight.drawings.over_time import Break, Moment, Names, over_time


def row(name: str, standing: str = "alike", *, own: bool = False) -> MeasuredRow:
    return MeasuredRow(name, 15.2, 13.1, 17.6, "15,2", standing, is_own=own)


def test_areas_that_differ_have_a_shape_of_their_own() -> None:
    rows = [row("Halden", "higher"), row("Moss"), row("Våler", "lower")]
    spec = measured_rows(rows, whole=("Norge", 14.0), told="Halden er høyest", unit="av hundre")["wide"]
    assert [one["s"] for one in spec["data"]["values"]] == ["triangle-up", "circle", "triangle-down"]
    picture = drawing.svg(spec, "nb")
    for part in (">Halden<", ">15,2<", 'aria-label="Halden er høyest"'):
        assert part in picture, part


def test_many_areas_are_thin_rows_without_names() -> None:
    rows = [row(f"Sted {number}") for number in range(MOST_NAMED + 1)]
    spec = measured_rows(rows, whole=None, told="", unit="av hundre")["narrow"]
    assert spec["encoding"]["y"]["axis"] is None
    assert ">Sted 3<" not in drawing.svg(spec, "nb")


def test_only_areas_outside_the_funnel_are_named() -> None:
    sizes = [100.0, 200.0, 400.0, 800.0]
    curve = FunnelCurve(sizes, ([8, 10, 12, 13], [22, 20, 18, 17]), ([5, 8, 10, 12], [25, 22, 20, 18]), 15.0)
    points = [
        FunnelPoint("Halden", 400, 21.0, "21,0", 2, is_own=True, is_named=True),
        FunnelPoint("Moss", 300, 15.0, "15,0", 0),
    ]
    spec = funnel_drawing(points, curve, told="Én er utenfor", unit="av hundre", size="Opphold")["wide"]
    picture = drawing.svg(spec, "nb")
    assert ">Halden<" in picture
    assert ">Moss<" not in picture
    assert 'aria-label="Én er utenfor"' in picture


def moment(year: int, value: float, segment: int = 0) -> Moment:
    return Moment(float(year), str(year), value, str(value), value - 1, value + 1, 15.0, segment=segment)


def test_the_line_does_not_pass_a_break() -> None:
    moments = [moment(2022, 15), moment(2023, 16), moment(2024, 15), moment(2025, 22, segment=1)]
    names = Names("Østfold", "Norge", "av hundre", range(2022, 2026))
    spec = over_time(moments, [Break(2024.5, "Telles annerledes fra 2025")], names, told="Brutt")["wide"]
    lines = [one for one in spec["layer"] if one["mark"]["type"] == "line"]
    assert all(one["encoding"]["detail"]["field"] == "g" for one in lines)
    assert [one["g"] for one in spec["data"]["values"]] == [0, 0, 0, 1]
    assert ">Telles annerledes fra 2025<" in drawing.svg(spec, "nb")


def test_drawings_are_plain_json() -> None:
    names = Names("Østfold", "Norge", "av hundre", [2024])
    json.dumps(over_time([moment(2024, 15)], [], names, told=""), allow_nan=False)
