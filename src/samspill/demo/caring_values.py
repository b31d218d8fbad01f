"""What the patients of the demonstration have measured: ordinary days, and what has just come in."""

import random
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from samspill.care.public import (
    CareEpisode,
    Incoming,
    MeasurementSchedule,
    PatientIndicator,
    set_limits,
    take_in,
)
from samspill.demo.patients_facts import Limits, PatientFact, WatchedFact
from samspill.demo.stage import Stage

MORNING = time(8, 0)
GRACE = 240
EVERY_OTHER = 2
LIMITS_FROM = 60
"""Days before today."""


def measure_days(fact: PatientFact, episode: CareEpisode, stage: Stage) -> None:
    """What is watched, by which limits, when it is due, and the values of ordinary days."""
    rng = random.Random(f"samspill values {stage.seed} {fact.key}")  # noqa: S311  no secret
    for place, watched in enumerate(stage.world.care.conditions[fact.condition].watched):
        usual = fact.usual if place == 0 and fact.usual is not None else watched.usual
        indicator = _watch(watched, place, episode, stage)
        _limit(fact, watched, usual, indicator, stage)
        if place == 0:
            _be_due(indicator, stage)
        every = 1 if place == 0 else EVERY_OTHER
        for day in range(-stage.extent.days, 1, every):
            value = _ordinary(watched, usual, rng)
            at = _morning(day, stage) + timedelta(minutes=rng.randint(-20, 45))
            if _has_measured(fact, day) and at < stage.now:
                _take_in(watched, value, at, episode, stage)


def _watch(watched: WatchedFact, place: int, episode: CareEpisode, stage: Stage) -> PatientIndicator:
    return PatientIndicator.objects.create(
        community=stage.community,
        tenant_id=episode.tenant_id,
        patient_id=episode.patient_id,
        episode=episode,
        kind="measured",
        code=watched.code,
        name=watched.name,
        unit=watched.unit,
        order=place,
    )


def _limit(
    fact: PatientFact, watched: WatchedFact, usual: float, indicator: PatientIndicator, stage: Stage
) -> None:
    began, new = _morning(-LIMITS_FROM, stage), fact.new_limits
    if new is None or new.code != watched.code:
        rule = _around(watched, watched.limits, usual)
        set_limits(indicator, rule, valid_from=began, why="Satt da oppfølgingen begynte", by=stage.machine)
        return
    set_limits(indicator, dict(new.before), valid_from=began, why="", by=stage.machine)
    set_limits(
        indicator, dict(new.limits), valid_from=_morning(new.day, stage), why=new.why, by=stage.machine
    )


def _around(watched: WatchedFact, limits: Limits, usual: float) -> dict[str, str]:
    if not watched.around:
        return dict(limits)
    return {name: str(_rounded(watched, usual) + Decimal(said)) for name, said in limits.items()}


def _be_due(indicator: PatientIndicator, stage: Stage) -> None:
    MeasurementSchedule.objects.create(
        community=stage.community,
        tenant_id=indicator.tenant_id,
        patient_id=indicator.patient_id,
        indicator=indicator,
        plan={
            "times": [MORNING.strftime("%H:%M")],
            "first_day": stage.day(-stage.extent.days).isoformat(),
            "grace": GRACE,
        },
    )


def _has_measured(fact: PatientFact, day: int) -> bool:
    """Not after the last day, nor while admitted."""
    return day <= fact.last and (fact.paused is None or day <= fact.paused.day)


def _ordinary(watched: WatchedFact, usual: float, rng: random.Random) -> str:
    around = usual if watched.around else 0.0
    low, high = (bound + around for bound in watched.inside)
    return str(_rounded(watched, min(max(rng.gauss(usual, watched.spread), low), high)))


def _rounded(watched: WatchedFact, value: float) -> Decimal:
    return Decimal(f"{value:.{watched.digits}f}")


def measure_now(fact: PatientFact, episode: CareEpisode, stage: Stage) -> None:
    """What came in just before the world was made."""
    known = {one.code: one for condition in stage.world.care.conditions.values() for one in condition.watched}
    for one in fact.now:
        _take_in(known[one.code], one.value, stage.now - timedelta(minutes=one.minutes), episode, stage)


def _take_in(watched: WatchedFact, value: str, at: datetime, episode: CareEpisode, stage: Stage) -> None:
    take_in(episode, Incoming(watched.code, value, watched.unit, at, entered="patient"), by=stage.machine)


def _morning(day: int, stage: Stage) -> datetime:
    return datetime.combine(stage.day(day), MORNING, timezone.get_current_timezone())
