"""The signed link in a mail: how it comes, what it opens, and when it opens nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.signing import Signer
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from factories.people import PASSWORD, TODAY, member
from oidc_issuer import LocalIssuer, visit
from samspill.directory.actions.invitations import (
    SALT,
    account_of,
    ask_new_password,
    choose_password,
    make_token,
)
from samspill.directory.oidc.keys import new_private_jwk
from samspill.directory.public import Account, Actor, AuditEvent, Membership, scope
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db

KEY = new_private_jwk("ES256")
NEW = "tre tall og et tog"
PAGE = "/helsefellesskap/ostfold/"
NOW = datetime.now(UTC)
TORUNN = {
    "member-name": "Torunn Eikeland",
    "member-email": "Torunn@Example.no",
    "member-role": "member",
    "member-from_day": "2026-11-01",
}


@pytest.fixture(autouse=True)
def _here(settings: Settings) -> None:
    """Pages are drawn without a built front end; links in mails lead to the test client."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ORIGIN = "http://testserver"


@pytest.fixture
def secretariat() -> Client:
    client = Client()
    client.force_login(
        member("ostfold", "secretariat", name="Randi Høgåsen", email="randi@example.no"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


@pytest.fixture
def letter(
    secretariat: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> EmailMultiAlternatives:
    """The mail that Torunn gets when Østfold's secretariat lets her in."""
    with django_capture_on_commit_callbacks(execute=True):
        assert secretariat.post(f"{PAGE}folk/", TORUNN).status_code == 303
    (mail,) = mailoutbox
    return mail


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


# The mail


def test_who_is_let_in_gets_one_mail_with_the_way_in(letter: EmailMultiAlternatives) -> None:
    assert letter.to == ["torunn@example.no"]
    assert letter.subject == "Velkommen til Samspill for Helsefellesskapet Østfold"
    assert "som utvalgsmedlem" in str(letter.body)
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert link_in(letter) in str(html)


def test_the_mail_is_in_the_form_the_community_writes(
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client = Client()
    client.force_login(member("fonna", "secretariat"), backend="django.contrib.auth.backends.ModelBackend")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/helsefellesskap/fonna/folk/", TORUNN)
    assert mailoutbox[0].subject == "Velkomen til Samspill for Helsefellesskapet i Helse Fonna"
    assert "Lenkja er berre di" in str(mailoutbox[0].body)


def test_who_has_a_key_already_is_told_of_the_role_and_gets_no_key(
    secretariat: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    member("vestfold", "member", name="Torunn Eikeland", email="torunn@example.no")
    with django_capture_on_commit_callbacks(execute=True):
        secretariat.post(f"{PAGE}folk/", TORUNN)
    assert mailoutbox[0].subject == "Du har fått en ny rolle i Helsefellesskapet Østfold"
    assert "/invitasjon/" not in str(mailoutbox[0].body)


def test_what_is_refused_sends_nothing(
    secretariat: Client,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        secretariat.post(f"{PAGE}folk/", TORUNN | {"member-to_day": "2026-10-01"})
    assert callbacks == []
    assert mailoutbox == []


def test_a_mail_server_that_says_no_does_not_undo_the_role(
    secretariat: Client,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        assert secretariat.post(f"{PAGE}folk/", TORUNN).status_code == 303
    assert "invitert, har ikke vært inne ennå" in text_of(secretariat.get(PAGE))


# The link


def test_opening_the_link_changes_nothing_and_takes_it_out_of_the_address(
    client: Client, letter: EmailMultiAlternatives
) -> None:
    for _time in range(2):
        answer = client.get(link_in(letter))
        assert (answer.status_code, answer["Location"]) == (302, "/invitasjon/")
    page = client.get("/invitasjon/")
    assert "Torunn Eikeland, velg hvordan du vil logge inn" in text_of(page)
    assert acts_of(torunn()) == []


def test_a_password_is_chosen_once_and_opens_from_then_on(
    client: Client, letter: EmailMultiAlternatives
) -> None:
    client.get(link_in(letter))
    answer = choose(client)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert who(client) == str(torunn().pk)
    assert acts_of(torunn()) == ["account.choose_password", "account.sign_in"]
    signing_in = Client().post("/logg-inn/", {"email": "torunn@example.no", "password": NEW})
    assert signing_in.status_code == 303


def test_a_link_that_has_been_used_opens_nothing(client: Client, letter: EmailMultiAlternatives) -> None:
    client.get(link_in(letter))
    choose(client)
    other = Client()
    answer = other.get(link_in(letter))
    assert answer.status_code == 422
    assert "Lenken er brukt" in text_of(answer)
    assert other.get("/invitasjon/")["Location"] == "/logg-inn/"


def test_two_windows_with_one_link_choose_once(letter: EmailMultiAlternatives) -> None:
    first, second = Client(), Client()
    first.get(link_in(letter))
    second.get(link_in(letter))
    assert choose(first).status_code == 303
    assert choose(second, "et annet og langt passord").status_code == 422
    assert torunn().check_password(NEW)
    assert who(second) is None


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("kort", "", "minst 12 tegn"),
        (NEW, "noe helt annet enn det", "De to er ikke like"),
        ("", "", "Feltet er påkrevet"),
    ],
)
def test_a_password_that_will_not_do_leaves_the_link_alive(
    client: Client, letter: EmailMultiAlternatives, password: str, again: str, words: str
) -> None:
    client.get(link_in(letter))
    answer = choose(client, password, again)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert choose(client).status_code == 303


def test_a_link_lasts_seven_days(letter: EmailMultiAlternatives) -> None:
    token = link_in(letter).split("/")[2]
    assert account_of(token, now=NOW + timedelta(days=6, hours=23)) == torunn()
    with pytest.raises(Refused) as refused:
        account_of(token, now=NOW + timedelta(days=7, minutes=5))
    assert refused.value.code == "invitation.expired"


def test_an_old_link_is_a_page_that_says_where_to_get_a_new_one(client: Client) -> None:
    account = member("ostfold", "member", name="Jonas Tveitan")
    answer = client.get(f"/invitasjon/{make_token(account, until=NOW - timedelta(minutes=1))}/")
    assert answer.status_code == 422
    assert "Lenken er for gammel" in text_of(answer)
    assert b'href="/glemt-passord/"' in answer.content


def test_a_link_that_somebody_has_changed_opens_nothing(client: Client) -> None:
    account = member("ostfold", "member", name="Jonas Tveitan")
    token = make_token(account, until=NOW + timedelta(days=1))
    head, signature = token.rsplit(":", 1)
    forged = {"account": account.pk, "mark": "0" * 32, "until": int(NOW.timestamp()) + 1000}
    for wrong in (
        token[:-1],
        f"x{token}",
        f"{head}:{signature[::-1]}",
        Signer(salt="another").sign_object(forged),
        Signer(key="guessed", salt=SALT).sign_object(forged),
        "æøå",
        "x",
    ):
        answer = client.get(f"/invitasjon/{wrong}/")
        assert answer.status_code == 422, wrong
        assert "Lenken er ikke hel" in text_of(answer)


@pytest.mark.parametrize("change", ["password", "closed", "address", "identity", "signed out everywhere"])
def test_a_link_dies_with_the_keys_it_was_made_for(change: str) -> None:
    account = member("ostfold", "member", name="Jonas Tveitan")
    token = make_token(account, until=NOW + timedelta(days=1))
    assert account_of(token, now=NOW) == account
    if change == "password":
        account.set_password(PASSWORD)
    elif change == "closed":
        account.is_active = False
    elif change == "address":
        account.email = "ny@example.no"
    elif change == "identity":
        account.issuer, account.subject = "https://issuer.example", "jonas"
    else:
        account.session_stamp = "00000000-0000-4000-8000-000000000000"
    account.save()
    with pytest.raises(Refused) as refused:
        choose_password(token, NEW, now=NOW)
    assert refused.value.code == "invitation.used"


# Sent again


def role_of(account: Account) -> int:
    with scope(Actor(today=TODAY, account_id=account.pk)):
        return Membership.objects.get(account=account).pk


def test_an_invitation_can_be_sent_again_until_it_is_used(
    secretariat: Client,
    client: Client,
    letter: EmailMultiAlternatives,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = f"{PAGE}folk/{role_of(torunn())}/inviter/"
    assert path in secretariat.get(PAGE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert secretariat.post(path).status_code == 303
    assert len(mailoutbox) == 2
    client.get(link_in(mailoutbox[1]))
    choose(client)
    with django_capture_on_commit_callbacks(execute=True):
        assert secretariat.post(path).status_code == 422
    assert len(mailoutbox) == 2
    assert path not in secretariat.get(PAGE).content.decode()


def test_only_the_secretariat_sends_it_again(
    letter: EmailMultiAlternatives,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    path = f"{PAGE}folk/{role_of(torunn())}/inviter/"
    jonas, siri = Client(), Client()
    for client, slug, role in ((jonas, "ostfold", "observer"), (siri, "vestfold", "secretariat")):
        client.force_login(member(slug, role), backend="django.contrib.auth.backends.ModelBackend")
    with django_capture_on_commit_callbacks(execute=True):
        assert [one.post(path).status_code for one in (Client(), jonas, siri)] == [404, 403, 404]
    assert len(mailoutbox) == 1


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
