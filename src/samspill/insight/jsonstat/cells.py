"""Figures and statuses: as a list, as an object by position (a sparse cube), or one status for all."""

from collections.abc import Callable, Mapping
from typing import Any

from samspill.insight.jsonstat.dataset import Value
from samspill.refusal import Refused


def read_values(value: object, where: str) -> tuple[Value, ...] | dict[int, Value]:
    """A number, a text or null per cell. A text stays a text: «12,5» is not made a number."""
    if isinstance(value, list):
        odd = next((place for place, one in enumerate(value) if not _is_value(one)), None)
        if odd is not None:
            raise _no_figure(f"{where}[{odd}]", value[odd])
        return tuple(value)
    if isinstance(value, dict):
        return _by_position(value, where, _is_value, _no_figure)
    raise Refused("jsonstat.value", f"{where} must be a list or an object by position, not {value!r:.40}.")


def read_statuses(
    status: object, count: int | None, where: str
) -> str | tuple[str | None, ...] | dict[int, str | None] | None:
    """`count` is how many cells there are. A list of one, as 1.x wrote it, holds for all of them."""
    if status is None or isinstance(status, str):
        return status
    if isinstance(status, list):
        odd = next((place for place, one in enumerate(status) if not _is_status(one)), None)
        if odd is not None:
            raise _no_status(f"{where}[{odd}]", status[odd])
        if len(status) == 1 and count != 1 and status[0] is not None:
            return str(status[0])
        return tuple(status)
    if isinstance(status, dict):
        return _by_position(status, where, _is_status, _no_status)
    raise _no_status(where, status)


def _by_position(
    cells: Mapping[str, Any],
    where: str,
    fits: Callable[[object], bool],
    refusal: Callable[[str, object], Refused],
) -> dict[int, Any]:
    found = {}
    for key, one in cells.items():
        # «01» would be a second name of the cell 1.
        if not (key.isascii() and key.isdigit() and (key == "0" or key[0] != "0")) or len(key) > 15:
            raise Refused(
                "jsonstat.position", f"{where} has the key «{key}», which is no position of a cell."
            )
        if not fits(one):
            raise refusal(f"{where}.{key}", one)
        found[int(key)] = one
    return found


def _is_value(one: object) -> bool:
    return one is None or (isinstance(one, int | float | str) and not isinstance(one, bool))


def _is_status(one: object) -> bool:
    return one is None or isinstance(one, str)


def _no_figure(where: str, one: object) -> Refused:
    return Refused("jsonstat.value", f"{where} is {one!r:.40}; a figure is a number, a text or null.")


def _no_status(where: str, one: object) -> Refused:
    return Refused("jsonstat.status", f"{where} is {one!r:.40}; a status is a text.")
