"""The digital egenbehandlingsplan: the same parts and pages, and one's own steps first."""

from typing import Any

from django.urls import reverse

from factories.care import CareWorld
from factories.safety_net import ASTRID, Family, team_key
from integration.care.test_safety_net_pages import complete_fields, fields_of, signed_in
from samspill.care.actions.opening import opening
from samspill.care.models import SafetyNetPlan
from samspill.care.queries.safety_net import sent_plans
from samspill.directory.public import scope
from samspill.rulebook.safety_net import from_plain

STEP = "Ta én vanntablett ekstra, og hvil."


def begun(world: CareWorld) -> tuple[Any, str]:
    client, pk = signed_in(world.nurses["Ward"]), world.patients[ASTRID].pk
    made = client.post(
        reverse("care:begin-plan", args=[pk]), {"problem": "heart_failure", "kind": "self_management"}
    )
    return client, made["Location"]


def rows(world: CareWorld) -> list[SafetyNetPlan]:
    ward, pk = world.nurses["Ward"], world.patients[ASTRID].pk
    with scope(ward), opening(pk, by=ward, what="x"):
        return sent_plans(pk)


def test_it_is_made_sent_confirmed_and_answered_on_the_same_pages(world: CareWorld, home: Family) -> None:
    client, address = begun(world)
    html = client.get(address).content.decode()
    assert "vanndrivende" in fields_of(html)["yellow-own"]
    said = complete_fields(html, world) | {"yellow-own": STEP}
    said["to"] = [
        team_key(world, "Service"),
        f"related:{home.near.pk}",
        f"patient:{world.patients[ASTRID].pk}",
    ]
    done = client.post(address, said)
    assert done.status_code == 303
    (row,) = rows(world)
    assert row.kind == "self_management"
    assert from_plain(row.content).levels["yellow"].own_step == STEP
    args = [row.patient_id, row.pk]
    service = signed_in(world.nurses["Service"])
    assert service.post(reverse("care:confirm-plan", args=args)).status_code == 303
    mona = signed_in(home.daughter)
    page = mona.get(reverse("care:plan", args=args)).content.decode()
    assert "Det Astrid gjør, dag for dag" in page
    assert STEP in page
    answered = mona.post(reverse("care:answer", args=args), {"v-weight": "73"}).content.decode()
    assert STEP in answered.split('id="svar"')[1][:2500]
    assert "Verdien er lagret" in answered
    assert STEP in mona.get(reverse("care:own")).content.decode()


def test_one_of_each_kind_may_be_in_force_for_the_same(world: CareWorld, home: Family) -> None:
    client, address = begun(world)
    client.post(address, complete_fields(client.get(address).content.decode(), world))
    pk = world.patients[ASTRID].pk
    other = client.post(reverse("care:begin-plan", args=[pk]), {"problem": "heart_failure"})["Location"]
    html = client.get(other).content.decode()
    assert "yellow-own" not in fields_of(html)
    assert client.post(other, complete_fields(html, world)).status_code == 303
    assert sorted(one.kind for one in rows(world)) == ["safety_net", "self_management"]
    listed = client.get(reverse("care:plan-list", args=[pk])).content.decode()
    assert "egenbehandlingsplan" in listed.casefold()
