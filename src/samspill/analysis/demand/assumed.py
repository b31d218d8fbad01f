"""Read assumptions from a YAML file: what is tried, how much of it, and by whose figures.

length_of_stay: 1
home_follow_up: {size: 0.5, factor: [0.97, 1.01], years: 3}
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from samspill.analysis.demand.services import interval
from samspill.analysis.demand.thinning import Assumptions
from samspill.refusal import Refused

KEYS = {"size", "factor", "years"}


def read_assumptions(path: Path) -> Assumptions:
    """The assumptions in the file. Refuses what cannot be read (`unreadable_file`, `file_shape`)."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(
            "unreadable_file", f"{path} cannot be read: {problem}. Check the path.", field="assumptions"
        ) from problem
    return assumptions_from(text, path.name)


def assumptions_from(text: str, place: str) -> Assumptions:
    """The same from a text; `place` names the file in sentences."""
    try:
        written = yaml.safe_load(text) or {}
    except yaml.YAMLError as problem:
        line = " ".join(str(problem).split())[:200]
        raise Refused("file_shape", f"{place} cannot be read as YAML: {line}.") from problem
    if not isinstance(written, Mapping):
        raise Refused("file_shape", f"{place} must be names of mitigators with a size.", field="assumptions")
    sizes: dict[str, float] = {}
    ranges: dict[str, tuple[float, float]] = {}
    years: dict[str, int] = {}
    for code, value in written.items():
        row = value if isinstance(value, Mapping) else {"size": value}
        if set(row) - KEYS:
            raise Refused(
                "unknown_key",
                f"{place}, {code}: nobody reads {', '.join(sorted(set(row) - KEYS))}. There may be "
                f"{', '.join(sorted(KEYS))}.",
            )
        sizes[code] = float(_number(row.get("size", 1), f"{place}, {code}: size"))
        if "factor" in row:
            ranges[code] = interval(row["factor"], f"{place}, {code}")
        if "years" in row:
            years[code] = int(_number(row["years"], f"{place}, {code}: years"))
    return Assumptions(sizes, ranges, years)


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("not_a_number", f"{place} must be a number. A missing one is not 0.")
    return value
