"""A block for a patient who does not sign in: who asked, who wrote it, and that the patient is told."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import InternalError, ProgrammingError

from factories.care import CareWorld
from factories.pages import signed_in
from factories.people import TODAY
from factories.safety_net import ASTRID, ODD, Family, family
from factories.tried import a_few
from samspill.care.actions.blocking import Said, block, in_force, lift, targets, words_about
from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import opening
from samspill.care.models import Block, BlockWord
from samspill.care.states import Right
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

PLAN = Wish(right=Right.PLAN)
ORAL = Said(given_by="patient", how="oral", on=TODAY - timedelta(days=1), words="Ikke Moss, takk.")


def write(
    world: CareWorld,
    by: Actor,
    whom: str,
    *,
    kinds: tuple[str, ...] = (),
    said: Said = ORAL,
    name: str = ASTRID,
) -> str:
    """The code by which it is refused, or ""."""
    pk = world.patients[ASTRID].pk
    with scope(by), opening(pk, by=by, what="care.blocks", wish=PLAN) as opened:
        found = {one.name: one.key for one in targets(opened, by=by)}
        try:
            block(opened, found[whom], kinds, by=by, said=said)
        except Refused as refused:
            return refused.code
    return ""


def address(world: CareWorld, name: str = ASTRID) -> str:
    return f"/pasienter/{world.patients[name].pk}/sperringer/"


def form(world: CareWorld, **more: object) -> dict[str, object]:
    target = f"team:{world.teams['Service'].pk}"
    said = {"given_by": "guardian", "how": "paper", "on": TODAY.isoformat(), "words": "Brev fra verge"}
    return {"target": target, **said, **more}


def test_who_asked_and_who_wrote_it_are_kept_as_two_facts_and_it_holds(world: CareWorld) -> None:
    ward, service, pk = world.nurses["Ward"], world.nurses["Service"], world.patients[ASTRID].pk
    assert write(world, ward, "Service") == ""
    with scope(service), pytest.raises(Refused) as refused, opening(pk, by=service, what="care.patient"):
        pass
    assert refused.value.code == "access.blocked"
    with scope(ward), opening(pk, by=ward, what="care.blocks", wish=PLAN) as opened:
        (word,) = words_about(pk)
        assert (word.given_by, word.how, word.asked_on, word.words) == (
            "patient", "oral", TODAY - timedelta(days=1), "Ikke Moss, takk.",
        )  # fmt: skip
        assert (word.by_id, word.by_name, word.is_lifted) == (ward.account_id, ward.name, False)
        lift(opened, in_force(pk).get().pk, by=ward, said=Said("relative", "paper", TODAY))
        assert [(one.is_lifted, one.given_by) for one in words_about(pk)] == [
            (True, "relative"),
            (False, "patient"),
        ]
        with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
            BlockWord.objects.update(words="noe annet")
    with scope(service), opening(pk, by=service, what="care.patient"):
        pass


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("neighbour", "oral", TODAY), "block.by"),
        (Said("patient", "signed_in", TODAY), "block.how"),
        (Said("patient", "oral", None), "block.day"),
        (Said("patient", "oral", TODAY + timedelta(days=1)), "block.day"),
    ],
)
def test_what_is_not_told_of_who_asked_is_asked_for(world: CareWorld, said: Said, code: str) -> None:
    assert write(world, world.nurses["Ward"], "Service", said=said) == code


@pytest.mark.parametrize("whom", ["Ward", "everybody", "tenant"])
def test_who_writes_it_does_not_shut_themselves_out_of_lifting_it(world: CareWorld, whom: str) -> None:
    name = {"tenant": str(world.teams["Ward"].tenant), "everybody": "alle"}.get(whom, whom)
    assert write(world, world.nurses["Ward"], name) == "block.shuts_out"
    assert write(world, world.nurses["Ward"], name, kinds=("notes",)) == ""


def test_whom_it_is_against_does_not_lift_it(world: CareWorld) -> None:
    ward, service, pk = world.nurses["Ward"], world.nurses["Service"], world.patients[ASTRID].pk
    assert write(world, ward, "Service", kinds=("notes",)) == ""
    with scope(service), opening(pk, by=service, what="care.blocks", wish=PLAN) as opened:
        held = in_force(pk).get().pk
        with pytest.raises(Refused) as refused:
            lift(opened, held, by=service, said=ORAL)
    assert refused.value.code == "block.against_you"


def test_nobody_at_work_writes_for_a_patient_who_signs_in(world: CareWorld, home: Family) -> None:
    assert write(world, world.nurses["Ward"], "Service") == "block.not_yours"
    client = signed_in(world.nurses["Ward"])
    assert client.get(address(world)).status_code == 403
    assert client.post(address(world), form(world)).status_code == 403
    assert address(world) not in client.get(address(world).replace("sperringer/", "")).content.decode()


def test_who_does_not_follow_the_patient_writes_nothing(world: CareWorld) -> None:
    moss = signed_in(world.nurses["Moss"])
    assert moss.get(address(world)).status_code == 403
    assert moss.post(address(world), form(world)).status_code == 403
    assert signed_in(world.nurses["Moss"]).get(address(world, ODD)).status_code == 200


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_page_writes_and_lifts_and_the_patient_is_told(world: CareWorld, language: str) -> None:
    ward, pk = signed_in(world.nurses["Ward"], language), world.patients[ASTRID].pk
    patient_page = ward.get(f"/pasienter/{pk}/").content.decode()
    assert f'href="{address(world)}"' in patient_page
    wrong = ward.post(address(world), form(world, how=""))
    assert wrong.status_code == 422
    assert ward.post(address(world), form(world)).status_code == 303
    html = ward.get(address(world)).content.decode()
    assert "Kari Vold" in html
    assert "Brev fra verge" in html
    key = html.partition('name="lift" value="')[2].partition('"')[0]
    assert ward.post(address(world), {"lift": key}).status_code == 422, "who asked for it is not told"
    home = family(world)  # Astrid begins to sign in
    told = signed_in(home.astrid, language).get("/min-side/helse/").content.decode()
    assert 'id="skrevet"' in told
    assert "Brev fra verge" in told
    assert "Kari Vold" in told
    assert signed_in(home.astrid).post(address(world), {"lift": key}).status_code == 303
    with scope(home.astrid), opening(pk, by=home.astrid, what="care.blocks"):
        assert Block.objects.get().lifted_on is not None
        assert {(one.is_lifted, one.how) for one in words_about(pk)} == {
            (False, "paper"),
            (True, "signed_in"),
        }


def test_what_the_patient_does_signed_in_is_not_told_as_written_by_others(
    world: CareWorld, home: Family
) -> None:
    client = signed_in(home.astrid)
    assert client.post(address(world), {"target": f"team:{world.teams['Ward'].pk}"}).status_code == 303
    assert 'id="skrevet"' not in client.get("/min-side/helse/").content.decode()
