"""Two secretaries type at once, on two connections: nothing is lost, and both texts are shown."""

import threading

import psycopg
import pytest
from django.db import connection, transaction

from factories.bodies import Bodies, make_bodies
from factories.people import actor
from factories.rooms import first_item, under_way
from samspill.directory.public import Actor, scope
from samspill.governance.actions.minute_writing import save, take_together
from samspill.governance.models import AgendaItem, MinuteText
from samspill.governance.queries.minute_texts import standing
from samspill.governance.states import TextPart
from samspill.refusal import Refused

PATIENCE_SECONDS = 20


def write(item: AgendaItem, text: str, based_on: int, by: Actor) -> MinuteText:
    row = save(item, text, based_on, by).row
    assert row is not None
    return row


@pytest.fixture
def randi(bodies: Bodies) -> Actor:
    return actor("ostfold", "secretariat", name="Randi Høgåsen", email="randi@example.no")


@pytest.fixture
def liv(bodies: Bodies) -> Actor:
    return actor("ostfold", "secretariat", name="Liv Rognerud", email="liv@example.no")


@pytest.fixture
def item(bodies: Bodies) -> AgendaItem:
    return first_item(under_way(bodies, bodies.fsu))


def test_one_who_goes_on_from_what_stands_takes_its_place(item: AgendaItem, randi: Actor, liv: Actor) -> None:
    first = write(item, "Moss spurte.", 0, randi)
    write(item, "Moss spurte. Halden svarte.", first.pk, liv)
    now = standing(item, TextPart.MINUTES)
    assert (now.text, now.beside) == ("Moss spurte. Halden svarte.", ())
    assert MinuteText.objects.filter(item=item).count() == 2


def test_what_is_written_on_top_of_another_s_text_is_kept_beside_it(
    item: AgendaItem, randi: Actor, liv: Actor
) -> None:
    first = write(item, "Moss spurte.", 0, randi)
    write(item, "Moss spurte om prisen.", first.pk, randi)
    row = write(item, "Moss spurte. Halden svarte.", first.pk, liv)
    now = standing(item, TextPart.MINUTES)
    assert row.beside
    assert now.text == "Moss spurte om prisen."
    assert [one.text for one in now.beside] == ["Moss spurte. Halden svarte."]
    again = write(item, "Moss spurte. Halden svarte ja.", row.pk, liv)
    assert standing(item, TextPart.MINUTES).beside == (again,)
    take_together(item, "Moss spurte om prisen. Halden svarte ja.", randi)
    now = standing(item, TextPart.MINUTES)
    assert (now.text, now.beside) == ("Moss spurte om prisen. Halden svarte ja.", ())
    assert MinuteText.objects.filter(item=item).count() == 5


def test_one_s_own_text_is_never_in_one_s_way(item: AgendaItem, randi: Actor) -> None:
    """A save that left before the answer to the one before it had come."""
    write(item, "Moss", 0, randi)
    assert not write(item, "Moss spurte.", 0, randi).beside


def test_the_same_text_twice_is_one_row(item: AgendaItem, randi: Actor, liv: Actor) -> None:
    first = write(item, "Moss spurte.", 0, randi)
    assert write(item, "Moss spurte.", 0, liv) == first
    assert MinuteText.objects.count() == 1


def test_a_text_sent_again_after_the_two_were_taken_together_is_no_new_one(
    item: AgendaItem, randi: Actor, liv: Actor
) -> None:
    """A browser sends again what it got no answer to; the room asks nobody about it twice."""
    write(item, "Moss spurte.", 0, randi)
    beside = write(item, "Halden svarte.", 0, liv)
    take_together(item, "Moss spurte. Halden svarte.", randi)
    assert write(item, "Halden svarte.", 0, liv) == beside
    now = standing(item, TextPart.MINUTES)
    assert (now.text, now.beside) == ("Moss spurte. Halden svarte.", ())


def test_one_text_takes_in_all_that_stand_beside(item: AgendaItem, randi: Actor, liv: Actor) -> None:
    kari = actor("ostfold", "secretariat", name="Kari Moe", email="kari@example.no")
    for by, text in ((randi, "Moss spurte."), (liv, "Halden svarte."), (kari, "Rygge lo.")):
        write(item, text, 0, by)
    assert len(standing(item, TextPart.MINUTES).beside) == 2
    take_together(item, "Moss spurte. Halden svarte. Rygge lo.", randi)
    now = standing(item, TextPart.MINUTES)
    assert (now.text, now.beside) == ("Moss spurte. Halden svarte. Rygge lo.", ())


def test_nobody_s_number_stands_in_minutes(item: AgendaItem, randi: Actor) -> None:
    with pytest.raises(Refused):
        write(item, "Pasienten 13897200184 ble nevnt.", 0, randi)
    assert not MinuteText.objects.exists()


def test_others_write_nothing(item: AgendaItem) -> None:
    jonas = actor("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    with pytest.raises(Refused):
        write(item, "Hei.", 0, jonas)


@pytest.mark.usefixtures("committed")
def test_of_twenty_texts_written_at_the_same_moment_on_two_connections_none_is_lost() -> None:
    with transaction.atomic():
        bodies = make_bodies()
        with scope(bodies.by):
            item = first_item(under_way(bodies, bodies.fsu))
        writers = [
            actor("ostfold", "secretariat", name=name, email=f"{name}@example.no")
            for name in ("randi", "liv")
        ]
    ready, faults = threading.Barrier(2), []

    def type_away(by: Actor) -> None:
        based_on = 0
        try:
            ready.wait(PATIENCE_SECONDS)
            for number in range(10):
                with transaction.atomic(), scope(by):
                    based_on = write(item, f"{by.name} {number}", based_on, by).pk
        except (Refused, psycopg.Error, threading.BrokenBarrierError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=type_away, args=[by]) for by in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert faults == []
    with transaction.atomic(), scope(writers[0]):
        texts = set(MinuteText.objects.filter(item=item).values_list("text", flat=True))
        now = standing(item, TextPart.MINUTES)
        shown = {now.text, *(one.text for one in now.beside)}
    assert texts == {f"{name} {number}" for name in ("randi", "liv") for number in range(10)}
    assert shown == {"randi 9", "liv 9"}
