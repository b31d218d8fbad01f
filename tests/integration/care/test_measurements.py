"""One measurement, one alert: whatever comes in is kept once, held to the limits of its time, never lost."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from factories.care import CareWorld
from factories.measuring import ASTRID, LIMITS, due_daily, value, watch
from samspill.care.actions.measuring import invalidate, set_limits
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import (
    Alert,
    AlertStep,
    ListRow,
    Measurement,
    MeasurementSource,
    PassiveInterval,
    TriageResult,
)
from samspill.directory.public import scope
from samspill.refusal import Refused


@pytest.fixture
def duty(world: CareWorld):  # type: ignore[no-untyped-def]
    with scope(world.machine), opening_by_duty(by=world.machine):
        yield


@pytest.mark.parametrize(
    ("said", "colour", "kinds"),
    [
        ("66", "green", []),
        ("70", "green", []),
        ("70.1", "yellow", ["outside"]),
        ("72", "yellow", ["outside"]),
        ("72.1", "red", ["outside"]),
        ("59.9", "red", ["outside"]),
    ],
)
def test_a_value_gets_its_colour_and_what_is_outside_an_alert(
    world: CareWorld, duty: None, said: str, colour: str, kinds: list[str]
) -> None:
    watch(world)
    taken = value(world, said)
    assert TriageResult.objects.get(measurement=taken.measurement).colour == colour
    assert [one.kind for one in Alert.objects.all()] == kinds
    assert [one.severity for one in ListRow.objects.all()] == [colour] * len(kinds)


def test_invariant_2_no_rule_and_a_failing_rule_are_looked_at_by_somebody(
    world: CareWorld, duty: None
) -> None:
    watch(world, rule=None)
    watch(world, code="own-rule", rule=LIMITS)
    value(world, "66")
    value(world, {"not": "a number"}, code="own-rule")
    assert [one.kind for one in Alert.objects.order_by("pk")] == ["not_triaged", "machine_failure"]


def test_what_nobody_asked_for_is_kept_and_told(world: CareWorld, duty: None) -> None:
    taken = value(world, "120", code="8867-4")
    assert taken.measurement.indicator is None
    assert [one.kind for one in Alert.objects.all()] == ["unexpected"]


def test_invariant_8_the_same_from_two_systems_is_one_with_two_sources_and_one_alert(
    world: CareWorld, duty: None
) -> None:
    watch(world)
    when = timezone.now() - timedelta(hours=2)
    nimble = value(world, "75", effective=when, device="vekt-1", system="nimble", number="a-1")
    dho = value(world, "75", effective=when, device="vekt-1", system="dho", number="77")
    again = value(world, "75", effective=when, device="vekt-1", system="dho", number="77")
    assert (nimble.is_new, dho.is_new, again.is_new) == (True, False, False)
    assert nimble.measurement == dho.measurement == again.measurement
    assert sorted(MeasurementSource.objects.values_list("system", flat=True)) == ["dho", "nimble"]
    assert Alert.objects.count() == 1


def test_another_scale_at_the_same_time_is_another_measurement(world: CareWorld, duty: None) -> None:
    watch(world)
    when = timezone.now() - timedelta(hours=2)
    assert value(world, "66", effective=when, device="vekt-1").is_new
    assert value(world, "66", effective=when, device="vekt-2").is_new


def test_invariant_6_a_late_measurement_gets_the_limits_of_its_time_and_no_colour_changes(
    world: CareWorld, duty: None
) -> None:
    indicator = watch(world)
    before = value(world, "71", hours_ago=30).measurement
    wider = {**LIMITS, "yellow_high": "76", "red_high": "80"}
    changed = timezone.now() - timedelta(hours=24)
    set_limits(indicator, wider, valid_from=changed, why="Nytt vektmål", by=world.machine)
    late = value(world, "71", hours_ago=29).measurement
    now = value(world, "71", hours_ago=1).measurement
    colours = [TriageResult.objects.get(measurement=one).colour for one in (before, late, now)]
    assert colours == ["yellow", "yellow", "green"]
    versions = [TriageResult.objects.get(measurement=one).threshold.version for one in (before, late, now)]
    assert versions == [1, 1, 2]


def test_limits_out_of_order_are_refused_and_change_nothing(world: CareWorld, duty: None) -> None:
    indicator = watch(world)
    with pytest.raises(Refused):
        set_limits(
            indicator, {**LIMITS, "red_low": "90"}, valid_from=timezone.now(), why="", by=world.machine
        )
    assert indicator.limits.count() == 1


def test_invariant_1_measurement_colour_and_alert_come_together_or_not_at_all(
    world: CareWorld, duty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(world)

    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the machine stopped")

    for step in ("alerting._step", "alerting.renew_row", "measuring.raise_alert"):
        with monkeypatch.context() as patch:
            patch.setattr(f"samspill.care.actions.{step}", broken)
            with pytest.raises(RuntimeError), transaction.atomic():
                value(world, "75")
        counts = [model.objects.count() for model in (Measurement, TriageResult, Alert, AlertStep, ListRow)]
        assert counts == [0, 0, 0, 0, 0]
    value(world, "75")
    assert Alert.objects.count() == ListRow.objects.count() == 1


@pytest.mark.parametrize(
    "table",
    ["measurement", "measurementsource", "triageresult", "thresholdset", "invalidation", "alertstep"],
)
def test_invariant_5_what_was_measured_and_done_cannot_be_changed(
    world: CareWorld, duty: None, table: str
) -> None:
    for statement in ("UPDATE care_{} SET community_id = 1", "DELETE FROM care_{}"):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement.format(table))


def test_an_invalid_measurement_is_kept_and_can_count_again(world: CareWorld, duty: None) -> None:
    watch(world)
    measurement = value(world, "166").measurement
    invalidate(measurement, reason="Naboen sto på vekten", by=world.machine)
    invalidate(measurement, reason="Det gjorde han ikke", by=world.machine, restore=True)
    assert Measurement.objects.get().value == "166"
    assert [one.is_restored for one in measurement.invalidations.all()] == [False, True]


def test_a_value_inside_clears_an_alert_and_closes_nothing(world: CareWorld, duty: None) -> None:
    watch(world)
    value(world, "75", hours_ago=3)
    value(world, "66", hours_ago=1)
    alert = Alert.objects.get()
    assert alert.cleared is not None
    assert alert.state == "raised"
    value(world, "71", hours_ago=0)
    alert.refresh_from_db()
    assert (alert.cleared, alert.severity) == (None, "red"), "the worst so far stays on the alert"
    acts = list(AlertStep.objects.values_list("act", flat=True))
    assert acts == ["raised", "cleared", "measured_again"]


def test_what_did_not_come_is_an_alert_once_for_each_due_time_and_not_in_a_pause(
    world: CareWorld, duty: None
) -> None:
    indicator = watch(world)
    due_daily(world, indicator)
    now = timezone.now()
    assert raise_missing(now=now, by=world.machine) == 3
    assert raise_missing(now=now, by=world.machine) == 0
    PassiveInterval.objects.create(
        community=world.community,
        tenant_id=indicator.tenant_id,
        patient_id=indicator.patient_id,
        episode=world.episodes[ASTRID, "Service"],
        starts=now,
        why="Innlagt",
    )
    assert raise_missing(now=now + timedelta(days=3), by=world.machine) == 0
    assert {one.kind for one in Alert.objects.all()} == {"missing"}
