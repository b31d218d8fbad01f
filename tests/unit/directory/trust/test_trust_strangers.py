"""Whatever a stranger writes, wherever: it is let in or refused, and never breaks anything."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from factories.trust import NOW, PID, URL, Used, client_key, key, local_issuer, person_claims, proof, signed
from samspill.directory.jose import key_set, read_signed
from samspill.directory.trust.access_tokens import read_access_token
from samspill.directory.trust.attest import attest_of, findings
from samspill.directory.trust.dpop import check_proof
from samspill.directory.trust.smart import Client, TokenEndpoint, answer, parse_scopes
from samspill.directory.trust.smart.token_endpoint import ASSERTION_TYPE
from samspill.refusal import Refused

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just(PID)
    | st.just(int(NOW)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
COMMON = {
    "iss": "https://helseid.example",
    "aud": "samspill",
    "iat": int(NOW),
    "exp": int(NOW) + 60,
    "jti": "1",
    "client_amr": "private_key_jwt",
}
CLAIMS = sorted(
    {*COMMON, *person_claims(), "authorization_details", "nhn:tillitsrammeverk:parameters", "nbf"}
)
PROOF_CLAIMS = ["jti", "htm", "htu", "iat", "ath", "nonce", "exp", "nbf"]
HEADERS = ["typ", "alg", "jwk", "kid", "crit"]


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(CLAIMS), VALUES, max_size=3))
def test_any_claims_in_an_access_token(changes: dict[str, Any]) -> None:
    token = signed({**COMMON, **person_claims(), **changes}, key("first"))
    try:
        caller = read_access_token(token, issuers=[local_issuer().trusted()], now=NOW)
        attest = attest_of(caller)
    except Refused as refused:
        assert refused.code.startswith(("token.", "attest."))
        assert PID not in refused.sentence
        return
    assert PID not in repr(caller)
    if attest:
        assert findings(attest, caller=caller, patient=None, now=NOW) is not None


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from(PROOF_CLAIMS), VALUES, max_size=3),
    st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e", "use", "alg"]), VALUES, max_size=3),
)
def test_any_claims_and_any_key_in_a_proof(claims: dict[str, Any], changes: dict[str, Any]) -> None:
    jwk = {**client_key().public_jwk(), **changes}
    text = proof(header={"jwk": jwk}, **claims)
    try:
        check_proof(text, method="GET", url=URL, now=NOW, used=Used())
    except Refused as refused:
        assert refused.code.startswith("dpop.")


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(HEADERS), VALUES, max_size=3))
def test_any_header(changes: dict[str, Any]) -> None:
    import base64
    import json

    head = {"typ": "at+jwt", "alg": "ES256", "kid": "first"} | changes
    written = base64.urlsafe_b64encode(json.dumps(head).encode()).rstrip(b"=").decode()
    _, body, signature = signed({**COMMON, **person_claims()}, key("first")).split(".")
    token = f"{written}.{body}.{signature}"
    for act in (
        lambda: read_access_token(token, issuers=[local_issuer().trusted()], now=NOW),
        lambda: check_proof(token, method="GET", url=URL, now=NOW, used=Used()),
        lambda: read_signed(token, types=frozenset({"at+jwt"}), area="token"),
    ):
        try:
            act()
        except Refused as refused:
            assert refused.code


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["grant_type", "scope", "client_assertion_type", "client_assertion", "client_id"]),
        st.text(max_size=20),
    ),
    st.dictionaries(st.sampled_from(["iss", "sub", "aud", "exp", "iat", "nbf", "jti"]), VALUES, max_size=3),
)
def test_any_form_at_the_token_endpoint(changes: dict[str, str], claims: dict[str, Any]) -> None:
    keys = key_set({"keys": [dict(key("hub").public_jwk())]}, area="smart")
    hub = Client("hub", keys, parse_scopes("system/*.rs"))
    address = "https://samspill.example/oauth/token"
    endpoint = TokenEndpoint(address, local_issuer(), {"hub": hub}.get, Used())
    told = {"iss": "hub", "sub": "hub", "aud": address, "exp": int(NOW) + 60, "jti": "1"} | claims
    form = {
        "grant_type": "client_credentials",
        "scope": "system/Observation.rs",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": signed(told, key("hub"), typ="JWT"),
    } | changes
    got = answer(endpoint, form, proof("POST", address), now=NOW)
    assert ("access_token" in got.body) == (got.status == 200)
    assert ("error" in got.body) == (got.status in (400, 401))
