"""A plan that was confirmed is taken back: those who confirmed it are told, and nothing of it is followed."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils import timezone

from factories.care import CareWorld, care_world
from factories.entering import entered, on_duty
from factories.safety_net import Family, all_recipients, family, refused_in, sent, with_phones
from integration.care.test_safety_net_pages import signed_in, url
from samspill.care.actions.opening import opening
from samspill.care.actions.plan_taken_back import see_taken_back
from samspill.care.actions.safety_net import confirm, take_back
from samspill.care.actions.safety_net_waiting import plan_dues
from samspill.care.models import Message, Outgoing, PlanRecipient, Receiver, SafetyNetPlan
from samspill.directory.public import Actor, scope

WHY = "Grensen for vekten var feil"


@pytest.fixture
def world(db: None) -> CareWorld:
    made = care_world()
    with_phones(made)
    return made


@pytest.fixture
def home(world: CareWorld) -> Family:
    return family(world)


def confirmed(world: CareWorld, home: Family, *by: Actor) -> SafetyNetPlan:
    row = sent(world, all_recipients(world, home))
    for who in by:
        with scope(who):
            confirm(row.pk, row.patient_id, by=who, now=timezone.now())
    return row


def taken_back(world: CareWorld, row: SafetyNetPlan) -> None:
    ward = world.nurses["Ward"]
    with scope(ward):
        take_back(row.pk, row.patient_id, reason=WHY, by=ward, now=timezone.now())


def waits(who: Actor) -> list[str]:
    with scope(who):
        return [one.title for one in plan_dues(who) if one.key.startswith("care.plan_taken_back")]


def test_the_service_gets_a_task_until_somebody_there_has_read_it(world: CareWorld, home: Family) -> None:
    service, moss = world.nurses["Service"], world.nurses["Moss"]
    row = confirmed(world, home, service)
    assert waits(service) == []
    taken_back(world, row)
    assert waits(service) == ["En plan dere har bekreftet, er trukket tilbake"]
    assert (waits(moss), waits(world.nurses["Ward"])) == ([], [])
    client = signed_in(service)
    page = client.get(url("plan", row)).content.decode()
    assert WHY in page
    assert "Det er lest" in page
    assert client.post(url("see-plan-back", row)).status_code == 303
    assert waits(service) == []
    assert "Har dere lest" not in client.get(url("plan", row)).content.decode()
    assert refused_in(moss, see_taken_back, row.pk, row.patient_id, now=timezone.now()).startswith("access.")
    ward = world.nurses["Ward"]
    said = refused_in(ward, see_taken_back, row.pk, row.patient_id, now=timezone.now())
    assert said == "safety_net.not_for_you"


def test_who_had_not_confirmed_is_asked_nothing(world: CareWorld, home: Family) -> None:
    row = confirmed(world, home)
    taken_back(world, row)
    assert waits(world.nurses["Service"]) == []
    with on_duty(world):
        assert not Message.objects.exists()


def test_the_patient_and_those_near_get_a_message_and_a_page_that_says_why(
    world: CareWorld, home: Family
) -> None:
    row = confirmed(world, home, home.daughter, home.astrid)
    taken_back(world, row)
    with on_duty(world):
        (told,) = Message.objects.all()
        assert WHY in told.text
        assert told.episode.team == world.teams["Ward"]
    for who in (home.daughter, home.astrid):
        client = signed_in(who)
        html = client.get(url("plan", row)).content.decode()
        assert WHY in html
        assert "Det er lest" not in html
        assert client.get(url("plan-pdf", row)).status_code == 403
        assert WHY in client.get(reverse("care:own")).content.decode()


def test_it_is_taken_back_on_its_page_by_those_who_made_it_alone(world: CareWorld, home: Family) -> None:
    row = confirmed(world, home, world.nurses["Service"])
    ward, service = signed_in(world.nurses["Ward"]), signed_in(world.nurses["Service"])
    assert "Trekk planen tilbake" in ward.get(url("plan", row)).content.decode()
    for client in (service, signed_in(home.daughter)):
        assert "Trekk planen tilbake" not in client.get(url("plan", row)).content.decode()
        assert client.post(url("take-back-plan", row), {"reason": WHY}).status_code == 403
    assert ward.post(url("take-back-plan", row), {"reason": WHY}).status_code == 303
    assert "trukket tilbake" in ward.get(url("plan", row)).content.decode()


def test_the_alert_says_that_the_limits_are_those_of_a_plan_that_is_taken_back(
    world: CareWorld, home: Family
) -> None:
    row = confirmed(world, home, world.nurses["Service"])
    entered(world, home.astrid, "73", effective=timezone.now() - timedelta(hours=1))
    taken_back(world, row)
    said = f"Planen som grensene kom fra, er trukket tilbake: {WHY}."
    page = reverse("care:patient", args=[row.patient_id])
    assert said in signed_in(world.nurses["Service"]).get(page).content.decode()
    entered(world, home.astrid, "71.5")
    html = signed_in(world.nurses["Service"]).get(page).content.decode()
    assert html.count(said) == 2, "the value before, and the one nobody has limits for"


def test_other_systems_are_told_once_more(world: CareWorld, home: Family) -> None:
    with on_duty(world):
        Receiver.objects.create(
            community=world.community, tenant=world.teams["Ward"].tenant,
            team=world.teams["Ward"], name="EPJ", sends="plans", address="https://epj.example/fhir",
        )  # fmt: skip
    row = confirmed(world, home, world.nurses["Service"])
    taken_back(world, row)
    taken_back(world, row)
    with on_duty(world):
        assert [(one.is_end, one.state) for one in Outgoing.objects.filter(plan=row)] == [
            (False, "queued"), (True, "queued"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_planrecipient SET is_taken_back = true",
        "UPDATE care_planrecipient SET seen_back_at = now(), seen_back_by_id = 1",
    ],
)
def test_the_database_marks_no_receipt_of_a_plan_in_force(
    world: CareWorld, home: Family, statement: str
) -> None:
    row, ward = confirmed(world, home, world.nurses["Service"]), world.nurses["Ward"]
    with (
        scope(ward), opening(row.patient_id, by=ward, what="x"), connection.cursor() as cursor,
        pytest.raises(Error), transaction.atomic(),
    ):  # fmt: skip
        cursor.execute(statement)


def test_nobody_says_it_for_another(world: CareWorld, home: Family) -> None:
    row, ward = confirmed(world, home, world.nurses["Service"]), world.nurses["Ward"]
    taken_back(world, row)
    with scope(ward), opening(row.patient_id, by=ward, what="x"):
        one = PlanRecipient.objects.get(team=world.teams["Service"])
        one.seen_back_at, one.seen_back_by_id = timezone.now(), ward.account_id
        with pytest.raises(Error), transaction.atomic():
            one.save()
