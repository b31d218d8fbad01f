"""Signing in against a real local issuer: what goes over the wire.

No database here; the pages that lead through it are in `test_oidc_views`.
"""

import json
from urllib.parse import parse_qsl, urlsplit

from jwskate import SignedJwt

from oidc_issuer import CLIENT_ID, visit
from oidc_issuer.checks import sha256
from oidc_issuer.visitor import KEY, party_of, party_with_clock, refusal_of, requests_to, sign_in

# The good path


def test_somebody_signs_in_and_is_known(party, issuer):
    signed_in = sign_in(party, issuer)
    identity = signed_in.identity
    assert (identity.issuer, identity.subject) == (issuer.url, "kari-nordmann-at-helseid")
    assert identity.name == "Kari Testperson Nordmann"
    assert (identity.pid, identity.hpr_number) == ("13916990094", "565505933")
    assert (identity.orgnr_parent, identity.orgnr_child) == ("983971768", "974633655")
    assert identity.security_level == 4
    assert signed_in.sid == "session-1"


def test_the_identity_keeps_and_shows_no_secret(party, issuer):
    identity = sign_in(party, issuer).identity
    assert not {"nonce", "sid", "at_hash", "helseid://claims/identity/pid"} & set(identity.claims)
    assert "13916990094" not in repr(identity)
    assert "13916990094" not in json.dumps(dict(identity.claims))


def test_the_browser_carries_nothing_but_the_name_of_the_pushed_request(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    assert set(dict(parse_qsl(urlsplit(begun.url).query))) == {"client_id", "request_uri"}


def test_the_request_is_pushed_with_pkce_and_a_signed_assertion(party, issuer):
    begun = party.begin(issuer.redirect_uri, ui_locales="nn")
    (pushed,) = requests_to(issuer, "/par")
    assert pushed.form["code_challenge_method"] == "S256"
    assert pushed.form["code_challenge"] == sha256(begun.pending.verifier)
    assert pushed.form["ui_locales"] == "nn"
    assertion = SignedJwt(pushed.form["client_assertion"])
    assert assertion.verify_signature(KEY.public_jwk(), alg="ES256")
    assert assertion.headers["typ"] == "client-authentication+jwt"
    assert (assertion.iss, assertion.sub, assertion.aud) == (CLIENT_ID, CLIENT_ID, issuer.url)
    assert "client_secret" not in pushed.form


def test_the_verifier_never_leaves_before_the_code_is_redeemed(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    visit(begun.url)
    assert begun.pending.verifier not in str(issuer.seen)


def test_the_token_is_bound_to_a_key_with_the_nonce_that_was_asked_for(party, issuer):
    sign_in(party, issuer)
    asked, redeemed = requests_to(issuer, "/token")
    assert (asked.status, redeemed.status) == (400, 200)
    first, second = (SignedJwt(seen.headers["dpop"]) for seen in (asked, redeemed))
    assert "nonce" not in first.claims
    assert second.nonce == issuer.nonce
    assert (second.htm, second.htu) == ("POST", f"{issuer.url}/token")
    assert first.headers["jwk"] == second.headers["jwk"]
    assert first.jti != second.jti


def test_an_assertion_is_never_sent_twice(party, issuer):
    sign_in(party, issuer)
    ids = [SignedJwt(seen.form["client_assertion"]).jti for seen in issuer.seen if seen.method == "POST"]
    assert len(ids) == 3
    assert len(set(ids)) == 3


def test_every_sign_in_has_its_own_secrets_and_its_own_key(party, issuer):
    one, two = (party.begin(issuer.redirect_uri).pending for _ in range(2))
    assert not {one.state, one.nonce, one.verifier} & {two.state, two.nonce, two.verifier}
    sign_in(party, issuer)
    sign_in(party, issuer)
    keys = {str(SignedJwt(seen.headers["dpop"]).headers["jwk"]) for seen in requests_to(issuer, "/token")}
    assert len(keys) == 2


def test_a_pending_sign_in_survives_a_session(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    kept = json.loads(json.dumps(begun.pending.to_dict()))
    assert party.finish(type(begun.pending).from_dict(kept), visit(begun.url)).identity.name


def test_a_name_that_the_token_left_out_is_asked_for_with_proof(party, issuer):
    issuer.says_name_in = "userinfo"
    assert sign_in(party, issuer).identity.name == "Kari Testperson Nordmann"
    asked = requests_to(issuer, "/userinfo")[-1]
    token = asked.headers["authorization"].removeprefix("DPoP ")
    assert SignedJwt(asked.headers["dpop"]).ath == sha256(token)


def test_userinfo_is_left_alone_when_the_token_says_it_all(party, issuer):
    sign_in(party, issuer)
    assert not requests_to(issuer, "/userinfo")


def test_a_provider_without_par_and_dpop_is_served_too(issuer):
    issuer.wants_par = issuer.wants_dpop = False
    party = party_of(issuer, uses_par=False, uses_dpop=False, acr_values="idporten-loa-high")
    begun = party.begin(issuer.redirect_uri)
    assert dict(parse_qsl(urlsplit(begun.url).query))["acr_values"] == "idporten-loa-high"
    assert party.finish(begun.pending, visit(begun.url)).identity.subject
    assert not requests_to(issuer, "/par")
    assert "dpop" not in requests_to(issuer, "/token")[0].headers


def test_an_id_porten_citizen_is_known_by_pid_and_acr(party, issuer):
    issuer.person = {"sub": "abc", "pid": "13916990094", "acr": "idporten-loa-high", "name": "Ola Prøve"}
    identity = sign_in(party, issuer).identity
    assert (identity.pid, identity.security_level, identity.hpr_number) == ("13916990094", 4, None)


def test_discovery_and_keys_are_read_once_for_many_sign_ins(party, issuer):
    for _ in range(3):
        sign_in(party, issuer)
    assert len(requests_to(issuer, "/.well-known/openid-configuration")) == 1
    assert len(requests_to(issuer, "/jwks")) == 1


def test_a_new_signing_key_is_found_without_a_restart(issuer):
    party, move = party_with_clock(issuer)
    sign_in(party, issuer)
    issuer.published_keys, issuer.wrong.signs_with = ["first", "second"], "second"
    assert refusal_of(sign_in, party, issuer) == "oidc.key"
    move(seconds=61)
    assert sign_in(party, issuer).identity.name
    assert len(requests_to(issuer, "/jwks")) == 2


def test_a_withdrawn_key_is_forgotten_within_the_hour(issuer):
    party, move = party_with_clock(issuer)
    sign_in(party, issuer)
    issuer.published_keys = ["second"]
    move(seconds=3601)
    assert refusal_of(sign_in, party, issuer) == "oidc.key"
