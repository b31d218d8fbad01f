"""Ways in besides the invitation: HelseID bound by it, and a new password for who forgot theirs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from factories.people import member
from integration.directory.invited import (
    KEY,
    NOW,
    acts_of,
    choose,
    link_in,
    text_of,
    torunn,
    who,
)
from oidc_issuer import LocalIssuer, visit
from samspill.directory.actions.invitations import (
    ask_new_password,
    make_token,
)
from samspill.directory.public import Account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_links_lead_here")]


# With HelseID


@pytest.fixture
def issuer(settings: Settings) -> Iterator[LocalIssuer]:
    with LocalIssuer(KEY.public_jwk()) as running:
        settings.OIDC_PROVIDERS = {"local": running.settings(KEY)}
        running.redirect_uri = "http://testserver/logg-inn/oidc/local/tilbake/"
        yield running


def sign_in_there(client: Client, query: str = "") -> object:
    begun = client.get(f"/logg-inn/oidc/local/{query}")
    assert begun.status_code == 302
    return client.get(f"/logg-inn/oidc/local/tilbake/?{urlencode(visit(begun['Location']))}")


def test_an_identity_is_bound_by_signing_in_there_once(
    client: Client, issuer: LocalIssuer, letter: EmailMultiAlternatives
) -> None:
    client.get(link_in(letter))
    assert b'href="/logg-inn/oidc/local/?invitasjon=1"' in client.get("/invitasjon/").content
    assert sign_in_there(client, "?invitasjon=1")["Location"] == "/"
    assert who(client) == str(torunn().pk)
    assert torunn().issuer == issuer.url
    assert acts_of(torunn()) == ["account.bind_identity", "account.sign_in"]
    assert client.get(link_in(letter)).status_code == 422
    another_day = Client()
    sign_in_there(another_day)
    assert who(another_day) == str(torunn().pk)


def test_an_invitation_in_the_browser_binds_nobody_who_signs_in_the_ordinary_way(
    client: Client, issuer: LocalIssuer, letter: EmailMultiAlternatives
) -> None:
    client.get(link_in(letter))
    assert sign_in_there(client).status_code == 403
    assert torunn().subject == ""


def test_without_an_invitation_nothing_is_bound(client: Client, issuer: LocalIssuer) -> None:
    assert sign_in_there(client, "?invitasjon=1").status_code == 403


def test_an_identity_opens_one_account_only(
    client: Client, issuer: LocalIssuer, letter: EmailMultiAlternatives
) -> None:
    other = Client()
    jonas = member("ostfold", "member", name="Jonas Tveitan")
    other.get(f"/invitasjon/{make_token(jonas, until=NOW + timedelta(days=1))}/")
    jonas.refresh_from_db()
    sign_in_there(other, "?invitasjon=1")
    client.get(link_in(letter))
    answer = sign_in_there(client, "?invitasjon=1")
    assert answer.status_code == 422
    assert "Du har alt en konto her" in text_of(answer)
    assert torunn().subject == ""
    assert who(client) is None


# Forgotten


def forgotten(client: Client, email: str) -> object:
    return client.post("/glemt-passord/", {"email": email})


def test_the_answer_is_the_same_for_who_has_an_account_and_who_has_not(
    client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    with django_capture_on_commit_callbacks(execute=True):
        here, nowhere = forgotten(client, "jonas@example.no"), forgotten(client, "ingen@example.no")
    assert (here.status_code, nowhere.status_code) == (200, 200)
    plain = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", one.content.decode())
        for one in (here, nowhere)
    ]
    assert plain[0].replace("jonas@", "x@") == plain[1].replace("ingen@", "x@")
    assert [mail.to for mail in mailoutbox] == [["jonas@example.no"]]


def test_a_new_password_ends_the_sessions_of_the_old_one(
    client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    jonas = member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    thief = Client()
    thief.force_login(jonas, backend="django.contrib.auth.backends.ModelBackend")
    with django_capture_on_commit_callbacks(execute=True):
        forgotten(client, "JONAS@example.no")
    assert mailoutbox[0].subject == "Nytt passord til Samspill"
    client.get(link_in(mailoutbox[0]))
    assert "Velg et nytt passord" in text_of(client.get("/invitasjon/"))
    assert choose(client).status_code == 303
    assert thief.get("/min-side/").status_code == 302
    assert client.get("/min-side/").status_code == 200


def test_nobodys_inbox_is_filled(
    client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(4):
            assert forgotten(client, "jonas@example.no").status_code == 200
    assert len(mailoutbox) == 1
    with django_capture_on_commit_callbacks(execute=True):
        ask_new_password("jonas@example.no", now=datetime.now(UTC) + timedelta(minutes=6))
    assert len(mailoutbox) == 2


def test_a_mail_does_not_open_what_bankid_protects(
    client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    jonas = member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    jonas.issuer, jonas.subject = "https://issuer.example", "jonas"
    jonas.set_unusable_password()
    jonas.save()
    with django_capture_on_commit_callbacks(execute=True):
        forgotten(client, "jonas@example.no")
    assert mailoutbox[0].subject == "Du logger inn i Samspill uten passord"
    assert "/invitasjon/" not in str(mailoutbox[0].body)


def test_a_closed_account_gets_no_mail(
    client: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    jonas = member("ostfold", "member", name="Jonas Tveitan", email="jonas@example.no")
    Account.objects.filter(pk=jonas.pk).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        assert forgotten(client, "jonas@example.no").status_code == 200
    assert mailoutbox == []


@pytest.mark.parametrize(
    "email", ["", "ikke en adresse", "a@b@c", "x" * 400 + "@example.no", "a\r\nBcc: b@example.no"]
)
def test_what_is_no_address_is_422(client: Client, email: str) -> None:
    assert forgotten(client, email).status_code == 422
