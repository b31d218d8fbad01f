"""Consent keeps what was said, and an individual plan has one coordinator (invariant 16)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from factories.care import HALDEN, LONG_AGO, CareWorld, nurse
from factories.pages import signed_in
from factories.safety_net import ASTRID, Family
from factories.tried import a_few
from samspill.care.actions.agreeing import (
    active_plan,
    appoint,
    begin_plan,
    coordinator_dues,
    current,
    end_plan,
    holds,
    say,
)
from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import opening
from samspill.care.models import CareTeam, Consent, Coordinator, TeamMembership
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused

PLAN, SUBMIT = Wish(right="plan"), Wish(right="submit")


@pytest.fixture
def unit(world: CareWorld) -> Actor:
    """The coordinating unit of Halden, and somebody who works there."""
    with scope(world.machine):
        world.teams["Unit"] = CareTeam.objects.create(
            community=world.community, tenant=world.parties[HALDEN], kind="coordinating", name="Unit",
            starts=LONG_AGO,
        )  # fmt: skip
    return nurse(world, "Unit", "Unni Dal")


def test_the_newest_word_holds_and_the_former_stands(world: CareWorld, home: Family) -> None:
    pk = world.patients[ASTRID].pk
    with (
        scope(home.astrid),
        opening(pk, by=home.astrid, what="care.consent", wish=Wish(right="submit")) as own,
    ):
        say(own, "follow_up", is_given=True, by=home.astrid)
        say(own, "follow_up", is_given=False, by=home.astrid)
        assert not holds(pk)["follow_up"].is_given
        assert Consent.objects.filter(patient_id=pk).count() == 4, "in both records, twice"
        with pytest.raises(Refused) as refused:
            say(own, "alt", is_given=True, by=home.astrid)
        assert refused.value.code == "consent.to"
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            Consent.objects.update(is_given=True)


@pytest.mark.parametrize(
    ("who", "said", "code"),
    [
        ("Ward", {"given_by": "guardian", "how": "oral"}, ""),
        ("Ward", {"given_by": "patient", "how": "signed_in"}, "consent.how"),
        ("Ward", {"given_by": "hunden", "how": "oral"}, "consent.by"),
        ("daughter", {}, "consent.by"),
        ("astrid", {"given_by": "guardian"}, "consent.by"),
    ],
)
def test_who_can_say_it_and_how(
    world: CareWorld, home: Family, who: str, said: dict[str, str], code: str
) -> None:
    actor = world.nurses[who] if who in world.nurses else getattr(home, who)
    found = ""
    with scope(actor), opening(world.patients[ASTRID].pk, by=actor, what="care.consent") as opened:
        try:
            say(opened, "sharing", is_given=True, by=actor, **said)
        except Refused as refused:
            found = refused.code
    assert found == code


def test_invariant_16_one_coordinator_at_every_moment_and_a_gap_is_a_task_of_the_unit(
    world: CareWorld, unit: Actor
) -> None:
    service, pk = world.nurses["Service"], world.patients[ASTRID].pk
    with scope(service), opening(pk, by=service, what="care.coordinator", wish=PLAN) as opened:
        plan = begin_plan(opened, world.teams["Unit"].pk, by=service)
        with pytest.raises(Refused) as twice:
            begin_plan(opened, world.teams["Unit"].pk, by=service)
        assert twice.value.code == "plan.twice"
        assert current(plan, by=service) is None
    with scope(unit):
        (due,) = coordinator_dues(unit)
        assert ASTRID not in due.title + due.text
    with scope(service):
        assert not list(coordinator_dues(service))
    with scope(service), opening(pk, by=service, what="care.coordinator", wish=PLAN) as opened:
        appoint(opened, unit.account_id or 0, by=service)
        second = appoint(opened, service.account_id or 0, by=service)
        assert [one.pk for one in Coordinator.objects.filter(to_day__isnull=True)] == [second.pk]
        with pytest.raises(Refused) as refused:
            appoint(opened, world.nurses["Moss"].account_id or 0, by=service)
        assert refused.value.code == "plan.whom"
        with pytest.raises(IntegrityError, match="coordinator_one_active"), transaction.atomic():
            Coordinator.objects.create(
                community=world.community, tenant=plan.tenant, patient_id=pk, plan=plan, unit=plan.unit,
                account_id=service.account_id, name="To", from_day=LONG_AGO,
            )  # fmt: skip
    with scope(unit):
        assert not list(coordinator_dues(unit))
    with scope(world.machine):
        TeamMembership.objects.filter(account_id=service.account_id).update(to_day=unit.today)
    with scope(unit):
        assert list(coordinator_dues(unit)), "who has left coordinates nothing"


def test_a_plan_that_is_ended_has_no_gap(world: CareWorld, unit: Actor) -> None:
    service, pk = world.nurses["Service"], world.patients[ASTRID].pk
    with scope(service), opening(pk, by=service, what="care.coordinator", wish=PLAN) as opened:
        begin_plan(opened, world.teams["Unit"].pk, by=service)
        end_plan(opened, by=service)
        assert active_plan(pk) is None
        with pytest.raises(Refused) as refused:
            appoint(opened, unit.account_id or 0, by=service)
        assert refused.value.code == "plan.none"
    with scope(unit):
        assert not list(coordinator_dues(unit))


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_pages(world: CareWorld, home: Family, unit: Actor, language: str) -> None:
    pk, service = world.patients[ASTRID].pk, signed_in(world.nurses["Service"], language)
    consent, coordinator = reverse("care:consent", args=[pk]), reverse("care:coordinator", args=[pk])
    own = signed_in(home.astrid, language)
    assert own.post(consent, {"to": "sharing", "is_given": "1"}).status_code == 303
    assert service.post(consent, {"to": "plan", "is_given": "1", "given_by": "patient"}).status_code == 422
    assert service.post(
        consent, {"to": "plan", "is_given": "1", "given_by": "patient", "how": "paper"}
    ).status_code == 303  # fmt: skip
    for who in (own, service, signed_in(home.daughter, language)):
        assert who.get(consent).status_code == 200
        assert who.get(coordinator).status_code == 200
    assert own.post(coordinator, {"act": "end"}).status_code == 403
    assert service.post(coordinator, {"act": "begin", "unit": world.teams["Unit"].pk}).status_code == 303
    assert service.post(coordinator, {"act": "appoint", "account": unit.account_id}).status_code == 303
    assert "Unni Dal" in own.get(coordinator).content.decode()
    assert service.post(coordinator, {"act": "end"}).status_code == 303
