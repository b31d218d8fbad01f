"""Signing in against a real local issuer: what goes over the wire, and what is refused.

No database here; the pages that lead through it are in `test_oidc_views`.
"""

import dataclasses
import json
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from jwskate import Jwk, SignedJwt

from oidc_issuer import CLIENT_ID, LocalIssuer, visit
from oidc_issuer.checks import sha256
from samspill.directory.oidc import Provider, RelyingParty
from samspill.directory.oidc.identity import identity_from, level_of
from samspill.directory.oidc.keys import new_private_jwk, read_private_jwk, write_new_key
from samspill.refusal import Refused

KEY = new_private_jwk("ES256")
LEVEL = "helseid://claims/identity/security_level"


@pytest.fixture
def issuer():
    with LocalIssuer(KEY.public_jwk()) as running:
        yield running


@pytest.fixture
def party(issuer):
    return party_of(issuer)


def party_of(issuer, clock=time.time, **settings):
    return RelyingParty(Provider.from_settings("local", issuer.settings(KEY, **settings)), clock=clock)


def party_with_clock(issuer):
    """A client and an issuer that agree on the time, and a way to let it pass."""
    now = [time.time()]
    issuer.clock = lambda: now[0]

    def move(seconds):
        now[0] += seconds

    return party_of(issuer, clock=issuer.clock), move


def sign_in(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    return party.finish(begun.pending, visit(begun.url))


def refusal_of(act, *args):
    with pytest.raises(Refused) as refused:
        act(*args)
    return refused.value.code


def requests_to(issuer, path):
    return [seen for seen in issuer.seen if seen.path == path]


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


# Log-out


def test_a_notice_of_log_out_names_the_session(party, issuer):
    assert party.ended_session(issuer.logout_token()) == "session-1"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"events": None}, "oidc.logout_token"),
        ({"events": {"something-else": {}}}, "oidc.logout_token"),
        ({"nonce": "n"}, "oidc.logout_token"),
        ({"sid": None, "sub": "kari"}, "oidc.logout_token"),
        ({"aud": "another-client"}, "oidc.audience"),
        ({"iss": "https://another.example"}, "oidc.issuer"),
        ({"iat": 1_700_000_000}, "oidc.time"),
    ],
    ids=str,
)
def test_a_notice_that_is_not_one_is_refused(party, issuer, claims, code):
    assert refusal_of(party.ended_session, issuer.logout_token(**claims)) == code


def test_an_id_token_is_no_notice_of_log_out(party, issuer):
    begun = party.begin(issuer.redirect_uri)
    visit(begun.url)
    assert refusal_of(party.ended_session, issuer.id_token(begun.pending.nonce)) == "oidc.logout_token"
    assert refusal_of(party.ended_session, None) == "oidc.token"


def test_a_notice_signed_by_somebody_else_is_refused(party, issuer):
    issuer.wrong.signs_with = "second"
    assert refusal_of(party.ended_session, issuer.logout_token()) == "oidc.key"


def test_the_provider_can_be_asked_to_sign_out(party, issuer):
    url = urlsplit(party.sign_out_url("https://samspill.example/"))
    assert url.path == "/endsession"
    assert dict(parse_qsl(url.query)) == {
        "client_id": CLIENT_ID,
        "post_logout_redirect_uri": "https://samspill.example/",
    }


# Keys and settings


def test_a_new_key_signs_and_is_named_by_its_thumbprint():
    assert KEY.is_private
    assert KEY["kid"] == KEY.thumbprint()
    assert (KEY["alg"], KEY["use"]) == ("ES256", "sig")


def test_a_key_file_is_readable_by_its_owner_only_and_never_overwritten(tmp_path):
    path = tmp_path / "key.json"
    public = Jwk(json.loads(write_new_key(path, "ES256")))
    assert path.stat().st_mode & 0o777 == 0o600
    assert not public.is_private
    assert read_private_jwk(str(path)).thumbprint() == public.thumbprint()
    with pytest.raises(FileExistsError):
        write_new_key(path, "ES256")


@pytest.mark.parametrize(
    "key",
    [
        "no-such-file.json",
        "{}",
        "{not json",
        json.dumps(dict(KEY.public_jwk())),
        json.dumps({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256", "kid": "1"}),
        json.dumps({name: value for name, value in KEY.items() if name != "kid"}),
    ],
)
def test_a_key_that_cannot_sign_for_us_is_refused(key):
    assert refusal_of(read_private_jwk, key) == "oidc.settings"


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "http://helseid.example"},
        {"issuer": "https://user:password@helseid.example"},
        {"issuer": ""},
        {"client_id": None},
        {"label": 7},
        {"scope": "profile"},
        {"required_level": 1},
        {"required_level": "4"},
        {"uses_dpop": "yes"},
        {"timeout_seconds": 0},
        {"timeout_seconds": 3600},
        {"secret": "x"},
        {"name": "other"},
    ],
    ids=str,
)
def test_a_wrong_setting_is_refused_by_name(change):
    good = {
        "label": "HelseID",
        "issuer": "https://helseid.example",
        "client_id": CLIENT_ID,
        "private_jwk": json.dumps(dict(KEY)),
    }
    assert Provider.from_settings("helseid", good).required_level == 4
    with pytest.raises(Refused, match=f"helseid: {next(iter(change))} ") as refused:
        Provider.from_settings("helseid", good | change)
    assert refused.value.code == "oidc.settings"


def test_a_provider_does_not_show_its_key(issuer):
    provider = Provider.from_settings("local", issuer.settings(KEY))
    assert KEY["d"] not in repr(provider)


def test_an_identity_takes_its_level_from_the_token_alone():
    claims = {"iss": "https://issuer.example", "sub": "s", "acr": "idporten-loa-high"}
    identity = identity_from(claims, {"sub": "s", LEVEL: "2", "given_name": "Ola", "family_name": "Prøve"})
    assert (identity.security_level, identity.name) == (4, "Ola Prøve")


@pytest.mark.parametrize(
    ("claims", "level"),
    [
        ({}, 0),
        ({LEVEL: "4"}, 4),
        ({LEVEL: 3}, 3),
        ({LEVEL: "høyt"}, 0),
        ({"acr": "idporten-loa-high"}, 4),
        ({"acr": "idporten-loa-substantial"}, 3),
        ({"acr": "something-new"}, 0),
        ({"acr": ["idporten-loa-high"]}, 0),
        ({LEVEL: "4", "acr": "idporten-loa-substantial"}, 3),
    ],
)
def test_the_level_is_read_from_either_provider_and_never_guessed_upwards(claims, level):
    assert level_of(claims) == level
