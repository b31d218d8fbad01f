"""The list of a team as a browser gets it, and many patients to stand on it."""

import re
from html import unescape

from django.test import Client

from factories.care import HALDEN, CareWorld, follow, patient
from factories.measuring import value, watch
from samspill.directory.public import Account, Actor

BACKEND = "django.contrib.auth.backends.ModelBackend"


def at_the_list(who: Actor, *, level: int = 4, language: str = "nb") -> Client:
    """Signed in, as surely as the level says."""
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend=BACKEND)
    session = client.session
    session["oidc_level"] = level
    session.save()
    client.cookies["samspill_language"] = language
    return client


def page_of(client: Client) -> str:
    answer = client.get("/pasienter/")
    assert answer.status_code == 200
    return answer.content.decode()


def list_of(page: str) -> list[str]:
    """The lines of the list, their parts between bars."""
    links = re.findall(r'<a class="s-al" [^>]*>(.*?)</a>', page, re.S)
    return [_text(one) for one in links]


def names_in(page: str) -> list[str]:
    return re.findall(r'aria-label="Velg ([^"]+)"', page)


def _text(html: str) -> str:
    parts = re.sub(r"<[^>]+>", "\n", html).split("\n")
    said = [unescape(one).replace("\xa0", " ").strip() for one in parts]
    return " | ".join(one for one in said if one)


def many_patients(world: CareWorld, count: int, *, team: str = "Service") -> None:
    """Each with an alert on the list of the team."""
    for number in range(count):
        name = f"Ola{number} Berg{number}"
        patient(world, name, f"{number + 1:05}812345"[-11:].rjust(11, "1"), HALDEN)
        follow(world, name, team, tenant=HALDEN)
        watch(world, name, team)
        value(world, "75", name=name, team=team)
