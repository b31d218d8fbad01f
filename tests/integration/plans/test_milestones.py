"""Milestones of a measure: who keeps them, when they are late, and the way back from every act."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from factories.people import TODAY, actor
from integration.plans.carrying_people import acting_for, measures_of, plan_of
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, scope
from samspill.plans.actions.milestones import (
    add_milestone,
    edit_milestone,
    reach_milestone,
    remove_milestone,
    undo_milestone,
)
from samspill.plans.public import Measure, Milestone, Plan
from samspill.plans.queries.carrying import milestones_of
from samspill.plans.rules.carrying_out import shown_milestone
from samspill.plans.states import MilestoneState
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
DUE = date(2027, 5, 1)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return plan_of(secretariat)


@pytest.fixture
def measure(plan: Plan, secretariat: Actor) -> Measure:
    """«Prøve ut besøk …», which Halden and Moss answer for."""
    return measures_of(plan, secretariat)[2]


def test_a_milestone_is_set_reached_changed_and_taken_away_and_each_is_undone(
    measure: Measure, secretariat: Actor
) -> None:
    with scope(secretariat):
        acts = [add_milestone(measure, title="Skjemaet er ferdig", due=DUE, by=secretariat)]
        one = Milestone.objects.get()
        acts.append(edit_milestone(one, title="Skjemaet er trykt", due=DUE + timedelta(7), by=secretariat))
        acts.append(reach_milestone(one, on=TODAY, by=secretariat))
        acts.append(remove_milestone(one, by=secretariat))
        assert not Milestone.objects.exists()
        undo_milestone(acts.pop().pk, by=secretariat)
        back = Milestone.objects.get()
        assert (back.pk, back.title, back.done_on, back.done_by_name) == (
            one.pk, "Skjemaet er trykt", TODAY, "Randi Høgåsen",
        )  # fmt: skip
        undo_milestone(acts.pop().pk, by=secretariat)
        assert Milestone.objects.get().done_on is None
        undo_milestone(acts.pop().pk, by=secretariat)
        assert Milestone.objects.get().title == "Skjemaet er ferdig"
        undo_milestone(acts.pop().pk, by=secretariat)
        assert not Milestone.objects.exists()


def test_what_was_changed_since_is_not_undone(measure: Measure, secretariat: Actor) -> None:
    with scope(secretariat):
        first = add_milestone(measure, title="Skjemaet er ferdig", due=DUE, by=secretariat)
        reach_milestone(Milestone.objects.get(), on=TODAY, by=secretariat)
        with pytest.raises(Refused) as refused:
            undo_milestone(first.pk, by=secretariat)
    assert refused.value.code == "undo.changed"


def test_it_is_late_the_day_after_and_never_once_reached() -> None:
    assert shown_milestone(TODAY, None, TODAY) == MilestoneState.COMING
    assert shown_milestone(TODAY - timedelta(1), None, TODAY) == MilestoneState.LATE
    assert shown_milestone(TODAY - timedelta(1), TODAY, TODAY) == MilestoneState.DONE


@pytest.mark.parametrize(
    ("title", "due", "code"),
    [
        ("  ", DUE, "milestone.title"),
        ("skjemaet er FERDIG", DUE, "milestone.twice"),
        ("For tidlig", date(2024, 12, 31), "milestone.due"),
    ],
)
def test_what_cannot_be_a_milestone_is_refused_in_words(
    measure: Measure, secretariat: Actor, title: str, due: date, code: str
) -> None:
    with scope(secretariat):
        add_milestone(measure, title="Skjemaet er ferdig", due=DUE, by=secretariat)
        with pytest.raises(Refused) as refused:
            add_milestone(measure, title=title, due=due, by=secretariat)
        assert refused.value.code == code
        with pytest.raises(Refused):
            reach_milestone(Milestone.objects.get(), on=TODAY + timedelta(1), by=secretariat)


def test_those_who_answer_keep_them_and_others_do_not(measure: Measure, secretariat: Actor) -> None:
    halden = acting_for("Halden")
    with scope(halden):
        add_milestone(measure, title="Skjemaet er ferdig", due=DUE, by=halden)
    for somebody in (acting_for("Råde"), acting_for("Halden", "analyst"), actor("vestfold")):
        with scope(somebody), pytest.raises(Refused) as refused:
            add_milestone(measure, title="Noe annet", due=DUE, by=somebody)
        assert refused.value.forbidden or refused.value.code == "measure.gone"
    stranger = actor("troms-og-ofoten")
    with scope(stranger):
        assert not Milestone.objects.exists()


def test_they_are_handed_on_by_measure_in_order(plan: Plan, measure: Measure, secretariat: Actor) -> None:
    with scope(secretariat):
        for title, days in (("Sist", 9), ("Først", 1)):
            add_milestone(measure, title=title, due=DUE + timedelta(days), by=secretariat)
        found = milestones_of(plan, secretariat)
    assert {number: [one.title for one in some] for number, some in found.items()} == {
        measure.pk: ["Først", "Sist"]
    }


def test_the_page_sets_changes_and_tells_what_is_wrong(measure: Measure, secretariat: Actor) -> None:
    client = signed_in(secretariat)
    page = f"/planer/{measure.plan_id}/tiltak/{measure.pk}/milepaeler/"
    assert "Tiltaket har ingen milepæler ennå." in text_of(client.get(page))
    wrong = client.post(f"{page}ny/", {"title": "Skjemaet er ferdig", "due": "tull"})
    assert wrong.status_code == 422
    assert 'value="Skjemaet er ferdig"' in wrong.content.decode()
    client.post(f"{page}ny/", {"title": "Skjemaet er ferdig", "due": "2026-11-01"})
    with scope(secretariat):
        one = Milestone.objects.get()
    assert "Forsinket" in text_of(client.get(page))
    twice = client.post(f"{page}{one.pk}/endre/", {f"m{one.pk}-title": "", f"m{one.pk}-due": "2027-01-01"})
    assert twice.status_code == 422
    done = client.post(f"{page}{one.pk}/nadd/", follow=True)
    assert "Milepælen er nådd." in text_of(done)
    undo = re.search(r'action="(/planer/[^"]+/milepaeler/angre/[^"]+)"', done.content.decode())
    assert undo
    assert client.post(undo[1].replace("&amp;", "&"), follow=True).status_code == 200
    assert "Milepælen er ikke nådd ennå." in text_of(client.get(page))


def test_the_measure_s_page_fetches_them_and_the_matrix_counts_them(
    measure: Measure, secretariat: Actor
) -> None:
    with scope(secretariat):
        add_milestone(measure, title="Skjemaet er ferdig", due=DUE, by=secretariat)
    client = signed_in(secretariat)
    page = f"/planer/{measure.plan_id}/tiltak/{measure.pk}/"
    assert f'hx-get="{page}milepaeler/"' in client.get(page).content.decode()
    part = client.get(f"{page}milepaeler/", headers={"HX-Request": "true"})
    assert "Skjemaet er ferdig" in text_of(part)
    assert "<html" not in part.content.decode()
    assert "0 av 1 milepæl nådd" in text_of(client.get(f"/planer/{measure.plan_id}/kommunene/"))


def test_a_visitor_meets_no_milestone_of_a_plan_that_is_not_open(measure: Measure) -> None:
    assert Client().get(f"/planer/{measure.plan_id}/tiltak/{measure.pk}/milepaeler/").status_code == 404
