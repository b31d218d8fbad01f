"""A nurse says how fast a value may change: tried first, then it colours what comes, wherever it is from."""

import html as words
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories.care import CareWorld, care_world
from factories.fhir_resources import quantity
from factories.machines import system
from factories.measuring import ASTRID, value, watch
from factories.observations import observation
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.measuring import invalidate
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import Alert, Measurement, ThresholdSet
from samspill.directory.public import scope

RULE = {"yellow_high": "80", "change": {"within_days": 3, "yellow_high": "2"}}
SAID = "har økt mer enn 2 kg på 3 dager"


@pytest.fixture
def world(db: None) -> CareWorld:
    return care_world()


def text(client: Client, address: str, **posted: str) -> str:
    answer = client.post(address, posted) if posted else client.get(address)
    return words.unescape(answer.content.decode()).replace("\xa0", " ")


def alerts(world: CareWorld) -> list[tuple[str, str]]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return [(one.kind, one.severity) for one in Alert.objects.all()]


def test_it_is_tried_on_what_was_measured_and_kept_as_other_limits_are(world: CareWorld) -> None:
    weight = watch(world, rule={"yellow_high": "80"})
    for hours, one in ((60, "70"), (30, "71"), (2, "72.6")):
        value(world, one, hours_ago=hours)
    client, page = (
        signed_in(world.nurses["Service"]),
        reverse("care:limits", args=[weight.patient_id, weight.pk]),
    )
    wanted = {"yellow_high": "80", "change-yellow_high": "2", "change-within_days": "3", "why": "Væske"}
    tried = text(client, page, **wanted, act="look")
    assert re.findall(r": (72,6 kg), \w+ → (\w+)<", tried) == [("72,6 kg", "gult")]
    assert "+2,6 kg på" in tried
    seen = re.findall(r"name=\"seen\" value='?\"?(\{.*?\})\"?'?>", tried)[0]
    assert client.post(page, {**wanted, "act": "keep", "seen": seen}).status_code == 303
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert ThresholdSet.objects.get(version=2).rule == RULE
        assert {one.triage.colour for one in Measurement.objects.select_related("triage")} == {"green"}
    value(world, "73", hours_ago=0)
    assert alerts(world) == [("outside", "yellow")]
    shown = text(client, reverse("care:patient", args=[weight.patient_id]))
    assert f"Vekt 73 kg, {SAID}" in shown
    again = text(client, page)
    assert re.search(r'name="change-yellow_high" value="2"', again), "what holds stands in the form"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"change-yellow_high": "2"}, "Si på hvor mange dager."),
        ({"change-yellow_high": "-2", "change-within_days": "3"}, "uten fortegn"),
        ({"change-yellow_high": "4", "change-red_high": "2", "change-within_days": "3"}, "stiger ikke"),
        ({"change-yellow_high": "2", "change-within_days": "0"}, "change-within_days_error"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(world: CareWorld, wrong: dict[str, str], said: str) -> None:
    weight = watch(world)
    page = reverse("care:limits", args=[weight.patient_id, weight.pk])
    answer = signed_in(world.nurses["Service"]).post(page, {**wrong, "why": "x", "act": "look"})
    assert answer.status_code == 422
    assert said in answer.content.decode() or "change-within_days" in said


def test_a_fall_is_written_without_its_sign_and_kept_with_it(world: CareWorld) -> None:
    weight = watch(world, rule=None)
    page = reverse("care:limits", args=[weight.patient_id, weight.pk])
    wanted = {"change-red_low": "3", "change-within_days": "7", "why": "Ernæring", "act": "look"}
    tried = text(signed_in(world.nurses["Service"]), page, **wanted)
    assert '"change": {"red_low": "-3", "within_days": 7}' in tried


def test_a_value_that_comes_by_fhir_is_held_against_the_days_before(world: CareWorld) -> None:
    watch(world, rule=RULE)
    value(world, "70", hours_ago=40)
    sender: Any = system(world)
    assert sender.ask("POST", "/Observation", observation(value=quantity(72.5, "kg"))).status_code == 201
    assert alerts(world) == [("outside", "yellow")]
    astrid = world.patients[ASTRID].pk
    shown = text(signed_in(world.nurses["Service"]), reverse("care:patient", args=[astrid]))
    assert f"Vekt 72,5 kg, {SAID}" in shown


def test_what_was_set_aside_is_nobodys_past(world: CareWorld) -> None:
    watch(world, rule=RULE)
    first = value(world, "60", hours_ago=20).measurement
    with scope(world.machine), opening_by_duty(by=world.machine):
        invalidate(first, reason="Feil vekt", by=world.machine)
    value(world, "70")
    assert alerts(world) == []


def test_a_time_that_is_longer_ago_does_not_count(world: CareWorld) -> None:
    watch(world, rule=RULE)
    value(world, "70", hours_ago=73)
    value(world, "73")
    assert alerts(world) == []
