"""A minimetodevurdering and the decision made on it lead to each other; its next day finds its owner."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from factories.bodies import Bodies, make_bodies
from factories.decisions import decided, followed, point_of
from factories.people import TODAY, actor
from integration.insight.test_assessments import ENDED, FILLED, READ, write
from samspill.analysis.appraisal import Part
from samspill.directory.public import Account, Actor, Membership, Party, Ref, join, machine, scope
from samspill.governance.actions.indexing_decisions import index_decision
from samspill.governance.models import Decision
from samspill.governance.states import FollowUpState
from samspill.insight.actions.assessments import move_assessment, start_assessment, take_over_assessment
from samspill.insight.actions.deciding import DECIDED_BY, decide_by, decisions_on, not_decided_by
from samspill.insight.assessments.reminders import remind_of_reassessments
from samspill.insight.models import Assessment
from samspill.insight.queries.reassessing import reassessment_dues
from samspill.refusal import Refused
from samspill.worklist.models import Notice
from samspill.worklist.public import REMINDERS, run_in_community

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
AGAIN = date(2028, 6, 1)


@pytest.fixture
def secretariat() -> Actor:
    return actor("ostfold", "secretariat")


@pytest.fixture
def bodies() -> Bodies:
    return make_bodies()


@pytest.fixture
def decision(bodies: Bodies) -> Decision:
    with scope(bodies.by):
        made = decided(bodies, title="Felles team for skrøpelige eldre")
        party = Party.objects.filter(community=bodies.community)[0]
        followed(point_of(made), party, due=date(2026, 10, 1), state=FollowUpState.STARTED)
        index_decision(made)
    return made


@pytest.fixture
def one(bodies: Bodies, secretariat: Actor) -> Assessment:
    """With a peer, and read."""
    with scope(secretariat):
        made = start_assessment(bodies.community, "Felles team", by=secretariat)
        answers: dict[str, dict[str, Any]] = FILLED | {
            Part.RECOMMENDATION: {"text": "Prøv", "verdict": "not", "reassess": AGAIN.isoformat()}
        }
        for part, given in answers.items():
            write(made, Part(part), given, secretariat)
        move_assessment(made, "in_review", by=secretariat)
        write(made, Part.REVIEW, READ, secretariat)
    return made


def finish(one: Assessment, by: Actor) -> None:
    write(one, Part.DECISION, ENDED, by)
    move_assessment(one, "finished", by=by)


def thing(decision: Decision) -> str:
    return f"governance.decision:{decision.pk}"


def test_joined_to_its_decision_it_tells_how_far_that_has_come(
    one: Assessment, decision: Decision, secretariat: Actor
) -> None:
    with scope(secretariat), override("nb"):
        link = decide_by(one, thing(decision), by=secretariat)
        assert decide_by(one, thing(decision), by=secretariat) == link
        [shown] = decisions_on(one, secretariat)
    assert shown.target is not None
    assert shown.target.title == "Felles team for skrøpelige eldre"
    assert shown.target.state == "Gjelder: forsinket"


def test_the_line_of_the_decision_is_filled_in_while_it_is_written(
    one: Assessment, decision: Decision, secretariat: Actor
) -> None:
    with scope(secretariat):
        decide_by(one, thing(decision), by=secretariat)
        one.refresh_from_db()
        assert one.content[Part.DECISION]["decision"].endswith(": Felles team for skrøpelige eldre")
        write(one, Part.DECISION, ENDED, secretariat)
        not_decided_by(one, decisions_on(one, secretariat)[0].link_id, by=secretariat)
        decide_by(one, thing(decision), by=secretariat)
        one.refresh_from_db()
    assert one.content[Part.DECISION] == ENDED


def test_what_is_decided_can_be_joined_later_and_keeps_its_words(
    one: Assessment, decision: Decision, secretariat: Actor
) -> None:
    with scope(secretariat):
        finish(one, secretariat)
        decide_by(one, thing(decision), by=secretariat)
        one.refresh_from_db()
    assert one.content[Part.DECISION] == ENDED


def test_a_draft_has_no_decision_yet(one: Assessment, decision: Decision, secretariat: Actor) -> None:
    with scope(secretariat):
        move_assessment(one, "draft", by=secretariat)
        with pytest.raises(Refused) as refusal:
            decide_by(one, thing(decision), by=secretariat)
    assert refusal.value.code == "assessment.closed"


@pytest.mark.parametrize(
    "wrong", ["", "governance.decision", "governance.decision:x", "plans.measure:1", "governance.decision:0"]
)
def test_only_a_decision_that_is_there_is_joined(one: Assessment, secretariat: Actor, wrong: str) -> None:
    with scope(secretariat), pytest.raises(Refused):
        decide_by(one, wrong, by=secretariat)


def test_the_secretariat_of_its_own_helsefellesskap_joins(one: Assessment, decision: Decision) -> None:
    for other in (actor("ostfold", "analyst"), actor("ahus", "secretariat")):
        with scope(other), pytest.raises(Refused) as refusal:
            decide_by(one, thing(decision), by=other)
        assert refusal.value.forbidden


def test_a_link_of_something_else_is_not_taken_away(
    one: Assessment, decision: Decision, secretariat: Actor
) -> None:
    with scope(secretariat):
        other = start_assessment(one.community, "Noe annet", by=secretariat)
        link = join(
            DECIDED_BY, Ref("insight.assessment", other.pk), Ref("governance.decision", decision.pk),
            by=secretariat,
        )  # fmt: skip
        not_decided_by(one, link.pk, by=secretariat)
        assert decisions_on(other, secretariat)


def test_found_and_joined_on_the_page_it_stands_at_both_ends(
    client: Client, one: Assessment, decision: Decision, secretariat: Actor
) -> None:
    client.force_login(Account.objects.get(pk=secretariat.account_id), backend=BACKEND)
    page = f"/tall/ostfold/metodevurderinger/{one.pk}/"
    found = client.get(page, {"sok": "skrøpelige"})
    assert [hit.id for hit in found.context["hits"]] == [decision.pk]
    answer = client.post(f"{page}avgjort/", {"ting": thing(decision)})
    assert answer.headers["Location"] == f"{page}#vedtak"
    shown = client.get(page).content.decode()
    assert "Gjelder: forsinket" in shown
    assert f'href="/vedtak/{decision.pk}/"' in shown
    there = client.get(f"/vedtak/{decision.pk}/").content.decode()
    assert "Avgjør metodevurderingen" in there
    assert f'href="{page}"' in there
    paper = client.get(f"{page}pdf/")
    assert paper.status_code == 200


def test_a_wrong_choice_is_told_on_the_page(client: Client, one: Assessment, secretariat: Actor) -> None:
    client.force_login(Account.objects.get(pk=secretariat.account_id), backend=BACKEND)
    answer = client.post(f"/tall/ostfold/metodevurderinger/{one.pk}/avgjort/", {"ting": "tull"})
    assert answer.status_code == 422
    assert "Velg vedtaket som ble gjort." in answer.content.decode()


def dues(by: Actor, day: date) -> list[str]:
    on = replace(by, today=day)
    with scope(by), override("nb"):
        return [due.title for due in reassessment_dues(on)]


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2028, 5, 1), []),
        (date(2028, 5, 2), ["«Felles team» skal vurderes på nytt"]),
        (date(2028, 6, 1), ["«Felles team» skal vurderes på nytt"]),
        (date(2028, 6, 2), ["«Felles team» skulle vært vurdert på nytt"]),
    ],
)
def test_the_day_it_is_assessed_again_is_a_task_a_month_before(
    one: Assessment, secretariat: Actor, day: date, titles: list[str]
) -> None:
    with scope(secretariat):
        finish(one, secretariat)
    assert dues(secretariat, day) == titles


def test_the_task_is_its_owners_alone(one: Assessment, secretariat: Actor) -> None:
    analyst = actor("ostfold", "analyst")
    with scope(secretariat):
        finish(one, secretariat)
    with scope(analyst):
        assert take_over_assessment(one, by=analyst).owner_id == analyst.account_id
    assert dues(analyst, AGAIN)
    assert not dues(secretariat, AGAIN)
    assert not dues(actor("ahus", "secretariat"), AGAIN)


def test_when_its_owner_has_left_the_secretariat_has_the_task(one: Assessment, secretariat: Actor) -> None:
    analyst = actor("ostfold", "analyst")
    with scope(secretariat):
        finish(one, secretariat)
    with scope(analyst):
        take_over_assessment(one, by=analyst)
    with scope(secretariat):
        Membership.objects.filter(account=analyst.account_id).update(to_day=TODAY)
    assert dues(secretariat, AGAIN)


def test_what_is_not_decided_or_is_taken_up_again_waits_for_nobody(
    one: Assessment, secretariat: Actor
) -> None:
    assert not dues(secretariat, AGAIN)
    with scope(secretariat):
        finish(one, secretariat)
        move_assessment(one, "draft", by=secretariat)
    assert not dues(secretariat, AGAIN)


def remind(by: Actor, day: date) -> int:
    assert by.community_id is not None
    return run_in_community(by.community_id, lambda one: remind_of_reassessments(by=one), today=day)


def test_its_owner_is_reminded_a_month_before_and_on_the_day_once_each(
    one: Assessment, secretariat: Actor
) -> None:
    assert REMINDERS["insight.assessments"] is remind_of_reassessments
    with scope(secretariat):
        finish(one, secretariat)
    days = (date(2028, 5, 1), date(2028, 5, 3), date(2028, 5, 4), AGAIN, date(2028, 6, 9))
    assert [remind(secretariat, day) for day in days] == [0, 1, 0, 1, 0]
    with scope(machine(secretariat.community_id, TODAY)):
        told = list(Notice.objects.filter(key__startswith="insight.assessment").order_by("pk"))
    assert {notice.account_id for notice in told} == {secretariat.account_id}
    assert told[0].title == "«Felles team» skal vurderes på nytt"
    assert "1. juni 2028" in told[0].text
    assert told[0].path == f"/tall/ostfold/metodevurderinger/{one.pk}/"
