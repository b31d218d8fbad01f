"""A nurse service with patients in a running demonstration: made in its own database by another process."""

import os
import subprocess
import sys
from pathlib import Path

from functional.conftest import Server

TESTS = Path(__file__).resolve().parents[2]
NURSE, OTHER = "ida@service.example", "per@service.example"
PASSWORD = "fjell og fjord 2026"
ASTRID = "Astrid Lunde"


def make_patients(server: Server) -> None:
    """Ida and Per work in a service that follows Astrid, Berit and Kåre in Halden; the server knows them."""
    told(server, "make")
    server.accounts |= {email: {"email": email, "password": PASSWORD} for email in (NURSE, OTHER)}


def weigh(server: Server, name: str, weight: str) -> None:
    """A weight comes in for a patient, as from another system."""
    told(server, "weigh", name, weight)


def told(server: Server, *arguments: str) -> None:
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMSPILL_", "DATABASE_"))
    }
    environ |= {
        "SAMSPILL_HOME": str(server.home),
        "SAMSPILL_DB_POOL": "0",
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")]),
        "DJANGO_SETTINGS_MODULE": "samspill.config.settings",
    }
    subprocess.run([sys.executable, "-m", "functional.care.board_world", *arguments], env=environ, check=True)


def main() -> None:
    """Write into the database of SAMSPILL_HOME, as the application."""
    import django

    django.setup()
    from django.db import connection, transaction

    from samspill.config.embedded import connection_settings

    connection.settings_dict.update(connection_settings(Path(os.environ["SAMSPILL_HOME"]), "app"))
    with transaction.atomic():
        {"make": _make, "weigh": _weigh}[sys.argv[1]](*sys.argv[2:])


def _make() -> None:
    from factories.care import HALDEN, care_world, follow, nurse, patient
    from factories.measuring import SPO2, value, watch

    world = care_world()
    nurse(world, "Service", "Per Holm")
    for name, number in (("Berit Moe", "06834112349"), ("Kåre Nymoen", "07834112340")):
        patient(world, name, number, HALDEN)
        follow(world, name, "Service", tenant=HALDEN)
        watch(world, name)
    watch(world)
    watch(world, code=SPO2)
    value(world, "75.5", hours_ago=0.2)
    value(world, "71", name="Berit Moe", hours_ago=0.1)
    value(world, "71", code="8867-4", hours_ago=0.3, name="Kåre Nymoen")


def _weigh(name: str, weight: str) -> None:
    from django.utils import timezone

    from samspill.care.actions.measuring import Incoming, take_in
    from samspill.care.actions.opening import opening_by_duty
    from samspill.care.models import CareEpisode
    from samspill.directory.public import Community, machine, scope

    by = machine(Community.objects.get(slug="ostfold").pk, timezone.localdate())
    given, family = name.split()
    with scope(by), opening_by_duty(by=by):
        found = CareEpisode.objects.filter(patient__given_name=given, patient__family_name=family)
        episode = found.get(team__name="Service")
        take_in(episode, Incoming("29463-7", weight, "kg", timezone.now()), by=by)


if __name__ == "__main__":
    main()
