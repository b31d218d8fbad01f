"""Who comes in by the token door, and what those who do not are told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from jwskate import Jwk

from factories.care import HALDEN, CareWorld
from factories.machines import FHIR, KEY, NAME, System, assertion, said, system
from factories.trust import proof
from samspill.care.public import NewClient, end_client, register_client
from samspill.directory.public import Account, AuditEvent, Party, machine, scope
from samspill.directory.trust.public import LocalIssuer
from samspill.fhir.http.door import base, fresh_nonce
from samspill.fhir.http.keys import local_issuer, other_issuers
from samspill.refusal import Refused

PATH = "/CareTeam"


def test_a_system_with_a_token_and_a_proof_comes_in(nimble: System) -> None:
    response = nimble.ask("GET", PATH)
    assert response.status_code == 200, response.content
    assert said(response)["type"] == "searchset"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["DPoP-Nonce"]


def test_without_a_token_one_is_told_how(nimble: System) -> None:
    response = Client().get(f"/fhir{PATH}")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("DPoP algs=")
    assert said(response)["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize(
    ("asked", "language", "text"),
    [
        ("", "nb", "Send et tilgangstoken i hodet Authorization."),
        ("de", "nb", "Send et tilgangstoken i hodet Authorization."),
        ("nn-NO, nb;q=0.5", "nn", "Send eit tilgangstoken i hovudet Authorization."),
        ("en", "en", "Send an access token in the Authorization header."),
    ],
)
def test_a_refusal_is_said_in_the_language_asked_for(db: None, asked: str, language: str, text: str) -> None:
    response = Client().get(f"/fhir{PATH}", headers={"Accept-Language": asked} if asked else {})
    (issue,) = said(response)["issue"]
    assert (response.headers["Content-Language"], issue["details"]["text"]) == (language, text)
    english = "Send an access token in the Authorization header."
    assert issue.get("diagnostics", english) == english, "what a programmer looks up"
    assert ("diagnostics" in issue) == (language != "en")


def test_what_is_told_of_is_in_the_sentence(nimble: System) -> None:
    (issue,) = said(nimble.ask("GET", "/CareTeam?color=red"))["issue"]
    assert issue["details"]["text"].startswith("CareTeam kan ikke søkes slik. Du kan bruke: ")
    assert issue["diagnostics"].startswith("CareTeam is not searched by that. Served: ")
    (missing,) = said(nimble.ask("GET", "/CareTeam/999999"))["issue"]
    assert missing["details"]["text"] == "Her er det ingen slik CareTeam, eller ingen som du kan se."


def test_a_proof_without_our_nonce_gets_one(nimble: System) -> None:
    made = proof(
        "GET", f"{base()}{PATH}", now=timezone.now().timestamp(), token=nimble.token, with_key=KEY, jti="a"
    )
    response = Client().get(f"/fhir{PATH}", headers={"Authorization": f"DPoP {nimble.token}", "DPoP": made})
    assert response.status_code == 401
    assert 'error="use_dpop_nonce"' in response.headers["WWW-Authenticate"]
    assert response.headers["DPoP-Nonce"] == fresh_nonce()


def test_a_proof_is_used_once(nimble: System) -> None:
    headers = nimble.headers("GET", PATH)
    first, second = (Client().get(f"/fhir{PATH}", headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 401)
    assert said(second)["issue"][0]["details"]["coding"][0]["code"] == "dpop.replay"


def test_a_proof_that_was_used_in_vain_is_used(nimble: System) -> None:
    """What was refused leaves nothing behind but that."""
    headers = nimble.headers("GET", "/Observation/1-1")
    first, second = (Client().get("/fhir/Observation/1-1", headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (403, 401)


def test_a_token_of_another_key_is_refused(nimble: System) -> None:
    nimble.key = Jwk(dict(Jwk.generate(alg="ES256")) | {"alg": "ES256", "use": "sig", "kid": "other"})
    assert nimble.ask("GET", PATH).status_code == 401


def test_a_token_for_another_tenant_is_refused_and_kept(world: CareWorld, nimble: System) -> None:
    theirs, halden = nimble.registered.tenant, world.parties[HALDEN]
    with scope(world.machine):
        for party, number in ((theirs, "974633655"), (halden, "983971768")):
            Party.objects.filter(pk=party.pk).update(orgnr=number)
    nimble.token = nimble.new_token(orgnr_parent="983971768")
    response = nimble.ask("GET", PATH)
    assert response.status_code == 403
    with scope(world.machine):
        kept = AuditEvent.objects.visible_to(world.machine).filter(act="fhir.refused")
        assert [one.details["code"] for one in kept] == ["token.tenant"]


def test_a_look_that_is_refused_is_kept(world: CareWorld, nimble: System) -> None:
    odd = world.patients["Odd Nilsen"].pk
    assert nimble.ask("GET", f"/Patient/{odd}").status_code == 403
    with scope(world.machine):
        kept = AuditEvent.objects.visible_to(world.machine).filter(act="fhir.refused")
        assert [one.details["code"] for one in kept] == ["access.no_relation"]


def test_a_system_that_is_ended_is_out_at_once(world: CareWorld, nimble: System) -> None:
    with scope(world.machine):
        end_client(nimble.registered, by=machine(world.community.pk, timezone.localdate()))
    assert nimble.ask("GET", PATH).status_code == 401


def test_a_token_covers_what_its_scopes_say(world: CareWorld) -> None:
    narrow = system(world, name="narrow", scopes="system/CareTeam.r")
    assert narrow.ask("GET", f"/CareTeam/{world.teams['Ward'].pk}").status_code == 200
    response = narrow.ask("GET", PATH)
    assert response.status_code == 403
    assert 'error="insufficient_scope"' in response.headers["WWW-Authenticate"]


def test_too_many_requests_in_a_minute_wait(world: CareWorld) -> None:
    slow = system(world, name="slow", per_minute=2)
    statuses = [slow.ask("GET", PATH).status_code for _ in range(4)]
    assert 429 in statuses
    assert slow.ask("GET", PATH).headers["Retry-After"].isdecimal()


def _token(**form: str) -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion(),
        "scope": "system/Observation.c system/CareTeam.rs",
        **form,
    }


def _proof(**more: object) -> str:
    now = timezone.now().timestamp()
    return proof("POST", f"{base()}/token", now=now, with_key=KEY, nonce=fresh_nonce(), **more)


def test_a_system_asks_for_a_token_and_uses_it(nimble: System) -> None:
    response = Client().post("/fhir/token", _token(), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400, "a form is sent as a form"
    response = _asked_for(_token(), _proof(jti="first"))
    assert response.status_code == 200, response.content
    given = said(response)
    assert given["token_type"] == "DPoP"
    assert given["scope"] == "system/Observation.c system/CareTeam.rs"
    nimble.token = given["access_token"]
    assert nimble.ask("GET", PATH).status_code == 200
    assert nimble.ask("GET", "/Organization").status_code == 403


def _asked_for(form: dict[str, str], made: str) -> object:
    from urllib.parse import urlencode

    return Client().generic(
        "POST",
        "/fhir/token",
        urlencode(form).encode(),
        content_type="application/x-www-form-urlencoded",
        headers={"DPoP": made},
    )


@pytest.mark.parametrize(
    ("form", "error", "status"),
    [
        ({"client_assertion": "x"}, "invalid_client", 401),
        ({"scope": "system/Nothing"}, "invalid_scope", 400),
        ({"scope": "user/Observation.r"}, "invalid_scope", 400),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
    ],
)
def test_a_token_is_refused_in_the_words_of_oauth(
    nimble: System, form: dict[str, str], error: str, status: int
) -> None:
    response = _asked_for(_token(**form), _proof(jti=f"no-{error}-{status}"))
    assert (response.status_code, said(response)["error"]) == (status, error)  # type: ignore[attr-defined,arg-type]


def test_an_assertion_is_used_once(nimble: System) -> None:
    form = _token()
    first = _asked_for(form, _proof(jti="one"))
    second = _asked_for(form, _proof(jti="two"))
    assert (first.status_code, second.status_code) == (200, 401)  # type: ignore[attr-defined]


def test_the_configuration_says_where_and_what(db: None) -> None:
    found = said(Client().get("/fhir/.well-known/smart-configuration"))
    assert found["token_endpoint"] == f"{base()}/token"
    assert "system/Task.rus" in found["scopes_supported"]
    keys = said(Client().get("/fhir/jwks"))["keys"]
    assert len(keys) == 1
    assert "d" not in keys[0]
    assert local_issuer(settings.SECRET_KEY, base()).trusted().issuer == found["issuer"]


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewClient("x", "X", {"keys": []}, "system/*.rs"), "client.keys"),
        (NewClient("x", "X", {"keys": [dict(KEY)]}, "system/*.rs"), "client.key"),
        (NewClient("x", "X", {"keys": [dict(KEY.public_jwk())]}, "user/*.rs"), "smart.scope"),
        (NewClient(NAME, "X", {"keys": [dict(KEY.public_jwk())]}, "system/*.rs"), "client.exists"),
    ],
)
def test_a_system_is_not_registered_anyhow(
    world: CareWorld, nimble: System, new: NewClient, code: str
) -> None:
    with scope(world.machine), pytest.raises(Refused) as refused:
        register_client(new, team=world.teams["Ward"], by=world.machine)
    assert refused.value.code == code


def test_accept_and_language_are_met(nimble: System) -> None:
    assert nimble.ask("GET", PATH, Accept="application/fhir+xml").status_code == 406
    assert nimble.ask("GET", f"{PATH}?_format=xml").status_code == 406
    assert nimble.ask("GET", f"{PATH}?_format=json", Accept="text/html").status_code == 200
    response = nimble.ask("GET", PATH, Accept_Language="nn,en;q=0.5", Accept=FHIR)
    assert response.headers["Content-Language"] == "nn"


@pytest.fixture
def helseid(tmp_path: Path) -> Iterator[LocalIssuer]:
    """Another issuer that the installation trusts, as it would HelseID."""
    made = LocalIssuer("https://helseid.example", "samspill", KEY, lambda: "token-1")
    path = tmp_path / "issuers.json"
    rows = [{"issuer": made.issuer, "audience": made.audience, "jwks": made.published_keys()}]
    path.write_text(json.dumps(rows), "utf-8")
    with override_settings(FHIR_ISSUERS=str(path)):
        yield made


def token_of_person(issuer: LocalIssuer, *, subject: str = "pseudonym", scopes: str = "user/*.rs") -> str:
    return issuer.person_token(
        client_id="nurse-client",
        subject=subject,
        pid="13916990094",
        name="Ida Strand",
        scopes=tuple(scopes.split()),
        now=timezone.now().timestamp(),
        thumbprint=str(KEY.thumbprint()),
    )


def test_a_person_comes_in_with_a_token_of_an_issuer_we_trust(
    world: CareWorld, nimble: System, helseid: LocalIssuer
) -> None:
    """They see what their account may see, and do what the token's scopes say."""
    nurse, astrid = world.nurses["Service"], world.patients["Astrid Lunde"].pk
    nimble.token = token_of_person(helseid)
    assert nimble.ask("GET", f"/Patient/{astrid}").status_code == 401, "nobody has this identity yet"
    Account.objects.filter(pk=nurse.account_id).update(issuer=helseid.issuer, subject="pseudonym")
    assert nimble.ask("GET", f"/Patient/{astrid}").status_code == 200
    assert nimble.ask("GET", f"/Patient/{world.patients['Odd Nilsen'].pk}").status_code == 403
    assert nimble.ask("POST", "/Observation", {"resourceType": "Observation"}).status_code == 403
    nimble.token = token_of_person(helseid, scopes="openid profile")
    assert nimble.ask("GET", f"/Patient/{astrid}").status_code == 403


def test_a_file_of_issuers_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "issuers.json"
    for text in ("", "{", '[{"issuer": "x"}]'):
        path.write_text(text, "utf-8")
        other_issuers.cache_clear()
        with pytest.raises(Refused):
            other_issuers(str(path))
