"""What an instrument is: versions, parts, how an answer becomes points, and what a total is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Words = Mapping[str, str]
"""A text by language: nb, nn, en. Empty where the licence does not let us show any."""


@dataclass(frozen=True)
class Limit:
    """Points for what is up to and with `to`, from where the one before ends; None is the last."""

    to: Decimal | None
    points: int


@dataclass(frozen=True)
class Table:
    """Limits that apply while other answers are as in `when`; all tables of a part never overlap."""

    when: Mapping[str, object]
    limits: tuple[Limit, ...]


@dataclass(frozen=True)
class PartRule:
    """A part that is asked or measured. One of `points`, `codes` and `tables` says how it is scored.

    `points`: the answer is a whole number, and is the points. `codes`: the answer is one of them. `tables`:
    the answer is measured in `unit` between `lowest` and `highest`, and is rounded half up to `step` before
    it is looked up. `not_relevant` is a number that answers the part without points.
    """

    name: str
    label: Words
    points: tuple[int, ...] = ()
    not_relevant: int | None = None
    codes: Mapping[str, int] | None = None
    tables: tuple[Table, ...] = ()
    unit: str = ""
    step: Decimal = Decimal(1)
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(0)

    @property
    def may_be(self) -> str:
        """What answers it, in a few signs: `0, 1, 2`, `air, oxygen` or `30–300 mmHg`."""
        if self.tables:
            return f"{self.lowest}–{self.highest} {self.unit}"
        extra = () if self.not_relevant is None else (self.not_relevant,)
        return ", ".join(map(str, self.codes or (*self.points, *extra)))


@dataclass(frozen=True)
class Context:
    """An answer that steers the scoring and is not scored: a choice with a default, or a text."""

    name: str
    label: Words
    values: tuple[int, ...]
    default: int | None

    @property
    def may_be(self) -> str:
        return f"{', '.join(map(str, self.values))} ({self.default} unless told)" if self.values else "text"


@dataclass(frozen=True)
class Demand:
    """While answers are as in `when`, the context `answered` must be there; else refused with `code`."""

    when: Mapping[str, object]
    answered: str
    code: str
    sentence: str


@dataclass(frozen=True)
class Band:
    """What totals from `lowest` on are called; with `any_part`, only when a part has that many points."""

    code: str
    lowest: int
    any_part: int | None
    label: Words
    advice: Words


@dataclass(frozen=True)
class SafetyRule:
    """Somebody must look now, whatever the total, when `part` (or any) has `at_least` so many points."""

    code: str
    part: str | None
    at_least: int
    label: Words


@dataclass(frozen=True)
class Version:
    """The instrument as it is from a day on. `has_total` is false where the source sums nothing."""

    name: str
    applies_from: date
    parts: Mapping[str, PartRule]
    context: Mapping[str, Context]
    demands: tuple[Demand, ...]
    has_total: bool
    bands: tuple[Band, ...]
    safety: tuple[SafetyRule, ...]


@dataclass(frozen=True)
class Instrument:
    """Its versions, the oldest first, and on what terms it is shipped.

    `codings` are the codes of the total by system (`loinc`, `snomed`), where there is one.
    """

    code: str
    title: Words
    licence: str
    source: str
    note: str
    codings: Mapping[str, str]
    versions: tuple[Version, ...]
