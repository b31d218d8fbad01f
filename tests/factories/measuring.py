"""Signs that are watched of invented patients, and values that come in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from factories.care import CareWorld
from samspill.care.actions.measuring import Incoming, TakenIn, set_limits, take_in
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import MeasurementSchedule, PatientIndicator
from samspill.directory.public import scope

WEIGHT, SPO2 = "29463-7", "59408-5"
LIMITS = {"red_low": "60", "yellow_low": "62", "yellow_high": "70", "red_high": "72"}
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
ASTRID, ODD = "Astrid Lunde", "Odd Nilsen"


def watch(
    world: CareWorld, name: str = ASTRID, team: str = "Service", *, rule: Any = LIMITS, code: str = WEIGHT
) -> PatientIndicator:
    """The weight of a patient is watched in an episode, with limits from long before."""
    episode = world.episodes[name, team]
    with scope(world.machine), opening_by_duty(by=world.machine):
        indicator = PatientIndicator.objects.create(
            community=world.community,
            tenant_id=episode.tenant_id,
            patient_id=episode.patient_id,
            episode=episode,
            kind="measured",
            code=code,
            name="Vekt",
            unit="kg",
        )
        if rule is not None:
            set_limits(indicator, rule, valid_from=LONG_BEFORE, why="Avtalt", by=world.machine)
    return indicator


def due_daily(world: CareWorld, indicator: PatientIndicator, at: str = "08:00") -> MeasurementSchedule:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return MeasurementSchedule.objects.create(
            community=world.community,
            tenant_id=indicator.tenant_id,
            patient_id=indicator.patient_id,
            indicator=indicator,
            plan={"times": [at], "first_day": "2026-11-20", "grace": 120},
        )


def value(world: CareWorld, said: Any, **more: Any) -> TakenIn:
    """A weight of Astrid comes in by duty; `hours_ago` and the fields of Incoming may be said."""
    name, team = more.pop("name", ASTRID), more.pop("team", "Service")
    effective = more.pop("effective", None) or timezone.now() - timedelta(hours=more.pop("hours_ago", 1))
    one = Incoming(more.pop("code", WEIGHT), said, "kg", effective, **more)
    with scope(world.machine), opening_by_duty(by=world.machine):
        return take_in(world.episodes[name, team], one, by=world.machine)
