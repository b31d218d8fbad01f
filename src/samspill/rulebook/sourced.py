"""Read the YAML of `norway/` strictly: repeated and unknown keys, and what lacks, are errors.

A fault in a shipped table is a fault of ours, so it is a `TableFault` that stops the start, not a refusal a
user could mend. Who writes tables reads the sentence: which file, where in it, what to write.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml

FOLDER = Path(__file__).with_name("norway")


class TableFault(ValueError):
    """A table that cannot be used: file, place and what is wrong."""


def read_table(path: Path) -> "Part":
    """The mapping in a file of `norway/`."""
    return read_text(path.read_text("utf-8"), path.name)


def read_text(text: str, place: str) -> "Part":
    """The mapping in a YAML text; `place` names the file in sentences."""
    try:
        return Part(strict_yaml.parse(text, place, exact=True), place)
    except Refused as refused:
        raise TableFault(refused.sentence) from refused


class Part:
    """A mapping as it was written, with the place it stands at."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, Mapping) or not values:
            raise TableFault(f"{place}: must be names with values")
        self.values: dict[Any, Any] = dict(values)
        self.place = place

    def only(self, *, must: Collection[str], may: Collection[str] = ()) -> "Part":
        """Itself, when all of `must` and nothing but `must` and `may` is there."""
        lacks = [key for key in must if key not in self.values]
        unknown = [key for key in self.values if key not in must and key not in may]
        if lacks or unknown:
            raise TableFault(f"{self.place}: lacks {lacks}, and nobody reads {unknown}")
        return self

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise TableFault(f"{self.place}: write «{key}» as text")
        return value.strip()

    def day(self, key: str) -> date:
        value = self.values.get(key)
        if type(value) is not date:
            raise TableFault(f"{self.place}: write «{key}» as a day, 2026-11-23")
        return value

    def number(self, key: str) -> Decimal:
        return exact(self.values.get(key), f"{self.place}: {key}")

    def whole(self, key: str) -> int:
        value = self.values.get(key)
        if type(value) is not int:
            raise TableFault(f"{self.place}: write «{key}» as a whole number")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value or any(type(one) is not int for one in value):
            raise TableFault(f"{self.place}: write «{key}» as a list of whole numbers")
        return tuple(value)

    def part(self, key: Any) -> "Part":
        return Part(self.values.get(key), f"{self.place}: {key}")

    def parts(self, key: str) -> dict[Any, "Part"]:
        """The mappings in a mapping, in the order written."""
        outer = self.part(key)
        return {name: outer.part(name) for name in outer.values}

    def rows(self, key: str) -> list["Part"]:
        """The mappings in a list."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise TableFault(f"{self.place}: write «{key}» as a list")
        return [Part(one, f"{self.place}: {key} {place}") for place, one in enumerate(value, 1)]

    def words(self, key: str) -> dict[str, str]:
        """A text in bokmål, nynorsk and English; all three or nothing."""
        found = self.part(key).only(must=("nb", "nn", "en"))
        return {language: found.text(language) for language in ("nb", "nn", "en")}


def exact(value: object, place: str) -> Decimal:
    """A number of a table with the digits it was written with."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise TableFault(f"{place} must be a number")
    return Decimal(value)
