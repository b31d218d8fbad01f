"""What is done on the page of a patient: limits, due times, pauses, notes, values set aside, assessments."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from factories.care import CareWorld, nurse
from factories.measuring import ASTRID, due_daily, value, watch
from factories.safety_net import Family, all_recipients, refused_in, sent
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.assessing import assess
from samspill.care.actions.measuring import invalidate
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.noting import reminder_dues, see_note, write_note
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.actions.pausing import end_pause, pause, pause_for_admission, resume_after_discharge
from samspill.care.actions.signs import change_limits, change_schedule, stop_watching
from samspill.care.actions.signs import watch as watch_code
from samspill.care.models import (
    Alert,
    AlertStep,
    Assessment,
    CareNote,
    MeasurementSchedule,
    NoteSeen,
    PassiveInterval,
    PatientIndicator,
    ScheduleVersion,
    ServiceAgreement,
    ThresholdSet,
    TriageResult,
)
from samspill.care.queries.timeline import Place, read_place, timeline
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

NEW = {"red_low": "50", "yellow_low": "55", "yellow_high": "75", "red_high": "80"}
DAILY = {"times": ["08:00"], "first_day": "2026-11-20", "grace": 120}


@pytest.fixture
def ida(world: CareWorld) -> Actor:
    return world.nurses["Service"]


@pytest.fixture
def open_(world: CareWorld, ida: Actor) -> Iterator[None]:
    with scope(ida), opening(pk_of(world), by=ida, what="test"):
        yield


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


def test_invariant_26_an_admission_pauses_those_outside_and_the_discharge_resumes(
    world: CareWorld, ida: Actor
) -> None:
    due_daily(world, watch(world))
    value(world, "66", hours_ago=100)
    at = datetime(2026, 11, 20, 6, tzinfo=UTC)
    for _ in range(2):
        on_duty(world, pause_for_admission, pk_of(world), at=at)
    assert all_of(world, PassiveInterval, "episode__team__name", "cause") == [("Service", "admission")]
    on_duty(world, raise_missing, now=timezone.now())
    assert all_of(world, Alert, "pk") == []
    html = signed_in(ida).get(address(world, "patient")).content.decode()
    assert "Service har pause" in html and "c-pause" in html
    for _ in range(2):
        on_duty(world, resume_after_discharge, pk_of(world), at=at + timedelta(days=1))
    assert all_of(world, PassiveInterval, "ends") == [at + timedelta(days=1)]
    on_duty(world, raise_missing, now=timezone.now())
    assert all_of(world, Alert, "kind") == ["missing"] * 2
    assert "Pausen er over" in signed_in(ida).get(address(world, "events")).content.decode()


def test_a_pause_by_hand_says_why_and_is_not_ended_by_a_discharge(world: CareWorld, ida: Actor) -> None:
    now, pk = timezone.now(), pk_of(world)
    times = {"starts": now, "ends": None, "now": now}
    assert refused_in(ida, pause, pk, why=" ", **times) == "pause.why"
    assert refused_in(ida, pause, pk, why="Ferie", starts=now, ends=now, now=now) == "pause.order"
    with scope(ida):
        (made,) = pause(pk, by=ida, why="Ferie", **times)
    assert refused_in(ida, pause, pk, why="Ferie", **times) == "pause.open"
    on_duty(world, resume_after_discharge, pk, at=now)
    assert all_of(world, PassiveInterval, "ends", "by_name") == [(None, "Ida Strand")]
    with scope(ida):
        end_pause(pk, made.pk, by=ida, now=now + timedelta(hours=1))
    assert refused_in(ida, end_pause, pk, made.pk, now=now + timedelta(hours=2)) == "pause.not_here"


def test_a_value_set_aside_tells_its_alert_and_can_count_again(world: CareWorld, ida: Actor) -> None:
    watch(world)
    wrong = value(world, "99").measurement
    client, url = signed_in(ida), address(world, "measurement", wrong.pk)
    assert client.post(url, {"reason": " ", "act": "set-aside"}).status_code == 422
    assert client.post(url, {"reason": "Med sko", "act": "set-aside"}).status_code == 303
    assert client.post(url, {"reason": "En gang til", "act": "set-aside"}).status_code == 422
    assert client.post(url, {"reason": "Uten sko likevel", "act": "restore"}).status_code == 303
    steps = all_of(world, AlertStep, "act", "note")
    assert steps[1:] == [("invalidated", "Med sko"), ("restored", "Uten sko likevel")]
    assert all_of(world, Alert, "state") == ["raised"], "it ends no alert"
    assert all_of(world, TriageResult, "colour") == ["red"]
    html = client.get(url).content.decode()
    assert "Med sko" in html and "Uten sko likevel" in html


def test_a_note_is_corrected_by_a_new_one_and_read_by_others(world: CareWorld, ida: Actor) -> None:
    per = nurse(world, "Service", "Per Holm")
    client, pk = signed_in(ida), pk_of(world)
    assert client.post(address(world, "write-note"), {"text": "Puster tungt <b>"}).status_code == 303
    (first,) = all_of(world, CareNote, "pk")
    assert (
        client.get(address(world, "write-note"), {"retter": first}).content.decode().count("Puster tungt")
        == 1
    )
    mended = {"text": "Puster lett", "retter": first}
    assert client.post(address(world, "write-note"), mended).status_code == 303
    assert client.post(address(world, "write-note"), mended).status_code == 422
    html = client.get(address(world, "patient")).content.decode()
    assert "Puster lett" in html and "Puster tungt &lt;b&gt;" in html
    last = all_of(world, CareNote, "pk")[-1]
    for who in (ida, per, per):
        with scope(who):
            see_note(pk, last, by=who)
    assert all_of(world, NoteSeen, "by_name") == ["Per Holm"]
    assert "Lest av" in client.get(address(world, "patient")).content.decode()
    assert refused_in(ida, write_note, pk, "x", corrects=last + 100) == "note.not_here"


def test_a_reminder_is_a_task_for_the_team_on_its_day_and_names_nobody(world: CareWorld, ida: Actor) -> None:
    pk = pk_of(world)
    assert refused_in(ida, write_note, pk, "x", remind_on=ida.today - timedelta(days=1)) == "note.past"
    with scope(ida):
        note = write_note(pk, "Ring Astrid", by=ida, remind_on=ida.today)
        write_note(pk, "Ring senere", by=ida, remind_on=ida.today + timedelta(days=40))
        (due,) = reminder_dues(ida)
    assert "Astrid" not in f"{due.title} {due.text}" and due.url.endswith("#notater")
    for who in ("Ward", "Moss"):
        with scope(world.nurses[who]):
            assert list(reminder_dues(world.nurses[who])) == []
    assert signed_in(ida).post(address(world, "reminder-done", note.pk)).status_code == 303
    with scope(ida):
        assert list(reminder_dues(ida)) == []


def test_invariant_25_item_nine_raises_an_alert_whatever_is_missing(world: CareWorld, ida: Actor) -> None:
    client = signed_in(ida)
    done = client.post(address(world, "assess", "phq9"), {"on": "2026-11-22", "p-item_9": "1"}, follow=True)
    html = done.content.decode()
    assert "Teamet har fått et varsel" in html and "det blir ingen sum" in html
    assert all_of(world, Alert, "kind", "severity") == [("safety_answer", "red")]
    assert all_of(world, Assessment, "total", "alert__kind") == [(None, "safety_answer")]


def test_invariant_24_scale_two_only_with_a_prescription(world: CareWorld, ida: Actor) -> None:
    client = signed_in(ida)
    said = {
        "on": "2026-11-22", "p-respiratory_rate": "18", "p-spo2": "89", "p-oxygen": "air",
        "p-systolic": "120", "p-pulse": "80", "p-consciousness": "A", "p-temperature": "37,2",
        "p-spo2_scale": "2",
    }  # fmt: skip
    assert client.post(address(world, "assess", "news2"), said).status_code == 422
    said["p-spo2_prescription"] = "Epikrise 3. november"
    assert client.post(address(world, "assess", "news2"), said).status_code == 303
    assert all_of(world, Assessment, "instrument", "version", "total") == [("news2", "2017", 0)]
    assert "NEWS2" in client.get(address(world, "assessments")).content.decode()


@pytest.mark.parametrize(
    ("instrument", "said"),
    [("cfs", {}), ("cfs", {"p-level": "11"}), ("news2", {"p-spo2": "mye"}),
     ("cfs", {"p-level": "4", "on": ""}), ("cfs", {"p-level": "4", "on": "2026-12-24"}),
     ("news2", {"p-temperature": "99"})],
)  # fmt: skip
def test_answers_that_cannot_be_are_told_of(
    world: CareWorld, ida: Actor, instrument: str, said: dict[str, str]
) -> None:
    posted = {"on": "2026-11-22", **said}
    assert signed_in(ida).post(address(world, "assess", instrument), posted).status_code == 422
    assert all_of(world, Assessment, "pk") == []


def test_an_assessment_is_corrected_by_a_new_one_and_instruments_are_not_mixed(
    world: CareWorld, ida: Actor
) -> None:
    pk, day = pk_of(world), ida.today
    with scope(ida):
        first, _score = assess(pk, "cfs", {"level": 5}, on=day, by=ida)
        assess(pk, "CFS", {"level": 6}, on=day, by=ida, corrects=first.pk)
        assess(pk, "iplos", {"eating": 3, "hygiene": 9}, on=day, by=ida)
    again = refused_in(ida, assess, pk, "cfs", {"level": 7}, on=day, corrects=first.pk)
    assert again == "assessment.corrected"
    assert refused_in(ida, assess, pk, "katz", {}, on=day) == "assessment.empty"
    html = signed_in(ida).get(address(world, "assessments")).content.decode()
    assert html.count("<table") == 2


def test_the_timeline_is_paged_without_gap_or_repeat(world: CareWorld, ida: Actor, open_: None) -> None:
    watch(world)
    for hour in range(1, 12):
        value(world, "75" if hour % 2 else "66", hours_ago=hour)
    for number in range(7):
        write_note(pk_of(world), f"Notat {number}", by=ida)
    now = timezone.now() + timedelta(days=2)
    whole = timeline(pk_of(world), until=now, size=500)
    assert whole.after is None and len(whole.items) >= 20
    assert list(whole.items) == sorted(whole.items, key=lambda one: one.place)
    paged: list[Any] = []
    after: Place | None = None
    for _ in range(99):
        page = timeline(pk_of(world), until=now, after=after, size=4)
        paged += page.items
        if page.after is None:
            break
        after = read_place(str(page.after))
    assert [one.place for one in paged] == [one.place for one in whole.items]
    only = timeline(pk_of(world), until=now, kind="notes")
    assert {one.source.kind for one in only.items} == {"notes"} and len(only.items) == 7
    hidden = timeline(pk_of(world), until=now, hidden=lambda part: part == "measurements", size=500)
    assert {one.source.kind for one in hidden.items} <= {"notes", "messages", "plans", "assessments"}


@pytest.mark.parametrize("said", ["x", "2026-11-22~1~1", "2026-11-22T10:00:00+00:00~99~1", "~~", "1~2~3~4"])
def test_a_place_in_the_timeline_that_is_none_is_told_of(world: CareWorld, ida: Actor, said: str) -> None:
    assert signed_in(ida).get(address(world, "events"), {"fra": said}).status_code == 422


def test_nobody_else_writes_notes_pauses_or_limits(world: CareWorld, home: Family) -> None:
    indicator = watch(world)
    one = value(world, "66").measurement
    places = [
        ("write-note", ()), ("pause", ()), ("watch", ()), ("limits", (indicator.pk,)),
        ("schedule", (indicator.pk,)), ("stop-watching", (indicator.pk,)), ("measurement", (one.pk,)),
        ("assess", ("cfs",)),
    ]  # fmt: skip
    said = {
        **NEW,
        "text": "x",
        "why": "x",
        "reason": "x",
        "code": "8867-4",
        "on": "2026-11-22",
        "p-level": "4",
    }
    for who in (home.astrid, home.daughter, world.nurses["Moss"]):
        client: Client = signed_in(who)
        for name, more in places:
            assert client.post(address(world, name, *more), said).status_code == 403, (who.name, name)
    assert all_of(world, CareNote, "pk") == all_of(world, PassiveInterval, "pk") == []
    with scope(world.machine), opening_by_duty(by=world.machine), pytest.raises(Refused):
        invalidate(one, reason="", by=world.machine)
