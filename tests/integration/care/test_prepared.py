"""What is prepared finds and keeps what the queryset and `save` do."""

import pghistory
import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from factories.care import care_world
from factories.people import member
from samspill.care.models import Receiver, UsedId
from samspill.directory.models import Community, Party
from samspill.directory.prepared import Prepared, keep_row
from samspill.directory.public import scope

pytestmark = pytest.mark.django_db
BY_NAME = Prepared[Party](
    lambda community, kind: (
        Party.objects.filter(community_id=community, kind=kind).select_related("community").order_by("pk")
    )
)


@pytest.fixture
def ostfold() -> Community:
    member("ostfold", "secretariat")
    return Community.objects.get(slug="ostfold")


def test_it_finds_what_the_queryset_finds_in_one_statement(ostfold: Community) -> None:
    wanted = list(Party.objects.filter(community=ostfold, kind="municipality").order_by("pk"))
    BY_NAME(ostfold.pk, "municipality")  # its SQL is written the first time
    with CaptureQueriesContext(connection) as asked:
        found = BY_NAME(ostfold.pk, "municipality")
        named = {one.community.name for one in found}
    assert (found, named, len(asked)) == (wanted, {ostfold.name}, 1)


def test_it_is_asked_anew_each_time_with_what_is_given(ostfold: Community) -> None:
    assert BY_NAME.first(ostfold.pk, "nothing") is None
    assert {one.kind for one in BY_NAME(ostfold.pk, "municipality")} == {"municipality"}


@pytest.mark.parametrize("given", [None, 1.5, True])
def test_it_takes_no_value_that_could_change_its_conditions(given: object) -> None:
    with pytest.raises(TypeError):
        Prepared[Party](lambda one: Party.objects.filter(pk=one))(given)


def test_a_value_that_is_no_parameter_is_refused() -> None:
    with pytest.raises(LookupError):
        Prepared[Party](lambda _one: Party.objects.all())(1)


def test_a_row_is_kept_with_its_key_and_once(ostfold: Community) -> None:
    rows = [UsedId(key="once", until="2026-11-23T12:00:00Z") for _ in range(2)]
    assert [keep_row(one, or_nothing=True) for one in rows] == [True, False]
    assert UsedId.objects.get(key="once").pk == rows[0].pk
    with pytest.raises(DataError):
        keep_row(UsedId(key="x" * 200, until="2026-11-23T12:00:00Z"))


def test_the_history_of_a_row_tells_who_kept_it() -> None:
    world = care_world()
    team = world.teams["Service"]
    row = Receiver(
        community=world.community, tenant_id=team.tenant_id, team=team, name="PMD", sends="measurements",
        address="https://pmd.example",
    )  # fmt: skip
    with transaction.atomic(), scope(world.machine):
        with pghistory.context(account=7):
            keep_row(row)
        history = Receiver.pgh_event_models["insert"].objects.get(pgh_obj_id=row.pk)
    assert history.pgh_context.metadata == {"account": 7}
