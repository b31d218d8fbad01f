"""Machines that ask for tokens: scopes, assertions, the endpoint and the document that tells where it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwskate import Jwk

from factories.trust import NOW, PARENT, Used, client_key, key, local_issuer, proof, signed
from samspill.directory.jose import key_set
from samspill.directory.trust.access_tokens import read_access_token
from samspill.directory.trust.smart import (
    Answer,
    Client,
    Scope,
    TokenEndpoint,
    answer,
    granted,
    is_allowed,
    parse_scope,
    parse_scopes,
    smart_configuration,
    table,
)
from samspill.directory.trust.smart.token_endpoint import ASSERTION_TYPE
from samspill.refusal import Refused

ADDRESS = "https://samspill.example/oauth/token"

# Scopes


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("system/Observation.rs", "rs"),
        ("system/Observation.read", "rs"),
        ("system/Observation.write", "cud"),
        ("system/Observation.*", "cruds"),
        ("system/*.cruds", "cruds"),
        ("system/*.read", "rs"),
        ("user/Patient.c", "c"),
        ("patient/*.s", "s"),
    ],
)
def test_both_syntaxes_mean_letters(text: str, letters: str) -> None:
    assert parse_scope(text).letters == letters


def test_a_scope_may_be_narrowed_by_a_search() -> None:
    query = "category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs"
    assert parse_scope(f"system/Observation.rs?{query}") == Scope("system", "Observation", "rs", query)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "system/Observation",
        "system/Observation.",
        "system/Observation.sr",
        "system/Observation.rr",
        "system/Observation.x",
        "system/Observation.reads",
        "system/Observation.READ",
        "system/observation.rs",
        "system/.rs",
        "machine/Observation.rs",
        "system/Observation.rs?",
        "system/Observation.rs?category",
        "system/Observation.read?category=a",
        "system/Observation.*?category=a",
        "system/Observation.rs category",
        "system/Observation.rs\n",
        " system/Observation.rs",
        "openid",
    ],
)
def test_what_is_no_scope_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_scope(text)
    assert refused.value.code == "smart.scope"


def test_scopes_become_a_table() -> None:
    scopes = parse_scopes(
        "system/Observation.rs?code=a system/Observation.s system/Patient.r system/Patient.r?x=1"
    )
    assert table(scopes) == {"Observation": {"r": ("code=a",), "s": ()}, "Patient": {"r": ()}}


@pytest.mark.parametrize(
    ("resource", "interaction", "expected"),
    [
        ("Observation", "read", ("code=a", "code=b")),
        ("Observation", "vread", ("code=a", "code=b")),
        ("Observation", "search-type", ("code=a",)),
        ("Observation", "create", None),
        ("Patient", "delete", ()),
        ("Patient", "patch", ()),
        ("Patient", "read", None),
        ("Task", "r", None),
        ("Task", "d", ()),
        ("Task", "invent", None),
        ("Task", "", None),
    ],
)
def test_what_an_interaction_needs(resource: str, interaction: str, expected: object) -> None:
    scopes = parse_scopes("system/Observation.rs?code=a system/Observation.r?code=b system/*.ud")
    assert is_allowed(scopes, resource, interaction) == expected


SCOPES = st.builds(
    Scope,
    st.just("system"),
    st.sampled_from(["*", "Observation", "Patient"]),
    st.sets(st.sampled_from("cruds"), min_size=1).map(
        lambda found: "".join(c for c in "cruds" if c in found)
    ),
    st.sampled_from(["", "code=a", "code=b"]),
)


@given(st.lists(SCOPES), st.lists(SCOPES))
def test_what_is_granted_is_asked_for_and_allowed_and_no_more(
    asked: list[Scope], allowed: list[Scope]
) -> None:
    """Against the slow obvious version: look at every resource and letter for itself."""
    both = granted(asked, allowed)
    for resource in ("Observation", "Patient", "Task"):
        for letter in "cruds":
            sides = [is_allowed(one, resource, letter) for one in (asked, allowed)]
            found = is_allowed(both, resource, letter)
            if None in sides:
                assert found is None
            elif () in sides:
                assert set(found or ()) == set(sides[0] or sides[1] or ())
            else:
                common = set(sides[0] or ()) & set(sides[1] or ())
                assert set(found or ()) == common


@given(SCOPES)
def test_a_scope_is_read_as_it_is_written(scope: Scope) -> None:
    assert parse_scope(str(scope)) == scope


# The token endpoint


def endpoint(used: Used | None = None, **more: Any) -> TokenEndpoint:
    keys = {"keys": [dict(key("hub").public_jwk()), dict(key("hub-rsa", "RS384").public_jwk())]}
    hub = Client(
        "device-hub",
        key_set(keys, area="smart"),
        parse_scopes("system/Observation.crs system/Device.rs"),
        {"orgnr_parent": PARENT},
    )
    return TokenEndpoint(ADDRESS, local_issuer(), {"device-hub": hub}.get, used or Used(), **more)


def assertion(with_key: Jwk | None = None, typ: str | None = "JWT", **changes: object) -> str:
    claims = {"iss": "device-hub", "sub": "device-hub", "aud": ADDRESS, "exp": int(NOW) + 300, "jti": "a-1"}
    told = {name: value for name, value in (claims | changes).items() if value is not None}
    return signed(told, with_key or key("hub"), typ=typ)


def form(**changes: str) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "scope": "system/Observation.cruds",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion(),
    } | changes


def ask(sent: dict[str, str], at: TokenEndpoint | None = None, **more: Any) -> Answer:
    return answer(at or endpoint(), sent, proof("POST", ADDRESS, **more), now=NOW)


def test_a_machine_gets_a_bound_token_for_what_it_may_have() -> None:
    got = ask(form())
    assert (got.status, got.body["token_type"], got.body["expires_in"]) == (200, "DPoP", 300)
    assert got.body["scope"] == "system/Observation.crs"
    assert got.headers["Cache-Control"] == "no-store"
    caller = read_access_token(got.body["access_token"], issuers=[local_issuer().trusted()], now=NOW)
    assert (caller.kind, caller.client_id, caller.orgnr_parent) == ("machine", "device-hub", PARENT)
    assert caller.scopes == {"system/Observation.crs"}
    assert caller.key_thumbprint == client_key().thumbprint()


def test_old_scopes_and_other_algorithms_are_understood() -> None:
    rsa = assertion(key("hub-rsa", "RS384"), typ="client-authentication+jwt")
    got = ask(form(scope="system/*.read", client_assertion=rsa, client_id="device-hub"))
    assert got.body["scope"] == "system/Observation.rs system/Device.rs"


@pytest.mark.parametrize(
    ("changes", "error", "status"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"client_assertion_type": "other"}, "invalid_request", 400),
        ({"client_assertion": ""}, "invalid_request", 400),
        ({"client_assertion": "not.a.token"}, "invalid_client", 401),
        ({"client_id": "another"}, "invalid_client", 401),
        ({"scope": ""}, "invalid_scope", 400),
        ({"scope": "system/Patient.r"}, "invalid_scope", 400),
        ({"scope": "system/Observation.d"}, "invalid_scope", 400),
        ({"scope": "patient/Observation.r"}, "invalid_scope", 400),
        ({"scope": "system/Observation.rs openid"}, "invalid_scope", 400),
    ],
)
def test_a_form_that_says_something_else_is_answered(
    changes: dict[str, str], error: str, status: int
) -> None:
    got = ask(form(**changes))
    assert (got.body["error"], got.status) == (error, status)
    assert "access_token" not in got.body


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "another"},
        {"iss": None},
        {"sub": "another"},
        {"sub": None},
        {"aud": "https://samspill.example"},
        {"aud": [ADDRESS, "https://another.example"]},
        {"aud": None},
        {"exp": NOW},
        {"exp": NOW + 301},
        {"exp": None},
        {"iat": NOW + 11},
        {"nbf": NOW + 11},
        {"jti": None},
        {"jti": ""},
        {"with_key": key("another")},
        {"typ": "at+jwt"},
        {"typ": "dpop+jwt"},
    ],
)
def test_an_assertion_that_says_something_else_is_refused(changes: dict[str, Any]) -> None:
    got = ask(form(client_assertion=assertion(**changes)))
    assert (got.body["error"], got.status) == ("invalid_client", 401)


def test_an_assertion_is_used_once_even_with_a_new_proof() -> None:
    at = endpoint()
    assert ask(form(), at).status == 200
    assert ask(form(), at, jti="proof-2").body["error"] == "invalid_client"
    fresh = form(client_assertion=assertion(jti="a-2"))
    assert ask(fresh, at).body["error"] == "invalid_dpop_proof"


def test_two_clients_may_use_the_same_id_once_each() -> None:
    keys, scopes = (
        key_set({"keys": [dict(key("hub").public_jwk())]}, area="smart"),
        parse_scopes("system/*.rs"),
    )
    clients = {name: Client(name, keys, scopes) for name in ("one", "other")}
    at = TokenEndpoint(ADDRESS, local_issuer(), clients.get, Used())
    for place, name in enumerate(("one", "other", "one")):
        got = ask(form(client_assertion=assertion(iss=name, sub=name)), at, jti=f"proof-{place}")
        assert (got.status == 200) == (place < 2)


def test_a_machine_without_a_proof_gets_no_token() -> None:
    assert answer(endpoint(), form(), "", now=NOW).body["error"] == "invalid_dpop_proof"
    assert ask(form(), htu="https://another.example").body["error"] == "invalid_dpop_proof"
    assert ask(form(), endpoint(accepts_nonce=lambda _: False)).body["error"] == "use_dpop_nonce"


def test_errors_are_told_in_characters_that_oauth_allows() -> None:
    for changes in ({"scope": "x"}, {"client_assertion": "x"}, {"grant_type": "x"}):
        told = str(ask(form(**changes)).body["error_description"])
        assert told
        assert all(" " <= char <= "~" and char not in '"\\' for char in told)


def test_the_document_tells_where_and_how() -> None:
    told = smart_configuration(
        issuer="https://samspill.example",
        token_endpoint=ADDRESS,
        jwks_uri="https://samspill.example/oauth/jwks",
        scopes=["system/Observation.rs", "system/Device.rs"],
    )
    assert told["token_endpoint"] == ADDRESS
    assert told["grant_types_supported"] == ["client_credentials"]
    assert {"RS384", "ES384"} <= set(told["token_endpoint_auth_signing_alg_values_supported"])  # type: ignore[call-overload]
    assert "client-confidential-asymmetric" in told["capabilities"]  # type: ignore[operator]
    assert told["scopes_supported"] == ["system/Device.rs", "system/Observation.rs"]
