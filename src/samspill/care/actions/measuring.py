"""Take in a measurement: the value, where it came from, its colour and the alert, in one transaction or none.

The patient must be open (`opening`). The same value from two systems is one measurement with two sources and
one alert (invariant 8). What cannot be read is not here: it is set aside by whoever received it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.alerting import raise_alert, tell_inside, tell_set_aside
from samspill.care.actions.outbox import messages_of
from samspill.care.models import (
    CareEpisode,
    Invalidation,
    Measurement,
    MeasurementSource,
    Patient,
    PatientIndicator,
    SafetyNetPlan,
    ThresholdSet,
    TriageResult,
)
from samspill.care.plain_values import to_numbers, without_zeros
from samspill.care.queries.held_against import HeldAgainst, held_against
from samspill.care.queries.measured import rule_of
from samspill.care.queries.plan_colours import colour_by_plans
from samspill.care.queries.watching import over_time
from samspill.care.states import AlertKind, Entered, IndicatorKind
from samspill.directory.public import Actor, Prepared, keep_row, keep_together
from samspill.refusal import Refused
from samspill.rulebook.triage import (
    Colour,
    Outcome,
    OutcomeKind,
    Version,
    check_limits,
    in_force,
    outcome,
    worst,
)

T = TypeVar("T")
ENGINE = "triage 2"  # goes up when the same limits and value can give another colour


@dataclass(frozen=True)
class Incoming:
    """A measurement as it is to be kept: checked, in our unit, at an instant with a zone.

    `value` is plain JSON: a number as text, an answer, or parts by code. `system` and `number` say which
    system sent it and what it calls it; both are "" for what somebody types here.
    """

    code: str
    value: Any
    unit: str
    effective: datetime
    entered: str = Entered.STAFF
    sent_value: Any = None
    sent_unit: str = ""
    device: str = ""
    system: str = ""
    number: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same code, time, value and device, wherever it came from: 70.0 is 70."""
        at = self.effective.astimezone(UTC).isoformat(timespec="seconds")
        value = without_zeros(self.value)
        said = json.dumps([self.code, at, value, self.unit, self.device], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class TakenIn:
    """`is_new` is False when it was here already; then only its source is."""

    measurement: Measurement
    is_new: bool


class Remembered:
    """What is the same for many measurements of one transaction, asked for once: signs, limits, receivers."""

    def __init__(self, *, is_careful: bool = False) -> None:
        """`is_careful`: each of them can be undone alone, which costs the database two questions more."""
        self._found: dict[tuple[object, ...], Any] = {}
        self.is_careful = is_careful

    def once(self, key: tuple[object, ...], ask: Callable[[], T]) -> T:
        if key not in self._found:
            self._found[key] = ask()
        return self._found[key]

    def forget(self, key: tuple[object, ...]) -> None:
        """It may be otherwise from now on."""
        self._found.pop(key, None)


def take_in(
    episode: CareEpisode, one: Incoming, *, by: Actor, remembered: Remembered | None = None
) -> TakenIn:
    """Keep a measurement of the episode's patient, hold it against the limits of its time, raise alerts.

    Sent again it changes nothing. `remembered` is given by who takes in many in one transaction.
    """
    remembered = remembered or Remembered()
    with transaction.atomic(savepoint=remembered.is_careful):
        return _taken(episode, one, by, remembered)


def _taken(episode: CareEpisode, one: Incoming, by: Actor, remembered: Remembered) -> TakenIn:
    """Of two systems that send it at the same moment the second waits here for the first, and finds it."""
    about, now = ("held against", episode.pk, one.code), timezone.now()
    against = remembered.once(about, lambda: held_against(episode.pk, one.code, timezone.localdate(now)))
    kept = _made(episode, against.sign, one, by)
    found, result = _triaged(kept, against)
    to = [receiver for receiver, account in against.receivers if account is None or account != by.account_id]
    more = [*_sources(kept, one, by), result, *messages_of(kept, to, now=now)]
    if not keep_together(kept, *more, by="measurement"):
        known = _KNOWN(episode.tenant_id, episode.patient_id, one.fingerprint)[0]
        for source in _sources(known, one, by):
            keep_row(source, or_nothing=True)
        return TakenIn(known, False)
    if _told(episode, kept, found, by, against):
        remembered.forget(about)
    return TakenIn(kept, True)


_KNOWN = Prepared[Measurement](
    lambda tenant, patient, fingerprint: Measurement.objects.filter(
        tenant_id=tenant, patient_id=patient, fingerprint=fingerprint
    )
)


def _made(episode: CareEpisode, indicator: PatientIndicator | None, one: Incoming, by: Actor) -> Measurement:
    return Measurement(
        community_id=episode.community_id,
        tenant_id=episode.tenant_id,
        patient_id=episode.patient_id,
        indicator=indicator,
        code=one.code,
        value=one.value,
        unit=one.unit,
        sent_value=one.value if one.sent_value is None else one.sent_value,
        sent_unit=one.sent_unit or one.unit,
        effective=one.effective,
        device=one.device,
        fingerprint=one.fingerprint,
        entered=one.entered,
        by_id=by.account_id,
        by_name=by.name,
    )


def _sources(measurement: Measurement, one: Incoming, by: Actor) -> list[MeasurementSource]:
    """The system it came from; none for what somebody types here."""
    if not one.system:
        return []
    return [
        MeasurementSource(
            community_id=measurement.community_id,
            tenant_id=measurement.tenant_id,
            patient_id=measurement.patient_id,
            measurement=measurement,
            system=one.system,
            number=one.number,
            by_id=by.account_id,
        )
    ]


def _triaged(measurement: Measurement, against: HeldAgainst) -> tuple[Outcome, TriageResult]:
    """The colour, bound to the version in force when it was measured."""
    limits = _limits(measurement, against)
    found = _outcome(measurement, limits)
    result = TriageResult(
        community_id=measurement.community_id,
        tenant_id=measurement.tenant_id,
        patient_id=measurement.patient_id,
        measurement=measurement,
        colour=found.colour,
        kind=found.kind,
        reason=str(found.judgement.reason) if found.judgement else found.code,
        limit=str(getattr(found.judgement, "limit", "") or ""),
        threshold=limits,
        engine=ENGINE,
    )
    return found, result


def _told(
    episode: CareEpisode, measurement: Measurement, found: Outcome, by: Actor, against: HeldAgainst
) -> bool:
    """One alert for all but green, of the worse of what the team's limits and the plan in force say.

    Whether any alert is other than before.
    """
    if measurement.indicator is None:
        raise_alert(episode, measurement, kind=AlertKind.UNEXPECTED, severity=found.colour, by=by)
        return True
    planned = colour_by_plans(measurement, against.plans)
    kind, shade = (
        AlertKind(_KINDS.get(found.kind, found.kind.value)),
        worst([found.colour, planned or Colour.NONE]),
    )
    if planned is None and found.kind is OutcomeKind.INSIDE:
        kind = AlertKind.MACHINE_FAILURE
    elif planned in (Colour.YELLOW, Colour.RED) and found.kind is not OutcomeKind.MACHINE_FAILURE:
        kind = AlertKind.OUTSIDE
    elif found.kind is OutcomeKind.INSIDE:
        if against.is_outside:
            tell_inside(measurement, by=by)
        return against.is_outside
    raise_alert(episode, measurement, kind=kind, severity=shade, by=by)
    return True


_KINDS = {OutcomeKind.INSIDE: AlertKind.OUTSIDE}
"""Only the plan is then outside."""


def _limits(measurement: Measurement, against: HeldAgainst) -> ThresholdSet | None:
    """The version in force when it was measured.

    None when it comes from a plan that is taken back: then a person looks, and no older ones are guessed at.
    """
    rows = {one.pk: one for one in against.limits}
    found = in_force([Version(one.valid_from, None, one.pk) for one in rows.values()], measurement.effective)
    return None if found is None or rows[found.number].is_taken_back else rows[found.number]


def _outcome(measurement: Measurement, limits: ThresholdSet | None) -> Outcome:
    """A rule that cannot be read is a machine failure, and never silence."""
    rule = to_numbers(limits.rule) if limits else None
    is_measured = measurement.indicator is None or measurement.indicator.kind == IndicatorKind.MEASURED
    if not is_measured:
        return outcome(rule, measurement.value)
    return outcome(rule, over_time(rule_of(rule), measurement, [measurement.tenant_id]))


def set_limits(
    indicator: PatientIndicator,
    rule: Any,
    *,
    valid_from: datetime,
    why: str,
    by: Actor,
    plan: SafetyNetPlan | None = None,
) -> ThresholdSet:
    """A new version of the limits; what was measured keeps its colour. Refused as `check_limits`.

    `plan` is the one they are taken from; None when somebody sets them by hand.
    """
    if rule is not None:
        check_limits(to_numbers(rule))
    with transaction.atomic():
        PatientIndicator.objects.select_for_update().get(pk=indicator.pk)
        newest = ThresholdSet.objects.filter(indicator=indicator).order_by("-version").first()
        return ThresholdSet.objects.create(
            community_id=indicator.community_id,
            tenant_id=indicator.tenant_id,
            patient_id=indicator.patient_id,
            indicator=indicator,
            version=newest.version + 1 if newest else 1,
            rule=rule,
            valid_from=valid_from,
            why=why,
            plan=plan,
            by_id=by.account_id,
            by_name=by.name,
        )


def invalidate(measurement: Measurement, *, reason: str, by: Actor, restore: bool = False) -> Invalidation:
    """Say that a measurement does not count, or that it does after all. What was measured stays as it was.

    Refused: `measurement.reason` without one; `measurement.as_it_is` when that was the last that was said.
    """
    if not reason.strip():
        raise Refused("measurement.reason", _("Say why, in a few words."), field="reason")
    with transaction.atomic():
        Patient.objects.select_for_update().get(pk=measurement.patient_id)  # what only grows cannot be locked
        last = Invalidation.objects.filter(measurement=measurement).order_by("-pk").first()
        if (last is None or last.is_restored) == restore:
            raise Refused(
                "measurement.as_it_is", _("Somebody has said this already. Look at the page again.")
            )
        tell_set_aside(measurement, by=by, reason=reason.strip(), is_restored=restore)
        return _marked(measurement, reason.strip(), by, restore)


def _marked(measurement: Measurement, reason: str, by: Actor, restore: bool) -> Invalidation:
    return Invalidation.objects.create(
        community_id=measurement.community_id,
        tenant_id=measurement.tenant_id,
        patient_id=measurement.patient_id,
        measurement=measurement,
        is_restored=restore,
        reason=reason,
        by_id=by.account_id,
        by_name=by.name,
    )
