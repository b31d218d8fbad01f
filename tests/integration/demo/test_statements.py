"""Statements that are kept say, for whoever asks, exactly what would have been composed for them alone."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Value
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY
from samspill.demo.public import Demonstration
from samspill.directory.facts import _composed, _together
from samspill.directory.public import (
    TASK_SOURCES,
    Account,
    Actor,
    Body,
    FactSource,
    RoleCode,
    acting_as,
    dues_of,
    read_facts,
    scope,
)
from samspill.directory.statements import Asker, statement_for
from samspill.governance.models import FollowUp

pytestmark = pytest.mark.django_db
numbers = st.frozensets(st.integers(1, 10_000), max_size=4)
askers = st.builds(
    Actor,
    today=st.just(TODAY),
    account_id=st.none() | st.integers(1, 10_000),
    community_id=st.none() | st.integers(1, 30),
    roles=st.frozensets(st.sampled_from(RoleCode.values), max_size=3),
    party_ids=numbers,
    body_ids=numbers,
)


def sources() -> tuple[FactSource, ...]:
    return tuple(one for one in TASK_SOURCES.all() if isinstance(one, FactSource))


@pytest.fixture
def actors(world: Demonstration) -> list[Actor]:
    with transaction.atomic():
        people = [Account.objects.get(email=one.email) for one in world.accounts]
        return [acting_as(one, today=TODAY) for one in people]


def composed_for(actor: Actor) -> str:
    """What `actor` would ask with a statement of their own."""
    wanted = {f"{n}:{name}": it for n, one in enumerate(sources()) for name, it in one.wants(actor).items()}
    rows = _together(wanted)
    try:
        sql, values = rows.query.sql_with_params() if rows is not None else ("", ())
    except EmptyResultSet:
        return ""
    return f"SELECT * FROM ({_written(sql, values)}) AS wanted" if sql else ""  # noqa: S608


def kept_for(actor: Actor) -> str:
    found = _composed(tuple(one.wants for one in sources()), Asker.of(actor)).statement
    return _written(found.sql, found.values_for(actor)) if found.sql else ""


def _written(sql: str, values: Sequence[object]) -> str:
    """With the values in it; the order of numbers in a list is nobody's."""
    with connection.cursor() as cursor:
        text: str = cursor.mogrify(sql, values)
    return re.sub(r"IN \([\d, ]+\)", lambda found: str(sorted(re.findall(r"\d+", found[0]), key=int)), text)


def test_everybody_asks_with_a_kept_statement_what_they_would_have_asked_alone(actors: list[Actor]) -> None:
    for actor in actors:
        assert kept_for(actor) == composed_for(actor), actor.name


@pytest.mark.slow
@given(askers)
def test_no_number_of_one_who_asked_before_is_left_for_the_next(actor: Actor) -> None:
    assert kept_for(actor) == composed_for(actor)


@pytest.mark.slow
def test_two_with_the_same_roles_find_each_their_own(actors: list[Actor]) -> None:
    kinds = Counter(Asker.of(one) for one in actors)
    assert max(kinds.values()) > 1, "somebody shares a statement with another"
    for actor in [*actors, *reversed(actors)]:
        with transaction.atomic(), scope(actor):
            for source in sources():
                alone = list(source.tells(read_facts(source.wants(actor)), actor))
                assert source(actor) == alone, actor.name


def test_what_a_source_wants_is_said_without_asking_the_database(
    actors: list[Actor], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        for actor in actors:
            for source in sources():
                source.wants(Asker.of(actor).stand_in())


def test_another_day_another_role_or_another_language_is_another_statement(actors: list[Actor]) -> None:
    one = actors[0]
    others = [
        replace(one, today=TODAY.replace(year=TODAY.year + 1)),
        replace(one, roles=frozenset()),
        replace(one, party_ids=frozenset(range(1, 9))),
        replace(one, body_ids=frozenset(range(1, 9))),
        replace(one, community_id=None),
        replace(one, account_id=None),
    ]
    assert len({Asker.of(one), *map(Asker.of, others)}) == 1 + len(others)


def test_a_number_that_hides_in_a_text_is_never_kept() -> None:
    asker = Asker.of(Actor(today=TODAY, account_id=1, community_id=1))
    hidden = Body.objects.annotate(key=Value(f"body-{asker.stand_in().community_id}"))
    with pytest.raises(RuntimeError, match="stands where"):
        statement_for(hidden, asker)


def test_a_plan_is_kept_for_a_connection_and_stays_right_when_rows_change(actors: list[Actor]) -> None:
    actor = next(one for one in actors if one.has_role(RoleCode.SECRETARIAT))
    with transaction.atomic(), scope(actor):
        before = dues_of(sources(), actor)
        assert before
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE generic_plans > 0")
            assert cursor.fetchone()[0] > 0
        FollowUp.objects.filter(community=actor.community_id).update(due=TODAY.replace(year=TODAY.year - 1))
        after = dues_of(sources(), actor)
        alone = [due for one in sources() for due in one.tells(read_facts(one.wants(actor)), actor)]
        assert after == alone
        assert after != before


def test_behind_a_pooler_nothing_is_prepared(actors: list[Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    with transaction.atomic(), scope(actors[0]), connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        assert dues_of(sources(), actors[0])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] == 0
