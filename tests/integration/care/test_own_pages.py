"""The patient's side: one's own page, those one is near to, entering, and writing with the service."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from factories.care import CareWorld
from factories.entering import entered, on_duty
from factories.measuring import ASTRID, WEIGHT, due_daily, watch
from factories.people import TODAY
from factories.safety_net import Family, all_recipients, sent
from factories.tried import a_few
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.safety_net import confirm
from samspill.care.alert_wording import in_words
from samspill.care.carrying import deciding
from samspill.care.models import Alert, Measurement, Message, Patient, RelatedPerson, SetAside
from samspill.care.states import AlertKind
from samspill.directory.public import Actor, scope

MOST_QUERIES = 36
OWN, SYNC = "care:own", "care:own-sync"


def followed(world: CareWorld, home: Family) -> None:
    row, ida = sent(world, all_recipients(world, home)), world.nurses["Service"]
    with scope(ida):
        confirm(row.pk, row.patient_id, by=ida, now=timezone.now())
    entered(world, home.astrid, "71")
    entered(world, home.daughter, "72,6", how="relative")


def enter_url(world: CareWorld) -> str:
    return reverse("care:enter", args=[world.patients[ASTRID].pk])


def write_url(world: CareWorld) -> str:
    return reverse("care:write", args=[world.patients[ASTRID].pk])


@pytest.mark.parametrize("who", ["astrid", "daughter"])
def test_ones_own_page_says_the_plan_the_numbers_and_who_helps(
    world: CareWorld, home: Family, who: str
) -> None:
    followed(world, home)
    page = signed_in(getattr(home, who)).get(reverse(OWN))
    html = page.content.decode()
    for said in ("Ring 113", "72,6", "Service", "69 30 00 00", "Grønt", "Skriv til tjenesten", "Legg inn"):
        assert said in html, said
    assert page["Cache-Control"] == "no-store, private"
    assert "04834112345" not in html
    points = re.findall(r'<polyline points="([^"]*)"', html)
    assert points
    assert re.fullmatch(r"[\d. ,]+", points[0])
    assert points[0].count(",") == 2


def test_a_citizen_comes_home_to_ones_own_page_with_little_around_it(world: CareWorld, home: Family) -> None:
    client = signed_in(home.daughter)
    for address in ("/", "/min-side/"):
        assert client.get(address)["Location"] == reverse(OWN)
    assert client.get("/min-side/konto/").status_code == 200
    html = client.get(reverse(OWN)).content.decode()
    assert "Logg ut" in html
    for left_out in ('class="s-nav"', 'role="search"', "/meld-sak/"):
        assert left_out not in html
    assert signed_in(world.nurses["Ward"]).get("/min-side/").status_code == 200


def test_who_has_nobody_is_told_so(world: CareWorld, home: Family) -> None:
    page = signed_in(world.nurses["Moss"]).get(reverse(OWN))
    assert page.status_code == 200
    assert "Astrid" not in page.content.decode()
    assert Client().get(reverse(OWN)).status_code == 302


def test_who_is_near_is_offered_nothing_they_may_not_do(world: CareWorld, home: Family) -> None:
    """What the patient alone decides is the patient's: it is read, and no button is in vain."""
    pk = world.patients[ASTRID].pk
    own, near = signed_in(home.astrid, "nb"), signed_in(home.daughter, "nb")
    blocks, consent = f"/pasienter/{pk}/sperringer/", f"/pasienter/{pk}/samtykke/"
    for client, is_own in ((own, True), (near, False)):
        front = client.get("/min-side/helse/").content.decode()
        looked = client.get(f"/pasienter/{pk}/innsyn/").content.decode()
        assert (blocks in front, blocks in looked) == (is_own, is_own)
        said = client.get(consent).content.decode()
        assert ("Jeg samtykker" in said) == is_own
        assert ("Hva har Astrid samtykket til?" in said) != is_own
        assert "Hva er innafor for Astrid?" in client.get(f"/pasienter/{pk}/hva-er-innafor/").content.decode()


def test_one_who_is_near_to_several_chooses_whom(world: CareWorld, home: Family) -> None:
    odd = world.patients["Odd Nilsen"]
    with scope(world.machine), deciding(odd.pk):
        RelatedPerson.objects.create(
            community=world.community, patient=odd, account_id=home.daughter.account_id, name="Mona Lunde",
            relation="child", may_see=True, may_enter=False, from_day=home.near.from_day,
        )  # fmt: skip
    client = signed_in(home.daughter)
    assert "Odd" in client.get(reverse(OWN)).content.decode()
    chosen = client.get(reverse(OWN), {"for": odd.pk}).content.decode()
    assert "Hvordan har Odd det?" in chosen
    assert enter_url(world) not in chosen
    other = client.get(reverse(OWN), {"for": 10**9}).content.decode()
    assert "Hvordan har Astrid det?" in other


def test_the_door_lets_one_find_ones_own_record_and_no_other(world: CareWorld, home: Family) -> None:
    with scope(home.astrid):
        assert [one.pk for one in Patient.objects.all()] == [world.patients[ASTRID].pk]
    with scope(home.daughter):
        assert not Patient.objects.exists()


def test_what_is_due_first_comes_first_and_is_the_heading(world: CareWorld, home: Family) -> None:
    watch(world, code="8867-4", rule=None)
    due_daily(world, watch(world), at="13:00")
    html = signed_in(home.astrid).get(reverse(OWN)).content.decode()
    assert "Nå er det tid for: Vekt" in html
    form = signed_in(home.astrid).get(enter_url(world)).content.decode()
    assert form.index(f'id="v-{WEIGHT}"') < form.index('id="v-8867-4"')


def test_a_value_entered_on_the_page_is_kept_once_and_answered(world: CareWorld, home: Family) -> None:
    followed(world, home)
    client = signed_in(home.daughter)
    html = client.get(enter_url(world)).content.decode()
    key = re.findall(r'name="key" value="([^"]+)"', html)[0]
    answers = re.findall(r'name="v-heart_failure.breath" value="(\w+)"', html)
    assert answers == ["green", "yellow", "red"]
    said = {f"v-{WEIGHT}": "74,5", "v-heart_failure.breath": "red", "key": key}
    first = client.post(enter_url(world), said).content.decode()
    assert "Utenfor" in first
    assert "Ring 113" in first
    assert "Verdien er lagret. Tjenesten ser den." in first
    client.post(enter_url(world), said)
    with on_duty(world):
        assert Measurement.objects.filter(value="74.5").count() == 1
        assert Measurement.objects.filter(code="heart_failure.breath").count() == 1


def test_what_cannot_be_read_is_said_and_stands_as_it_was_written(world: CareWorld, home: Family) -> None:
    watch(world)
    told = signed_in(home.astrid).post(enter_url(world), {f"v-{WEIGHT}": "tung"})
    assert told.status_code == 422
    assert 'value="tung"' in told.content.decode()
    nothing = signed_in(home.astrid).post(enter_url(world), {})
    assert nothing.status_code == 422
    with on_duty(world):
        assert not SetAside.objects.exists()


def test_a_value_that_cannot_be_right_is_set_aside_and_mended_by_entering_it_again(
    world: CareWorld, home: Family
) -> None:
    watch(world)
    client = signed_in(home.daughter)
    html = client.post(enter_url(world), {f"v-{WEIGHT}": "660"}).content.decode()
    assert "Tallet kan ikke stemme" in html
    client.post(enter_url(world), {f"v-{WEIGHT}": "66,0"})
    with on_duty(world):
        row = SetAside.objects.select_related("alert", "measurement").get()
        assert (row.state, row.alert.state) == ("mended", "raised")
        assert row.alert.cleared is not None


def test_a_nurse_enters_what_was_told_by_phone(world: CareWorld, home: Family) -> None:
    watch(world)
    client = signed_in(world.nurses["Service"])
    assert "Hvem sa det" in client.get(enter_url(world)).content.decode()
    said = {f"v-{WEIGHT}": "66", "how": "phone", "told_by": "Mona", "day": f"{TODAY}", "time": "07:15"}
    assert client.post(enter_url(world), said).status_code == 200
    with on_duty(world):
        one = Measurement.objects.get()
        assert one.entered == "phone"
        assert timezone.localtime(one.effective).strftime("%H:%M") == "07:15"


@pytest.mark.parametrize("when", [{"day": "i går"}, {"time": "klokka åtte"}, {"day": "9999-12-31"}])
def test_a_time_that_is_none_loses_nothing(world: CareWorld, home: Family, when: dict[str, str]) -> None:
    watch(world)
    told = signed_in(home.astrid).post(enter_url(world), {f"v-{WEIGHT}": "66"} | when)
    assert told.status_code in {200, 422}
    with on_duty(world):
        assert SetAside.objects.count() == (told.status_code == 200)
        assert not Measurement.objects.exists()


def test_others_enter_and_write_nothing(world: CareWorld, home: Family) -> None:
    watch(world)
    for address in (enter_url(world), write_url(world)):
        assert signed_in(world.nurses["Moss"]).get(address).status_code == 403
        assert signed_in(world.nurses["Moss"]).post(address, {"text": "x"}).status_code == 403
        assert Client().get(address).status_code == 302


def test_a_message_is_answered_and_read(world: CareWorld, home: Family) -> None:
    mona, ida = signed_in(home.daughter), signed_in(world.nurses["Service"])
    service = world.episodes[ASTRID, "Service"].pk
    said = {"text": "Mor er svimmel.", "episode": service}
    assert mona.post(write_url(world), said).status_code == 303
    assert mona.post(write_url(world), said).status_code == 303
    with on_duty(world):
        assert Message.objects.count() == 1, "sent twice, it is one"
        assert Alert.objects.get().kind == "message"
    assert "Mor er svimmel." in ida.get(write_url(world)).content.decode()
    assert ida.post(write_url(world), {"text": "Vi ringer deg."}).status_code == 303
    with on_duty(world):
        alert, answer = Alert.objects.get(), Message.objects.get(way="to")
        assert (alert.state, answer.alert_id) == ("acted", alert.pk)
    assert "1 ny melding" in mona.get(reverse(OWN)).content.decode()
    assert "Vi ringer deg." in mona.get(write_url(world)).content.decode()
    assert "ny melding" not in mona.get(reverse(OWN)).content.decode()
    assert "1 ny melding" in signed_in(home.astrid).get(reverse(OWN)).content.decode(), (
        "each reads for oneself"
    )


def test_a_message_without_words_is_told_of(world: CareWorld, home: Family) -> None:
    told = signed_in(home.daughter).post(write_url(world), {"text": "  "})
    assert told.status_code == 422
    assert "Skriv det du vil si." in told.content.decode()


def test_the_ward_does_not_read_what_is_written_with_the_service(world: CareWorld, home: Family) -> None:
    signed_in(home.astrid).post(
        write_url(world), {"text": "Til tjenesten", "episode": world.episodes[ASTRID, "Service"].pk}
    )
    assert "Til tjenesten" not in signed_in(world.nurses["Ward"]).get(write_url(world)).content.decode()


@a_few("language", ("nb", "nn", "en"), most=1)
def test_each_page_is_read_within_its_queries(
    world: CareWorld, home: Family, django_assert_max_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    followed(world, home)
    for who in (home.daughter, home.astrid):
        client = signed_in(who, language)
        client.get(reverse(OWN))
        for address in (reverse(OWN), enter_url(world), write_url(world)):
            client.get(address)
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(address).status_code == 200


def sent_from_phone(client: Client, world: CareWorld, who: Actor, **more: object) -> Any:
    body = {
        "who": who.account_id,
        "key": "phone-1",
        "patient": world.patients[ASTRID].pk,
        "effective": timezone.now().isoformat(),
        "values": {WEIGHT: "66,5"},
        **more,
    }
    return client.post(reverse(SYNC), json.dumps(body), content_type="application/json")


def test_what_the_phone_sends_twice_is_kept_once(world: CareWorld, home: Family) -> None:
    watch(world)
    client = signed_in(home.daughter)
    answers = [sent_from_phone(client, world, home.daughter).json()["state"] for _ in range(2)]
    assert answers == ["sent", "repeat"]
    with on_duty(world):
        assert Measurement.objects.get().value == "66.5"


def test_when_the_session_is_over_the_phone_is_asked_to_sign_in(world: CareWorld, home: Family) -> None:
    watch(world)
    for client in (Client(), signed_in(home.astrid)):
        assert sent_from_phone(client, world, home.daughter).status_code == 401
    with on_duty(world):
        assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    "more",
    [{"key": ""}, {"key": 7}, {"patient": "x"}, {"patient": True}, {"patient": 2**70}, {"values": []},
     {"values": {WEIGHT: 7}}, {"effective": None}, {"values": {}}, {"key": "k" * 100}],
)  # fmt: skip
def test_what_the_phone_never_sends_is_refused(
    world: CareWorld, home: Family, more: dict[str, object]
) -> None:
    watch(world)
    answer = sent_from_phone(signed_in(home.daughter), world, home.daughter, **more)
    assert answer.status_code == 422
    assert answer.json()["said"]


def test_the_app_knows_nobody_before_it_is_opened(world: CareWorld, home: Family) -> None:
    for name in ("own-manifest", "own-script", "own-shell"):
        found = signed_in(home.astrid).get(reverse(f"care:{name}"))
        assert found.status_code == 200
    assert "Astrid" not in Client().get(reverse("care:own-shell")).content.decode()
    manifest = Client().get(reverse("care:own-manifest")).json()
    assert manifest["scope"] == "/min-side/"
    assert manifest["start_url"].startswith(manifest["scope"])


def test_who_may_only_read_meets_no_form(world: CareWorld, home: Family) -> None:
    watch(world)
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        RelatedPerson.objects.filter(pk=home.near.pk).update(may_enter=False)
    html = signed_in(home.daughter).get(enter_url(world)).content.decode()
    assert "Du kan lese, men ikke legge inn verdier" in html
    assert f'id="v-{WEIGHT}"' not in html


def test_the_app_speaks_the_language_it_was_kept_in(world: CareWorld, home: Family) -> None:
    html = signed_in(home.astrid, "nn").get(reverse(OWN)).content.decode()
    assert f"{reverse('care:own-shell')}?maal=nn" in html
    shell = Client().get(reverse("care:own-shell"), {"maal": "nn"}).content.decode()
    assert '<html lang="nn"' in shell
    assert "Du har ikkje nett no" in shell
    assert Client().get(reverse("care:own-manifest"), {"maal": "en"}).json()["lang"] == "en"
    assert Client().get(reverse("care:own-manifest"), {"maal": "xx"}).json()["lang"] == "nb"


def test_the_patients_page_leads_to_the_message_and_to_what_was_set_aside(
    world: CareWorld, home: Family
) -> None:
    watch(world)
    entered(world, home.astrid, "720")
    service = world.episodes[ASTRID, "Service"].pk
    signed_in(home.astrid).post(write_url(world), {"text": "Vekten er rar.", "episode": service})
    pk = world.patients[ASTRID].pk
    html = signed_in(world.nurses["Service"]).get(reverse("care:patient", args=[pk])).content.decode()
    assert f'href="{reverse("care:aside", args=[pk])}"' in html
    assert "Vekt kan ikke stemme, og er satt til side" in html
    assert f'href="{write_url(world)}">Les og svar' in html
    assert "Astrid" in signed_in(world.nurses["Service"]).get(reverse("care:board")).content.decode()


@pytest.mark.parametrize("kind", AlertKind.values)
def test_every_alert_is_said_in_words(kind: str) -> None:
    told = {
        "kind": kind, "name": "Vekt", "value": None, "is_asked": False, "unit": "", "code": "", "due": "",
        "raised": timezone.now().isoformat(),
    }  # fmt: skip
    assert in_words(told, timezone.now())
