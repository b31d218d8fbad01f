"""The categories of a dimension: the index as a list or an object, or none where there is one category."""

from collections.abc import Mapping
from typing import Any

from samspill.insight.jsonstat.dimension import Dimension, IndexForm
from samspill.refusal import Refused


def read_categories(name: str, node: Mapping[str, Any], size: int | None) -> Dimension:
    """The dimension `name` in `node`; `size` is how many categories the dataset says that it has."""
    where = f"dimension.{name}.category" if name else "category"
    category = node.get("category")
    if not isinstance(category, dict):
        raise Refused("jsonstat.category", f"{where} must be an object with index or label.")
    _check_objects(category, where)
    codes, form = _codes(category, where)
    if size is not None and len(codes) != size:
        raise Refused(
            "jsonstat.size",
            f"size says {size} for the dimension {name}, but {where} has {len(codes)} categories.",
            facts={"dimension": name, "size": size, "has": len(codes)},
        )
    rest = {key: one for key, one in category.items() if key != "index"}
    about = {key: one for key, one in node.items() if key != "category"}
    return Dimension(name, codes, rest, about, form)


def _check_objects(category: Mapping[str, Any], where: str) -> None:
    for key in ("label", "child", "unit", "note", "coordinates"):
        if category.get(key) is not None and not isinstance(category[key], dict):
            raise Refused("jsonstat.category", f"{where}.{key} must be an object by category.")
    for code, under in (category.get("child") or {}).items():
        if not isinstance(under, list) or not all(isinstance(one, str) for one in under):
            raise Refused("jsonstat.category", f"{where}.child.{code} must be a list of categories.")
    for code, pair in (category.get("coordinates") or {}).items():
        if not isinstance(pair, list) or len(pair) != 2 or not all(map(_is_number, pair)):
            raise Refused("jsonstat.category", f"{where}.coordinates.{code} must be longitude and latitude.")


def _is_number(one: object) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool)


def _codes(category: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], IndexForm]:
    index = category.get("index")
    if isinstance(index, list):
        if not all(isinstance(code, str) for code in index):
            odd = next(code for code in index if not isinstance(code, str))
            raise Refused("jsonstat.index", f"{where}.index holds {odd!r}; categories are texts.")
        return tuple(index), "list"
    if isinstance(index, dict):
        return _by_place(index, f"{where}.index"), "object"
    if index is not None:
        raise Refused("jsonstat.index", f"{where}.index must be a list or an object.")
    labels = category.get("label") or {}
    if len(labels) != 1:
        raise Refused(
            "jsonstat.index",
            f"{where}.index lacks. It may be left out only where label names the one category; "
            f"label names {len(labels)}.",
        )
    return tuple(labels), "none"


def _by_place(index: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Codes by the places they are given, which must be 0, 1, 2 … without a gap."""
    codes: dict[int, str] = {}
    for code, place in index.items():
        if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(index):
            raise Refused(
                "jsonstat.index",
                f"{where}.{code} is {place!r}, but must be a place from 0 to {len(index) - 1}.",
            )
        if place in codes:
            raise Refused(
                "jsonstat.index", f"{where} gives the place {place} to both «{codes[place]}» and «{code}»."
            )
        codes[place] = code
    return tuple(codes[place] for place in range(len(codes)))
