"""The list is fresh without being loaded again: told when a change is committed, to members."""

import threading
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from factories.board import at_the_list
from factories.care import LONG_AGO, CareWorld
from samspill.care.live import CHANNEL, Hub, Listener, _own_connection
from samspill.care.models import TeamMembership
from samspill.care.views.live import BEAT, CHANGED, ENDED, Watcher, events
from samspill.directory.public import scope

LOOKS = 0.1
WAITS = 10.0  # for a busy machine; what never comes still fails


@pytest.fixture
def hub(db: None) -> Iterator[Hub]:
    yield Hub(_own_connection, looks=LOOKS)
    end_of_threads()


def end_of_threads() -> None:
    """The thread ends by itself when nobody listens; the database is not to be taken from under it."""
    for thread in threading.enumerate():
        if thread.name == "care-lists":
            thread.join(WAITS)


def tell(team: int) -> None:
    """From a connection of its own, as another process commits."""
    with _own_connection() as other:
        other.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(team)])


def test_who_listens_to_a_team_is_told_of_that_team_alone(hub: Hub) -> None:
    with hub.listener(7, most=5) as mine, hub.listener(8, most=5) as other:
        assert mine
        assert other
        for one in (mine, other):
            assert one.wait(WAITS), "told at once when it begins to listen: something may have changed before"
        tell(7)
        assert mine.wait(WAITS)
        assert not other.wait(0.2)
    assert hub.listening == 0


def test_no_more_listen_than_may_and_a_place_is_given_back(hub: Hub) -> None:
    with hub.listener(7, most=1) as first:
        assert first
        with hub.listener(7, most=1) as second:
            assert second is None
    with hub.listener(7, most=1) as third:
        assert third


@pytest.mark.django_db
def test_a_lost_connection_is_made_again_and_everybody_looks_once_more() -> None:
    held: list[object] = []

    def connect():  # type: ignore[no-untyped-def]
        held.append(_own_connection())
        return held[-1]

    hub = Hub(connect, looks=LOOKS)
    with hub.listener(7, most=1) as one:
        assert one
        assert one.wait(WAITS)
        with _own_connection() as other:
            other.execute(
                "SELECT pg_terminate_backend(%s)",
                [held[0].info.backend_pid],  # type: ignore[attr-defined]
            )
        assert one.wait(WAITS + 5)
        tell(7)
        assert one.wait(WAITS)
    assert len(held) == 2
    end_of_threads()


@pytest.mark.django_db
def test_the_payload_is_a_team_and_nothing_of_a_patient() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'care_list_changed'")
        (source,) = cursor.fetchone()
    assert "patient" not in source
    assert "pg_notify('care_list', coalesce(NEW.team_id, OLD.team_id)::text)" in source


def watcher(world: CareWorld, who: str = "Service") -> Watcher:
    client = at_the_list(world.nurses[who])
    return Watcher(world.teams[who].pk, str(client.session.session_key), world.nurses[who])


def test_a_change_is_told_and_a_beat_comes_between(world: CareWorld) -> None:
    listener = Listener()
    stream = events(listener, watcher(world), beat=0.01)
    assert next(stream) == b"retry: 3000\n\n"
    assert next(stream) == BEAT
    listener.tell()
    assert next(stream) == CHANGED
    assert b"Lunde" not in CHANGED


def test_the_stream_ends_with_the_session(world: CareWorld) -> None:
    who = watcher(world)
    stream = events(Listener(), who, beat=0.01)
    next(stream)
    Session.objects.all().delete()
    assert list(stream) == [ENDED]


def test_the_stream_ends_with_the_place_in_the_team(world: CareWorld) -> None:
    who = watcher(world)
    stream = events(Listener(), who, beat=0.01)
    next(stream)
    with scope(world.machine):
        TeamMembership.objects.filter(team=who.team).update(to_day=LONG_AGO.replace(year=2026))
    assert list(stream) == [ENDED]


def test_who_is_not_in_the_team_is_not_told_and_too_many_ask_instead(world: CareWorld, settings) -> None:  # type: ignore[no-untyped-def]
    nina, team = at_the_list(world.nurses["Moss"]), world.teams["Service"].pk
    assert nina.get(f"/pasienter/endringer/{team}/").status_code == 403
    settings.LISTENERS = 0
    ida = at_the_list(world.nurses["Service"])
    assert ida.get(f"/pasienter/endringer/{team}/").status_code == 204
