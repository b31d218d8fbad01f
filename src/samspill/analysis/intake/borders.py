"""Former municipalities counted in those of today; what was not in use that year has no figures, and not 0.

A file may be in the borders of its time, or in today's, in any year by itself. Merged ones are added up; one
that was split is shared out in whole numbers. A sum needs all its parts: where one lacks, the sum lacks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from samspill.analysis.packs import CodeChange

KEEP, MOVE, ABSENT, UNKNOWN, NOT_IN_USE, TWICE = (
    "keep",
    "move",
    "absent",
    "unknown_area",
    "not_in_use",
    "counted_twice",
)
Pair = tuple[str, int]  # municipality, year


@dataclass(frozen=True)
class Areas:
    """The municipalities of today, and what former ones are counted as."""

    today: frozenset[str]
    changes: tuple[CodeChange, ...]


@dataclass(frozen=True)
class Placed:
    """What each municipality's year is: kept, moved to others by shares, absent, or wrong in some way.

    `lacking` are municipalities' years of today of which a part lacks in the file, with that part.
    """

    what: Mapping[Pair, str]
    moves: Mapping[Pair, tuple[tuple[str, float], ...]]
    lacking: Mapping[Pair, str] = field(default_factory=dict)


def place(pairs: Mapping[Pair, bool], areas: Areas | None) -> Placed:
    """`pairs` are those in the file, each with whether it has any figure above 0. None: nothing is known."""
    if areas is None:
        return Placed(dict.fromkeys(pairs, KEEP), {})
    by_former: dict[str, list[CodeChange]] = {}
    by_newest: dict[str, list[CodeChange]] = {}
    for one in areas.changes:
        by_former.setdefault(one.former, []).append(one)
        by_newest.setdefault(one.newest, []).append(one)
    what: dict[Pair, str] = {}
    moves: dict[Pair, tuple[tuple[str, float], ...]] = {}
    with_figures = {pair for pair, has_figures in pairs.items() if has_figures}
    for pair in pairs:
        area, year = pair
        heirs = _valid(by_former.get(area, ()), year)
        if heirs:
            what[pair] = MOVE
            moves[pair] = tuple((one.newest, one.share) for one in heirs)
        elif area in areas.today:
            parts = {one.former for one in _valid(by_newest.get(area, ()), year)}
            what[pair] = _newest(pair, parts, with_figures)
        elif area in by_former:
            what[pair] = NOT_IN_USE if pair in with_figures else ABSENT
        else:
            what[pair] = UNKNOWN
    return Placed(what, moves, dict(_lacking(moves, by_newest, pairs)))


def _valid(changes: Iterable[CodeChange], year: int) -> list[CodeChange]:
    return [one for one in changes if one.first <= year <= one.last]


def _newest(pair: Pair, parts: Collection[str], with_figures: Collection[Pair]) -> str:
    """A code of today, in a year when what it was made of was in use: `parts`."""
    if not parts or (pair[0] in parts):
        return KEEP
    if pair not in with_figures:
        return ABSENT
    return TWICE if any((part, pair[1]) in with_figures for part in parts) else KEEP


def _lacking(
    moves: Mapping[Pair, Sequence[tuple[str, float]]],
    by_newest: Mapping[str, Sequence[CodeChange]],
    pairs: Collection[Pair],
) -> Iterable[tuple[Pair, str]]:
    made = {(newest, year) for (_, year), heirs in moves.items() for newest, _ in heirs}
    for newest, year in sorted(made):
        for one in _valid(by_newest[newest], year):
            if (one.former, year) not in pairs:
                yield (newest, year), one.former


def share_within(parts: Mapping[str, list[int]], bounds: Mapping[str, str]) -> None:
    """After sharing out: no part above what it is a part of, and the same sums. Changes `parts` in place.

    A figure is rounded up in one place and what bounds it down in the same: the one too many goes where there
    is room, which there is, since the sum is not above the bound's sum.
    """
    for name, bound in bounds.items():
        figures, limits = parts[name], parts[bound]
        over = sum(max(0, one - limit) for one, limit in zip(figures, limits, strict=True))
        for at, limit in enumerate(limits):
            figures[at] = min(figures[at], limit)
        for at, limit in enumerate(limits):
            more = min(over, limit - figures[at])
            figures[at] += more
            over -= more
