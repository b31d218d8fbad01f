"""Proof of possession: the RFC's own examples, and every way a proof can be wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwskate import Jwk

from factories.trust import NOW, URL, Used, client_key, key, local_issuer, person_token, proof
from samspill.directory.jose import ALGORITHMS, public_key
from samspill.directory.trust.door import Asked, admit, challenge
from samspill.directory.trust.dpop import check_proof, same_address
from samspill.directory.trust.nonces import Nonces
from samspill.refusal import Refused

# RFC 9449, figures 2 and 13, with the token of figure 13 and the thumbprint of figure 9.
RFC_KEY = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0"
    "RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAt"
    "MjU2In19"
)
TOKEN_PROOF = (
    f"{RFC_KEY}.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3"
    "Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ"
    ".2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
)
RESOURCE_PROOF = (
    f"{RFC_KEY}.eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy"
    "9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcW"
    "tzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA"
)
RFC_TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
SERVER, RESOURCE = "https://server.example.com/token", "https://resource.example.org/protectedresource"


def check(text: object, **more: Any) -> str:
    return check_proof(text, **({"method": "GET", "url": URL, "now": NOW, "used": Used()} | more))


def refusal(text: object, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        check(text, **more)
    return refused.value.code


def test_the_rfcs_examples_hold() -> None:
    assert check(TOKEN_PROOF, method="POST", url=SERVER, now=1562262616) == THUMBPRINT
    asked = {"url": RESOURCE, "now": 1562262618, "access_token": RFC_TOKEN, "thumbprint": THUMBPRINT}
    assert check(RESOURCE_PROOF, **asked) == THUMBPRINT
    assert refusal(RESOURCE_PROOF, **asked | {"access_token": RFC_TOKEN + "x"}) == "dpop.hash"
    assert refusal(RESOURCE_PROOF, **asked | {"thumbprint": "other"}) == "dpop.binding"
    assert refusal(RESOURCE_PROOF, **asked | {"method": "POST"}) == "dpop.method"
    assert refusal(RESOURCE_PROOF, **asked | {"url": SERVER}) == "dpop.address"
    assert refusal(TOKEN_PROOF, method="POST", url=SERVER, now=1562262616, access_token="t") == "dpop.hash"


def test_the_thumbprint_of_rfc_7638() -> None:
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3o"
        "knjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHz"
        "u6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8"
        "awapJzKnqDKgw"
    )
    found = public_key({"kty": "RSA", "n": modulus, "e": "AQAB", "kid": "2011-04-29"}, area="dpop")
    assert found.thumbprint() == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"htm": "get"}, "dpop.method"),
        ({"htm": None}, "dpop.method"),
        ({"htu": None}, "dpop.address"),
        ({"htu": "https://samspill.example/fhir/Patient"}, "dpop.address"),
        ({"htu": "http://samspill.example/fhir/Observation"}, "dpop.address"),
        ({"htu": "https://samspill.example:8443/fhir/Observation"}, "dpop.address"),
        ({"htu": "https://nurse@samspill.example/fhir/Observation"}, "dpop.address"),
        ({"htu": ["https://samspill.example/fhir/Observation"]}, "dpop.address"),
        ({"iat": NOW - 61}, "dpop.time"),
        ({"iat": NOW + 11}, "dpop.time"),
        ({"iat": None}, "dpop.time"),
        ({"iat": "now"}, "dpop.time"),
        ({"exp": NOW}, "dpop.time"),
        ({"nbf": NOW + 11}, "dpop.time"),
        ({"jti": None}, "dpop.claims"),
        ({"jti": ""}, "dpop.claims"),
        ({"jti": "x" * 256}, "dpop.claims"),
        ({"jti": "null\x00"}, "dpop.claims"),
        ({"header": {"typ": "JWT"}}, "dpop.token"),
        ({"header": {"alg": "none"}}, "dpop.algorithm"),
        ({"header": {"alg": "HS256"}}, "dpop.algorithm"),
        ({"header": {"alg": "ES384"}}, "dpop.signature"),
        ({"header": {"jwk": dict(client_key())}}, "dpop.key"),
        ({"header": {"jwk": {"kty": "oct", "k": "AAAA"}}}, "dpop.key"),
        ({"header": {"jwk": None}}, "dpop.key"),
        ({"header": {"jwk": "text"}}, "dpop.key"),
        ({"header": {"jwk": {"kty": "EC", "crv": "P-256", "x": "AAAA", "y": 7}}}, "dpop.key"),
        ({"header": {"jwk": dict(client_key("other").public_jwk())}}, "dpop.signature"),
    ],
)
def test_a_proof_that_says_something_else_is_refused(changes: dict[str, Any], code: str) -> None:
    assert refusal(proof(**changes)) == code


@pytest.mark.parametrize("text", ["", None, "a.b", f"{TOKEN_PROOF},{TOKEN_PROOF}"])
def test_what_is_no_proof_is_refused(text: object) -> None:
    assert refusal(text) == "dpop.token"


def test_a_proof_is_used_once_and_remembered_as_long_as_it_could_be_used() -> None:
    used = Used()
    assert check(proof(), used=used)
    assert refusal(proof(), used=used) == "dpop.replay"
    assert used.kept["proof-1"] > NOW + 60


def test_a_proof_that_is_wrong_takes_no_place_in_the_store() -> None:
    used = Used()
    assert refusal(proof(), used=used, method="POST") == "dpop.method"
    assert refusal(proof(), used=used, accepts_nonce=lambda _: False) == "dpop.nonce"
    assert used.kept == {}


def test_a_nonce_is_accepted_for_two_periods() -> None:
    nonces = Nonces(b"s" * 32)
    given_out = nonces.at(NOW)
    assert nonces.accepts(given_out, NOW + 299)
    assert not nonces.accepts(given_out, NOW + 600)
    assert not nonces.accepts("", NOW)
    assert not Nonces(b"t" * 32).accepts(given_out, NOW)
    assert check(proof(nonce=given_out), accepts_nonce=lambda nonce: nonces.accepts(nonce, NOW))
    assert refusal(proof(), accepts_nonce=lambda nonce: nonces.accepts(nonce, NOW)) == "dpop.nonce"
    assert refusal(proof(nonce=7), accepts_nonce=lambda nonce: nonces.accepts(nonce, NOW)) == "dpop.nonce"
    with pytest.raises(Refused):
        Nonces(b"short")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/x?patient=1#top"),
        ("https://a.example/x?y=1", "https://a.example/x"),
        ("HTTPS://A.EXAMPLE/x", "https://a.example:443/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/%7Enurse", "https://a.example/~nurse"),
        ("https://a.example/%c3%a6", "https://a.example/%C3%A6"),
        ("https://a.example/a/../b/./c", "https://a.example/b/c"),
    ],
)
def test_addresses_that_are_the_same(one: str, other: str) -> None:
    assert same_address(one, other)
    assert same_address(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x", "https://a.example/x/"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("ftp://a.example/x", "ftp://a.example/x"),
        ("/x", "/x"),
        ("https://a.example:port/x", "https://a.example:port/x"),
        ("", ""),
    ],
)
def test_addresses_that_are_not(one: str, other: str) -> None:
    assert not same_address(one, other)


@given(st.text(max_size=60))
def test_any_text_is_either_a_proof_or_refused(text: str) -> None:
    assert refusal(text).startswith("dpop.")
    assert not same_address(text, URL) or text.startswith("http")


# The door


def asked(token: str, scheme: str = "DPoP", **changes: Any) -> Asked:
    return Asked("GET", URL + "?code=1", f"{scheme} {token}", proof(token=token, **changes))


def let_in(one: Asked, **more: Any) -> str:
    return admit(
        one, issuers=[local_issuer().trusted()], now=NOW, used=more.pop("used", Used()), **more
    ).client_id


def refused_at_door(one: Asked, **more: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        let_in(one, **more)
    return refused.value


def test_a_bound_token_with_its_proof_is_let_in() -> None:
    assert let_in(asked(person_token())) == "nurse-client"
    assert let_in(asked(person_token(), scheme="dpop"), scope="openid") == "nurse-client"


@pytest.mark.parametrize(
    ("one", "code", "error"),
    [
        (Asked("GET", URL), "token.missing", ""),
        (Asked("GET", URL, "Basic a:b"), "token.scheme", "invalid_token"),
        (Asked("GET", URL, "DPoP a b"), "token.scheme", "invalid_token"),
        (Asked("GET", URL, f"Bearer {person_token()}"), "token.scheme", "invalid_token"),
        (Asked("GET", URL, f"DPoP {person_token()}"), "dpop.token", "invalid_dpop_proof"),
        (asked(person_token(cnf=None)), "token.unbound", "invalid_token"),
        (asked(person_token(), with_key=key("thief")), "dpop.binding", "invalid_dpop_proof"),
        (asked(person_token(), ath="other"), "dpop.hash", "invalid_dpop_proof"),
    ],
)
def test_the_door_says_what_is_wrong(one: Asked, code: str, error: str) -> None:
    refused = refused_at_door(one)
    assert refused.code == code
    assert challenge(refused).startswith(f'DPoP error="{error}"' if error else "DPoP algs=")


def test_a_bound_token_is_never_taken_as_bearer_even_where_bearer_is_allowed() -> None:
    bound, unbound = person_token(), person_token(cnf=None)
    assert refused_at_door(Asked("GET", URL, f"Bearer {bound}"), allows_bearer=True).code == "token.scheme"
    assert let_in(Asked("GET", URL, f"Bearer {unbound}"), allows_bearer=True) == "nurse-client"
    assert refused_at_door(Asked("GET", URL, f"Bearer {unbound}")).code == "token.scheme"


def test_a_request_that_is_sent_twice_gets_in_once() -> None:
    used, one = Used(), asked(person_token())
    assert let_in(one, used=used)
    assert refused_at_door(one, used=used).code == "dpop.replay"


def test_a_missing_nonce_and_a_missing_scope_have_codes_of_their_own() -> None:
    assert "use_dpop_nonce" in challenge(
        refused_at_door(asked(person_token()), accepts_nonce=lambda _: False)
    )
    assert "insufficient_scope" in challenge(refused_at_door(asked(person_token()), scope="other"))


@pytest.mark.parametrize("alg", sorted(ALGORITHMS))
def test_a_proof_may_be_made_with_any_of_our_algorithms(alg: str) -> None:
    chosen = Jwk.generate(alg=alg) if alg.startswith("ES") else key("rsa", alg)
    assert check(proof(with_key=chosen, header={"alg": alg})) == chosen.public_jwk().thumbprint()
