"""What is done on the page of a patient: limits, due times, pauses, notes, values set aside, assessments."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from factories.care import CareWorld
from factories.measuring import ASTRID, due_daily, value, watch
from factories.safety_net import Family, all_recipients, refused_in, sent
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.opening import opening_by_duty
from samspill.care.actions.signs import change_limits, change_schedule, stop_watching
from samspill.care.actions.signs import watch as watch_code
from samspill.care.models import (
    Alert,
    MeasurementSchedule,
    PatientIndicator,
    ScheduleVersion,
    ServiceAgreement,
    ThresholdSet,
    TriageResult,
)
from samspill.directory.public import Actor, scope

NEW = {"red_low": "50", "yellow_low": "55", "yellow_high": "75", "red_high": "80"}
DAILY = {"times": ["08:00"], "first_day": "2026-11-20", "grace": 120}


@pytest.fixture
def ida(world: CareWorld) -> Actor:
    return world.nurses["Service"]


def pk_of(world: CareWorld) -> int:
    return world.patients[ASTRID].pk


def address(world: CareWorld, name: str, *more: object) -> str:
    return reverse(f"care:{name}", args=[pk_of(world), *more])


def on_duty(world: CareWorld, act: Any, *args: Any, **said: Any) -> Any:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return act(*args, by=world.machine, **said)


def all_of(world: CareWorld, model: Any, *names: str) -> list[Any]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return list(model.objects.order_by("pk").values_list(*names, flat=len(names) == 1))


def without_plan_right(world: CareWorld) -> None:
    with scope(world.machine):
        ServiceAgreement.objects.update(rights=["read", "measure", "answer"])


def test_new_limits_are_tried_on_the_last_days_and_recolour_nothing(world: CareWorld, ida: Actor) -> None:
    indicator = watch(world)
    value(world, "73")
    value(world, "66", hours_ago=30)
    client, url = signed_in(ida), address(world, "limits", indicator.pk)
    shown = client.post(url, {**NEW, "why": "Ny tørrvekt", "act": "keep"})
    html = shown.content.decode()
    assert shown.status_code == 200, "what nobody has seen the effect of is shown first"
    assert all_of(world, ThresholdSet, "version") == [1]
    assert "1 måling ville fått en annen farge" in html
    seen = re.findall(r'name="seen" value="([^"]*)"', html)[0].replace("&quot;", '"')
    kept = client.post(url, {**NEW, "why": "Ny tørrvekt", "act": "keep", "seen": seen})
    assert kept.status_code == 303
    assert all_of(world, ThresholdSet, "rule")[1] == NEW
    assert all_of(world, TriageResult, "colour") == ["red", "green"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({**NEW, "yellow_low": "78"}, "Grensene stiger ikke"),
        ({"why": "x"}, "Sett minst én grense"),
        ({**NEW, "red_low": "mye"}, "Skriv et tall"),
        ({**NEW, "why": " "}, "Skriv hvorfor"),
        ({**NEW, "valid_from": "2026-11-01T08:00"}, "Grenser gjelder fra nå eller senere"),
    ],
)
def test_limits_that_cannot_be_are_told_of_and_nothing_is_kept(
    world: CareWorld, ida: Actor, said: dict[str, str], told: str
) -> None:
    indicator = watch(world)
    client, url = signed_in(ida), address(world, "limits", indicator.pk)
    posted = {"why": "Ny", "act": "keep", **said}
    first = client.post(url, posted).content.decode()
    seen = re.findall(r'name="seen" value="([^"]*)"', first)
    answer = client.post(url, {**posted, "seen": seen[0].replace("&quot;", '"') if seen else ""})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert all_of(world, ThresholdSet, "version") == [1]


def test_both_parts_of_a_pressure_have_limits_of_their_own(world: CareWorld, ida: Actor) -> None:
    with scope(ida):
        made = watch_code(pk_of(world), "85354-9", by=ida)
    assert (made.unit, made.kind) == ("mm[Hg]", "measured")
    value(world, {"8480-6": "150", "8462-4": "80"}, code="85354-9")
    client, url = signed_in(ida), address(world, "limits", made.pk)
    posted = {"8480-6-yellow_high": "140", "8462-4-red_high": "110", "why": "Avtalt", "act": "look"}
    half = client.post(url, {**posted, "8462-4-red_high": ""})
    assert half.status_code == 422 and "for hver del" in half.content.decode()
    html = client.post(url, posted).content.decode()
    assert "Blodtrykk (overtrykk)" in html
    seen = re.findall(r'name="seen" value="([^"]*)"', html)[0].replace("&quot;", '"')
    assert client.post(url, {**posted, "act": "keep", "seen": seen}).status_code == 303
    assert all_of(world, ThresholdSet, "rule") == [
        {"8480-6": {"yellow_high": "140"}, "8462-4": {"red_high": "110"}}
    ]
    page = client.get(address(world, "patient")).content.decode()
    assert page.count('class="c-patient"') == 4, "two parts, each wide and narrow"


def test_who_may_only_read_changes_no_limits_and_no_times(world: CareWorld, ida: Actor) -> None:
    indicator = watch(world)
    without_plan_right(world)
    now = timezone.now()
    said = {"why": "x", "now": now}
    pk, key = pk_of(world), indicator.pk
    assert refused_in(ida, change_limits, pk, key, NEW, valid_from=now, **said) == "access.no_relation"
    assert refused_in(ida, change_schedule, pk, key, DAILY, **said) == "access.no_relation"
    assert refused_in(ida, watch_code, pk, "8867-4") == "access.no_relation"
    assert refused_in(ida, stop_watching, pk, key, now=now) == "access.no_relation"
    kari = world.nurses["Ward"]
    assert refused_in(kari, change_limits, pk, key, NEW, valid_from=now, **said) == "watch.not_here"


def test_limits_may_begin_later_and_not_twice_at_the_same_moment(world: CareWorld, ida: Actor) -> None:
    indicator, now = watch(world), timezone.now()
    later = now + timedelta(days=2)
    said = {"valid_from": later, "why": "Fra fredag", "now": now}
    with scope(ida):
        change_limits(pk_of(world), indicator.pk, NEW, by=ida, **said)
    assert refused_in(ida, change_limits, pk_of(world), indicator.pk, NEW, **said) == "limits.same_start"
    value(world, "73")
    assert all_of(world, TriageResult, "colour") == ["red"], "until then the old ones hold"


def test_new_times_forget_nothing_that_was_missed_and_keep_the_old_plan(world: CareWorld, ida: Actor) -> None:
    indicator = watch(world)
    due_daily(world, indicator)  # 20, 21 and 22 November at eight, and it is the 22nd at two
    now = timezone.now()
    with scope(ida):
        change_schedule(
            pk_of(world), indicator.pk, {**DAILY, "times": ["20:00"]}, why="Kveld", by=ida, now=now
        )
    assert all_of(world, Alert, "kind") == ["missing"] * 3
    assert all_of(world, ScheduleVersion, "plan", "why") == [({**DAILY, "times": ["20:00"]}, "Kveld")]
    on_duty(world, raise_missing, now=now + timedelta(hours=1))
    assert len(all_of(world, Alert, "kind")) == 3, "the new times answer from now"
    with scope(ida):
        change_schedule(pk_of(world), indicator.pk, None, why="Ferdig", by=ida, now=now)
    assert all_of(world, MeasurementSchedule, "pk") == []


def test_a_time_the_clock_leaves_out_is_told_of(world: CareWorld, ida: Actor) -> None:
    indicator = watch(world)
    said = {
        "times": "02:30, 8.00", "every_days": "1", "grace": "60", "first_day": "2026-11-22", "why": "Natt",
    }  # fmt: skip
    client = signed_in(ida)
    done = client.post(address(world, "schedule", indicator.pk), said, follow=True)
    told = done.content.decode()
    assert "28. mars 2027 finnes ikke kl. 02.30" in told.replace("\xa0", " ")
    assert "31. oktober 2027 er klokka 02.30 to ganger" in told.replace("\xa0", " ")
    assert all_of(world, MeasurementSchedule, "plan")[0]["times"] == ["02:30", "08:00"]


@pytest.mark.parametrize(
    "wrong",
    [{"times": "25:00"}, {"times": "8, 9"}, {"times": "08:00 08.00"}, {"last_day": "2026-11-01"},
     {"grace": "-1"}, {"every_days": "0"}, {"first_day": "i dag"}],
)  # fmt: skip
def test_times_that_cannot_be_are_told_of(world: CareWorld, ida: Actor, wrong: dict[str, str]) -> None:
    indicator = watch(world)
    said = {"times": "08:00", "every_days": "1", "grace": "60", "first_day": "2026-11-22", "why": "Ny"}
    assert signed_in(ida).post(address(world, "schedule", indicator.pk), {**said, **wrong}).status_code == 422
    assert all_of(world, MeasurementSchedule, "pk") == []


def test_what_a_plan_watches_is_watched_once_with_its_limits(
    world: CareWorld, home: Family, ida: Actor
) -> None:
    row = sent(world, all_recipients(world, home))
    client = signed_in(ida)
    for _ in range(2):
        assert client.post(address(world, "watch-plan", row.pk)).status_code == 303
    found = all_of(world, PatientIndicator, "code", "kind")
    assert ("29463-7", "measured") in found and ("heart_failure.breath", "asked") in found
    assert len(found) == len(set(found))
    value(world, "yellow", code="heart_failure.breath", hours_ago=0)
    value(world, "72.5", hours_ago=0)
    assert all_of(world, TriageResult, "colour") == ["yellow", "yellow"]
    html = client.get(address(world, "patient")).content.decode()
    assert "Pusten: Blir lettere tung i pusten" in html


def test_what_is_not_watched_any_more_is_unexpected_and_stays(world: CareWorld, ida: Actor) -> None:
    indicator = watch(world)
    value(world, "66", hours_ago=3)
    with scope(ida):
        stop_watching(pk_of(world), indicator.pk, by=ida, now=timezone.now())
    value(world, "67")
    assert all_of(world, Alert, "kind") == ["unexpected"]
    assert "Vekt 66 kg" in signed_in(ida).get(address(world, "patient")).content.decode()
