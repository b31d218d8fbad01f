"""What is made once is left alone: a second start changes nothing, and what people wrote stays."""

from datetime import timedelta

from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY
from integration.demo.conftest import SEED, quiet
from integration.demo.looking import actor_of, fingerprint
from samspill.demo.public import Demonstration, load
from samspill.directory.public import Account, scope
from samspill.plans.public import Measure, Plan, edit_text, report_status, set_deadline
from samspill.worklist.public import Task, finish

SECRETARIAT = "Sekretariatet, Østfold"


def test_a_second_load_changes_no_row_and_no_history(world: Demonstration) -> None:
    before = fingerprint()
    again = load(seed=SEED, progress=quiet, today=TODAY)
    assert fingerprint() == before
    assert again.accounts == world.accounts


def test_a_second_load_asks_the_database_little(
    world: Demonstration, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(60):
        load(seed=SEED, progress=quiet, today=TODAY)


def test_a_second_load_says_nothing_of_making(world: Demonstration) -> None:
    said: list[str] = []
    load(seed=SEED, progress=said.append, today=TODAY)
    assert said == []


def test_a_load_weeks_later_moves_no_date(world: Demonstration) -> None:
    before = fingerprint()
    load(seed=SEED, progress=quiet, today=TODAY + timedelta(days=40))
    assert fingerprint() == before


def test_what_people_wrote_stays(world: Demonstration) -> None:
    untouched = fingerprint()
    actor = actor_of(world, SECRETARIAT)
    with scope(actor):
        plan = Plan.objects.filter(community_id=actor.community_id).latest("period_start")
        measure = Measure.objects.get(plan=plan, label="2.2")
        edit_text(measure, title="Veiledning i ventetiden", text=measure.text, by=actor)
        set_deadline(measure, deadline=TODAY + timedelta(days=100), by=actor)
        report_status(measure, word="on_track", sentence="Vi har begynt.", by=actor)
        finish(Task.objects.get(title="Ta inn fire merknader til referatet"), by=actor)
    account = Account.objects.get(pk=actor.account_id)
    account.set_password("et helt annet passord")
    account.save(update_fields=["password"])
    before = fingerprint()
    assert len([name for name in before if before[name] != untouched[name]]) >= 6
    load(seed=SEED, progress=quiet, today=TODAY)
    assert fingerprint() == before


def test_a_world_that_is_there_keeps_its_own_seed(world: Demonstration) -> None:
    said: list[str] = []
    before = fingerprint()
    again = load(seed=7, progress=said.append, today=TODAY)
    assert (fingerprint(), again.accounts) == (before, world.accounts)
    assert said == ["The world made from seed 2026 is here already, and stays."]
