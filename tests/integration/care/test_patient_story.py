"""What a team writes about a patient: pauses, notes, assessments, and the timeline of it all."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factories.care import CareWorld, nurse
from factories.measuring import due_daily, value, watch
from factories.safety_net import Family, refused_in
from integration.care.test_patient_acts import address, all_of, on_duty, pk_of
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.assessing import assess
from samspill.care.actions.measuring import invalidate
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.noting import reminder_dues, see_note, write_note
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.actions.pausing import end_pause, pause, pause_for_admission, resume_after_discharge
from samspill.care.models import (
    Alert,
    AlertStep,
    Assessment,
    CareNote,
    NoteSeen,
    PassiveInterval,
    TriageResult,
)
from samspill.care.queries.timeline import Place, read_place, timeline
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

NEW = {"red_low": "50", "yellow_low": "55", "yellow_high": "75", "red_high": "80"}


@pytest.fixture
def ida(world: CareWorld) -> Actor:
    return world.nurses["Service"]


@pytest.fixture
def open_(world: CareWorld, ida: Actor) -> Iterator[None]:
    with scope(ida), opening(pk_of(world), by=ida, what="test"):
        yield


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
