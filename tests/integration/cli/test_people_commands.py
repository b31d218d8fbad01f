"""The first person is let in from the command line, and comes in by the link."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from factories.people import member
from samspill.cli.people import let_in
from samspill.directory.public import Account
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KARI = ("kari@example.no", "Kari Nordmann", "ostfold", "secretariat")


def test_the_first_secretariat_comes_in_by_the_link(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        link = let_in(*KARI, now=datetime.now(UTC))
    client = Client()
    page = client.get(urlsplit(link).path, follow=True)
    assert page.status_code == 200
    assert "Kari Nordmann" in page.content.decode()
    assert [one.to for one in mail.outbox] == [["kari@example.no"]]


def test_twice_makes_one_account_and_one_role() -> None:
    let_in(*KARI, now=NOW)
    let_in(*KARI, now=NOW)
    assert Account.objects.filter(email="kari@example.no").count() == 1


def test_who_can_sign_in_already_gets_no_link() -> None:
    known = member("ostfold", "member", email="kari@example.no")
    assert let_in(*KARI, now=NOW) == ""
    known.refresh_from_db()
    assert known.has_usable_password()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("kari", *KARI[1:]), "person.email"),
        ((*KARI[:2], "atlantis", "secretariat"), "community.unknown"),
        ((*KARI[:3], "king"), "person.role"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_let_in(typed: tuple[str, str, str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        let_in(*typed, now=NOW)
    assert refused.value.code == code
    assert not Account.objects.filter(name="Kari Nordmann").exists()
