"""Reading what people wrote in YAML strictly: unknown and repeated keys, missing and wrong values are
told.
"""

from collections.abc import Hashable, Mapping
from math import isfinite
from typing import Any

import yaml

from samspill.refusal import Refused


class _Strict(yaml.SafeLoader):
    """Refuses a key that is there twice; YAML itself would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for place, key in enumerate(keys):
            if key in keys[:place]:
                line = node.value[place][0].start_mark.line + 1
                raise Refused("key_twice", f"Line {line}: «{key}» is there twice. Keep one.", field=str(key))
        return super().construct_mapping(node, deep)


class Written:
    """A mapping as it was written, with the place it stands at, for sentences that say where to mend."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, Mapping) or not all(isinstance(key, str) for key in values):
            raise Refused("file_shape", f"{place} must be names with values.", field=place)
        self.values: dict[str, Any] = dict(values)
        self.place = place

    def only(self, *allowed: str) -> "Written":
        """Itself; refuses keys that nobody reads (`unknown_key`)."""
        unknown = sorted(set(self.values) - set(allowed))
        if unknown:
            raise Refused(
                "unknown_key",
                f"{self.place}: nobody reads «{unknown[0]}». There may be {', '.join(allowed)}.",
                field=unknown[0],
            )
        return self

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise Refused("missing", f"{self.place}: write «{key}» as text.", field=key)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        return number(self.values.get(key, default), f"{self.place}: {key}")

    def whole(self, key: str) -> int:
        value = self.number(key)
        if value != int(value):
            raise Refused("file_shape", f"{self.place}: «{key}» must be a whole number.", field=key)
        return int(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise Refused("file_shape", f"{self.place}: «{key}» must be true or false.", field=key)
        return value

    def numbers(self, key: str) -> list[float]:
        value = self.values.get(key)
        listed = value if isinstance(value, list) else [value]
        return [number(one, f"{self.place}: {key}") for one in listed]

    def part(self, key: str) -> "Written":
        if key not in self.values:
            raise Refused("missing", f"{self.place}: «{key}» is missing.", field=key)
        return Written(self.values[key], f"{self.place}: {key}")

    def parts(self, key: str) -> dict[str, "Written"]:
        """The mappings in a mapping, in the order written; none when `key` is not there."""
        if key not in self.values:
            return {}
        outer = self.part(key)
        return {name: outer.part(name) for name in outer.values}

    def worded(self, key: str, default: str | None = None) -> dict[str, str]:
        """Words for people by written form: one text that is right in both, or a mapping with nb and nn."""
        if isinstance(self.values.get(key), Mapping):
            both = self.part(key).only("nb", "nn")
            return {form: both.text(form) for form in ("nb", "nn")}
        return dict.fromkeys(("nb", "nn"), self.text(key, default))

    def labels(self) -> dict[str, str]:
        """Names for people by written form, `nb` and `nn`; one of them alone is not enough."""
        found: dict[str, str] = {form: self.text(form) for form in ("nb", "nn") if form in self.values}
        if len(found) == 1:
            raise Refused("missing", f"{self.place}: give the name in both nb and nn.", field="nb")
        return found


def number(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise Refused("not_a_number", f"{place} must be a number. A missing one is not 0.", field=place)
    return float(value)


def read_yaml(text: str, place: str) -> Written:
    """The mapping in a YAML text; `place` names the file in sentences."""
    loader = _Strict(text)
    try:
        return Written(loader.get_single_data(), place)
    except (yaml.YAMLError, RecursionError) as error:
        line = " ".join(str(error).split())[:200]
        raise Refused("not_yaml", f"{place} cannot be read as YAML: {line}.", field="file") from error
    finally:
        loader.dispose()
