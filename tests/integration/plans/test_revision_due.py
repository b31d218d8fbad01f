"""A plan is looked over again: a task when it draws near, and reminders by mail, once each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factories.people import actor, member
from integration.plans.revising import map_all
from samspill.directory.public import TASK_SOURCES, Actor, scope
from samspill.plans.public import Plan, adopt, begin_from
from samspill.plans.queries.revision_due import review_dues
from samspill.plans.review_reminders import remind_of_reviews
from samspill.worklist.models import Notice
from samspill.worklist.public import REMINDERS, run_in_community

pytestmark = pytest.mark.django_db
REVIEW = date(2027, 2, 7)
TITLE = "Handlingsplan for Helsefellesskapet Østfold 2025-2026"


def on(by: Actor, day: date) -> Actor:
    return replace(by, today=day)


def told(by: Actor, day: date) -> int:
    assert by.community_id is not None
    return run_in_community(by.community_id, lambda machine: remind_of_reviews(by=machine), today=day)


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2026, 11, 6), []),
        (
            date(2026, 11, 7),
            [f"«{TITLE}» skal gjennomgås på nytt"],
        ),
        (
            date(2027, 2, 8),
            [f"«{TITLE}» skulle vært gjennomgått"],
        ),
    ],
)
def test_the_review_is_a_task_three_months_before(
    old: Plan, secretariat: Actor, day: date, titles: list[str]
) -> None:
    with scope(secretariat):
        found = review_dues(on(secretariat, day))
    assert [due.title for due in found] == titles
    assert all((due.due, due.url) == (REVIEW, f"/planer/{old.pk}/revisjon/start/") for due in found)
    with scope(secretariat):
        everything = [due for source in TASK_SOURCES.all() for due in source(on(secretariat, day))]
    assert [due for due in everything if due.key.endswith(":review")] == found


def test_a_revision_that_has_begun_is_what_the_task_leads_to(old: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        new = begin_from(old, by=secretariat)
        (due,) = review_dues(on(secretariat, REVIEW))
        assert due.url == f"/planer/{new.pk}/revisjon/"
        assert "2027-2028" in due.text


def test_a_plan_that_is_replaced_is_not_looked_over_again(old: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        new = begin_from(old, by=secretariat)
        map_all(new, secretariat)
        adopt(new, on=secretariat.today, adopted_by="Partnerskapsmøtet", by=secretariat)
        assert review_dues(on(secretariat, REVIEW)) == []
        (due,) = review_dues(on(secretariat, date(2028, 11, 20)))
        assert due.due == date(2028, 11, 22)


def test_a_member_is_not_asked_to_look_over_the_plan(old: Plan) -> None:
    one = actor("ostfold", "member", name="Jonas Tveitan")
    with scope(one):
        assert review_dues(on(one, REVIEW)) == []


def test_each_keeper_is_told_twelve_six_three_and_one_months_before_and_once_each(
    old: Plan, secretariat: Actor
) -> None:
    member("ostfold", "plan_owner", name="Eva Isaksen")
    member("ostfold", "member", name="Jonas Tveitan")
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 430, 3)]
    new = {day: count for day in days if (count := told(secretariat, day))}
    assert list(new.values()) == [2, 2, 2, 2]
    wanted = [date(2026, 2, 7), date(2026, 8, 7), date(2026, 11, 7), date(2027, 1, 7)]
    assert all(0 <= (day - due).days < 3 for day, due in zip(new, wanted, strict=True))
    with scope(secretariat):
        notices = Notice.objects.filter(key__startswith="plans.review:")
        assert {one.account.name for one in notices} == {"Randi Høgåsen", "Eva Isaksen"}
        assert "Innen 7. februar 2027." in notices[0].text
    assert REMINDERS["plans.review"] is remind_of_reviews


def test_a_plan_that_was_read_in_late_gets_one_reminder_and_not_four(old: Plan, secretariat: Actor) -> None:
    assert told(secretariat, date(2027, 1, 20)) == 1
    assert told(secretariat, date(2027, 1, 21)) == 0


def test_another_community_is_not_told(old: Plan) -> None:
    assert told(actor("vestfold"), date(2027, 1, 20)) == 0
