"""Assessments over time, a row for each instrument, side by side and never converted into each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samspill.care.known_signs import language
from samspill.care.models import Assessment
from samspill.care.shown.graphs import day_said
from samspill.refusal import Refused
from samspill.rulebook.functional_profile import Row, Seen, profile
from samspill.rulebook.instruments import Score, Version, definition, score


@dataclass(frozen=True)
class SeenOn:
    """One assessment: `total` as it is written, and what a total of it is called."""

    day: str
    year: int
    total: str
    band: str
    by: str
    missing: Sequence[str]


@dataclass(frozen=True)
class ProfileRow:
    """`change` is from the complete one before to the newest; `parts` those that changed, with both."""

    code: str
    title: str
    version: str
    seen: Sequence[SeenOn]
    change: str
    parts: Sequence[tuple[str, str, str]]

    @property
    def latest(self) -> SeenOn:
        return self.seen[-1]


def rows_of(rows: Iterable[Assessment]) -> list[ProfileRow]:
    """Scored again by the version that held on their day, which is the one they were scored by."""
    seen = []
    for one in rows:
        try:
            seen.append(Seen(scored(one), str(one.episode.team)))
        except Refused:  # a table that has changed since: its total stands in the timeline
            continue
    return [_row(one) for one in profile(seen)]


def scored(one: Assessment) -> Score:
    parts = definition(one.instrument)
    version = next((each for each in parts.versions if each.name == one.version), parts.versions[-1])
    return score(one.instrument, as_answers(one.answers, version), on=one.on)


def as_answers(kept: Mapping[str, object], version: Version) -> dict[str, object]:
    """What was measured as numbers again; codes and texts are as they are."""
    measured = {name for name, rule in version.parts.items() if rule.tables}
    return {name: Decimal(str(said)) if name in measured else said for name, said in kept.items()}


def _row(one: Row) -> ProfileRow:
    known = definition(one.instrument)
    labels = {name: rule.label for each in known.versions for name, rule in each.parts.items()}
    last = one.changes[-1] if one.changes else None
    return ProfileRow(
        code=one.instrument,
        title=known.title[language()],
        version=one.version,
        seen=tuple(_seen(each, labels) for each in one.seen),
        change=_change(last.points) if last is not None and last.points is not None else "",
        parts=tuple(_parts(last.parts, labels)) if last is not None else (),
    )


def _parts(changed: Mapping[str, tuple[int | None, int | None]], labels: Mapping[str, Any]) -> Iterable[Any]:
    for name, (before, after) in changed.items():
        yield _label(name, labels), _points(before), _points(after)


def _points(points: int | None) -> str:
    return "–" if points is None else str(points)


def _change(points: int) -> str:
    if not points:
        return _("the same as before")
    return f"+{points}" if points > 0 else f"−{-points}"


def _seen(one: Seen, labels: Mapping[str, Any]) -> SeenOn:
    told = one.score
    return SeenOn(
        day=day_said(told.on),
        year=told.on.year,
        total=_total(told),
        band=told.band_label.get(language(), ""),
        by=one.by,
        missing=tuple(_label(name, labels) for name in told.missing),
    )


def _total(told: Score) -> str:
    if told.total is not None:
        return str(told.total)
    if told.missing:
        return _("no total")
    return _("profile")


def _label(name: str, labels: Mapping[str, Any]) -> str:
    said = labels.get(name) or {}
    return said.get(language(), "") or name
