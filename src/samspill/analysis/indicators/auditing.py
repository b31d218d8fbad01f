"""Audit what was published, from what was published alone: can anybody compute what is hidden in it?

`publish` audits before it gives anything, with the true numbers at hand. Here nothing but published rows is
known, as an outsider has them: those of every run over the same data, together. Counts of the same things
under nested or disjoint conditions are laid out as families, as in `publish`; the audit itself is that of
`disclosure`, which shares no arithmetic with what hides.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.analysis.disclosure import Cell, Flag, Release, Rules, audit, rules_of
from samspill.analysis.disclosure.auditing import Finding
from samspill.analysis.indicators.counts import COUNT, POPULATION, one_per_person, parts_of
from samspill.analysis.indicators.definitions import Definition, Part
from samspill.analysis.indicators.families import Counting, Family, counting_of, families_of
from samspill.analysis.indicators.protecting import strictest
from samspill.analysis.indicators.tables import tables
from samspill.refusal import Refused

AREA, WHAT, WHEN = "area", "what", "when"
LAST_YEAR = 9999  # a higher number is a month: 202401
Key = tuple[Counting, str, int]


@dataclass(frozen=True, slots=True)
class Number:
    """One published number of persons, or the place of one: `value` is None where it is hidden.

    `most`: what everybody knows it to be at most, None when nothing is known.
    """

    area: str
    period: int
    value: int | None
    most: int | None = None


@dataclass(frozen=True, eq=False)
class Released:
    """All numbers of one kind that an indicator published; `name` is what it is called in a finding."""

    part: Part
    name: str
    numbers: Sequence[Number]


@dataclass(frozen=True)
class Tried:
    """What the audit found: `findings` are hidden numbers that are given away, with area, period and how."""

    cells: int
    hidden: int
    findings: tuple[Mapping[str, Any], ...]

    @property
    def ok(self) -> bool:
        return not self.findings


@dataclass
class _Known:
    """Everything that is out: shown numbers, hidden places, and what is known of them beforehand."""

    shown: dict[Key, int] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    most: dict[Key, int] = field(default_factory=dict)
    names: dict[Counting, str] = field(default_factory=dict)
    differ: list[Key] = field(default_factory=list)

    def add(self, one: Released) -> None:
        counting = counting_of(one.part)
        self.names.setdefault(counting, one.name)
        for number in one.numbers:
            key = (counting, number.area, number.period)
            if number.most is not None:
                self.most[key] = number.most
            if number.value is None:
                self.hidden.add(key)
            elif self.shown.setdefault(key, number.value) != number.value:
                self.differ.append(key)


def released_of(
    definition: Definition, rows: Iterable[tuple[str, int, int | None, int | None, int]]
) -> Iterator[Released]:
    """The published numbers of persons of an indicator. `rows`: area, period, count, population, flag.

    A row without a number that is not hidden says that there is nobody.
    """
    kept = list(rows)
    for what, part in parts_of(definition).items():
        knows = what == COUNT and _knows_most(definition)
        numbers = [
            Number(area, period, _said(count if what == COUNT else below, flag), below if knows else None)
            for area, period, count, below, flag in kept
        ]
        yield Released(part, definition.id if what == COUNT else f"{definition.id}, {POPULATION}", numbers)


def table_of(part: Part) -> str:
    """The table the rows come from: a table made from another is known by that one."""
    return tables()[part.table].made_from or part.table


def _said(value: int | None, flag: int) -> int | None:
    return 0 if value is None and flag != Flag.HIDDEN else value


def _knows_most(definition: Definition) -> bool:
    """Whether the numerator is some of the inhabitants the denominator counts."""
    above, below = definition.numerator, definition.denominator
    if below is None or tables()[below.table].persons or not one_per_person(above):
        return False
    return (below.ages, below.sex) == (above.ages, above.sex)


def rules_for(definitions: Iterable[Definition], on: Any) -> Rules:
    """What must hold for all of them together, by the rules of a day."""
    classes = {one.disclosure for one in definitions if parts_of(one)}
    return strictest([rules_of(one, on=on).rules for one in sorted(classes)])


def audit_released(released: Iterable[Released], sums: Mapping[str, Collection[str]], rules: Rules) -> Tried:
    """Everything published from the same data, together. `sums`: the municipalities of each wider area.

    A number that one release shows and another hides is a finding, and so is one that differs.
    """
    known = _Known()
    for one in released:
        known.add(one)
    findings = [_told(known, key, "differs") for key in known.differ]
    findings += [_told(known, key, "shown") for key in sorted(known.hidden & known.shown.keys(), key=str)]
    open_ = known.hidden - known.shown.keys()
    for family in families_of(known.names):
        own = {key for key in open_ if key[0] in family.sets}
        for group in sorted({_together(family, period) for _counting, _area, period in own}):
            findings += _of_family(known, family, group, sums, rules)
    told = {(one["what"], one["area"], one["period"]): one for one in reversed(findings)}
    return Tried(len(known.shown) + len(open_), len(known.hidden), tuple(reversed(told.values())))


def _together(family: Family, period: int) -> int:
    """A year and its months are tried together: they sum, but for different persons. Years do not."""
    return _year(period) if family.sets[0].adds_up else period


def _year(period: int) -> int:
    return period // 100 if period > LAST_YEAR else period


def _of_family(
    known: _Known, family: Family, group: int, sums: Mapping[str, Collection[str]], rules: Rules
) -> list[Mapping[str, Any]]:
    release = _release(known, family, group, sums, rules)
    try:
        found = audit(release)
    except Refused as refused:
        if refused.code != "published_cannot_be":
            raise
        names = " / ".join(known.names[one] for one in family.sets)
        return [{"what": names, AREA: "", "period": group, "how": "impossible", "low": None, "high": None}]
    return [_finding(known, family, one) for one in found.findings]


def _release(
    known: _Known, family: Family, group: int, sums: Mapping[str, Collection[str]], rules: Rules
) -> Release:
    """Sets of atoms over areas of municipalities over a year of months, as far as they were published."""
    number = {one: place for place, one in enumerate(family.sets)}
    keys = [
        key
        for key in (*known.shown, *(known.hidden - known.shown.keys()))
        if key[0] in number and _together(family, key[2]) == group
    ]
    cells = []
    for key in sorted(keys, key=lambda one: (number[one[0]], one[1], one[2])):
        counting, area, period = key
        at = ((WHAT, f"s{number[counting]}"), (AREA, area), (WHEN, str(period)))
        flag = Flag.SHOWN if key in known.shown else Flag.HIDDEN
        cells.append(Cell(at, known.shown.get(key), flag, known.most.get(key)))
    areas, periods = {area for _one, area, _when in keys}, {when for _one, _area, when in keys}
    atoms = {
        f"s{place}": [f"a{atom}" for atom, held in enumerate(row) if held]
        for place, row in enumerate(family.holds)
    }
    dimensions = {WHAT: atoms, AREA: _areas(areas, sums), WHEN: _periods(periods)}
    return Release(tuple(cells), dimensions, rules)


def _areas(areas: Collection[str], sums: Mapping[str, Collection[str]]) -> Mapping[str, Sequence[str]]:
    """Each area as its municipalities, which have names of their own here."""
    return {code: [f"{one} " for one in sorted(sums.get(code, (code,)))] for code in sorted(areas)}


def _periods(periods: Collection[int]) -> Mapping[str, Sequence[str]]:
    """A year as its twelve months, where there are months."""
    if max(periods) <= LAST_YEAR:
        return {str(one): [f"{one} "] for one in periods}
    return {
        str(one): [f"{one} "]
        if one > LAST_YEAR
        else [f"{month} " for month in range(one * 100 + 1, one * 100 + 13)]
        for one in sorted(periods)
    }


def _finding(known: _Known, family: Family, one: Finding) -> Mapping[str, Any]:
    cell = one.cell
    counting = family.sets[int(cell[WHAT][1:])]
    return {
        **_told(known, (counting, cell[AREA], int(cell[WHEN])), one.how),
        "low": one.low,
        "high": one.high,
    }


def _told(known: _Known, key: Key, how: str) -> Mapping[str, Any]:
    counting, area, period = key
    value = known.shown.get(key)
    return {
        "what": known.names[counting],
        AREA: area,
        "period": period,
        "how": how,
        "low": value,
        "high": value,
    }
