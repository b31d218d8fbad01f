"""People and parties for the tests of follow-up."""

import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.test import Client

from factories.people import TODAY, member
from samspill.directory.public import (
    Account,
    Actor,
    Body,
    Community,
    Membership,
    Party,
    acting_as,
    machine,
    scope,
)


def acting(act: Callable[..., Any]) -> Callable[..., Any]:
    """`act` done in the scope of the one who does it, as in a request of theirs."""

    def done(*args: Any, by: Actor, **kwargs: Any) -> Any:
        with transaction.atomic(), scope(by):
            return act(*args, by=by, **kwargs)

    return done


def party(name: str) -> Party:
    return Party.objects.get(community__slug="ostfold", short_name=name)


def municipalities() -> list[Party]:
    return list(Party.objects.filter(community__slug="ostfold", kind="municipality").order_by("name"))


def acting_for(name: str, role: str = "director") -> Actor:
    """Somebody who acts for the party `name` in Østfold."""
    account = member("ostfold", role, name=f"Direktør {name}", email=f"{role}.{name}@example.no".lower())
    return _placed(account, party=party(name))


def sitting_in(body: Body, name: str = "Jonas Tveitan") -> Actor:
    account = member("ostfold", "member", name=name, email=f"{name.split()[0].lower()}@example.no")
    return _placed(account, body=body)


def _placed(account: Account, **where: Party | Body) -> Actor:
    community = Community.objects.get(slug="ostfold")
    with transaction.atomic(), scope(machine(community.pk, TODAY)):
        Membership.objects.filter(account=account).update(**where)
    return acting_as(account, today=TODAY)


def signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(
        Account.objects.get(pk=who.account_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def text_of(response: object) -> str:
    """The page's text without tags, spaces made one."""
    content = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content)).replace("\xa0", " ")
