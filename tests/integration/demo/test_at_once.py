"""What the start page reads at once is what the pages read with all their words, for everybody there."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY
from factories.tried import a_few
from samspill.demo.public import Demonstration
from samspill.directory.public import (
    TASK_SOURCES,
    Account,
    Actor,
    Bloc,
    Community,
    Party,
    RoleCode,
    acting_as,
    dues_of,
    machine,
    read_facts,
    scope,
)
from samspill.governance.models import AnchoringRound, Case, Meeting
from samspill.governance.queries.anchoring import bar_of, newest_bars
from samspill.governance.queries.anchoring_facts import newest_counts, rounds_that_wait, silent_in
from samspill.governance.queries.attendance import expected_at
from samspill.governance.queries.expected_at_once import expected_in, with_seats
from samspill.governance.queries.voices import municipalities_of
from samspill.plans.models import Plan
from samspill.plans.queries.at_once import rows_at_once
from samspill.plans.queries.carrying import carried_at_once, carried_out
from samspill.plans.queries.rows import Row, rows_without_holes

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_QUERIES = 25
MOST_WITH_PATIENTS = 60
"""Each list and each patient that is opened keeps why, and that it was looked at."""
SOME_OR_ALL = a_few("apart", (3, 1), most=1)


@pytest.fixture
def people(world: Demonstration) -> list[Account]:
    return [Account.objects.get(email=one.email) for one in world.accounts]


@pytest.fixture
def actors(people: list[Account]) -> list[Actor]:
    with transaction.atomic():
        return [acting_as(one, today=TODAY) for one in people]


@pytest.fixture
def ostfold(world: Demonstration) -> Iterator[Actor]:
    """Samspill itself in Østfold, and the test inside."""
    here = machine(Community.objects.get(slug="ostfold").pk, TODAY)
    with transaction.atomic(), scope(here):
        yield here


@SOME_OR_ALL
def test_everybodys_start_page_asks_the_database_at_most_25_times(
    people: list[Account], django_assert_max_num_queries: DjangoAssertNumQueries, apart: int
) -> None:
    for one in people[::apart]:
        client = Client()
        client.force_login(one, backend=BACKEND)
        with_patients = acting_as(one, today=TODAY).roles & {RoleCode.HEALTH_WORKER, RoleCode.CITIZEN}
        most = MOST_WITH_PATIENTS if with_patients else MOST_QUERIES
        with django_assert_max_num_queries(most, info=one.name):
            assert client.get("/", follow=True).status_code == 200


@SOME_OR_ALL
def test_sources_tell_together_what_each_tells_alone(actors: list[Actor], apart: int) -> None:
    told, some = 0, actors[::apart]
    for actor in some:
        with transaction.atomic(), scope(actor):
            alone = [due for source in TASK_SOURCES.all() for due in source(actor)]
            assert dues_of(TASK_SOURCES.all(), actor) == alone
            told += len(alone)
    assert told > len(some)


def test_who_is_expected_at_a_meeting(ostfold: Actor) -> None:
    meetings = list(with_seats(Meeting.objects.visible_to(ostfold).filter(community=ostfold.community_id)))
    assert meetings
    for meeting in meetings:
        fast, slow = expected_in(meeting), expected_at(meeting)
        assert [fast.votes(bloc) for bloc in Bloc] == [slow.votes(bloc) for bloc in Bloc]
        assert [one.comes for one in fast.seats] == [one.comes for one in slow.seats]
        assert [len(one.absent) for one in fast.seats] == [len(one.absent) for one in slow.seats]


def test_how_many_have_answered_an_anchoring_round(ostfold: Actor) -> None:
    cases = list(Case.objects.visible_to(ostfold).values_list("pk", flat=True))
    fast, slow = newest_counts(cases, ostfold), newest_bars(cases, ostfold)
    assert fast
    assert {case: (one.asked, one.silent) for case, one in fast.items()} == {
        case: (len(bar.cells), len(bar.silent)) for case, bar in slow.items()
    }


def test_who_is_silent_in_an_anchoring_round(actors: list[Actor]) -> None:
    for actor in actors:
        with transaction.atomic(), scope(actor):
            AnchoringRound.objects.filter(community=actor.community_id).update(state="open", due=TODAY)
            found = read_facts({"rounds": rounds_that_wait(actor)})["rounds"]
            mine = municipalities_of(actor)
            for one in found:
                bar = bar_of(AnchoringRound.objects.get(pk=one.pk), TODAY, mine)
                assert silent_in(one) == [str(cell.party) for cell in bar.silent if cell.is_mine]


def test_measures_with_their_status_and_who_answers(actors: list[Actor]) -> None:
    for actor in actors:
        with transaction.atomic(), scope(actor):
            plans = list(Plan.objects.visible_to(actor).filter(community=actor.community_id))
            fast = [_told(one.row) for one in rows_at_once(plans, actor)]
            assert fast == [_told(row) for row in rows_without_holes(plans, actor)]


def test_how_far_a_party_has_come_with_the_measures(ostfold: Actor) -> None:
    plans = list(Plan.objects.visible_to(ostfold).filter(community=ostfold.community_id))
    for party in Party.objects.filter(community=ostfold.community_id):
        slow = carried_out(plans, ostfold, [party])
        found = rows_at_once(plans, ostfold, [party.pk])
        fast = carried_at_once(found, [party], TODAY)
        assert fast
        assert [{key: one.shown for key, one in row.standings.items()} for row in fast] == [
            {key: one.shown for key, one in row.standings.items()} for row in slow
        ]


def _told(row: Row) -> tuple[object, ...]:
    who = [(one.body_id, one.party_id, one.side, one.role) for one in row.responsibles]
    said = (row.report.word, row.report.at) if row.report else None
    return row.id, row.shown.status, row.shown.days_late, who, said
