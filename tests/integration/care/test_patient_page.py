"""The page of a patient for those at work: who may see it, what it shows, and how much it asks for."""

import re
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from factories.care import HOSPITAL, LONG_AGO, CareWorld
from factories.measuring import ASTRID, due_daily, value, watch
from factories.safety_net import Family, all_recipients, sent
from factories.tried import a_few
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.measuring import invalidate, set_limits
from samspill.care.actions.noting import write_note
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.carrying import deciding
from samspill.care.models import AccessLogEntry, Block, Measurement, PassiveInterval, Patient, RelatedPerson
from samspill.directory.public import scope

MOST_QUERIES = 62


def page(world: CareWorld, who: str = "Service", name: str = "patient", **more: str) -> str:
    answer = signed_in(world.nurses[who]).get(address(world, name), more)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return str(answer.content.decode())


def address(world: CareWorld, name: str = "patient", *more: int) -> str:
    return reverse(f"care:{name}", args=[world.patients[ASTRID].pk, *more])


def svg(html: str, shape: str = "wide") -> str:
    return html.split(f'class="s-{shape}"')[1].split("</svg>\n</div>")[0]


def test_the_page_says_who_why_and_what_the_newest_value_is(world: CareWorld) -> None:
    watch(world)
    value(world, "66", hours_ago=30)
    value(world, "73")
    html = page(world)
    assert re.search(r"<h1>Astrid Lunde, 85 år</h1>", html)
    assert "Vekt 73 kg, over grensen på 72" in html
    assert "fordi du er i Service" in html
    assert "Halden" in html
    assert "Astrid ser at du har åpnet siden" in html
    assert "04834112345" not in html
    assert 'data-g="red"' in svg(html)


def test_others_are_refused_and_the_family_is_not_shown_it(world: CareWorld, home: Family) -> None:
    assert signed_in(world.nurses["Moss"]).get(address(world)).status_code == 403
    assert Client().get(address(world)).status_code == 302
    for name in ("patient", "events", "measurements", "measurements-file", "watch", "pause", "assessments"):
        for who in (home.astrid, home.daughter):
            answer = signed_in(who).get(address(world, name))
            assert answer.status_code in {403, 303}
            assert "Hjertesvikt" not in answer.content.decode()


def test_that_somebody_looked_and_took_out_a_file_is_in_the_log(world: CareWorld) -> None:
    watch(world)
    value(world, "66")
    page(world)
    made = signed_in(world.nurses["Service"]).get(address(world, "measurements-file"))
    assert made["Content-Disposition"] == 'attachment; filename="malinger.csv"'
    text = made.content.decode("utf-8-sig")
    assert "Vekt;66;kg" in text
    assert "Astrid" not in text and "04834112345" not in text
    with scope(world.nurses["Service"]):
        seen = AccessLogEntry.objects.values_list("what", "act")
        assert sorted(set(seen), reverse=True) == [("care.patient", "read"), ("care.measurements", "export")]


def test_a_protected_address_hides_municipality_phone_and_relatives(world: CareWorld, home: Family) -> None:
    astrid = world.patients[ASTRID]
    with scope(world.machine), opening_by_duty(by=world.machine):
        Patient.objects.filter(pk=astrid.pk).update(protection="strictly_confidential", phone="90 00 00 01")
        RelatedPerson.objects.filter(pk=home.near.pk).update(phone="90 00 00 02")
    html = page(world)
    assert "90 00 00 01" not in html and "90 00 00 02" not in html and "Mona Lunde" not in html
    assert "Halden." not in html
    with scope(world.machine), opening_by_duty(by=world.machine):
        Patient.objects.filter(pk=astrid.pk).update(protection="none")
    assert "tel:90000002" in page(world)


def test_a_value_that_is_set_aside_is_struck_and_a_pause_is_shaded(world: CareWorld) -> None:
    indicator = watch(world)
    due_daily(world, indicator)
    first = value(world, "66", hours_ago=60).measurement
    value(world, "99", hours_ago=30)
    value(world, "67", hours_ago=1)
    now = timezone.now()
    with scope(world.machine), opening_by_duty(by=world.machine):
        wrong = Measurement.objects.get(value="99")
        invalidate(wrong, reason="Feil vekt", by=world.machine)
        PassiveInterval.objects.create(
            community=world.community, tenant_id=first.tenant_id, patient_id=first.patient_id,
            episode=indicator.episode, starts=now - timedelta(hours=50), ends=now - timedelta(hours=40),
            why="Ferie",
        )  # fmt: skip
        set_limits(indicator, {"red_high": "80"}, valid_from=now, why="Kontroll", by=world.machine)
    drawn = svg(page(world))
    assert drawn.count("c-struck") == 1
    assert drawn.count("c-pause") == 1
    assert "c-dash" in drawn, "over a pause the line is dotted"
    assert "Nye grenser" in drawn
    assert len(re.findall(r'class="c-line" d="([^"]*)"', drawn)[0].split("L")) <= 2


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_page_asks_the_same_however_much_there_is(
    world: CareWorld, home: Family, django_assert_max_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    due_daily(world, watch(world))
    for hour in range(1, 40):
        value(world, "66" if hour % 5 else "75", hours_ago=hour * 6, system="vekt", number=str(hour))
    sent(world, all_recipients(world, home))
    client = signed_in(world.nurses["Service"], language)
    client.get(address(world))  # the first look within an hour keeps a decision
    for name in ("patient", "events", "measurements", "assessments", "watch"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(address(world, name)).status_code == 200
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(address(world), {"dager": "alt"}).status_code == 200


def test_what_is_agreed_for_red_comes_from_the_plan_in_force(world: CareWorld, home: Family) -> None:
    sent(world, all_recipients(world, home))
    part = page(world).split('id="avtalt"')[1].split("</section>")[0]
    assert "Avtalt for rødt" in part and "Ring 113." in part
    assert 'href="tel:113"' in part
    assert reverse("care:plan-list", args=[world.patients[ASTRID].pk]) in part


def test_what_the_patient_has_blocked_is_neither_shown_nor_changed(world: CareWorld, home: Family) -> None:
    indicator, ida = watch(world), world.nurses["Service"]
    one = value(world, "73").measurement
    with scope(ida):
        note = write_note(world.patients[ASTRID].pk, "Puster tungt", by=ida)
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        Block.objects.create(
            community=world.community, patient=world.patients[ASTRID], against="everybody",
            kinds=["measurements", "notes", "contacts"], from_day=LONG_AGO,
        )  # fmt: skip
    html = page(world) + page(world, name="events")
    for hidden in ("Vekt", "73 kg", "Puster tungt", "Mona Lunde"):
        assert hidden not in html
    client = signed_in(ida)
    for name, more in (
        ("measurements", ()), ("measurements-file", ()), ("measurement", (one.pk,)), ("watch", ()),
        ("limits", (indicator.pk,)), ("schedule", (indicator.pk,)), ("write-note", ()),
    ):  # fmt: skip
        assert client.get(address(world, name, *more)).status_code == 403, name
        said = {"text": "x", "why": "x", "reason": "x", "retter": note.pk, "code": "8867-4", "red_high": "9"}
        assert client.post(address(world, name, *more), said).status_code in {403, 405}, name
    assert client.get(address(world, "assessments")).status_code == 200


def test_the_ward_sees_its_own_record_alone(world: CareWorld) -> None:
    watch(world)
    value(world, "73")
    with (
        scope(world.nurses["Ward"]),
        opening(world.patients[ASTRID].pk, by=world.nurses["Ward"], what="x") as opened,
    ):
        assert opened.tenants == {world.parties[HOSPITAL].pk}
    html = page(world, "Ward")
    assert "73" not in html.split('id="pasient"')[1].split('id="kontakter"')[0].split("</nav>")[1]
    assert "Service" not in html.split('id="kontakter"')[1].split("</section>")[0]
