"""Whose access tokens get in, and what is known of the caller afterwards."""

import dataclasses
import logging

import pytest
from jwskate import Jwk

from factories.trust import (
    ASSURANCE,
    CHILD,
    ISSUER,
    LEVEL,
    NOW,
    PARENT,
    PID,
    PID_CLAIM,
    SUPPLIER,
    client_key,
    key,
    local_issuer,
    person_claims,
    person_token,
    signed,
    unsigned,
)
from samspill.directory.jose import key_set, public_key
from samspill.directory.trust.access_tokens import TrustedIssuer, read_access_token
from samspill.directory.trust.callers import Caller
from samspill.refusal import Refused

DETAIL = "authorization_details"


def read(token: object, alg: str = "ES256", scope: str = "", **changes: object) -> Caller:
    issuer = dataclasses.replace(local_issuer(alg).trusted(), **changes)  # type: ignore[arg-type]
    return read_access_token(token, issuers=[issuer], now=NOW, scope=scope)


def refusal(token: object, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        read(token, **more)  # type: ignore[arg-type]
    assert PID not in refused.value.sentence
    return refused.value.code


def organisation(value: str, system: str = "urn:oid:1.0.6523") -> dict[str, object]:
    identifier = {"system": system, "type": "ENH", "value": value}
    return {
        "type": "helseid_authorization",
        "practitioner_role": {"organization": {"identifier": identifier}},
    }


@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES256"])
def test_a_person_is_known_by_the_claims_of_helseid(alg: str) -> None:
    caller = read(person_token(alg=alg), alg=alg, scope="nhn:samspill/api")
    assert caller.is_person
    assert (caller.pid, caller.hpr_number, caller.security_level) == (PID, "565505933", 4)
    assert (caller.orgnr_parent, caller.orgnr_child, caller.orgnr_supplier) == (PARENT, CHILD, "")
    assert caller.key_thumbprint == client_key().thumbprint()


def test_a_machine_is_a_client_alone() -> None:
    token = local_issuer().machine_token(
        client_id="device-hub",
        scopes=("system/Observation.c",),
        now=NOW,
        thumbprint="t",
        organisations={"orgnr_parent": PARENT, "orgnr_supplier": SUPPLIER},
    )
    caller = read(token, scope="system/Observation.c")
    assert (caller.kind, caller.pid, caller.security_level) == ("machine", None, 0)
    assert (caller.orgnr_parent, caller.orgnr_supplier) == (PARENT, SUPPLIER)


def test_the_number_stands_in_no_text_about_the_caller(caplog: pytest.LogCaptureFixture) -> None:
    caller = read(person_token())
    logging.getLogger("samspill").error("%s %r %s", caller, caller, f"{caller}")
    assert PID not in caplog.text
    assert "565505933" not in caplog.text
    assert PID not in repr(read(person_token(sub=PID)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"iss": "https://another.example"}, "token.issuer"),
        ({"aud": "another"}, "token.audience"),
        ({"aud": None}, "token.audience"),
        ({"aud": {"samspill": 1}}, "token.audience"),
        ({"exp": NOW - 11}, "token.time"),
        ({"exp": None}, "token.time"),
        ({"exp": "tomorrow"}, "token.time"),
        ({"exp": True}, "token.time"),
        ({"exp": 10**400}, "token.time"),
        ({"exp": NOW * 1000}, "token.time"),
        ({"iat": NOW + 11}, "token.time"),
        ({"iat": None, "nbf": None}, "token.time"),
        ({"nbf": NOW + 11}, "token.time"),
        ({"iat": NOW, "exp": NOW - 5}, "token.time"),
        ({"jti": None}, "token.claims"),
        ({"client_id": None}, "token.claims"),
        ({"client_id": 7}, "token.claims"),
        ({"scope": {"a": 1}}, "token.claims"),
        ({"scope": [1]}, "token.claims"),
        ({"client_amr": None}, "token.client"),
        ({"client_amr": "client_secret_post"}, "token.client"),
        ({"cnf": {"x5t#S256": "certificate"}}, "token.binding"),
        ({"cnf": "text"}, "token.binding"),
        ({PID_CLAIM: "1391699009"}, "token.person"),
        ({PID_CLAIM: "1391699009\uff14"}, "token.person"),
        ({LEVEL: "3"}, "token.level"),
        ({LEVEL: None, ASSURANCE: None}, "token.level"),
        ({LEVEL: None, ASSURANCE: None, PID_CLAIM: None}, "token.level"),
        ({ASSURANCE: "substantial"}, "token.level"),
        ({ASSURANCE: "sky-high"}, "token.level"),
        ({"helseid://claims/client/claims/orgnr_parent": "98397176"}, "token.organisation"),
        ({DETAIL: organisation(f"NO:ORGNR:{SUPPLIER}")}, "token.organisation"),
        ({DETAIL: [organisation("NO:ORGNR:1")]}, "token.organisation"),
        ({DETAIL: [organisation(PARENT, "urn:oid:1.2.3")]}, "token.organisation"),
        ({DETAIL: [organisation(f"NO:ORGNR:{PARENT}")] * 2}, "token.organisation"),
        ({DETAIL: [{"type": "helseid_authorization"}]}, "token.organisation"),
        ({DETAIL: ["text"]}, "token.organisation"),
    ],
)
def test_a_token_that_says_something_else_is_refused(changes: dict[str, object], code: str) -> None:
    assert refusal(person_token(**changes)) == code


@pytest.mark.parametrize("token", ["", None, 7, "a.b.c", "...", "x" * 40_000, person_token() + "=", "é.b.c"])
def test_what_is_no_token_is_refused(token: object) -> None:
    assert refusal(token) == "token.token"


def test_unsigned_and_secretly_signed_tokens_are_refused() -> None:
    shared = Jwk(
        {"kty": "oct", "k": "c2hhcmVkLXNlY3JldC1zaGFyZWQtc2VjcmV0LXNoYXJlZA", "alg": "HS256", "kid": "first"}
    )
    assert refusal(unsigned(person_claims())) == "token.algorithm"
    assert refusal(unsigned(person_claims(), alg="None")) == "token.algorithm"
    assert refusal(signed(person_claims(), shared)) == "token.algorithm"
    issued = {"iss": ISSUER} | person_claims()
    assert refusal(signed(issued, key("first", "RS512"))) == "token.algorithm"


def test_a_token_is_signed_with_the_key_it_names_and_that_the_issuer_publishes() -> None:
    claims = {"iss": "https://helseid.example"} | person_claims()
    other = Jwk(dict(key("other")) | {"kid": "first"})
    assert refusal(signed(claims, key("second"))) == "token.key"
    assert refusal(signed(claims, other)) == "token.signature"
    assert refusal(signed(claims, key("first"), typ="JWT")) == "token.token"
    assert refusal(signed(claims, key("first"), typ=None)) == "token.token"
    assert refusal(signed(claims, key("first"), crit=["exp"])) == "token.token"
    assert refusal(person_token(alg="PS256"), alg="ES256") == "token.signature"
    head, body, signature = person_token().split(".")
    swapped = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert refusal(f"{head}.{body}.{swapped}") == "token.signature"


def test_a_name_that_stands_twice_is_no_token() -> None:
    import base64

    head, _, signature = person_token().split(".")
    twice = base64.urlsafe_b64encode(b'{"iss":"a","iss":"https://helseid.example"}').rstrip(b"=").decode()
    half = base64.urlsafe_b64encode(b'{"iss":"\\ud800"}').rstrip(b"=").decode()
    assert refusal(f"{head}.{twice}.{signature}") == "token.token"
    assert refusal(f"{head}.{half}.{signature}") == "token.token"


def test_small_differences_between_clocks_are_forgiven() -> None:
    assert read(person_token(iat=NOW + 10, nbf=NOW + 10))
    assert read(person_token(exp=NOW - 9, iat=NOW - 300, nbf=NOW - 300))


def test_scopes_may_be_one_text() -> None:
    caller = read(person_token(scope="a b  c"))
    assert caller.scopes == {"a", "b", "c"}
    assert refusal(person_token(scope="a b"), scope="c") == "token.scope"


def test_level_may_be_told_by_either_claim_and_the_lower_counts() -> None:
    assert read(person_token(**{LEVEL: None})).security_level == 4
    assert read(person_token(**{ASSURANCE: None})).security_level == 4
    assert read(person_token(**{LEVEL: "3"}), required_level=3).security_level == 3


def test_several_audiences_are_allowed_when_we_are_one() -> None:
    assert read(person_token(aud=["another", "samspill"]))


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        (organisation(f"NO:ORGNR:{PARENT}:{CHILD}"), (PARENT, CHILD)),
        (organisation(f"NO:ORGNR:{PARENT}"), (PARENT, "")),
        (organisation(f"NO:ORGNR:{PARENT}:"), (PARENT, "")),
        (organisation(CHILD, "urn:oid:2.16.578.1.12.4.1.4.101"), ("", CHILD)),
    ],
)
def test_a_client_for_several_organisations_says_which(
    detail: dict[str, object], expected: tuple[str, str]
) -> None:
    none = {f"helseid://claims/client/claims/orgnr_{one}": None for one in ("parent", "child")}
    caller = read(person_token(**none, authorization_details=[{"type": "other"}, detail]))
    assert (caller.orgnr_parent, caller.orgnr_child) == expected
    assert read(person_token(**none, authorization_details=detail)).orgnr_parent == expected[0]


def test_attests_are_carried_as_a_claim_or_among_the_details() -> None:
    attest = {"type": "nhn:tillitsrammeverk:parameters"}
    assert read(person_token(authorization_details=[attest])).attests == (attest,)
    assert read(person_token(**{"nhn:tillitsrammeverk:parameters": attest})).attests == (attest,)


def test_keys_that_must_not_be_trusted_are_left_out_of_a_key_set() -> None:
    short = {"kty": "RSA", "kid": "short", "e": "AQAB", "n": Jwk.generate(alg="RS256", key_size=1024)["n"]}
    entries = [
        dict(key("private")),
        short,
        {"kty": "oct", "k": "AAAA", "kid": "shared"},
        dict(key("enc").public_jwk()) | {"use": "enc"},
        dict(key("twice").public_jwk()),
        dict(key("other").public_jwk()) | {"kid": "twice"},
        dict(key("good").public_jwk()),
        "text",
    ]
    key_of = key_set({"keys": entries}, area="token")
    assert key_of("good")["kid"] == "good"
    for name in ("private", "short", "shared", "enc", "twice", ""):
        with pytest.raises(Refused):
            key_of(name)
    with pytest.raises(Refused, match="bits"):
        public_key(short, area="token")
    with pytest.raises(Refused):
        key_set({}, area="token")("x")


def test_an_issuer_that_does_not_say_how_clients_prove_themselves_may_be_trusted() -> None:
    assert read(person_token(client_amr=None), client_amr=None)


def test_each_issuer_is_trusted_with_its_own_keys_only() -> None:
    """A token that names one issuer and is signed with the key of another is nobody's."""
    ours = local_issuer().trusted()
    other_keys = key_set({"keys": [dict(key("second").public_jwk())]}, area="token")
    other = TrustedIssuer("https://another.example", "samspill", other_keys)
    both = [other, ours]
    assert read_access_token(person_token(), issuers=both, now=NOW).issuer == ISSUER
    theirs = person_claims(iss=other.issuer, aud="samspill", iat=NOW, exp=NOW + 60, jti="1")
    theirs |= {"client_amr": "private_key_jwt"}
    assert read_access_token(signed(theirs, key("second")), issuers=both, now=NOW).issuer == other.issuer
    for token in (signed(theirs, key("first")), signed(theirs | {"iss": ISSUER}, key("second"))):
        with pytest.raises(Refused) as refused:
            read_access_token(token, issuers=both, now=NOW)
        assert refused.value.code == "token.key"
    with pytest.raises(Refused):
        read_access_token(person_token(), issuers=[], now=NOW)


def test_settings_of_an_issuer_show_no_keys() -> None:
    issuer = TrustedIssuer("https://a.example", "b", key_set({}, area="token"))
    assert "key_of" not in repr(issuer)
