"""Who sees what of a fund call: drafts, scores, awards, refusals, and other communities."""

import pytest
from django.test import Client
from django.urls import reverse

from factories.people import actor
from integration.plans.funds.story import Story
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, scope
from samspill.plans.actions.funds.calls import appoint
from samspill.plans.fund_registrations import resolve_awards
from samspill.plans.models import (
    Application,
    BudgetLine,
    Call,
    Criterion,
    Endorsement,
    FundReport,
    FundScheme,
    Payment,
    Plan,
)

pytestmark = pytest.mark.django_db
ORIGIN = "https://samspill.example.no"


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring(small_plan(), secretariat).plan


@pytest.fixture
def others() -> Actor:
    """The secretariat of another community."""
    return actor("troms-og-ofoten", name="Siri Bakke")


def page(who: Actor | None, route: str, *args: int) -> str:
    client = signed_in(who) if who else Client()
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200, answer.content[:400]
    return text_of(answer)


def test_drafts_are_seen_by_those_who_write_and_those_who_are_asked(story: Story) -> None:
    application = story.draft()
    address = reverse("plans:fund-application", args=[application.pk])
    assert signed_in(story.mona).get(address).status_code == 404
    assert signed_in(story.jon).get(address).status_code == 404
    story.ask(application)
    assert signed_in(story.jon).get(address).status_code == 200
    assert signed_in(story.mona).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_scores_are_for_the_secretariat_and_reviewers_without_a_conflict(story: Story) -> None:
    application = story.in_review()
    story.scores(application)
    address = reverse("plans:fund-ranking", args=[story.call.pk])
    assert signed_in(story.eva).get(address).status_code == 403
    assert "80,0 av 100" in text_of(signed_in(story.secretariat).get(address))
    assert "80,0 av 100" in text_of(signed_in(story.reviewer).get(address))
    with scope(story.secretariat):
        appoint(story.call, account_id=story.jon.account_id or 0, by=story.secretariat)
    hidden = text_of(signed_in(story.jon).get(address))
    assert "av 100" not in hidden
    assert "Godt begrunnet" not in hidden
    assert signed_in(story.jon).get(reverse("plans:fund-review", args=[application.pk])).status_code == 403


def test_a_score_sheet_comes_back_with_what_was_typed(story: Story) -> None:
    application = story.in_review()
    address = reverse("plans:fund-review", args=[application.pk])
    with scope(story.secretariat):
        first, second = (one.pk for one in Criterion.objects.filter(call=story.call, kind="scored"))
    client = signed_in(story.reviewer)
    half = {
        f"points-{first}": "4",
        f"words-{first}": "Godt vist.",
        f"points-{second}": "3",
        f"words-{second}": "",
    }
    answer = client.post(address, half)
    assert answer.status_code == 422
    assert "Godt vist." in answer.content.decode()
    assert client.post(address, {**half, f"words-{second}": "Lett å kopiere."}).status_code == 303


def test_awards_open_when_all_are_answered_and_refusals_never(story: Story, others: Actor) -> None:
    one, two = story.recommended(title="Den ene"), story.recommended(title="Den andre")
    story.close()
    award = story.decide(one)
    call = reverse("plans:fund-call", args=[story.call.pk])
    assert "Den ene" not in Client().get(call).content.decode(), "half an answer is none"
    refusal = story.decide(two, "refused", words="Ligner for mye på drift.")
    said = Client().get(call).content.decode()
    assert "Den ene" in said
    assert "Den andre" not in said
    assert Client().get(reverse("plans:fund-award", args=[award.pk])).status_code == 200
    for who in (None, others, story.mona):
        client = signed_in(who) if who else Client()
        assert client.get(reverse("plans:fund-award", args=[refusal.pk])).status_code == 404
    assert "Ligner for mye" in page(story.eva, "plans:fund-award", refusal.pk)


@pytest.mark.parametrize(
    "model", [Application, BudgetLine, Endorsement, Payment, FundReport], ids=lambda one: one.__name__
)
def test_the_database_keeps_another_community_out(
    story: Story, plan: Plan, others: Actor, model: type[Application]
) -> None:
    story.started(plan)
    with scope(story.secretariat):
        assert model.objects.exists()
    with scope(others):
        assert not model.objects.exists()
        assert Call.objects.filter(pk=story.call.pk).exists(), "the call itself is open"
        assert FundScheme.objects.filter(pk=story.scheme.pk).exists()


def test_only_the_secretariat_sets_up_money(story: Story) -> None:
    for route, args in (
        ("plans:fund-new-scheme", []),
        ("plans:fund-scheme", [story.scheme.pk]),
        ("plans:fund-new-call", [story.scheme.pk]),
        ("plans:fund-edit-call", [story.call.pk]),
    ):
        assert signed_in(story.eva).get(reverse(route, args=args)).status_code == 403
        assert Client().get(reverse(route, args=args)).status_code == 302
    assert signed_in(story.eva).post(reverse("plans:fund-close", args=[story.call.pk])).status_code == 403


def test_the_search_box_and_the_thread_know_open_calls_and_awards(story: Story) -> None:
    assert "Samhandlingsmidler 2027" in Client().get("/sok/?q=samhandlingsmidler").content.decode()
    award = story.awarded()
    with scope(story.secretariat):
        assert resolve_awards([award.pk], story.secretariat)[award.pk].title == "800\xa0000\xa0kr"
