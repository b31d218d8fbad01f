"""What stands around the tests is the same for each of them, and there for no other."""

import pytest
from django.db import connection

from factories.bodies import Bodies
from factories.people import TODAY
from samspill.directory.public import Body, Community, machine, scope
from samspill.governance.models import Seat

ROUNDS = ("once", "again")


@pytest.mark.parametrize("time", ROUNDS)
def test_what_is_done_to_bodies_is_met_by_no_other_test(bodies: Bodies, time: str) -> None:
    assert (bodies.fsu.name, Seat.objects.filter(body=bodies.fsu).count()) == (
        "Faglig samarbeidsutvalg for prøver",
        5,
    )
    bodies.fsu.name = f"Changed {time}"
    bodies.fsu.save(update_fields=["name"])
    Seat.objects.filter(body=bodies.fsu).update(label=time)
    assert not Seat.objects.filter(body=bodies.ssu, label__in=ROUNDS).exists()


@pytest.mark.django_db
def test_who_asks_for_no_bodies_meets_none() -> None:
    ostfold = Community.objects.get(slug="ostfold")
    with scope(machine(ostfold.pk, TODAY)):
        assert not Body.objects.filter(short_name__in=("FSU-P", "SSU-P")).exists()


def test_bodies_stand_in_no_helsefellesskap_until_one_steps_in(settled: Bodies) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('samspill.community', true)")
        assert cursor.fetchone()[0] in ("", None)
    assert Seat.objects.filter(body=settled.fsu, body__community=settled.community).exists()
