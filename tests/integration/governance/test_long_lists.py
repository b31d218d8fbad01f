"""Lists of ten years: page by page, with every count over all, and quick counts equal to the slow ones."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q
from django.test import Client

from factories.bodies import Bodies
from factories.cases import queued_case
from factories.decisions import binds, decided, followed, point_of
from factories.meetings import called
from factories.people import TODAY, actor
from integration.governance.following import party, signed_in, text_of
from samspill.directory.public import Actor, Community
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.actions.screening import release_case
from samspill.governance.models import Case, DecisionParty, OpenEntry
from samspill.governance.queries.carrying import MatrixChoice, decision_matrix, decisions_in
from samspill.governance.queries.decisions import Wanted, decisions_of, late_among
from samspill.governance.queries.waiting import standing_counts, waiting_parties
from samspill.governance.states import CarryingState, CaseState, FollowUpState
from samspill.governance.states.follow_ups import ShownParty

MANY = 60
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def client(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def test_a_long_list_of_cases_goes_on_and_keeps_its_order(bodies: Bodies, client: Client) -> None:
    said = {"community": bodies.community, "state": CaseState.REPORTED, "year": 2026}
    Case.objects.bulk_create(
        Case(title=f"Sak {number:03}", number=number, **said) for number in range(1, MANY + 1)
    )
    first = client.get("/saker/?sorter=nr")
    assert "Side 1 av 2" in text_of(first)
    assert 'href="?sorter=nr&amp;side=2"' in first.content.decode()
    second = text_of(client.get("/saker/?sorter=nr&side=2"))
    assert "Sak 050" in text_of(first)
    assert "Sak 051" not in text_of(first)
    assert "Sak 051" in second
    assert len(client.get("/saker/csv/").content.decode().splitlines()) == MANY + 1


def test_the_list_of_a_helsefellesskap_has_no_cases_of_others(bodies: Bodies, client: Client) -> None:
    other = Community.objects.get(slug="vestfold")
    assert other != bodies.community
    queued_case(bodies, bodies.fsu, title="Vår egen sak")
    assert "Vår egen sak" in text_of(client.get("/saker/"))
    elsewhere = signed_in(actor("vestfold", name="Siri Holm", email="siri@example.no"))
    Case.objects.update(is_open=True)
    assert "Vår egen sak" not in text_of(elsewhere.get("/saker/"))
    assert "Vår egen sak" in text_of(Client().get("/saker/"))


def test_of_what_is_settled_the_list_shows_the_last_and_counts_all(bodies: Bodies, client: Client) -> None:
    decision = decided(bodies, points=[f"Punkt {number}" for number in range(MANY)])
    for point in decision.points.all():
        followed(point, bodies.ssu, state=FollowUpState.COMPLETED)
    page = client.get("/oppfolging/")
    assert f"Fullført {MANY}" in text_of(page)
    assert 'href="/oppfolging/?tilstand=fullfort"' in page.content.decode()
    assert "Side 1 av 2" in text_of(client.get("/oppfolging/?tilstand=fullfort"))
    assert len(client.get("/oppfolging/oppfolging.csv").content.decode().splitlines()) == MANY + 1


@pytest.mark.parametrize("days", [-400, -10, 10])
def test_what_is_counted_without_the_decisions_is_what_the_matrix_has(
    bodies: Bodies, secretariat: Actor, days: int
) -> None:
    point = point_of(decided(bodies))
    binds(point, [party(name) for name in ("Halden", "Moss", "Råde")])
    followed(point, bodies.ssu, due=TODAY + timedelta(days=days))
    told = datetime.combine(TODAY - timedelta(days=1), datetime.min.time(), UTC)
    rows = list(DecisionParty.objects.filter(point=point).order_by("pk"))
    DecisionParty.objects.filter(pk=rows[0].pk).update(state=CarryingState.IN_PLACE)
    DecisionParty.objects.filter(pk=rows[1].pk).update(state=CarryingState.STARTED, told_at=told)
    slow = decision_matrix(MatrixChoice(), secretariat)
    expected: dict[int, Counter] = defaultdict(Counter)
    for row in slow.rows:
        for pk, one in row.standings.items():
            expected[pk][one.shown] += 1
    assert standing_counts(secretariat, Q()) == (expected, 1)
    assert waiting_parties(secretariat) == Counter(
        pk for row in slow.rows for pk, one in row.standings.items() if one.waits
    )
    page = decision_matrix(MatrixChoice(), secretariat, page=decisions_in(MatrixChoice(), secretariat))
    assert (page.shown, page.binding, len(page.rows)) == (slow.shown, slow.binding, len(slow.rows))
    for shown in ShownParty:
        narrowed = decisions_in(MatrixChoice(shown=shown), secretariat)
        assert narrowed == ([point.decision_id] if slow.shown[shown] else [])
    assert decisions_in(MatrixChoice(party_id=rows[0].party_id), secretariat) == [point.decision_id]
    assert decisions_in(MatrixChoice(party_id=party("Sarpsborg").pk), secretariat) == []
    assert late_among(decisions_of(secretariat, Wanted()), TODAY) == int(days < 0)


def test_what_an_act_renews_of_the_open_table_is_all_that_has_changed(bodies: Bodies) -> None:
    meeting = called(bodies)
    assert OpenEntry.objects.filter(meeting=meeting).exists()
    assert refresh_open(bodies.community.pk, now=NOW) == 0
    case = Case.objects.filter(is_open=True).earliest("pk")
    for is_open in (False, True):
        release_case(case, by=bodies.by, is_open=is_open)
        assert refresh_open(bodies.community.pk, now=NOW) == 0
