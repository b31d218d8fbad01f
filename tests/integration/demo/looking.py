"""Looking at everything in the world at once, and acting as somebody in it."""

import hashlib
from datetime import date

from django.apps import apps
from django.db import connection, transaction

from factories.people import TODAY
from samspill.demo.public import Demonstration
from samspill.directory.public import Account, Actor, Community, acting_as, machine, scope

WORLDS = ("ostfold", "troms-og-ofoten", "more-og-romsdal", "vestfold", "sogn-og-fjordane")
OURS = {"directory", "worklist", "plans", "insight", "demo"}


def fingerprint() -> dict[str, str]:
    """A digest of every row of every table of ours, history too, as each community sees it."""
    tables = sorted(model._meta.db_table for model in apps.get_models() if model._meta.app_label in OURS)
    found = {}
    for slug in WORLDS:
        here = machine(Community.objects.get(slug=slug).pk, TODAY)
        with transaction.atomic(), scope(here), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608  our own table names
                rows = "\n".join(row for (row,) in cursor.fetchall())
                found[f"{slug} {table}"] = hashlib.sha256(rows.encode()).hexdigest()
    return found


def actor_of(world: Demonstration, role: str, today: date = TODAY) -> Actor:
    """The listed person with this role."""
    person = next(account for account in world.accounts if account.role == role)
    return acting_as(Account.objects.get(email=person.email), today=today)
