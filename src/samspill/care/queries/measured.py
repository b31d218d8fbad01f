"""What was measured of a patient in a period, with all that a graph, a table or a file shows of it.

Inside `care.actions.opening.opening` of the patient: only what its decisions open is there. A fixed number of
queries, however much was measured.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q

from samspill.care.models import (
    Alert,
    Invalidation,
    Measurement,
    MeasurementSchedule,
    MeasurementSource,
    PassiveInterval,
    PatientIndicator,
    ThresholdSet,
)
from samspill.care.plain_values import to_numbers
from samspill.care.states import AlertKind
from samspill.refusal import Refused
from samspill.rulebook.triage import Judgement, judge, missing_at
from samspill.rulebook.triage.limits import AnswerRules, Components, Limits, as_rule


@dataclass(frozen=True)
class Measured:
    """A measurement as it is shown. `mark` is the last that was said of whether it counts."""

    row: Measurement
    mark: Invalidation | None
    sources: tuple[str, ...]

    @property
    def counts(self) -> bool:
        return self.mark is None or self.mark.is_restored

    @property
    def colour(self) -> str:
        """As it was given when it came; "none" for what was never held against a rule."""
        return self.row.triage.colour if hasattr(self.row, "triage") else "none"

    @property
    def rule(self) -> Any:
        """The limits it was held against, as numbers; None when there were none."""
        bound = self.row.triage.threshold if hasattr(self.row, "triage") else None
        return to_numbers(bound.rule) if bound and bound.rule is not None else None

    @property
    def judgement(self) -> Judgement | None:
        """What its own limits say of it, with the limit it is beyond; None when they cannot be used."""
        value = self.row.value
        try:
            return judge(self.rule, value if isinstance(self._rule, AnswerRules) else to_numbers(value))
        except (Refused, TypeError):
            return None

    @property
    def _rule(self) -> object:
        return rule_of(self.rule)


@dataclass(frozen=True)
class Watched:
    """One thing that is watched, with all of it in the period, oldest first.

    `versions` are all there are, the first first; `pauses` those of its episode that touch the period, and
    `missing` the due times within it that nothing came for.
    """

    indicator: PatientIndicator
    measured: tuple[Measured, ...]
    versions: tuple[ThresholdSet, ...]
    schedule: MeasurementSchedule | None
    pauses: tuple[PassiveInterval, ...]
    missing: tuple[datetime, ...]

    @property
    def latest(self) -> Measured | None:
        return next((one for one in reversed(self.measured) if one.counts), None)

    def in_force(self, now: datetime) -> ThresholdSet | None:
        begun = [one for one in self.versions if one.valid_from <= now]
        return max(begun, key=lambda one: one.valid_from, default=None)


def rule_of(plain: object) -> Limits | AnswerRules | Components | None:
    """Limits as they are kept, as the rulebook has them; None when there are none, or they cannot be read."""
    try:
        return None if plain is None else as_rule(to_numbers(plain))
    except Refused:
        return None


def watched_of(patient_id: int, *, start: datetime, end: datetime, now: datetime) -> list[Watched]:
    """All that is watched, and all that was and has values in the period. 6 queries."""
    indicators = list(
        PatientIndicator.objects.filter(patient_id=patient_id)
        .select_related("episode__team", "schedule")
        .order_by("order", "pk")
    )
    every = {one.pk: one for one in ThresholdSet.objects.filter(patient_id=patient_id).order_by("valid_from")}
    values = _drawn(patient_id, start, end, every)
    shown = [one for one in indicators if one.ends is None or values[one.pk]]
    versions = _by(every.values(), "indicator_id")
    touching = Q(ends__isnull=True) | Q(ends__gt=start)
    pauses = _by(
        PassiveInterval.objects.filter(touching, patient_id=patient_id, starts__lt=end).order_by("starts"),
        "episode_id",
    )
    told = _told_missing([one.pk for one in shown], start, end)
    return [
        Watched(
            indicator=one,
            measured=tuple(values[one.pk]),
            versions=tuple(versions[one.pk]),
            schedule=getattr(one, "schedule", None),
            pauses=tuple(pauses[one.episode_id]),
            missing=_missing(one, values[one.pk], pauses[one.episode_id], told[one.pk], (start, end), now),
        )
        for one in shown
    ]


def _drawn(
    patient_id: int, start: datetime, end: datetime, versions: Mapping[int, ThresholdSet]
) -> Mapping[int, list[Measured]]:
    """What a graph needs of each value that was asked for, oldest first: without where it came from."""
    when = {"effective__gte": start, "effective__lt": end}
    rows = Measurement.objects.filter(patient_id=patient_id, indicator__isnull=False, **when)
    marks: dict[int, Invalidation] = {}
    about = {f"measurement__{name}": value for name, value in when.items()}
    for one in Invalidation.objects.filter(patient_id=patient_id, **about).order_by("pk"):
        marks[one.measurement_id] = one
    found: dict[int, list[Measured]] = defaultdict(list)
    for row in rows.select_related("triage").order_by("effective", "pk"):
        bound = row.triage.threshold_id if hasattr(row, "triage") else None
        if bound is not None and bound in versions:
            row.triage.threshold = versions[bound]
        found[row.indicator_id or 0].append(Measured(row, marks.get(row.pk), ()))
    return found


def measured_of(
    patient_id: int,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    indicator: int | None = None,
    most: int | None = None,
) -> list[Measured]:
    """Everything that was measured from `start` until `end`, newest first, expected or not. 3 queries.

    Of one `indicator` when it is said, and at `most` so many.
    """
    rows = Measurement.objects.filter(patient_id=patient_id).select_related("indicator", "triage__threshold")
    if start is not None:
        rows = rows.filter(effective__gte=start)
    if end is not None:
        rows = rows.filter(effective__lt=end)
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    named = (
        Prefetch("invalidations", Invalidation.objects.order_by("pk")),
        Prefetch("sources", MeasurementSource.objects.order_by("pk")),
    )
    return [_measured(one) for one in rows.prefetch_related(*named).order_by("-effective", "-pk")[:most]]


def find_measured(patient_id: int, measurement_id: int) -> Measured | None:
    rows = Measurement.objects.filter(patient_id=patient_id, pk=measurement_id)
    row = rows.select_related("indicator__episode", "triage__threshold").first()
    return None if row is None else _measured(row)


def _measured(row: Measurement) -> Measured:
    said = list(row.invalidations.all())
    return Measured(row, said[-1] if said else None, tuple(one.system for one in row.sources.all()))


def _by(rows: Iterable[Any], name: str) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows:
        found[getattr(one, name)].append(one)
    return found


def _told_missing(keys: list[int], start: datetime, end: datetime) -> Mapping[int, list[Any]]:
    rows = Alert.objects.filter(indicator__in=keys, kind=AlertKind.MISSING, due__gte=start, due__lt=end)
    return _by(rows.only("indicator_id", "due"), "indicator_id")


def _missing(
    indicator: PatientIndicator,
    measured: list[Measured],
    pauses: list[PassiveInterval],
    told: list[Alert],
    period: tuple[datetime, datetime],
    now: datetime,
) -> tuple[datetime, ...]:
    """What was told of when it was due, and what the plan of today lacks since it began."""
    schedule = getattr(indicator, "schedule", None)
    found = {one.due for one in told if one.due is not None}
    start, end = period
    if schedule is not None and indicator.ends is None:
        since = max(start, schedule.answered_to or start)
        breaks = [(one.starts, one.ends) for one in pauses]
        came = [one.row.effective for one in measured]
        with suppress(Refused):  # a plan that cannot be read is told of where it is changed
            found |= set(missing_at(schedule.plan, came, breaks, min(now, end), since=since))
    return tuple(sorted(found))
