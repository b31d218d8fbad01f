"""Notices of log-out, our signing keys, and the settings of a provider."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest
from jwskate import Jwk

from oidc_issuer import CLIENT_ID, visit
from oidc_issuer.visitor import KEY, refusal_of
from samspill.directory.oidc import Provider
from samspill.directory.oidc.identity import identity_from, level_of
from samspill.directory.oidc.keys import read_private_jwk, write_new_key
from samspill.refusal import Refused

LEVEL = "helseid://claims/identity/security_level"


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
