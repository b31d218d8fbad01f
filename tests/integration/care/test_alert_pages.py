"""The steps with an alert, from the list and from a page: each is taken, told, and can be answered."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from factories.board import at_the_list, list_of, page_of
from factories.care import HALDEN, LONG_AGO, CareWorld, follow, nurse, patient
from factories.measuring import ASTRID, value, watch
from samspill.care.actions.alert_steps import see_all
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.models import Alert, AlertStep, CareTeam, Message
from samspill.care.queries.alert_cards import open_alerts
from samspill.directory.public import Actor, scope

SECOND = "Berit Moe"


@pytest.fixture
def alert(world: CareWorld) -> Alert:
    watch(world)
    value(world, "75")
    return the_alert(world)


def the_alert(world: CareWorld) -> Alert:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return Alert.objects.select_related("owner", "team", "offered_to").latest("pk")


def steps(world: CareWorld) -> list[str]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return list(AlertStep.objects.order_by("pk").values_list("act", flat=True))


def at(alert: Alert, act: str) -> str:
    return f"/pasienter/{alert.patient_id}/varsler/{alert.pk}/{act}/"


def does(client: Client, alert: Alert, act: str, **said: object) -> str:
    """What the page says was done."""
    answer = client.post(at(alert, act), {"neste": "/pasienter/", **said})
    assert answer.status_code == 303, answer.content.decode()
    return told(client.get(answer.headers["Location"]).content.decode())


def told(page: str) -> str:
    found = re.search(r'class="s-toast" data-toast><span>(.*?)</span>', page, re.S)
    return unescape(found[1]) if found else ""


def halden(world: CareWorld) -> Actor:
    """Home nursing in Halden, which follows Astrid too."""
    with scope(world.machine):
        world.teams["Halden"] = CareTeam.objects.create(
            community=world.community,
            tenant=world.parties[HALDEN],
            kind="home_nursing",
            name="Halden",
            starts=LONG_AGO,
        )
    follow(world, ASTRID, "Halden", tenant=HALDEN)
    return nurse(world, "Halden", "Hanne Lie")


def card(world: CareWorld, who: Actor) -> str:
    """What the page of the patient shows of her alert."""
    request = RequestFactory().get("/")
    with scope(who), opening(world.patients[ASTRID].pk, by=who, what="care.patient"):
        (one,) = open_alerts(world.patients[ASTRID].pk)
        html = render_to_string("care/parts/alert_acts.html", {"alert": one, "actor": who}, request)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).replace("\xa0", " ")


def test_taken_from_the_list_it_is_mine_and_can_be_let_go_again(world: CareWorld, alert: Alert) -> None:
    client = at_the_list(world.nurses["Service"])
    answer = client.post(at(alert, "ta"), {"neste": "/pasienter/"})
    page = client.get(answer.headers["Location"]).content.decode()
    assert told(page) == "Du har det nå."
    assert list_of(page)[0].endswith("| Du")
    undo = re.search(r'action="([^"]*/slipp/[^"]*)"', page)
    assert undo
    assert client.post(unescape(undo[1])).headers["Location"] == "/pasienter/"
    assert list_of(page_of(client))[0].endswith("| Ingen eier")


def test_what_somebody_else_has_is_refused_with_a_sentence(world: CareWorld, alert: Alert) -> None:
    ida, per = world.nurses["Service"], nurse(world, "Service", "Per Holm")
    does(at_the_list(ida), alert, "ta")
    client = at_the_list(per)
    answer = client.post(at(alert, "ta"))
    assert answer.status_code == 422
    assert "Noen andre har tatt dette" in answer.content.decode()
    assert list_of(page_of(client))[0].endswith("| Ida Strand")


def test_the_whole_way_from_raised_to_closed(world: CareWorld, alert: Alert) -> None:
    client = at_the_list(world.nurses["Service"])
    does(client, alert, "ta")
    assert "kvittert" in does(
        client, alert, "kvitter", note="Ringt datteren", message="Vi har sett målingen din."
    )
    assert "skrevet ned" in does(client, alert, "gjort", note="Ekstra vanndrivende")
    assert "lukket" in does(client, alert, "lukk", note="Vekten er nede")
    assert steps(world) == ["raised", "taken", "acknowledged", "acted", "closed"]
    assert list_of(page_of(client)) == []
    with scope(world.machine), opening_by_duty(by=world.machine):
        (message,) = Message.objects.all()
        assert (message.text, message.alert_id, message.way) == ("Vi har sett målingen din.", alert.pk, "to")
        assert AlertStep.objects.get(act="acknowledged").is_told_patient


def test_a_step_that_needs_words_asks_for_them_and_keeps_what_was_written(
    world: CareWorld, alert: Alert
) -> None:
    client = at_the_list(world.nurses["Service"])
    does(client, alert, "ta")
    asked = client.get(at(alert, "lukk")).content.decode()
    assert "Hva kom ut av det?" in asked
    answer = client.post(at(alert, "lukk"), {"note": "  "})
    assert answer.status_code == 422
    assert 'aria-describedby="note_error"' in answer.content.decode()
    assert client.get(at(alert, "tull")).status_code == 404


def test_handed_over_it_is_the_other_teams_when_they_take_over(world: CareWorld, alert: Alert) -> None:
    hanne, ida = halden(world), at_the_list(world.nurses["Service"])
    asked = ida.get(at(alert, "overlat")).content.decode()
    assert re.findall(r'<option value="\d+">([^<]+)</option>', asked.split('id="team"')[1]) == ["Halden"]
    does(ida, alert, "overlat", team=world.teams["Halden"].pk, note="Trenger besøk")
    assert list_of(page_of(ida))[0].endswith("| Tilbudt Halden")
    there = at_the_list(hanne)
    assert list_of(page_of(there))[0].endswith("| Tilbudt av Service")
    assert "svarer for det nå" in does(there, alert, "godta")
    assert list_of(page_of(ida)) == []
    assert list_of(page_of(there))[0].endswith("| Ingen eier")


def test_said_no_to_it_is_still_ours_and_gone_from_their_list(world: CareWorld, alert: Alert) -> None:
    hanne, ida = halden(world), at_the_list(world.nurses["Service"])
    does(ida, alert, "overlat", team=world.teams["Halden"].pk, note="Trenger besøk")
    there = at_the_list(hanne)
    does(there, alert, "avsla", note="Vi har ingen på vakt")
    assert list_of(page_of(there)) == []
    assert list_of(page_of(ida))[0].endswith("| Ingen eier")


def test_it_is_offered_to_nobody_who_could_not_see_it(world: CareWorld, alert: Alert) -> None:
    ida = at_the_list(world.nurses["Service"])
    answer = ida.post(at(alert, "overlat"), {"team": world.teams["Moss"].pk, "note": "Se på den"})
    assert answer.status_code == 422
    assert "Velg teamet som skal ta over" in answer.content.decode()


def test_the_card_says_what_it_is_who_has_it_and_when_others_are_told(world: CareWorld, alert: Alert) -> None:
    ida = world.nurses["Service"]
    said = card(world, ida)
    assert "Vekt 75 kg, over grensen på 72" in said
    assert "Service svarer for det, og ingen har tatt det." in said
    assert re.search(r"Alle i teamet varsles kl\. \d\d\.\d\d hvis ingen tar det\.", said)
    assert "Ta varselet T" in said
    assert "Lukk" not in said, "what nobody has cannot be closed"
    does(at_the_list(ida), alert, "ta")
    said = card(world, ida)
    assert "Du har det." in said
    assert "varsles" not in said
    assert "Lukk varselet L" in said


def test_who_follows_the_patient_elsewhere_sees_no_steps(world: CareWorld, alert: Alert) -> None:
    hanne = halden(world)
    assert "Ta varselet" not in card(world, hanne)


def test_that_one_has_looked_is_kept_once_and_for_ones_own_team_alone(world: CareWorld, alert: Alert) -> None:
    ida, hanne = world.nurses["Service"], halden(world)
    for who in (ida, ida, hanne):
        with scope(who), opening(alert.patient_id, by=who, what="care.patient"):
            see_all(open_alerts(alert.patient_id), by=who)
    assert steps(world) == ["raised", "seen"]


def two_patients(world: CareWorld) -> tuple[Alert, Alert]:
    watch(world)
    value(world, "75")
    first = the_alert(world)
    patient(world, SECOND, "06834112349", HALDEN)
    follow(world, SECOND, "Service", tenant=HALDEN)
    watch(world, SECOND)
    value(world, "76", name=SECOND)
    return first, the_alert(world)


def line(alert: Alert) -> str:
    return f"{alert.patient_id}:{alert.pk}"


def test_many_are_acknowledged_at_once_with_a_message_to_each(world: CareWorld) -> None:
    first, second = two_patients(world)
    client = at_the_list(world.nurses["Service"])
    said = {"linje": [line(first), line(second)], "notat": "Sett", "melding": "Vi ringer i dag."}
    answer = client.post("/pasienter/kvitter/", said)
    assert told(client.get(answer.headers["Location"]).content.decode()) == (
        "2 varsler er kvittert. 2 pasienter har fått en melding."
    )
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert Alert.objects.filter(state="acknowledged").count() == 2
        assert {one.patient_id for one in Message.objects.all()} == {first.patient_id, second.patient_id}


def test_many_at_once_tells_honestly_what_was_closed_or_is_not_ours(world: CareWorld) -> None:
    first, second = two_patients(world)
    ida = at_the_list(world.nurses["Service"])
    does(ida, second, "ta")
    does(ida, second, "lukk", note="Feil måling")
    odd = world.patients["Odd Nilsen"].pk
    answer = ida.post("/pasienter/kvitter/", {"linje": [line(first), line(second), f"{odd}:7", "tull:x"]})
    page = unescape(ida.get(answer.headers["Location"]).content.decode())
    assert "1 varsel er kvittert. 1 var kvittert eller lukket fra før. " in page
    assert "ingen registrert" in page
    assert ida.post("/pasienter/kvitter/", {}).status_code == 422


def test_an_alert_that_came_since_is_not_acknowledged_unseen(world: CareWorld, alert: Alert) -> None:
    from factories.measuring import SPO2

    watch(world, code=SPO2)
    value(world, "90", code=SPO2)
    at_the_list(world.nurses["Service"]).post("/pasienter/kvitter/", {"linje": line(alert)})
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert sorted(Alert.objects.values_list("state", flat=True)) == ["acknowledged", "raised"]
