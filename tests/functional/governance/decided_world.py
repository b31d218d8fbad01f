"""Decisions in a running demonstration, for the browser: made in its own database by another process."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samspill.governance.models import DecisionParty

TESTS = Path(__file__).resolve().parents[2]
LATE, COMMON = "Halden skriver avtalen om kveldspatruljen.", "Kommunene har felles kveldspatrulje."

ANSWER = ("Halden", "Moss", "Råde")


def make_decisions(home: Path) -> dict[str, dict[str, str]]:
    """SSU has decided two points: Halden answers for one, too late; the other binds every municipality.

    Returns the links a mail to Halden, Moss and Råde would hold: word -> path, by municipality.
    """
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAMSPILL_", "DATABASE_"))
    }
    environ |= {
        "SAMSPILL_HOME": str(home),
        "SAMSPILL_DB_POOL": "0",
        "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "src")]),
        "DJANGO_SETTINGS_MODULE": "samspill.config.settings",
    }
    made = subprocess.run(
        [sys.executable, "-m", "functional.governance.decided_world"],
        env=environ,
        check=True,
        capture_output=True,
        text=True,
    )
    links: dict[str, dict[str, str]] = json.loads(made.stdout)
    return links


def main() -> None:
    """Write the decisions into the database of SAMSPILL_HOME, as the application."""
    import django

    django.setup()
    from django.db import connection, transaction
    from django.utils import timezone

    from samspill.config.embedded import connection_settings

    connection.settings_dict.update(connection_settings(Path(os.environ["SAMSPILL_HOME"]), "app"))
    from factories.bodies import make_bodies
    from factories.decisions import binds, decided, followed, point_of
    from samspill.directory.public import Party, scope

    today = timezone.localdate()
    with transaction.atomic():
        bodies = make_bodies()
        with scope(bodies.by):
            here = Party.objects.filter(community=bodies.community)
            decision = decided(bodies, points=(LATE, COMMON), day=today - timedelta(days=70), number=900)
            followed(point_of(decision), here.get(short_name="Halden"), due=today - timedelta(days=9))
            followed(point_of(decision, 2), bodies.ssu, due=today + timedelta(days=50))
            rows = binds(point_of(decision, 2), list(here.filter(kind="municipality")))
            answering = {name: next(row for row in rows if row.party.short_name == name) for name in ANSWER}
        links = {name: links_for(row) for name, row in answering.items()}
    print(json.dumps(links))


def links_for(row: "DecisionParty") -> dict[str, str]:
    """What a mail to a member who speaks for the row's party holds: word -> path."""
    from django.utils import timezone, translation

    from factories.people import member
    from samspill.directory.public import Membership, machine, scope
    from samspill.governance.follow_up_links import asks_about_party
    from samspill.governance.states import CarryingState
    from samspill.worklist.public import make_link

    now = timezone.now()
    email = f"svar.{row.party_id}@example.no"
    account = member("ostfold", "member", name=f"Svarer for {row.party}", email=email)
    with scope(machine(row.community_id, now.date())), translation.override("nb"):
        Membership.objects.filter(account=account).update(party=row.party)
        return {
            str(CarryingState(ask.arguments["state"]).label): "/lenke/"
            + make_link(ask, account=account, community_id=row.community_id, now=now)
            + "/"
            for ask in asks_about_party(row)
        }


if __name__ == "__main__":
    main()
