"""The numbers a model of the fixed shape was made from (`flow_models.model_of`), the other way."""

from collections.abc import Mapping
from typing import Any

from samspill.insight.flow_models import BEDS, PATIENTS, by_name, in_rows, model_of

PLACES = 6  # decimals, so that a share that was divided comes back whole


def numbers_of(model: Any) -> dict[str, float | int] | None:
    """Every number of BEDS and PATIENTS; None when the model is of another shape."""
    try:
        found = _read(by_name(model))
        same = _nameless(model) == _nameless(model_of(found))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError):
        return None
    return found if same else None


def _read(model: Any) -> dict[str, float | int]:
    hospital, kad, first, second = model["units"].values()
    groups = model["groups"]
    other, old, to_kad = (list(groups[name]["steps"].values()) for name in ("other", "old_first", "to_kad"))
    found = {
        "hospital": hospital["beds"],
        "kad": kad["beds"],
        "first": first["beds"],
        "second": second["beds"],
        "weekends": first["admits"][-1],
        "acute": groups["other"]["arrivals_per_day"],
        "acute_stay": other[0]["stay"]["mean"],
        "old_first": groups["old_first"]["arrivals_per_day"],
        "old_second": groups["old_second"]["arrivals_per_day"],
        "old_stay": old[0]["stay"]["mean"],
        "share": round(100 * next(iter(old[0]["then"].values())), PLACES),
        "place_stay": old[1]["stay"]["mean"],
        "to_kad": groups["to_kad"]["arrivals_per_day"],
        "kad_stay": to_kad[0]["stay"]["mean"],
        "home_weekend": round(100 * hospital["leaves"][-1], PLACES),
    }
    return {one.name: found[one.name] for one in (*BEDS, *PATIENTS)}


def _nameless(model: Any) -> Any:
    """A model with places by their number: what they are called follows the language it was made in."""
    rows = in_rows(by_name(model))
    names = {name: place for place, (name, _unit) in enumerate(rows["units"])}
    return _numbered({**rows, "name": ""}, names)


def _numbered(value: Any, names: Mapping[str, int]) -> Any:
    if isinstance(value, Mapping):
        return {name: _numbered(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [_numbered(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value
