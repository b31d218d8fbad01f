"""Several drawings of the same kind with the same axes, so that higher in one is higher in the other.

Works on any Vega-Lite specification with its data in it: every quantitative scale of a direction gets the
span of all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

Spec = dict[str, Any]
ROOM = 0.08  # of the span, above the highest value for its number
DIRECTIONS = {"x": ("x", "x2"), "y": ("y", "y2")}


def on_same_axes(specs: Sequence[Mapping[str, Any]]) -> list[Spec]:
    """The same drawings, wide with wide and narrow with narrow; what has no such scale stays as it was."""
    copies = [deepcopy(dict(spec)) for spec in specs]
    shapes = {shape for spec in copies for shape in ("wide", "narrow") if shape in spec}
    if not shapes:
        _align(copies)
    for shape in shapes:
        _align([spec[shape] for spec in copies if shape in spec])
    return copies


def _align(specs: Sequence[Spec]) -> None:
    for direction, channels in DIRECTIONS.items():
        found = [found for spec in specs for found in _scales(spec, direction, channels, [])]
        ends = [end for _channel, ends in found for end in ends]
        if len(specs) < 2 or not ends:
            continue
        room = ROOM * (max(ends) - min(ends)) if direction == "y" else 0
        for channel, _ends in found:
            scale = channel.get("scale") or {}
            channel["scale"] = {**scale, "domain": [min(ends), max(ends) + room], "nice": False}


def _scales(
    spec: Any, direction: str, channels: Sequence[str], rows: list[Mapping[str, Any]]
) -> Iterator[tuple[Spec, list[float]]]:
    """Each quantitative channel of a direction below `spec`, with the ends it must hold."""
    if isinstance(spec, list):
        for one in spec:
            yield from _scales(one, direction, channels, rows)
    if not isinstance(spec, dict):
        return
    rows = spec.get("data", {}).get("values", rows) if isinstance(spec.get("data"), dict) else rows
    encoding = spec.get("encoding", {})
    main = encoding.get(direction) if isinstance(encoding, dict) else None
    if isinstance(main, dict) and main.get("type") == "quantitative":
        yield main, _ends(main, [encoding[name] for name in channels if name in encoding], rows)
    for key in ("layer", "hconcat", "vconcat", "concat", "spec"):
        yield from _scales(spec.get(key), direction, channels, rows)


def _ends(main: Spec, channels: Sequence[Spec], rows: list[Mapping[str, Any]]) -> list[float]:
    """What the scale has been told to hold, else its values; zero when it begins there."""
    scale = main.get("scale") or {}
    if isinstance(scale.get("domain"), list):
        return [float(end) for end in scale["domain"]]
    fields = [one["field"] for one in channels if "field" in one]
    values = [row.get(field) for row in rows for field in fields]
    found = [
        float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    return [*found, 0.0] if scale.get("zero", True) and found else found
