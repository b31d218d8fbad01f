"""Tasks are made, done, put off, handed over, dropped and taken back; never deleted, never seen next door."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from factories.people import TODAY
from samspill.directory.public import Actor, AuditEvent, Party, Ref, add_body, machine, resolve, scope, search
from samspill.refusal import Refused
from samspill.worklist import public as worklist
from samspill.worklist.models import Notice, Task
from samspill.worklist.states import TaskState

pytestmark = pytest.mark.django_db


def task_for(by: Actor, title: str = "Send innkalling til SSU", **more: object) -> Task:
    with scope(by):
        return worklist.add_task(by=by, title=title, **more)  # type: ignore[arg-type]


def fresh(task: Task, by: Actor) -> Task:
    with scope(by):
        return Task.objects.get(pk=task.pk)


def test_a_task_is_for_oneself_when_nobody_is_named(randi: Actor) -> None:
    task = task_for(randi, due=TODAY)
    assert (task.account_id, task.made_by_id, task.state) == (randi.account_id, randi.account_id, "open")


def test_a_task_is_seen_in_its_own_community_only(randi: Actor, siri: Actor) -> None:
    task = task_for(randi)
    with scope(siri):
        assert not Task.objects.filter(pk=task.pk).exists()
        assert not Notice.objects.exists()
        with pytest.raises(Task.DoesNotExist):
            worklist.finish(task, by=siri)


def test_a_task_cannot_be_written_into_another_community(randi: Actor, siri: Actor) -> None:
    with scope(randi), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Task.objects.create(community_id=siri.community_id, title="Feil sted", account_id=randi.account_id)


def test_a_task_cannot_be_given_to_somebody_of_another_community(randi: Actor, siri: Actor) -> None:
    assert siri.account_id
    with pytest.raises(Refused) as refused:
        task_for(randi, who=worklist.person(siri.account_id))
    assert (refused.value.code, refused.value.field) == ("task.holder", "who")


def test_a_task_cannot_be_given_to_a_body_or_party_of_another_community(randi: Actor, siri: Actor) -> None:
    with scope(machine(siri.community_id, TODAY)):
        community = Party.objects.filter(community_id=siri.community_id).first().community  # type: ignore[union-attr]
        theirs = add_body(
            community=community, kind="strategic", name="SSU", by=machine(siri.community_id, TODAY)
        )
    their_party = Party.objects.filter(community_id=siri.community_id).first()
    assert their_party
    for who in (worklist.body(theirs.pk), worklist.party(their_party.pk)):
        with pytest.raises(Refused) as refused:
            task_for(randi, who=who)
        assert refused.value.code == "task.holder"


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("task.title", {"title": "   "}),
        ("task.due", {"due": TODAY - timedelta(days=1)}),
        ("task.about", {"about": Ref("worklist.task", 99_999_999)}),
        ("task.about", {"about": Ref("no.such.thing", 1)}),
    ],
)
def test_a_task_that_makes_no_sense_is_refused(randi: Actor, code: str, wrong: dict) -> None:
    with pytest.raises(Refused) as refused:
        task_for(randi, **wrong)
    assert refused.value.code == code
    with scope(randi):
        assert not Task.objects.exists()


def test_finishing_says_who_when_and_what_came_of_it(randi: Actor, jonas: Actor) -> None:
    assert jonas.account_id
    task = task_for(randi, who=worklist.person(jonas.account_id))
    with scope(jonas):
        worklist.finish(task, by=jonas, outcome="Sendt til alle 13.")
    done = fresh(task, randi)
    assert (done.state, done.done_by_id, done.outcome) == ("done", jonas.account_id, "Sendt til alle 13.")
    assert done.done_at is not None
    with scope(randi):
        act = AuditEvent.objects.filter(act="task.finish").get()
        assert (act.by_name, act.on_title) == ("Jonas Tveitan", "Send innkalling til SSU")


def test_a_task_that_is_done_cannot_be_done_again(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi):
        worklist.finish(task, by=randi)
        with pytest.raises(Refused) as refused:
            worklist.finish(task, by=randi)
    assert refused.value.code == "task.state"


def test_undo_puts_everything_back_and_can_itself_be_taken_back(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi):
        worklist.snooze(task, by=randi, until=TODAY + timedelta(days=3))
        worklist.finish(task, by=randi, outcome="Ferdig")
        worklist.undo(task, event=worklist.last_event(task), by=randi)
        again = Task.objects.get(pk=task.pk)
        assert (again.state, again.snoozed_until, again.outcome) == ("snoozed", TODAY + timedelta(days=3), "")
        assert (again.done_at, again.done_by_id) == (None, None)
        worklist.undo(task, event=worklist.last_event(task), by=randi)
        assert Task.objects.get(pk=task.pk).state == TaskState.DONE


def test_undo_works_the_next_week_but_not_over_what_others_have_done_since(
    randi: Actor, jonas: Actor
) -> None:
    assert jonas.account_id
    task = task_for(randi, who=worklist.person(jonas.account_id))
    with scope(randi):
        worklist.snooze(task, by=randi, until=TODAY + timedelta(days=30))
        event = worklist.last_event(task)
    with scope(jonas):
        worklist.finish(task, by=jonas)
    with scope(randi), pytest.raises(Refused) as refused:
        worklist.undo(task, event=event, by=replace(randi, today=TODAY + timedelta(days=7)))
    assert refused.value.code == "task.undo"
    assert fresh(task, randi).state == TaskState.DONE


def test_taking_back_a_new_task_drops_it_and_keeps_it(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi):
        worklist.undo(task, event=worklist.last_event(task), by=randi)
    assert fresh(task, randi).state == TaskState.DROPPED
    assert fresh(task, randi).outcome


def test_nothing_is_deleted(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi), pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        task.delete()


def test_dropping_needs_a_reason(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi):
        with pytest.raises(Refused) as refused:
            worklist.drop(task, by=randi, reason="  ")
        assert refused.value.field == "reason"
        worklist.drop(task, by=randi, reason="SSU tar saken selv.")
    assert fresh(task, randi).outcome == "SSU tar saken selv."


def test_a_task_is_put_off_to_a_later_day_only(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi), pytest.raises(Refused) as refused:
        worklist.snooze(task, by=randi, until=TODAY)
    assert refused.value.field == "until"


def test_who_is_handed_a_task_is_told_and_who_held_it_no_longer_sees_it_waiting(
    randi: Actor, jonas: Actor
) -> None:
    assert jonas.account_id
    task = task_for(randi, due=TODAY)
    with scope(randi):
        worklist.hand_over(task, by=randi, to=worklist.person(jonas.account_id))
        assert Notice.objects.get().account_id == jonas.account_id
        assert worklist.start_page(randi).agenda.rows == ()
        assert [one.who for one in worklist.start_page(randi).agenda.waiting] == ["Jonas Tveitan"]
    with scope(jonas):
        assert [row.title for row in worklist.start_page(jonas).agenda.rows] == ["Send innkalling til SSU"]


def test_one_who_has_nothing_to_do_with_a_task_cannot_change_it(randi: Actor, jonas: Actor) -> None:
    task = task_for(randi)
    with scope(jonas), pytest.raises(Refused) as refused:
        worklist.finish(task, by=jonas)
    assert refused.value.forbidden
    assert "Randi Høgåsen" in refused.value.sentence


def test_a_task_for_a_role_waits_for_everybody_with_the_role(randi: Actor, jonas: Actor) -> None:
    task = task_for(randi, who=worklist.role("member"))
    with scope(jonas):
        assert [row.task_id for row in worklist.start_page(jonas).agenda.rows] == [task.pk]
        worklist.finish(task, by=jonas)
    with scope(randi):
        assert worklist.start_page(randi).agenda.waiting == ()


def test_a_task_is_found_by_its_words_in_its_own_community_only(randi: Actor, siri: Actor) -> None:
    task_for(randi, "Forankre jordmorvakten i Halden")
    with scope(randi):
        assert [found.title for found in search("jordmorvakt", randi).hits] == [
            "Forankre jordmorvakten i Halden"
        ]
    with scope(siri):
        assert search("jordmorvakt", siri).hits == []


def test_a_task_is_a_thing_that_others_can_point_at(randi: Actor) -> None:
    task = task_for(randi)
    with scope(randi):
        seen = resolve([Ref("worklist.task", task.pk)], randi)[Ref("worklist.task", task.pk)]
        about = worklist.add_task(
            by=randi, title="Purr", about=Ref("worklist.task", task.pk), act_label="Se den"
        )
        row = next(row for row in worklist.start_page(randi).agenda.rows if row.task_id == about.pk)
    assert (seen.title, seen.url) == ("Send innkalling til SSU", f"/oppgaver/{task.pk}/")
    assert (row.act_label, row.act_url, row.is_post) == ("Se den", f"/oppgaver/{task.pk}/", False)


def test_a_put_off_task_leaves_the_list_and_comes_back_on_its_day(randi: Actor) -> None:
    task = task_for(randi, due=TODAY + timedelta(days=10))
    with scope(randi):
        worklist.snooze(task, by=randi, until=TODAY + timedelta(days=3))
        assert worklist.start_page(randi).agenda.rows == ()
        assert [one.title for one in worklist.start_page(randi).agenda.put_off] == [task.title]
        later = replace(randi, today=TODAY + timedelta(days=3))
        assert [row.task_id for row in worklist.start_page(later).agenda.rows] == [task.pk]


def test_the_list_is_grouped_by_day_and_ordered_within_it(randi: Actor) -> None:
    thursday = date(2026, 11, 12)
    then = replace(randi, today=thursday)
    for title, due in (
        ("Neste uke", date(2026, 11, 18)), ("Uten frist", None), ("I morgen", date(2026, 11, 13)),
        ("B i dag", thursday), ("A i dag", thursday), ("Senere", date(2027, 3, 1)),
    ):  # fmt: skip
        task_for(then, title, due=due)
    with scope(randi):
        shown = worklist.start_page(replace(randi, today=date(2026, 11, 12))).agenda
        assert [(group.when.value, [row.title for row in group.rows]) for group in shown.groups] == [
            ("today", ["A i dag", "B i dag"]),
            ("tomorrow", ["I morgen"]),
            ("next_week", ["Neste uke"]),
            ("later", ["Senere"]),
            ("undated", ["Uten frist"]),
        ]
        late = worklist.start_page(replace(randi, today=date(2026, 11, 14))).agenda
        assert [row.title for row in late.groups[0].rows] == ["A i dag", "B i dag", "I morgen"]
        assert late.groups[0].is_late
