"""What a provider can do wrong, and that nobody is let in by it."""

import dataclasses
import time

import pytest
import requests

from oidc_issuer import CLIENT_ID, LocalIssuer, visit
from oidc_issuer.visitor import KEY, party_of, party_with_clock, refusal_of, requests_to, sign_in
from samspill.directory.oidc import Provider, RelyingParty
from samspill.directory.oidc.keys import new_private_jwk
from samspill.refusal import Refused

LEVEL = "helseid://claims/identity/security_level"


# Misbehaviour of the provider


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"claims": {"nonce": "of-somebody-else"}}, "oidc.nonce"),
        ({"claims": {"nonce": None}}, "oidc.nonce"),
        ({"claims": {"iss": "https://another.example"}}, "oidc.issuer"),
        ({"claims": {"aud": "another-client"}}, "oidc.audience"),
        ({"claims": {"aud": [CLIENT_ID, "another-client"]}}, "oidc.audience"),
        ({"claims": {"aud": None}}, "oidc.audience"),
        ({"claims": {"exp": 1_700_000_000}}, "oidc.time"),
        ({"claims": {"exp": None}}, "oidc.time"),
        ({"claims": {"exp": "tomorrow"}}, "oidc.time"),
        ({"claims": {"iat": 1_700_000_000}}, "oidc.time"),
        ({"claims": {"iat": 4_000_000_000}}, "oidc.time"),
        ({"claims": {"iat": 4_000_000_000, "nbf": 1_700_000_000}}, "oidc.time"),
        ({"claims": {"nbf": 4_000_000_000}}, "oidc.time"),
        ({"claims": {"sub": ""}}, "oidc.subject"),
        ({"claims": {LEVEL: "3"}}, "oidc.level"),
        ({"claims": {LEVEL: None}}, "oidc.level"),
        ({"claims": {LEVEL: "9"}}, "oidc.level"),
        ({"claims": {"acr": "idporten-loa-substantial"}}, "oidc.level"),
        ({"is_unsigned": True}, "oidc.algorithm"),
        ({"headers": {"alg": "none"}}, "oidc.algorithm"),
        ({"headers": {"alg": "HS256"}}, "oidc.algorithm"),
        ({"headers": {"alg": "ES256"}}, "oidc.signature"),
        ({"headers": {"alg": "PS256"}}, "oidc.signature"),
        ({"headers": {"typ": "at+jwt"}}, "oidc.token"),
        ({"headers": {"typ": "logout+jwt"}}, "oidc.token"),
        ({"headers": {"crit": ["b64"], "b64": False}}, "oidc.token"),
        ({"headers": {"kid": None}}, "oidc.key"),
        ({"headers": {"kid": "for-encryption"}}, "oidc.key"),
        ({"signs_with": "second"}, "oidc.key"),
        ({"signs_with": "second", "headers": {"kid": "first"}}, "oidc.signature"),
        ({"tokens": {"id_token": "not.a.token"}}, "oidc.token"),
        ({"tokens": {"id_token": None}}, "oidc.token"),
        ({"tokens": {"token_type": "Bearer"}}, "oidc.dpop"),
        ({"tokens": {"access_token": None}}, "oidc.dpop"),
        ({"never_content": True}, "oidc.rejected"),
        ({"answer": {"state": "of-somebody-else"}}, "oidc.state"),
        ({"answer": {"iss": "https://another.example"}}, "oidc.issuer"),
        ({"answer": {"code": "guessed"}}, "oidc.rejected"),
        ({"answer": {"code": ""}}, "oidc.rejected"),
        ({"answer": {"error": "temporarily_unavailable"}}, "oidc.rejected"),
        ({"discovery": {"issuer": "https://another.example"}}, "oidc.discovery"),
        ({"discovery": {"token_endpoint": "http://another.example/token"}}, "oidc.discovery"),
        ({"discovery": {"userinfo_endpoint": "ftp://another.example"}}, "oidc.discovery"),
        ({"discovery": {"jwks_uri": None}}, "oidc.discovery"),
        ({"discovery": {"pushed_authorization_request_endpoint": None}}, "oidc.discovery"),
        ({"status": 503}, "oidc.unreachable"),
        ({"status": 400}, "oidc.rejected"),
        ({"body": b"<html>Maintenance</html>"}, "oidc.answer"),
        ({"body": b"[]"}, "oidc.answer"),
        ({"body": b"{}"}, "oidc.answer"),
        ({"discovery": {"more": "a" * 300_000}}, "oidc.answer"),
    ],
    ids=lambda value: str(value)[:80],
)
def test_a_misbehaving_provider_lets_nobody_in(issuer, wrong, code):
    party = party_of(issuer)
    issuer.wrong = dataclasses.replace(issuer.wrong, **wrong)
    assert refusal_of(sign_in, party, issuer) == code


def test_a_secret_does_not_follow_a_redirect(party, issuer):
    issuer.wrong.status = 302
    assert refusal_of(party.begin, issuer.redirect_uri) == "oidc.answer"
    assert [seen.path for seen in issuer.seen] == ["/.well-known/openid-configuration", "/par"]


def test_a_replayed_answer_is_refused(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    answer = visit(begun.url)
    party.finish(begun.pending, answer)
    assert refusal_of(party.finish, begun.pending, answer) == "oidc.rejected"


def test_a_code_of_another_sign_in_is_refused(party, issuer):
    mine, theirs = (party.begin(issuer.redirect_uri) for _ in range(2))
    answer = visit(mine.url) | {"code": visit(theirs.url)["code"]}
    assert refusal_of(party.finish, mine.pending, answer) == "oidc.rejected"  # PKCE, at the provider


def test_a_pushed_request_opens_once(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    visit(begun.url)
    assert requests.get(begun.url, allow_redirects=False, timeout=5).status_code == 400


def test_somebody_who_cancels_is_told_so(party, issuer):
    issuer.person = None
    assert refusal_of(sign_in, party, issuer) == "oidc.cancelled"


def test_an_answer_without_issuer_is_refused_where_the_provider_promised_one(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    answer = visit(begun.url)
    del answer["iss"]
    assert refusal_of(party.finish, begun.pending, answer) == "oidc.issuer"


@pytest.mark.parametrize(("seconds", "code"), [(59, None), (601, "oidc.state")])
def test_a_sign_in_waits_ten_minutes_and_no_longer(issuer, seconds, code):
    party, move = party_with_clock(issuer)
    begun = party.begin(issuer.redirect_uri)
    answer = visit(begun.url)
    move(seconds)
    if code:
        assert refusal_of(party.finish, begun.pending, answer) == code
    else:
        assert party.finish(begun.pending, answer).identity.name


def test_a_slow_provider_is_left_after_the_timeout(issuer):
    party = party_of(issuer, timeout_seconds=0.2)
    issuer.wrong.delay_seconds = 1
    start = time.monotonic()
    assert refusal_of(sign_in, party, issuer) == "oidc.unreachable"
    assert time.monotonic() - start < 0.9


def test_a_provider_that_drips_is_left_too(issuer):
    party = party_of(issuer, timeout_seconds=0.2)
    issuer.wrong.drip_seconds = 0.05
    start = time.monotonic()
    assert refusal_of(sign_in, party, issuer) == "oidc.unreachable"
    assert time.monotonic() - start < 2


def test_a_provider_that_is_down_is_said_to_be_so(issuer):
    with LocalIssuer(KEY.public_jwk()) as gone:
        party = party_of(gone)
    assert refusal_of(party.begin, gone.redirect_uri) == "oidc.unreachable"


def test_userinfo_about_somebody_else_is_refused(party, issuer):
    issuer.says_name_in = "userinfo"
    issuer.wrong.userinfo = {"sub": "somebody-else"}
    assert refusal_of(sign_in, party, issuer) == "oidc.userinfo"


def test_userinfo_cannot_raise_the_level(party, issuer):
    issuer.says_name_in = "userinfo"
    issuer.wrong.claims, issuer.wrong.userinfo = {LEVEL: "3"}, {LEVEL: "4"}
    assert refusal_of(sign_in, party, issuer) == "oidc.level"


def test_an_unknown_key_id_does_not_make_us_ask_again_and_again(party, issuer):
    sign_in(party, issuer)
    issuer.wrong.headers = {"kid": "made-up"}
    for _ in range(3):
        assert refusal_of(sign_in, party, issuer) == "oidc.key"
    assert len(requests_to(issuer, "/jwks")) == 1


def test_a_key_that_the_provider_does_not_know_is_refused_by_it(issuer):
    stranger = new_private_jwk("ES256")
    party = RelyingParty(Provider.from_settings("local", issuer.settings(stranger)))
    assert refusal_of(party.begin, issuer.redirect_uri) == "oidc.rejected"


def test_what_the_provider_says_is_made_safe_for_a_log(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    answer = visit(begun.url) | {"error": "bad\r\nINFO somebody signed in" + "x" * 500}
    with pytest.raises(Refused) as refused:
        party.finish(begun.pending, answer)
    assert "\n" not in refused.value.sentence
    assert len(refused.value.sentence) < 300
