"""A decision that is carried out as a measure of a plan: joined by search, and the status follows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from factories.bodies import Bodies, make_bodies
from factories.decisions import decided, followed, point_of
from factories.people import TODAY, actor
from integration.governance.following import acting, party, signed_in, text_of
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, scope
from samspill.governance.actions import follow_ups
from samspill.governance.models import FollowUp
from samspill.governance.states import FollowUpState
from samspill.plans.public import Measure, Plan, StatusReport

pytestmark = pytest.mark.django_db
F = FollowUpState
report_follow_up = acting(follow_ups.report_follow_up)
confirm = acting(follow_ups.confirm)
undo = acting(follow_ups.undo)


@pytest.fixture
def secretariat() -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def measure(secretariat: Actor) -> Measure:
    rows = (("Prøve ut besøk første uke etter utskriving", "Halden", "30.06.2045"),)
    plan: Plan = bring(small_plan(years="2025-2045", rows=rows), secretariat).plan
    with scope(secretariat):
        return Measure.objects.select_related("plan").get(plan=plan)


@pytest.fixture
def follow_up(measure: Measure, secretariat: Actor) -> Iterator[FollowUp]:
    """Two points are decided; Halden answers for the first. The test is in Østfold."""
    bodies: Bodies = make_bodies()
    with scope(bodies.by):
        decision = decided(bodies, points=("Halden besøker innen 48 timer.", "Moss prøver det samme."))
        yield followed(point_of(decision), party("Halden"))


def join(follow_up: FollowUp, measure: Measure, by: Actor) -> None:
    client = signed_in(by)
    page = client.get(f"/oppfolging/{follow_up.pk}/?tiltak=utskriving")
    assert "Prøve ut besøk første uke etter utskriving" in text_of(page)
    ting = f"plans.measure:{measure.pk}"
    assert ting in page.content.decode()
    assert client.post(f"/oppfolging/{follow_up.pk}/koble/", {"ting": ting}).status_code == 303


def said_of(measure: Measure, by: Actor) -> list[tuple[str, str, str]]:
    with scope(by):
        rows = StatusReport.objects.filter(measure=measure).order_by("pk")
        return list(rows.values_list("word", "sentence", "by_name"))


def test_a_follow_up_is_joined_to_a_measure_by_search_and_the_thread_is_seen_from_both_ends(
    follow_up: FollowUp, measure: Measure, secretariat: Actor
) -> None:
    join(follow_up, measure, secretariat)
    client = signed_in(secretariat)
    here = text_of(client.get(f"/oppfolging/{follow_up.pk}/"))
    assert "Gjennomføres som Prøve ut besøk" in here
    there = text_of(client.get(f"/planer/{measure.plan_id}/tiltak/{measure.pk}/"))
    assert "Følger av et vedtak Halden besøker innen 48 timer." in there


def test_what_is_said_of_the_follow_up_is_said_of_the_measure_and_taken_back_with_it(
    follow_up: FollowUp, measure: Measure, secretariat: Actor
) -> None:
    join(follow_up, measure, secretariat)
    report_follow_up(follow_up, state=F.STARTED, sentence="To uker er prøvd.", by=secretariat)
    event = report_follow_up(follow_up, state=F.NEEDS_HELP, sentence="Vi mangler folk.", by=secretariat)
    assert said_of(measure, secretariat) == [
        ("on_track", "To uker er prøvd.", "Randi Høgåsen"),
        ("late", "Vi mangler folk.", "Randi Høgåsen"),
    ]
    there = text_of(signed_in(secretariat).get(f"/planer/{measure.plan_id}/tiltak/{measure.pk}/"))
    assert there.count("Sagt om vedtaket «Halden besøker innen 48 timer.».") == 3
    undo(follow_up, event_id=event.pk, by=secretariat)
    assert said_of(measure, secretariat)[-1][0] == "on_track"
    confirm(follow_up, by=secretariat)
    assert said_of(measure, secretariat)[-1][0] == "done"


def test_past_its_day_what_is_begun_is_late_for_the_measure_too(
    follow_up: FollowUp, measure: Measure, secretariat: Actor
) -> None:
    FollowUp.objects.filter(pk=follow_up.pk).update(due=TODAY - timedelta(days=2))
    join(follow_up, measure, secretariat)
    report_follow_up(follow_up, state=F.STARTED, by=secretariat)
    assert said_of(measure, secretariat) == [("late", "", "Randi Høgåsen")]


def test_a_measure_is_done_only_when_every_decision_it_carries_out_is(
    follow_up: FollowUp, measure: Measure, secretariat: Actor
) -> None:
    other = followed(point_of(follow_up.point.decision, 2), party("Moss"))
    join(follow_up, measure, secretariat)
    join(other, measure, secretariat)
    confirm(follow_up, by=secretariat)
    assert said_of(measure, secretariat)[-1][0] == "on_track"
    confirm(other, by=secretariat)
    assert said_of(measure, secretariat)[-1][0] == "done"


def test_taken_apart_the_measure_hears_no_more(
    follow_up: FollowUp, measure: Measure, secretariat: Actor
) -> None:
    join(follow_up, measure, secretariat)
    client = signed_in(secretariat)
    page = client.get(f"/oppfolging/{follow_up.pk}/").content.decode()
    place = page.index("/fjern/")
    address = page[page.rindex('"', 0, place) + 1 : place] + "/fjern/"
    assert client.post(address).status_code == 303
    report_follow_up(follow_up, state=F.STARTED, by=secretariat)
    assert said_of(measure, secretariat) == []
