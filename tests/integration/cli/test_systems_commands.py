"""Other systems are let in, sent to and shut out from the command line."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from factories.care import care_world
from factories.machines import KEY
from samspill.care.models import Receiver
from samspill.care.public import (
    NewClient,
    NewLogin,
    NewReceiver,
    add_receiver,
    find_client,
    register_client,
    set_login,
)
from samspill.cli.systems import USUAL_SCOPES, find_receivers, find_team, public_key_of, read_keys
from samspill.directory.public import scope
from samspill.fhir.http.keys import client_key
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_system_is_registered_with_the_keys_of_a_file(tmp_path: Path) -> None:
    world, path = care_world(), tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [dict(KEY.public_jwk())]}), "utf-8")
    with scope(world.machine):
        team = find_team("service", world.machine)
        register_client(
            NewClient("nimble", "Nimble", read_keys(path), USUAL_SCOPES), team=team, by=world.machine
        )
        found = find_client("nimble")
        assert found is not None
        assert found.team == team
        with pytest.raises(Refused, match="Moss, Service, Ward"):
            find_team("nobody", world.machine)


def test_who_we_are_at_a_receiver_is_shown_with_the_public_key_alone() -> None:
    world = care_world()
    new = NewReceiver("PMD", "measurements", "batch", "https://pmd.example/")
    with scope(world.machine):
        add_receiver(new, team=world.teams["Service"], by=world.machine)
        (found,) = find_receivers("pmd", world.machine)
        set_login(found, NewLogin("https://issuer.example", "samspill"), by=world.machine)
        (found,) = find_receivers("PMD", world.machine)
        with pytest.raises(Refused, match="Receivers here: PMD"):
            find_receivers("nobody", world.machine)
    assert (found.issuer, found.login_as, found.uses_dpop) == ("https://issuer.example", "samspill", True)
    (key,) = json.loads(public_key_of(found.login_as))["keys"]
    assert "d" not in key
    assert key["kid"] == client_key(settings.SECRET_KEY, "", "samspill")["kid"]


@pytest.mark.parametrize("text", ["", "[]", "{"])
def test_a_file_that_is_no_jwks_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "jwks.json"
    path.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_keys(path)
    assert refused.value.code == "client.keys"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, ""),
        ({"sends": "everything"}, "receiver.what"),
        ({"form": "letter"}, "receiver.form"),
        ({"address": "http://pmd.example/"}, "receiver.address"),
        ({"organisation": "Atlantis"}, "receiver.organisation"),
        ({"organisation": "Halden kommune"}, ""),
        ({"receipts_from": "nobody"}, "receiver.client"),
    ],
)
def test_a_receiver_is_named_or_refused(change: dict[str, str], code: str) -> None:
    world = care_world()
    said = {"name": "PMD", "sends": "measurements", "form": "batch", "address": "https://pmd.example/"}
    with scope(world.machine):
        if not code:
            add_receiver(NewReceiver(**said | change), team=world.teams["Service"], by=world.machine)
            assert Receiver.objects.count() == 1
            code = "receiver.exists"
        with pytest.raises(Refused) as refused:
            add_receiver(NewReceiver(**said | change), team=world.teams["Service"], by=world.machine)
    assert refused.value.code == code
