"""The signed link in a mail: how it comes, what it opens, and when it opens nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.signing import Signer
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from factories.people import PASSWORD, TODAY, member
from integration.directory.invited import (
    NEW,
    NOW,
    PAGE,
    TORUNN,
    acts_of,
    choose,
    link_in,
    text_of,
    torunn,
    who,
)
from samspill.directory.actions.invitations import (
    SALT,
    account_of,
    choose_password,
    make_token,
)
from samspill.directory.public import Account, Actor, Membership, scope
from samspill.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_links_lead_here")]


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
        ("", "", "Fyll ut dette feltet."),
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
    sent = datetime.now(UTC)  # NOW is when the tests began, which may be many minutes ago
    assert account_of(token, now=sent + timedelta(days=6, hours=23)) == torunn()
    with pytest.raises(Refused) as refused:
        account_of(token, now=sent + timedelta(days=7, minutes=5))
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
