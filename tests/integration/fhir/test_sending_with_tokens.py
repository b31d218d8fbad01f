"""What is sent to a system that wants to know who sends: tokens, proofs, and what an issuer says no with."""

import json
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from jwskate import Jwk

from factories.care import HALDEN, CareWorld
from factories.measuring import value
from factories.receiving_system import CLIENT, SCOPE, ReceivingSystem
from oidc_issuer.server import LocalIssuer
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import Outgoing, Receiver
from samspill.care.outbox_wording import why_in_words
from samspill.care.public import NewLogin, NewReceiver, add_receiver, set_login
from samspill.directory.public import Party, scope
from samspill.directory.trust.public import Login, Tokens
from samspill.fhir.http.keys import client_key
from samspill.fhir.posting import Posting
from samspill.fhir.sending import send_due
from samspill.refusal import Refused

SECRET = "a secret of an installation, for tests alone"
OURS = client_key(SECRET, "", CLIENT)


@pytest.fixture
def other() -> Iterator[ReceivingSystem]:
    with ReceivingSystem(OURS) as system:
        yield system


def posting(clock: Callable[[], float] = time.time) -> Posting:
    tokens = Tokens(
        lambda client_id: client_key(SECRET, "", client_id),
        clock=clock,
        fresh=lambda: secrets.token_urlsafe(16),
    )
    return Posting(tokens)


def login(system: ReceivingSystem, **more: object) -> Login:
    return Login(**{"issuer": system.url, "client_id": CLIENT, "scope": SCOPE} | more)  # type: ignore[arg-type]


def receiver(world: CareWorld, system: ReceivingSystem, **more: str) -> Receiver:
    with scope(world.machine):
        Party.objects.filter(pk=world.parties[HALDEN].pk).update(orgnr="983971768")
        said = NewLogin(**{"issuer": system.url, "login_as": CLIENT, "scope": SCOPE} | more)
        new = NewReceiver(
            "Annen plattform", "measurements", "batch", f"{system.url}/Bundle", world.parties[HALDEN].name
        )
        return add_receiver(new, team=world.teams["Service"], by=world.machine, login=said)


def rows(world: CareWorld) -> list[tuple[str, str]]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return list(Outgoing.objects.order_by("pk").values_list("state", "why"))


def send(world: CareWorld, post: Posting, after: timedelta = timedelta()) -> int:
    return send_due(by=world.machine, now=timezone.now() + after, post=post)


def test_a_value_is_sent_as_who_we_are(world: CareWorld, other: ReceivingSystem) -> None:
    receiver(world, other)
    value(world, "66.5")
    assert send(world, posting()) == 1
    assert rows(world) == [("received", "")]
    assert len(other.got) == 1


def test_a_token_is_asked_for_once_and_used_until_it_ends(other: ReceivingSystem) -> None:
    post = posting(other.clock)
    for _ in range(3):
        assert post(f"{other.url}/Bundle", b"{}", login(other)) == 200
    assert len(other.given) == 1
    assert other.asked.count("/Bundle") == 4, "the nonce is asked for once, and then known"
    other.later = other.lifetime
    assert post(f"{other.url}/Bundle", b"{}", login(other)) == 200
    assert len(other.given) == 2


def test_a_token_that_was_withdrawn_is_asked_for_anew(other: ReceivingSystem) -> None:
    post = posting()
    assert post(f"{other.url}/Bundle", b"{}", login(other)) == 200
    other.withdraw()
    assert post(f"{other.url}/Bundle", b"{}", login(other)) == 200
    assert len(other.given) == 2


def test_an_issuer_that_does_not_know_us_is_a_task_with_a_sentence(world: CareWorld) -> None:
    with ReceivingSystem(Jwk.generate(alg="ES256").with_kid_thumbprint()) as stranger:
        receiver(world, stranger)
        value(world, "66.5")
        send(world, posting())
    assert rows(world) == [("refused", "issuer-invalid_client")]
    assert "samspill systems show" in why_in_words("issuer-invalid_client")
    assert stranger.got == []


def test_an_issuer_that_gives_less_than_is_asked_for(world: CareWorld, other: ReceivingSystem) -> None:
    receiver(world, other, scope="system/Patient.r")
    value(world, "66.5")
    send(world, posting())
    assert rows(world) == [("refused", "issuer-invalid_scope")]


def test_an_issuer_that_is_away_is_waited_for(world: CareWorld, other: ReceivingSystem) -> None:
    receiver(world, other)
    value(world, "66.5")
    other.is_down = True
    post = posting()
    send(world, post)
    assert rows(world) == [("queued", "issuer-unreachable")]
    other.is_down = False
    send(world, post, timedelta(minutes=1))
    assert rows(world) == [("received", "")]


def test_who_we_are_can_be_said_afterwards(world: CareWorld, other: ReceivingSystem) -> None:
    made = receiver(world, other, issuer="", login_as="", scope="")
    value(world, "66.5")
    send(world, posting())
    assert rows(world) == [("queued", "http-401")]
    with scope(world.machine):
        set_login(made, NewLogin(other.url, CLIENT, SCOPE), by=world.machine)
    send(world, posting(), timedelta(minutes=1))
    assert rows(world) == [("received", "")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"login_as": ""},
        {"issuer": "http://helseid.example"},
        {"issuer": ""},
        {"kind": "guess"},
    ],
)
def test_a_login_that_cannot_be_is_refused(
    world: CareWorld, other: ReceivingSystem, wrong: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refused:
        receiver(world, other, **wrong)
    assert refused.value.code == "receiver.issuer"


def test_helseid_is_told_of_in_its_own_way() -> None:
    """The assertion is for the issuer, by its own type; the strict local issuer takes no other."""
    with LocalIssuer(client_key(SECRET, "", "samspill-test")) as issuer:
        held = Tokens(
            lambda client_id: client_key(SECRET, "", client_id),
            clock=time.time,
            fresh=lambda: secrets.token_urlsafe(16),
        )
        got = held.of(Login(issuer.url, "samspill-test", "nhn:pmd/write", "helseid"))
        assert (got.scheme, got.token in issuer.access_tokens) == ("DPoP", True)
        with pytest.raises(Refused) as refused:
            held.of(Login(issuer.url, "samspill-test", "nhn:pmd/write", "smart"))
    assert refused.value.code == "oidc.unreachable", "it tells nothing as SMART does"


def test_keys_are_derived_or_in_a_file_and_never_in_a_row(tmp_path: Path) -> None:
    assert client_key(SECRET, "", "a") == client_key(SECRET, "", "a") != client_key(SECRET, "", "b")
    given = Jwk(dict(Jwk.generate(alg="ES256")) | {"alg": "ES256", "use": "sig", "kid": "given"})
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"a": dict(given)}))
    assert client_key(SECRET, str(file), "a")["kid"] == "given"
    assert client_key(SECRET, str(file), "b") == client_key(SECRET, "", "b")
    file.write_text("[]")
    client_key.cache_clear()
    with pytest.raises(Refused) as refused:
        client_key(SECRET, str(file), "a")
    assert refused.value.code == "fhir.client_keys"
    columns = {one.name for one in Receiver._meta.get_fields()}
    assert not {name for name in columns if "key" in name or "secret" in name or "jwk" in name}
