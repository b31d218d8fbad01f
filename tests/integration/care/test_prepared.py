"""What is prepared finds and keeps what the queryset and `save` do."""

from datetime import date

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from factories.people import member
from samspill.care.models import UsedId
from samspill.directory.models import Community, Membership, Party
from samspill.directory.prepared import Prepared, keep_row

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


def test_a_table_with_history_is_left_to_save() -> None:
    with pytest.raises(TypeError):
        keep_row(Membership(from_day=date(2026, 1, 1)))
