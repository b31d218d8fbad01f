"""By the clock: what stays away is found once, what nobody takes is told further, what is done is counted."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factories.board import at_the_list, page_of
from factories.care import CareWorld, nurse
from factories.measuring import ASTRID, due_daily, value, watch
from samspill.care import jobs
from samspill.care.actions.alerting import let_go, take
from samspill.care.actions.duty import set_duty
from samspill.care.actions.escalating import escalate, escalated_dues
from samspill.care.actions.missing import raise_missing
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.duty_time import DutyTime
from samspill.care.models import (
    AccessDecision,
    Alert,
    MeasurementSchedule,
    PassiveInterval,
    TeamCount,
    TeamMembership,
)
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused
from samspill.worklist import mail
from samspill.worklist.models import Notice

SOON = timedelta(minutes=16)
DAYTIME = DutyTime(time(7, 30), time(15, 30))


def on_duty(world: CareWorld, work, **said: object) -> int:  # type: ignore[no-untyped-def]
    with scope(world.machine), opening_by_duty(by=world.machine):
        return work(by=world.machine, **said)


def schedule(world: CareWorld) -> MeasurementSchedule:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return MeasurementSchedule.objects.get()


def test_what_is_missing_is_told_once_and_the_schedule_remembers_how_far(world: CareWorld) -> None:
    due_daily(world, watch(world))
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)  # due at 8 on 20, 21 and 22 November, with two hours' grace
    assert on_duty(world, raise_missing, now=now) == 3
    assert on_duty(world, raise_missing, now=now + timedelta(minutes=1)) == 0
    held = schedule(world)
    assert held.answered_to == now
    assert held.next_look == datetime(2026, 11, 23, 9, tzinfo=UTC), "due at 8 in Norway, and two hours more"
    assert on_duty(world, raise_missing, now=now + timedelta(days=1)) == 1


def test_one_that_may_still_come_is_not_answered_for(world: CareWorld) -> None:
    due_daily(world, watch(world))
    before = datetime(2026, 11, 22, 8, tzinfo=UTC)  # an hour into the grace of the third
    assert on_duty(world, raise_missing, now=before) == 2
    assert schedule(world).answered_to == datetime(2026, 11, 22, 7, tzinfo=UTC)
    assert on_duty(world, raise_missing, now=before + timedelta(hours=2)) == 1


def test_what_came_in_time_is_missed_by_nobody_however_it_is_looked_for(world: CareWorld) -> None:
    due_daily(world, watch(world))
    came = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    assert on_duty(world, raise_missing, now=came - timedelta(minutes=10)) == 2
    value(world, "65", effective=came)
    assert on_duty(world, raise_missing, now=came + timedelta(hours=4)) == 0


def test_a_plan_that_is_changed_is_looked_at_at_once(world: CareWorld) -> None:
    due_daily(world, watch(world))
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    on_duty(world, raise_missing, now=now)
    with scope(world.machine), opening_by_duty(by=world.machine):
        held = MeasurementSchedule.objects.get()
        held.plan = {**held.plan, "times": ["13:30"], "grace": 10}
        held.save()
    assert schedule(world).next_look is None
    assert on_duty(world, raise_missing, now=now + timedelta(hours=1)) == 1


def test_a_plan_that_makes_no_sense_is_an_alert_and_stops_nobody_elses(world: CareWorld) -> None:
    due_daily(world, watch(world))
    with scope(world.machine), opening_by_duty(by=world.machine):
        MeasurementSchedule.objects.update(plan={"times": ["kvart over ni"], "first_day": "2026-11-20"})
    due_daily(world, watch(world, "Odd Nilsen", "Moss"))
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert on_duty(world, raise_missing, now=now) == 2
    assert on_duty(world, raise_missing, now=now + timedelta(hours=2)) == 0
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert sorted(Alert.objects.values_list("kind", flat=True)) == ["machine_failure", "missing"]


def test_invariant_26_nothing_is_missed_in_a_pause(world: CareWorld) -> None:
    due_daily(world, watch(world))
    with scope(world.machine), opening_by_duty(by=world.machine):
        episode = world.episodes[ASTRID, "Service"]
        PassiveInterval.objects.create(
            community=world.community,
            tenant_id=episode.tenant_id,
            patient_id=episode.patient_id,
            episode=episode,
            starts=datetime(2026, 11, 20, tzinfo=UTC),
            why="Innlagt",
        )
    assert on_duty(world, raise_missing, now=datetime(2026, 11, 22, 12, tzinfo=UTC)) == 0


def test_a_run_is_bounded_and_the_next_takes_the_rest(world: CareWorld) -> None:
    due_daily(world, watch(world))
    due_daily(world, watch(world, "Odd Nilsen", "Moss"))
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert [on_duty(world, raise_missing, now=now, most=1) for _round in range(3)] == [1, 1, 0]


def leader(world: CareWorld) -> Actor:
    ida = world.nurses["Service"]
    lead = nurse(world, "Service", "Siv Lien")
    world.nurses["Service"] = ida
    with scope(world.machine):
        TeamMembership.objects.filter(account=lead.account_id).update(function="leader")
    return lead


def titles(who: Actor) -> list[str]:
    with scope(who):
        return [one.title.replace("\xa0", " ") for one in escalated_dues(who)]


def mails(world: CareWorld) -> list[tuple[str, str]]:
    with scope(world.machine):
        return list(Notice.objects.order_by("pk").values_list("account__name", "title"))


def test_what_nobody_takes_is_told_to_the_team_and_then_to_who_leads_it(world: CareWorld) -> None:
    lead = leader(world)
    watch(world)
    value(world, "75")
    assert titles(world.nurses["Service"]) == []
    raised = timezone.now()
    assert on_duty(world, escalate, now=raised + SOON) == 1
    said = "Vekt 75\xa0kg"
    assert mails(world) == [("Ida Strand", said), ("Siv Lien", said)]
    assert titles(world.nurses["Service"]) == titles(lead) == ["Vekt 75 kg"]
    assert titles(world.nurses["Moss"]) == []
    assert on_duty(world, escalate, now=raised + SOON) == 0
    assert on_duty(world, escalate, now=raised + 2 * SOON) == 1
    assert mails(world)[2:] == [("Siv Lien", said)]


def leaving(world: CareWorld) -> dict[str, datetime | None]:
    with scope(world.machine):
        return dict(Notice.objects.order_by("pk").values_list("account__name", "leaves_from"))


def test_an_alert_nobody_takes_is_told_at_night_too_and_its_duty_time_holds_back_no_leader(
    world: CareWorld,
) -> None:
    """A patient waits for no working day; who leads the team is told at once whatever its duty."""
    leader(world)
    watch(world)
    value(world, "75")
    night = timezone.now().replace(hour=2, minute=0) + timedelta(days=1)
    on_duty(world, escalate, now=night)
    assert set(leaving(world).values()) == {night}
    with scope(world.machine):
        set_duty(world.teams["Service"], DAYTIME, by=world.machine)
        Notice.objects.all().delete()
    on_duty(world, escalate, now=night + timedelta(hours=1))
    assert leaving(world) == {"Siv Lien": night + timedelta(hours=1)}
    with scope(world.machine), pytest.raises(Refused) as refused:
        set_duty(world.teams["Service"], DutyTime(time(7, 30), None), by=world.machine)
    assert refused.value.code == "duty.whole"


def test_with_a_duty_time_the_team_is_told_when_it_begins(world: CareWorld) -> None:
    watch(world)
    with scope(world.machine):
        set_duty(world.teams["Service"], DAYTIME, by=world.machine)
    value(world, "75")
    night = timezone.now().replace(hour=2, minute=0) + timedelta(days=1)
    on_duty(world, escalate, now=night)
    begins = night.replace(hour=6, minute=30, second=0, microsecond=0)  # half past seven in Norway in winter
    assert leaving(world) == {"Ida Strand": begins}
    account = world.nurses["Service"].account_id
    assert mail.people_with_mail(night, at_once=True) == mail.people_with_mail(night) == {}
    assert mail.people_with_mail(begins, at_once=True) == {account: [world.community.pk]}


def test_what_is_told_names_no_patient(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    on_duty(world, escalate, now=timezone.now() + SOON)
    with scope(world.machine):
        (notice,) = Notice.objects.all()
    told = f"{notice.title} {notice.text} {notice.path} {notice.key}"
    assert "Astrid" not in told
    assert "Lunde" not in told
    assert f"/pasienter/{world.patients[ASTRID].pk}/" not in told
    assert "Service" in notice.text


def test_taken_it_is_nobodys_task_and_let_go_it_is_told_anew(world: CareWorld) -> None:
    ida = world.nurses["Service"]
    watch(world)
    value(world, "75")
    on_duty(world, escalate, now=timezone.now() + SOON)
    with scope(ida), opening(world.patients[ASTRID].pk, by=ida, what="care.alert", act="write"):
        take(Alert.objects.get(), by=ida)
    assert titles(ida) == []
    with scope(ida), opening(world.patients[ASTRID].pk, by=ida, what="care.alert", act="write"):
        let_go(Alert.objects.get(), by=ida)
    assert on_duty(world, escalate, now=timezone.now() + SOON) == 1
    assert len(mails(world)) == 2, "the same people are told once more"


def test_where_nobody_leads_everybody_is_told_at_the_last_level(world: CareWorld) -> None:
    watch(world)
    value(world, "75")
    for round_ in (1, 2):
        on_duty(world, escalate, now=timezone.now() + round_ * SOON)
    assert [name for name, _title in mails(world)] == ["Ida Strand", "Ida Strand"]


def test_yellow_that_turned_red_waits_its_time_at_each_level(world: CareWorld) -> None:
    watch(world)
    value(world, "71", hours_ago=2)
    with scope(world.machine), opening_by_duty(by=world.machine):
        Alert.objects.update(raised=timezone.now() - timedelta(hours=3))
    value(world, "75", hours_ago=1)
    now = timezone.now()
    assert on_duty(world, escalate, now=now + SOON) == 1
    assert on_duty(world, escalate, now=now + SOON) == 0, "the next level is a quarter of an hour later"


def test_the_list_tells_what_was_counted_and_when(world: CareWorld) -> None:
    watch(world)
    value(world, "65")
    value(world, "66", hours_ago=0)
    assert "målinger i dag" not in page_of(at_the_list(world.nurses["Service"]))
    jobs.count_in(world.community.pk)
    with scope(world.machine), opening_by_duty(by=world.machine):
        counted = TeamCount.objects.get(team=world.teams["Service"])
        assert (counted.measured, counted.unassessed, counted.followed, counted.inside) == (2, 0, 1, 1)
    page = page_of(at_the_list(world.nurses["Service"]))
    assert "2 målinger i dag, alle vurdert. Ingenting venter for 1 pasient. Talt kl." in page


def test_what_was_counted_for_a_team_is_for_its_members(world: CareWorld) -> None:
    jobs.count_in(world.community.pk)
    with scope(world.nurses["Moss"]):
        assert not TeamCount.objects.exists()


def test_every_minute_there_is_a_job_of_each_kind_where_patients_are_followed(world: CareWorld) -> None:
    jobs.watch(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        found = [(name, json.loads(args)["community_id"]) for name, args in cursor.fetchall()]
    ours = world.community.pk
    assert found == [("care.escalate_in", ours), ("care.miss_in", ours), ("care.count_in", ours)]


def test_duty_writes_one_decision_for_many_minutes(world: CareWorld) -> None:
    with scope(world.machine):
        before = AccessDecision.objects.count()
    for _minute in range(3):
        jobs.escalate_in(world.community.pk)
        jobs.miss_in(world.community.pk)
    with scope(world.machine):
        assert AccessDecision.objects.count() <= before + 1


def test_a_quiet_minute_asks_little(world: CareWorld) -> None:
    due_daily(world, watch(world))
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    on_duty(world, raise_missing, now=now)
    with CaptureQueriesContext(connection) as asked:
        on_duty(world, raise_missing, now=now + timedelta(minutes=1))
    assert len(asked) < 15


def test_a_minute_works_in_rounds_until_there_is_no_more(
    world: CareWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "IN_A_ROUND", 1)
    due_daily(world, watch(world))
    due_daily(world, watch(world, "Odd Nilsen", "Moss"))
    jobs.miss_in(world.community.pk)
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert set(Alert.objects.values_list("team__name", flat=True)) == {"Service", "Moss"}
        assert not MeasurementSchedule.objects.filter(next_look__isnull=True).exists()
