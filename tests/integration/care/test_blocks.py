"""The patient's no wins over everything but danger to life (invariant 19), and is theirs to make and lift."""

from typing import Any

import pytest
from django.urls import reverse

from factories.care import LONG_AGO, CareWorld
from factories.pages import signed_in
from factories.safety_net import ASTRID, Family
from factories.tried import a_few
from samspill.care.actions.blocking import block, in_force, lift, targets
from samspill.care.actions.deciding import READ, Wish
from samspill.care.actions.emergency import begin_emergency
from samspill.care.actions.opening import opening
from samspill.care.carrying import deciding
from samspill.care.models import RelatedPerson
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

SUBMIT = Wish(right="submit")


def say_no(world: CareWorld, by: Actor, whom: str, kinds: tuple[str, ...] = ()) -> None:
    pk = world.patients[ASTRID].pk
    with scope(by), opening(pk, by=by, what="care.blocks", wish=SUBMIT) as opened:
        found = {one.name: one.key for one in targets(opened, by=by)}
        block(opened, found[whom], kinds, by=by)


def code(world: CareWorld, who: Actor) -> str:
    with scope(who):
        try:
            with opening(world.patients[ASTRID].pk, by=who, what="care.patient", wish=READ):
                return ""
        except Refused as refused:
            return refused.code


@pytest.mark.parametrize("whom", ["Kari Vold", "Ward", "tenant", "alle"])
def test_invariant_19_a_block_wins_over_the_team_until_it_is_lifted_and_emergency_passes_it(
    world: CareWorld, home: Family, whom: str
) -> None:
    ward, pk = world.nurses["Ward"], world.patients[ASTRID].pk
    assert code(world, ward) == ""
    say_no(world, home.astrid, str(world.teams["Ward"].tenant) if whom == "tenant" else whom)
    assert code(world, ward) == "access.blocked"
    assert code(world, home.astrid) == ""
    assert code(world, world.nurses["Service"]) == ("access.blocked" if whom == "alle" else "")
    with scope(ward):
        begin_emergency(pk, by=ward, reason_code="acute_illness", reason="Funnet bevisstløs")
    assert code(world, ward) == ""
    service = world.nurses["Service"]
    assert code(world, service) == ("access.blocked" if whom == "alle" else "")
    with scope(home.astrid), opening(pk, by=home.astrid, what="care.blocks", wish=SUBMIT) as opened:
        lift(opened, in_force(pk).get().pk, by=home.astrid)
        with pytest.raises(Refused) as refused:
            lift(opened, 10**9, by=home.astrid)
        assert refused.value.code == "block.not_here"
    assert code(world, service) == ""


def test_a_kind_of_information_is_hidden_and_the_rest_is_open(world: CareWorld, home: Family) -> None:
    ward, pk = world.nurses["Ward"], world.patients[ASTRID].pk
    say_no(world, home.astrid, "Ward", ("notes",))
    with scope(ward), opening(pk, by=ward, what="care.patient") as opened:
        assert opened.hides("notes")
        assert not opened.hides("measurements")
        begin_emergency(pk, by=ward, reason_code="acute_illness", reason="Funnet bevisstløs")
    with scope(ward), opening(pk, by=ward, what="care.patient") as opened:
        assert not opened.hides("notes"), "emergency access shows what is blocked, also to who follows"


@pytest.mark.parametrize(
    ("whom", "kinds", "refusal"),
    [
        ("", (), "block.whom"),
        ("team:999999", (), "block.whom"),
        ("everybody:0", ("diagnoser",), "block.kind"),
    ],
)
def test_what_cannot_be_blocked_is_told(
    world: CareWorld, home: Family, whom: str, kinds: tuple[str, ...], refusal: str
) -> None:
    pk = world.patients[ASTRID].pk
    with scope(home.astrid), opening(pk, by=home.astrid, what="care.blocks", wish=SUBMIT) as opened:
        with pytest.raises(Refused) as refused:
            block(opened, whom, kinds, by=home.astrid)
        assert refused.value.code == refusal


def test_the_same_is_blocked_once(world: CareWorld, home: Family) -> None:
    say_no(world, home.astrid, "Ward")
    with pytest.raises(Refused) as refused:
        say_no(world, home.astrid, "Ward")
    assert refused.value.code == "block.twice"


def test_a_daughter_decides_when_she_is_the_guardian_and_nobody_at_work_does(
    world: CareWorld, home: Family
) -> None:
    with pytest.raises(Refused) as refused:
        say_no(world, home.daughter, "Ward")
    assert refused.value.code == "block.not_yours"
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        RelatedPerson.objects.filter(pk=home.near.pk).update(relation="guardian", from_day=LONG_AGO)
    say_no(world, home.daughter, "Ward")
    assert code(world, world.nurses["Ward"]) == "access.blocked"
    address = reverse("care:blocks", args=[world.patients[ASTRID].pk])
    assert signed_in(world.nurses["Service"]).get(address).status_code == 403
    assert signed_in(world.nurses["Service"]).post(address, {"target": "everybody:0"}).status_code == 403


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_page_blocks_and_lifts(world: CareWorld, home: Family, language: str) -> None:
    client = signed_in(home.astrid, language)
    address = reverse("care:blocks", args=[world.patients[ASTRID].pk])
    sent: dict[str, Any] = {"target": f"team:{world.teams['Ward'].pk}", "kinds": ["notes"]}
    assert client.post(address, {"target": ""}).status_code == 422
    assert client.post(address, sent).status_code == 303
    html = client.get(address).content.decode()
    with scope(home.astrid), opening(world.patients[ASTRID].pk, by=home.astrid, what="care.blocks"):
        made = in_force(world.patients[ASTRID].pk).get()
    assert f'name="lift" value="{made.pk}"' in html
    assert client.post(address, {"lift": made.pk}).status_code == 303
    assert 'name="lift"' not in client.get(address).content.decode()
