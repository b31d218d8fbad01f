"""Every table keeps what the house promises: isolation, history, keys that point down, marked people."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from samspill.directory.public import CommunityOwned

# Lowest first; a foreign key may point down or within its own floor.
FLOORS = {
    "directory": 0,
    "worklist": 1,
    "governance": 2,
    "plans": 2,
    "insight": 2,
    "care": 2,
    "web": 3,
    "demo": 3,
}
OURS = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
EVENTS = [model for model in OURS if hasattr(model, "pgh_tracked_model")]
PLAIN = [model for model in OURS if model not in EVENTS]

# Tables without a tenant, each with its reason.
WITHOUT_TENANT = {
    "directory.community": "a public fact",
    "directory.organisation": "a public fact",
    "directory.opensearchword": "a word in a title that is open",
    "insight.datapack": "open statistics, the same for everybody",
    "insight.packfile": "open statistics, the same for everybody",
    "insight.dataset": "where figures come from, the same for everybody",
    "insight.dataversion": "where figures come from, the same for everybody",
    "insight.dataevent": "what was done with data of the whole installation",
    "insight.indicator": "a definition, the same for everybody",
    "insight.indicatorrun": "published figures, the same for everybody",
    "insight.indicatoranswer": "published figures, the same for everybody",
    "insight.indicatorseries": "published figures, the same for everybody",
    "care.usedid": "an id of a proof, hashed: nobody's until it is forgotten",
    "directory.account": "sign-in must find it before there is a tenant",
}
TENANTS = {"directory.community", "directory.party"}


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def foreign_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]


def belongs_to_a_party(model: type[models.Model]) -> bool:
    return any(label(key.related_model) in TENANTS for key in foreign_keys(model))


@pytest.mark.parametrize("model", PLAIN, ids=label)
def test_a_model_says_who_may_see_it(model: type[models.Model]) -> None:
    assert hasattr(model._default_manager, "visible_to"), (
        f"{label(model)} needs a manager with visible_to(actor)"
    )


@pytest.mark.parametrize("model", PLAIN, ids=label)
def test_a_table_has_a_tenant_or_a_reason_not_to(model: type[models.Model]) -> None:
    assert belongs_to_a_party(model) or label(model) in WITHOUT_TENANT


@pytest.mark.django_db
@pytest.mark.parametrize("model", [one for one in OURS if belongs_to_a_party(one)], ids=label)
def test_a_table_that_belongs_to_a_party_has_forced_policies(model: type[models.Model]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table]
        )
        assert cursor.fetchone() == (True, True), f"{table} needs isolate(…) in a migration"
        cursor.execute(
            "SELECT cmd, concat(qual, with_check) FROM pg_policies WHERE tablename = %s",
            [table],
        )
        policies = dict(cursor.fetchall())
    assert {"SELECT", "INSERT"} <= policies.keys()
    writes = [text for command, text in policies.items() if command != "SELECT"]
    assert all("samspill.community" in text or "samspill.account" in text for text in writes)


@pytest.mark.django_db
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_table_in_the_database_is_known_to_this_test() -> None:
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    foreign = {name for name in tables - known if not name.startswith(("procrastinate_", "django_", "auth_"))}
    assert foreign == set()


@pytest.mark.parametrize("model", [one for one in PLAIN if issubclass(one, CommunityOwned)], ids=label)
def test_what_a_community_owns_has_a_history_or_only_grows(model: type[models.Model]) -> None:
    derived = {
        "care.teamcount": "counted again every few minutes",
        "care.followedrow": "made again from episodes by the database",
        "care.listrow": "made again from the open alerts with every step",
        "directory.searchentry": "made again from its thing at any time",
        "directory.searchword": "made again from the search entries every night",
        "governance.openentry": "made again from its thing at any time",
        "governance.subscription": "of somebody who has ended it nothing is kept",
    }
    tracked = any(event.pgh_tracked_model is model for event in EVENTS)
    protected = any(trigger.name == "append_only" for trigger in getattr(model._meta, "triggers", []))
    assert tracked or protected or label(model) in derived


@pytest.mark.django_db
@pytest.mark.parametrize("model", EVENTS, ids=label)
def test_history_only_grows(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [model._meta.db_table, right])
            assert cursor.fetchone() == (False,), f"{model._meta.db_table}: {right}"


@pytest.mark.parametrize("model", PLAIN, ids=label)
def test_foreign_keys_point_down_the_house(model: type[models.Model]) -> None:
    here = model._meta.app_label
    for key in foreign_keys(model):
        there = key.related_model._meta.app_label
        if there in FLOORS:
            assert there == here or FLOORS[there] < FLOORS[here], (
                f"{label(model)}.{key.name} points to {there}"
            )


@pytest.mark.parametrize("model", PLAIN, ids=label)
def test_a_moment_has_somebody(model: type[models.Model]) -> None:
    """`done_at` stands beside `done_by`; an append-only row has `at` and `by`."""
    names = {field.name for field in model._meta.get_fields()}
    by_machine = {"last_login", "read_at", "sent_at", "expires_at", "synced_at", "retrieved_at"}
    by_machine |= {"looks_at", "counted_at"}
    for name in names:
        if name.endswith("_at") and name not in by_machine:
            assert name.removesuffix("_at") + "_by" in names, f"{label(model)}.{name} lacks its _by"


PERSONAL_WORDS = {"email", "phone", "birth_date", "national_number", "subject"}


@pytest.mark.parametrize("model", PLAIN, ids=label)
def test_personal_data_is_marked(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    marked = set(getattr(model, "PERSONAL", ()))
    assert names & PERSONAL_WORDS <= marked
    assert marked <= names
