"""What answers come to: points of each part, the total and what it is called, and who must look now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samspill.rulebook.instruments.answers import check_demands, checked
from samspill.rulebook.instruments.definitions import Band, PartRule, Table, Version, Words
from samspill.rulebook.instruments.reading import definition, version_on


@dataclass(frozen=True)
class Because:
    """One part: what was answered, the points it gives, and the row of the table they stand in."""

    part: str
    answer: object
    points: int | None
    row: str

    def __str__(self) -> str:
        given = "not relevant" if self.points is None else f"{self.points}"
        return f"{self.part} {self.answer}: {given} ({self.row})"


@dataclass(frozen=True)
class SafetyFlag:
    """Somebody must look now. `label` by language."""

    code: str
    part: str
    label: Words


@dataclass(frozen=True)
class Score:
    """What an assessment comes to.

    `total` and `band` are None when a part is `missing`, and where the instrument has none. `parts` has the
    points of every part, None for one that is missing, not relevant, or rests on an answer that is missing
    (a saturation, while nobody says whether oxygen is given). `answers` are those scored, with defaults.
    Texts are by language, and empty where the source or the licence gives none.
    """

    instrument: str
    version: str
    on: date
    total: int | None
    band: str | None
    band_label: Words
    advice: Words
    parts: Mapping[str, int | None]
    missing: tuple[str, ...]
    not_relevant: tuple[str, ...]
    safety: tuple[SafetyFlag, ...]
    because: tuple[Because, ...]
    answers: Mapping[str, object]

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def safety_flag(self) -> bool:
        """Whether somebody must look now, whatever the total, and whatever is missing."""
        return bool(self.safety)


def score(name: str, answers: Mapping[str, object], *, on: date) -> Score:
    """The score of an instrument on the day the assessment was made.

    `answers` by part, None or left out when not known. Refuses `unknown_instrument`, `instrument_not_yet`,
    what `answers.checked` refuses, and what the instrument itself demands (`scale_2_not_prescribed`).
    """
    version = version_on(name, on)
    given = checked(answers, version)
    check_demands(version, given)
    scored = {part: _scored(rule, given) for part, rule in version.parts.items() if part in given}
    because = tuple(one for one in scored.values() if isinstance(one, Because))
    resting = (name for one in scored.values() if isinstance(one, tuple) for name in one)
    missing = _missing(version, given, resting)
    points = {one.part: one.points for one in because}
    total = sum(filter(None, points.values())) if version.has_total and not missing else None
    band = _band(version, total, points)
    return Score(
        instrument=definition(name).code,
        version=version.name,
        on=on,
        total=total,
        band=band.code if band else None,
        band_label=band.label if band else {},
        advice=band.advice if band else {},
        parts={part: points.get(part) for part in version.parts},
        missing=missing,
        not_relevant=tuple(one.part for one in because if one.points is None),
        safety=_safety(version, points),
        because=because,
        answers=given,
    )


def _missing(version: Version, given: Mapping[str, object], resting: Iterable[str]) -> tuple[str, ...]:
    """Parts without an answer, and what else the points of the others rest on."""
    absent = [part for part in version.parts if part not in given]
    return tuple(dict.fromkeys([*absent, *resting]))


def _scored(rule: PartRule, given: Mapping[str, object]) -> Because | tuple[str, ...]:
    """The points of an answered part, or the names of the answers its points rest on and that lack."""
    answer = given[rule.name]
    if rule.codes is not None:
        return Because(rule.name, answer, rule.codes[str(answer)], f"code {answer}")
    if not rule.tables:
        is_left_out = answer == rule.not_relevant
        return Because(rule.name, answer, None if is_left_out else int(str(answer)), "as answered")
    possible = [table for table in rule.tables if _may_apply(table, given)]
    rows = [_row(table, Decimal(str(answer)), rule.unit) for table in possible]
    if len({points for points, _ in rows}) > 1:
        return tuple({name: None for table in possible for name in table.when if name not in given})
    return Because(rule.name, answer, *rows[0])


def _may_apply(table: Table, given: Mapping[str, object]) -> bool:
    return all(given.get(name, value) == value for name, value in table.when.items())


def _row(table: Table, answer: Decimal, unit: str) -> tuple[int, str]:
    """The points, and the row of the table in words: `93–94 %, spo2_scale 2, oxygen oxygen`."""
    above: Decimal | None = None
    for limit in table.limits:
        if limit.to is None or answer <= limit.to:
            break
        above = limit.to
    low = "" if above is None else f"above {above}"
    high = "" if limit.to is None else f"to {limit.to}"
    when = "".join(f", {name} {value}" for name, value in table.when.items())
    return limit.points, f"{' '.join(filter(None, (low, high, unit)))}{when}"


def _band(version: Version, total: int | None, points: Mapping[str, int | None]) -> Band | None:
    if total is None:
        return None
    fits = (
        band
        for band in version.bands
        if total >= band.lowest and (band.any_part is None or band.any_part in points.values())
    )
    return next(fits, None)


def _safety(version: Version, points: Mapping[str, int | None]) -> tuple[SafetyFlag, ...]:
    return tuple(
        SafetyFlag(rule.code, part, rule.label)
        for rule in version.safety
        for part, given in points.items()
        if rule.part in (None, part) and given is not None and given >= rule.at_least
    )
