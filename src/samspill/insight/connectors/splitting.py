"""Part a question into calls that a source accepts: few enough cells, codes and municipalities in each."""

from collections.abc import Iterator
from itertools import product
from math import prod

from samspill.insight.connectors.table import Choice, Limits, Table
from samspill.refusal import Refused


def split(table: Table, choice: Choice, limits: Limits) -> list[dict[str, tuple[str, ...]]]:
    """Parts in the order of the table that hold every combination once, none above the limits."""
    lengths = {name: len(codes) for name, codes in choice.items()}
    for variable in table.variables:
        if variable.is_area and variable.code in lengths:
            lengths[variable.code] = min(lengths[variable.code], limits.areas)
    while (over := _over(lengths, limits)) and max(lengths.values(), default=1) > 1:
        _shorten(lengths, over)
    if _over(lengths, limits):
        raise Refused("source.limits", f"{table.id} cannot be asked: the source allows {limits.cells} cells.")
    names = list(choice)
    chunks = [list(_chunks(choice[name], lengths[name])) for name in names]
    return [dict(zip(names, one, strict=True)) for one in product(*chunks)]


def _over(lengths: dict[str, int], limits: Limits) -> float:
    """How many times above the limit a part of these lengths would be; 0 when it is within."""
    cells = prod(lengths.values()) / max(1, limits.cells)
    values = sum(lengths.values()) / (limits.values or float("inf"))
    worst = max(cells, values if sum(lengths.values()) > len(lengths) else 0)
    return worst if worst > 1 else 0


def _shorten(lengths: dict[str, int], over: float) -> None:
    """The first variable that has more than one code: parts then follow the order of the figures."""
    name = next(name for name, length in lengths.items() if length > 1)
    lengths[name] = max(1, min(lengths[name] - 1, int(lengths[name] / over)))


def _chunks(codes: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    """As even as they can be: 101 codes by 100 are 51 and 50."""
    count = max(1, -(-len(codes) // length))
    start = 0
    for number in range(count):
        end = start + (len(codes) - start + count - number - 1) // (count - number)
        yield codes[start:end]
        start = end
