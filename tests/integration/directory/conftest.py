"""Somebody who lets others in, the mail that follows, and an issuer to sign in at."""

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from factories.people import member
from integration.directory.invited import PAGE, TORUNN
from oidc_issuer import LocalIssuer
from oidc_issuer.visitor import KEY, party_of
from samspill.directory.oidc import RelyingParty


@pytest.fixture
def _links_lead_here(settings: Settings) -> None:
    """Links in mails lead to the test client."""
    settings.ORIGIN = "http://testserver"


@pytest.fixture
def issuer() -> Iterator[LocalIssuer]:
    with LocalIssuer(KEY.public_jwk()) as running:
        yield running


@pytest.fixture
def party(issuer: LocalIssuer) -> RelyingParty:
    return party_of(issuer)


@pytest.fixture
def secretariat() -> Client:
    """A browser in which Østfold's secretariat is signed in."""
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
