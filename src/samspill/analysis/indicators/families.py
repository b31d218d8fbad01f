"""Which counts are counts of the same things under nested or disjoint conditions, from definitions alone.

All acute stays less those of 80 and older are those of 0–79: what is shown of two gives the third. So
counts of the same table and unit are laid out as sets of atoms, where the conditions say how they lie:
nested, apart, or across. Sets that lie across each other without the pieces being differences of others are
protected each with those it does fit: what they share is no sum of what is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import pairwise
from operator import or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.indicators.ages import OLDEST
from samspill.analysis.indicators.definitions import Part
from samspill.analysis.indicators.tables import Column, Table, tables

MOST_DERIVED = 400  # differences of differences that are looked at
YES, NO = "yes", "no"
Unit = tuple[str, str, str]
Limits = Mapping[str, Any]


@dataclass(frozen=True)
class Counting:
    """What a part counts, told in one way only: `unit` (table, how, column) and conditions by column."""

    unit: Unit
    conditions: tuple[tuple[str, Any], ...]

    @property
    def adds_up(self) -> bool:
        """Whether counts of rows that are apart sum to the count of both: not so for different persons."""
        return self.unit[1] != "distinct"


@dataclass(frozen=True)
class Family:
    """Sets and the atoms each is made of, (sets, atoms). `rests` (rests, atoms) are differences of sets."""

    sets: tuple[Counting, ...]
    holds: NDArray[np.bool_]
    rests: NDArray[np.bool_]


def counting_of(part: Part) -> Counting:
    """The same for parts that count the same, however they are written."""
    table = tables()[part.table]
    conditions: dict[str, Any] = {column: _plain(wanted) for column, wanted in part.where.items()}
    for column, wanted in (("age", _ages(part.ages)), ("sex", part.sex and (part.sex,))):
        if column in table.columns and wanted is not None:
            conditions[column] = wanted
    how, column = part.how, part.column
    if how == "sum" and (table.columns[column].lowest, table.columns[column].highest) == (0, 1):
        how, column = "count", ""
        conditions[part.column] = (1,)
    if how == "distinct" and _is_one_row_each(table, part):
        how, column = "count", ""
    name = part.table
    if table.made_from:  # discharges are some of the stays that ended with a living patient
        name = table.made_from
        conditions |= {
            "kind": ("stay",),
            "died": (0,),
            f"{table.name} of {part.where.get('service')}": (YES,),
        }
    return Counting((name, how, column), tuple(sorted(conditions.items(), key=lambda one: one[0])))


def _is_one_row_each(table: Table, part: Part) -> bool:
    """Whether a value stands in one row at most, since the rest of the key is settled."""
    settled = {column for column, wanted in part.where.items() if not isinstance(wanted, Mapping | list)}
    return set(table.key) - {"year", part.column} <= settled and part.column in table.key


def _ages(ages: tuple[int, int]) -> tuple[str, int, int] | None:
    return None if ages == (0, OLDEST) else ("between", *ages)


def _plain(wanted: Any) -> Any:
    if not isinstance(wanted, Mapping):
        return tuple(sorted(wanted)) if isinstance(wanted, list) else (wanted,)
    if "starts" in wanted:
        return ("starts", *sorted(wanted["starts"]))
    return ("between", wanted.get("from", -np.inf), wanted.get("to", np.inf))


def families_of(countings: Iterable[Counting]) -> list[Family]:
    """Every counting in one family at least, and every two nested ones in one together."""
    by_unit: dict[Unit, list[Counting]] = {}
    for one in dict.fromkeys(countings):
        by_unit.setdefault(one.unit, []).append(one)
    return [family for group in by_unit.values() for family in _of_unit(tuple(group))]


@lru_cache(maxsize=256)
def _of_unit(group: tuple[Counting, ...]) -> list[Family]:
    """Hiding, months, what was published before and the audit of one publication ask for the same."""
    masks = dict(zip(group, _masks(group), strict=True))
    nested = {
        (one, other)
        for one in group
        for other in group
        if one is not other and masks[one] & masks[other] == masks[other]
    }
    found, left = [], set(nested)
    while left:
        chosen = _grown(group, masks, nested, left)
        found.append(chosen)
        left -= {(one, other) for one in chosen for other in chosen}
    within = {one for chosen in found for one in chosen}
    found += [[one] for one in group if one not in within]
    return [_family(chosen, masks) for chosen in found]


def _grown(
    group: Sequence[Counting],
    masks: Mapping[Counting, int],
    nested: set[tuple[Counting, Counting]],
    left: set[tuple[Counting, Counting]],
) -> list[Counting]:
    """As large a family as can be, with a pair that is in none yet, the largest sets first."""
    size = {one: masks[one].bit_count() for one in group}
    first = max(left, key=lambda pair: (size[pair[0]], size[pair[1]], str(pair)))
    chosen = list(first)
    joined = {one for pair in left for one in pair}
    for one in sorted(group, key=lambda one: (one not in joined, -size[one], str(one))):
        tied = any((one, other) in nested or (other, one) in nested for other in chosen)
        if one not in chosen and tied and _atoms([masks[x] for x in [*chosen, one]], one.adds_up) is not None:
            chosen.append(one)
    return chosen


def _family(chosen: Sequence[Counting], masks: Mapping[Counting, int]) -> Family:
    own = [masks[one] for one in chosen]
    atoms = _atoms(own, chosen[0].adds_up) or [own[0]]
    rests = {one for one in atoms if one not in own}
    rests |= {one & ~other for one in own for other in own if one & other == other != one} - set(own)
    return Family(tuple(chosen), _made_of(own, atoms), _made_of(sorted(rests), atoms))


def _made_of(masks: Sequence[int], atoms: Sequence[int]) -> NDArray[np.bool_]:
    found = [[mask & atom == atom for atom in atoms] for mask in masks]
    return np.array(found, dtype=bool).reshape(len(masks), len(atoms))


def _atoms(masks: Sequence[int], adds_up: bool) -> list[int] | None:
    """The smallest differences there are, when they are apart; None when sets lie across each other.

    Each difference of sets is then made of them: take a smaller one away, and both pieces are differences.
    """
    derived, ahead = set(masks), list(masks)
    if not adds_up and any(one & other not in (one, other) for one in masks for other in masks):
        return None
    while ahead:
        one = ahead.pop()
        for other in list(derived):
            for piece in _difference(one, other):
                if piece not in derived:
                    derived.add(piece)
                    ahead.append(piece)
        if len(derived) > MOST_DERIVED:
            return None
    least = [one for one in derived if not any(other & one == other != one for other in derived)]
    return sorted(least) if sum(one.bit_count() for one in least) == reduce(or_, least).bit_count() else None


def _difference(one: int, other: int) -> tuple[int, ...]:
    both = one & other
    if both == other != one:
        return (one & ~other,)
    return (other & ~one,) if both == one != other else ()


def _masks(group: Sequence[Counting]) -> list[int]:
    """Each counting as the numbers of the pieces it holds."""
    return [sum(1 << int(place) for place in np.flatnonzero(one)) for one in pieces_of(group).T]


def pieces_of(group: Sequence[Counting]) -> NDArray[np.bool_]:
    """(pieces, countings): all that the conditions of one unit cut its rows into, and which each holds."""
    limits = [dict(one.conditions) for one in group]
    columns = sorted({column for one in limits for column in one})
    table = tables()[group[0].unit[0]]
    pieces = np.ones((1, len(group)), dtype=bool)
    for column in columns:
        own = _cut(_column(table, column), [one.get(column) for one in limits])
        pieces = np.unique((pieces[:, None] & own[None]).reshape(-1, len(group)), axis=0)
    return pieces


def _column(table: Table, name: str) -> Column:
    """Of the table or one made from it; or whether a row is one of those such a table is made of."""
    if " of " in name:
        return Column(name, "text", name, codes=(YES, NO))
    others = [one for one in tables().values() if one.made_from == table.name]
    return next(one.columns[name] for one in (table, *others) if name in one.columns)


def _cut(column: Column, limits: Sequence[Any]) -> NDArray[np.bool_]:
    """(pieces, countings): the values of a column, as far as the conditions tell them apart."""
    values = _values(column, [one for one in limits if one is not None])
    rows = [[one is None or _fits(value, one) for one in limits] for value in values]
    return np.unique(np.array(rows, dtype=bool), axis=0)


def _values(column: Column, limits: Sequence[Any]) -> list[Any]:
    """One value for each way the conditions can hold or not; `other` is none that is named."""
    other = "\uffff"
    if column.codes:
        return list(column.codes)
    if column.type in ("whole", "year"):
        low = -np.inf if column.lowest is None else column.lowest
        high = np.inf if column.highest is None else column.highest
        ends = {low, high + 1}
        for one in limits:
            ends |= {one[1], one[2] + 1} if one[0] == "between" else {x for y in one for x in (y, y + 1)}
        return [first for first, _next in pairwise(sorted(ends)) if low <= first <= high]
    named = {text for one in limits for text in (one[1:] if one[0] == "starts" else one)}
    return [*sorted(named), *(text + other for text in sorted(named)), other]


def _fits(value: Any, limit: Any) -> bool:
    if limit[0] == "between":
        return bool(limit[1] <= value <= limit[2])
    if limit[0] == "starts":
        return str(value).startswith(tuple(limit[1:]))
    return value in limit
