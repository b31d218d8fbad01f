"""The pages that lead through a sign-in with HelseID, against a real local issuer and the real database."""

from urllib.parse import urlencode

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from factories.people import member
from oidc_issuer import LocalIssuer, visit
from samspill.directory.oidc.keys import new_private_jwk

pytestmark = pytest.mark.django_db

KEY = new_private_jwk("ES256")
ORIGIN = "http://testserver"


@pytest.fixture
def issuer(settings):
    with LocalIssuer(KEY.public_jwk()) as running:
        settings.ORIGIN = ORIGIN
        settings.OIDC_PROVIDERS = {"local": running.settings(KEY)}
        running.redirect_uri = ORIGIN + address("callback")
        yield running


@pytest.fixture
def account(issuer):
    known = member("ostfold", "secretariat")
    known.issuer, known.subject = issuer.url, "kari-nordmann-at-helseid"
    known.save(update_fields=["issuer", "subject"])
    return known


def address(name, **query):
    path = reverse(f"directory:oidc-{name}", args=["local"])
    return f"{path}?{urlencode(query)}" if query else path


def begin(client, **query):
    """The address at the provider that the browser is sent to."""
    response = client.get(address("start", **query))
    assert response.status_code == 302, response.content
    return response["Location"]


def sign_in(client, **query):
    return client.get(address("callback", **visit(begin(client, **query))))


def who(client):
    return client.session.get("_auth_user_id")


def test_somebody_with_an_account_is_signed_in_and_sent_where_they_were_going(client, account):
    response = sign_in(client, next="/min-side/")
    assert (response.status_code, response["Location"]) == (302, "/min-side/")
    assert who(client) == str(account.pk)
    assert client.session["oidc_level"] == 4
    assert response["Cache-Control"].startswith("max-age=0")


def test_the_session_has_a_new_key_after_signing_in_and_keeps_no_secret(client, account):
    begin(client)
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()
    kept = str(dict(client.session))
    assert "13916990094" not in kept
    assert "eyJ" not in kept  # the beginning of every token


def test_nobody_is_sent_to_another_site(client, account):
    assert sign_in(client, next="https://evil.example/")["Location"] == "/"


def test_who_has_no_account_is_refused_and_not_signed_in(client, issuer):
    response = sign_in(client)
    assert response.status_code == 403
    assert who(client) is None


def test_a_closed_account_opens_nothing(client, account):
    account.is_active = False
    account.save(update_fields=["is_active"])
    assert sign_in(client).status_code == 403
    assert who(client) is None


def test_the_same_subject_at_another_issuer_is_somebody_else(client, account):
    account.issuer = "https://another.example"
    account.save(update_fields=["issuer"])
    assert sign_in(client).status_code == 403


def test_an_answer_in_another_browser_is_refused(client, account):
    """Else an attacker could sign a victim in as the attacker."""
    answer = visit(begin(client))
    other = Client()
    assert other.get(address("callback", **answer)).status_code == 422
    assert who(other) is None


def test_an_answer_is_good_for_one_try(client, account, issuer):
    answer = visit(begin(client))
    issuer.wrong.claims = {"nonce": "wrong"}
    assert client.get(address("callback", **answer)).status_code == 422
    issuer.wrong.claims = {}
    assert client.get(address("callback", **answer)).status_code == 422
    assert who(client) is None


def test_two_windows_may_sign_in_at_once(client, account):
    first, second = begin(client, next="/en/"), begin(client, next="/to/")
    assert client.get(address("callback", **visit(second)))["Location"] == "/to/"
    assert client.get(address("callback", **visit(first)))["Location"] == "/en/"


def test_a_browser_that_begins_and_never_ends_fills_no_session(client, issuer):
    for _ in range(8):
        begin(client)
    assert len(client.session["oidc_under_way"]) == 5


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [
        ({"claims": {"helseid://claims/identity/security_level": "3"}}, 403, "4"),
        ({"claims": {"nonce": "wrong"}}, 422, "oidc.nonce"),
        ({"is_unsigned": True}, 422, "oidc.algorithm"),
        ({"answer": {"error": "access_denied"}}, 422, "HelseID"),
        ({"answer": {"code": "guessed"}}, 422, "oidc.rejected"),
    ],
    ids=str,
)
def test_a_refusal_is_a_page_that_says_what_to_do(client, account, issuer, wrong, status, words):
    for name, value in wrong.items():
        setattr(issuer.wrong, name, value)
    response = sign_in(client)
    assert response.status_code == status
    assert words in response.content.decode()
    assert who(client) is None


def test_a_provider_that_is_down_is_named_on_the_page(client, settings):
    with LocalIssuer(KEY.public_jwk()) as gone:
        settings.OIDC_PROVIDERS = {"local": gone.settings(KEY, label="HelseID i test")}
    response = client.get(address("start"))
    assert response.status_code == 422
    assert "HelseID i test" in response.content.decode()


def test_a_wrong_setting_is_no_server_error(client, settings, issuer):
    settings.OIDC_PROVIDERS = {"local": issuer.settings(KEY) | {"issuer": "http://helseid.example"}}
    response = client.get(address("start"))
    assert response.status_code == 422
    assert "oidc.settings" in response.content.decode()


@pytest.mark.parametrize("name", ["start", "callback", "frontchannel-logout", "sign-out-there"])
def test_an_unknown_provider_is_not_found(client, settings, name):
    settings.OIDC_PROVIDERS = {}
    assert client.get(address(name)).status_code == 404


def test_signing_in_is_a_link_and_never_a_form(client, issuer):
    assert client.post(address("start")).status_code == 405


# Log-out from the provider's side


def test_a_notice_of_log_out_ends_that_session_and_no_other(client, account, issuer):
    sign_in(client)
    issuer.person["sid"] = "session-2"
    phone = Client()
    sign_in(phone)
    response = Client().post(address("backchannel-logout"), {"logout_token": issuer.logout_token()})
    assert response.status_code == 200
    assert who(client) is None
    assert who(phone) == str(account.pk)


def test_a_notice_may_come_twice_or_about_nobody(client, account, issuer):
    sign_in(client)
    for token in (issuer.logout_token(), issuer.logout_token(), issuer.logout_token(sid="unheard-of")):
        assert client.post(address("backchannel-logout"), {"logout_token": token}).status_code == 200


@pytest.mark.parametrize("token", ["", "not.a.token"])
def test_a_false_notice_ends_nothing(client, account, token):
    sign_in(client)
    response = Client().post(address("backchannel-logout"), {"logout_token": token})
    assert response.status_code == 400
    assert response.json() == {"error": "invalid_request", "error_description": "oidc.token"}
    assert who(client) == str(account.pk)


def test_the_notice_needs_no_form_key(account, issuer):
    strict = Client(enforce_csrf_checks=True)
    assert (
        strict.post(address("backchannel-logout"), {"logout_token": issuer.logout_token()}).status_code == 200
    )


def test_a_hidden_frame_ends_the_session_it_names(client, account, issuer):
    sign_in(client)
    frame = Client()
    assert frame.get(address("frontchannel-logout", iss="https://another.example", sid="session-1"))
    assert frame.get(address("frontchannel-logout", iss=issuer.url, sid="guessed"))
    assert who(client) == str(account.pk)
    assert frame.get(address("frontchannel-logout", iss=issuer.url, sid="session-1")).status_code == 200
    assert who(client) is None


def test_the_session_can_be_ended_at_the_provider_too(client, issuer):
    response = client.get(address("sign-out-there"))
    assert response.status_code == 302
    assert response["Location"].startswith(f"{issuer.url}/endsession?")
