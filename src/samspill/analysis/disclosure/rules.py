"""The rules of a data set: which counts are small, and how well they must be hidden. See `rules.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from samspill.refusal import Refused

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Rules:
    """What is hidden first. T is the count, N its population; limits are the highest number that is hidden.

    A cell is hidden when T <= `highest_hidden`, when N - T <= `highest_hidden` (unless `hide_complement` is
    false), or when N <= `highest_hidden_population`. `zeros_shown`: a zero is then always shown, also among
    hidden ones, and everybody may conclude that what is hidden is at least 1. `per_year`: a sum over k years
    has limits k times as high.

    Series (when the call names the time dimension): all years are hidden when more than `series_share` of
    them are, or when more than `weak_share` have T <= `highest_weak`.

    `protection`: the whole numbers a hidden cell can be, from all that is published, must span more than
    this. None is `highest_hidden`; 0 asks only that the number cannot be computed.
    """

    highest_hidden: int = 4
    highest_hidden_population: int | None = None
    zeros_shown: bool = False
    hide_complement: bool = True
    per_year: bool = False
    series_share: float = 0.20
    weak_share: float = 0.50
    highest_weak: int | None = None
    protection: int | None = None

    def __post_init__(self) -> None:
        for name in ("highest_hidden", "highest_hidden_population", "highest_weak", "protection"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 0):
                raise Refused("rule_out_of_range", f"{name} is {value}; it must be 0 or more.", field=name)
        for name in ("series_share", "weak_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise Refused(
                    "rule_out_of_range",
                    f"{name} is {getattr(self, name)}; it must be from 0 to 1, say 0.2.",
                    field=name,
                )

    @property
    def width(self) -> int:
        """Least difference between the highest and the lowest number a hidden cell can be."""
        return (self.highest_hidden if self.protection is None else self.protection) + 1


@dataclass(frozen=True)
class SourcedRules:
    """Rules of a data set from a day on, with who says so. `rounding` is the base to round to, if it does."""

    code: str
    name: str
    applies_from: date
    rules: Rules
    rounding: int | None
    source: str
    note: str


def rules_of(data_set: str, *, on: date) -> SourcedRules:
    """The rules that apply to `data_set` on a day. Refuses `unknown_data_set`, `no_rules_yet`."""
    versions = published_rules().get(data_set)
    if versions is None:
        known = ", ".join(published_rules())
        raise Refused("unknown_data_set", f"There are no rules for «{data_set}». Known: {known}.")
    started = [one for one in versions if one.applies_from <= on]
    if not started:
        raise Refused("no_rules_yet", f"The rules for «{data_set}» apply from {versions[0].applies_from}.")
    return started[-1]


@cache
def published_rules() -> Mapping[str, tuple[SourcedRules, ...]]:
    """All of `rules.yaml`: versions by data set, the oldest first. Unknown keys are errors."""
    read = yaml.safe_load(FILE.read_text("utf-8"))
    return {
        code: tuple(sorted((_version(code, one) for one in versions), key=lambda one: one.applies_from))
        for code, versions in read.items()
    }


def _version(code: str, one: Mapping[str, object]) -> SourcedRules:
    expected = {"name", "from", "rules", "rounding", "source", "note"}
    if set(one) != expected or not isinstance(one["rules"], dict):
        raise ValueError(f"{FILE.name}, {code}: has {sorted(one)}, must have {sorted(expected)}")
    unknown = set(one["rules"]) - {field.name for field in fields(Rules)}
    if unknown or not isinstance(one["from"], date) or not one["source"]:
        raise ValueError(f"{FILE.name}, {code}: unknown {sorted(unknown)}, or no date or source")
    rounding = one["rounding"]
    return SourcedRules(
        code=code,
        name=str(one["name"]),
        applies_from=one["from"],
        rules=Rules(**one["rules"]),
        rounding=rounding if isinstance(rounding, int) else None,
        source=str(one["source"]),
        note=str(one["note"]),
    )
