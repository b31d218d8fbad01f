"""Communities are kept apart by the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from factories.people import TODAY, actor
from samspill.directory.public import Community, Person, machine, nobody, scope

pytestmark = pytest.mark.django_db


def person_in(slug: str, name: str) -> Person:
    community = Community.objects.get(slug=slug)
    with scope(machine(community.pk, TODAY)):
        return Person.objects.create(community=community, name=name)


def test_the_application_is_neither_superuser_nor_owner_nor_bypasses_policies() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_without_a_tenant_there_are_no_rows() -> None:
    person_in("ostfold", "Torunn Eikeland")
    assert not Person.objects.exists()


def test_a_person_is_seen_in_their_own_community_only() -> None:
    person = person_in("ostfold", "Torunn Eikeland")
    vestfold = Community.objects.get(slug="vestfold")
    with scope(machine(person.community_id, TODAY)):
        assert Person.objects.filter(pk=person.pk).exists()
        with scope(machine(vestfold.pk, TODAY)):
            assert not Person.objects.filter(pk=person.pk).exists()
        assert Person.objects.filter(pk=person.pk).exists(), "the outer tenant is put back"


def test_writing_into_another_community_is_refused_by_the_database() -> None:
    ostfold, vestfold = Community.objects.get(slug="ostfold"), Community.objects.get(slug="vestfold")
    with (
        scope(machine(ostfold.pk, TODAY)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Person.objects.create(community=vestfold, name="Feil Sted")


def test_the_tenant_is_put_back_after_a_statement_that_failed() -> None:
    ostfold = Community.objects.get(slug="ostfold")
    person = person_in("ostfold", "Jonas Tveitan")
    with scope(machine(ostfold.pk, TODAY)):
        with pytest.raises(DatabaseError), transaction.atomic(), scope(nobody(TODAY)):
            connection.cursor().execute("SELECT 1/0")
        assert Person.objects.filter(pk=person.pk).exists()


def test_history_is_kept_apart_like_the_rows_themselves() -> None:
    person = person_in("ostfold", "Torunn Eikeland")
    events = Person._meta.get_field("events").related_model
    with scope(machine(person.community_id, TODAY)):
        person.title = "Samhandlingssjef"
        person.save()
        assert list(events.objects.filter(pgh_obj_id=person.pk).values_list("pgh_label", flat=True)) == [
            "insert",
            "update",
        ]
    assert not events.objects.exists()


def test_history_can_be_neither_changed_nor_taken_away() -> None:
    person = person_in("ostfold", "Torunn Eikeland")
    with scope(machine(person.community_id, TODAY)):
        for statement in ("UPDATE directory_personevent SET name = 'x'", "DELETE FROM directory_personevent"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(statement)


def test_a_scope_outside_a_transaction_is_an_error(django_db_blocker: object) -> None:
    connection_was_atomic = connection.in_atomic_block
    connection.in_atomic_block = False
    try:
        with pytest.raises(TransactionManagementError), scope(nobody(TODAY)):
            pass
    finally:
        connection.in_atomic_block = connection_was_atomic


def test_what_the_application_filters_is_what_the_database_lets_through() -> None:
    person_in("ostfold", "Torunn Eikeland")
    person_in("vestfold", "Siri Holm")
    one = actor("ostfold", name="Randi Høgåsen")
    with scope(one):
        assert set(Person.objects.all()) == set(Person.objects.visible_to(one))
