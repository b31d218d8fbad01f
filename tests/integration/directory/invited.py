"""Somebody who is invited: shared by the tests of invitations, identities and new passwords."""

import re
from datetime import UTC, datetime, time

from django.core.mail import EmailMultiAlternatives
from django.test import Client

from factories.people import TODAY
from samspill.directory.oidc.keys import new_private_jwk
from samspill.directory.public import Account, Actor, AuditEvent, scope

KEY = new_private_jwk("ES256")
NEW = "tre tall og et tog"
PAGE = "/helsefellesskap/ostfold/"
NOW = datetime.combine(TODAY, time(13), UTC)
TORUNN = {
    "member-name": "Torunn Eikeland",
    "member-email": "Torunn@Example.no",
    "member-role": "member",
    "member-from_day": "2026-11-01",
}


def link_in(mail: EmailMultiAlternatives) -> str:
    found = re.search(r"http://testserver(/invitasjon/\S+/)", str(mail.body))
    assert found
    return found[1]


def torunn() -> Account:
    return Account.objects.get(email="torunn@example.no")


def text_of(page: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))  # type: ignore[attr-defined]


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def choose(client: Client, password: str = NEW, again: str = "") -> object:
    return client.post("/invitasjon/", {"password": password, "again": again or password})


def acts_of(account: Account) -> list[str]:
    with scope(Actor(today=TODAY, account_id=account.pk)):
        return list(AuditEvent.objects.filter(by=account).order_by("pk").values_list("act", flat=True))
