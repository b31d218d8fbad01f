"""A person's function over time as several instruments have seen it, side by side.

Barthel, Katz, SPPB, CFS, IPLOS and others measure different things on different scales: they are shown in
rows of their own and never converted into each other, also not two scales of the same name. Within one row
only scores of the same version are compared, and only complete ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from samspill.rulebook.instruments.scoring import Score


@dataclass(frozen=True)
class Seen:
    """One assessment. `by` tells who made it (hospital, municipality, ward), as the caller writes it."""

    score: Score
    by: str = ""


@dataclass(frozen=True)
class Change:
    """From one complete score to the next of the same instrument and version.

    `points` is later minus earlier total, None where the instrument has no total; `parts` those that changed,
    by name, as (earlier, later). Whether more is better is the instrument's: see its note.
    """

    earlier: date
    later: date
    points: int | None
    parts: Mapping[str, tuple[int | None, int | None]]


@dataclass(frozen=True)
class Row:
    """All assessments by one version of an instrument, the oldest first, and what changed between them."""

    instrument: str
    version: str
    seen: tuple[Seen, ...]
    changes: tuple[Change, ...]

    @property
    def latest(self) -> Seen:
        return self.seen[-1]

    @property
    def latest_complete(self) -> Seen | None:
        return next((one for one in reversed(self.seen) if one.score.is_complete), None)


def profile(seen: Iterable[Seen]) -> tuple[Row, ...]:
    """A row for each instrument and version, by name; assessments of one day stay in the order given."""
    rows: dict[tuple[str, str], list[Seen]] = {}
    for one in seen:
        rows.setdefault((one.score.instrument, one.score.version), []).append(one)
    return tuple(
        _row(instrument, version, sorted(rows[instrument, version], key=lambda one: one.score.on))
        for instrument, version in sorted(rows)
    )


def as_seen_on(seen: Iterable[Seen], day: date) -> tuple[Row, ...]:
    """The profile as it was known on a day."""
    return profile(one for one in seen if one.score.on <= day)


def _row(instrument: str, version: str, seen: list[Seen]) -> Row:
    complete = [one.score for one in seen if one.score.is_complete]
    pairs = pairwise(complete)
    return Row(instrument, version, tuple(seen), tuple(_change(*pair) for pair in pairs))


def _change(earlier: Score, later: Score) -> Change:
    points = None if earlier.total is None or later.total is None else later.total - earlier.total
    both = {part: (earlier.parts[part], later.parts[part]) for part in later.parts}
    return Change(
        earlier.on, later.on, points, {part: pair for part, pair in both.items() if pair[0] != pair[1]}
    )
