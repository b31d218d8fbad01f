"""A waterfall: from a number now to a number then, step by step, each from where the one before it ended."""

from collections.abc import Mapping, Sequence

from samspill.insight.drawings.bars import Bar, bars
from samspill.insight.drawings.marks import Spec
from samspill.insight.wording import about

BREAK = 0.5  # steps smaller than this share of the start: the axis begins above 0, so that they can be seen
UNDER = 0.9  # of the lowest number: where such an axis begins


def waterfall(
    start: tuple[str, float], steps: Sequence[tuple[str, float]], end: tuple[str, float], *, told: str
) -> Mapping[str, Spec]:
    """`start` and `end` are (name, amount), `steps` (name, change); the changes sum to the difference."""
    rows = [Bar(start[0], 0, start[1], "whole", about(start[1]))]
    reached, seen = start[1], [start[1], end[1]]
    for name, change in steps:
        kind = "more" if change > 0 else "less"
        rows.append(Bar(name, reached, reached + change, kind, signed_about(change)))
        reached += change
        seen.append(reached)
    rows.append(Bar(end[0], 0, end[1], "whole", about(end[1])))
    least = begins(seen)
    return bars([_from(row, least) for row in rows], told=told, least=least)


def begins(reached: Sequence[float]) -> float:
    """Where the axis begins: at 0, or just under the lowest number when all lie close to each other."""
    low, high = min(reached), max(reached)
    return UNDER * low if low > 0 and high - low < BREAK * low else 0.0


def _from(row: Bar, least: float) -> Bar:
    return Bar(row.name, max(row.start, least), max(row.end, least), row.kind, row.said)


def signed_about(change: float) -> str:
    """«+4 300», «−120», or «0» for what rounds to nothing."""
    words = about(abs(change))
    if words == "0":
        return words
    return f"{'+' if change > 0 else '−'}{words}"
