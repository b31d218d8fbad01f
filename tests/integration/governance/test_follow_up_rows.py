"""The list and the page of follow-ups: done in the row, undone, filled in, taken along; open or closed."""

from datetime import date

import pytest
from django.test import Client

from factories.bodies import Bodies
from factories.decisions import decided, followed, point_of
from factories.people import TODAY, actor
from integration.governance.following import acting, acting_for, party, signed_in, text_of
from samspill.directory.public import Actor, AuditEvent, machine, scope
from samspill.governance.actions import follow_ups
from samspill.governance.models import Decision, FollowUp
from samspill.governance.queries.follow_ups import holes_in
from samspill.governance.states import FollowUpState

F = FollowUpState
report_follow_up = acting(follow_ups.report_follow_up)


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def decision(bodies: Bodies) -> Decision:
    return decided(bodies, points=("Felles kveldspatrulje fra 1. februar.", "Halden skriver avtalen."))


@pytest.fixture
def halden(decision: Decision) -> FollowUp:
    """Halden answers for the second point, in two months."""
    return followed(point_of(decision, 2), party("Halden"))


@pytest.fixture
def director(bodies: Bodies) -> Actor:
    return acting_for("Halden")


def test_the_row_does_its_most_likely_act_in_one_press_and_it_can_be_undone(
    halden: FollowUp, director: Actor
) -> None:
    client = signed_in(director)
    page = client.get("/oppfolging/").content.decode()
    assert "Det er i gang" in page
    sent = client.post(f"/oppfolging/{halden.pk}/si/?neste=/oppfolging/", {"state": "started"}, follow=True)
    assert sent.redirect_chain[-1] == ("/oppfolging/", 303)
    assert "Det er satt til «I gang»." in text_of(sent)
    event = AuditEvent.objects.filter(act="follow_up.report").latest("pk")
    client.post(f"/oppfolging/{halden.pk}/angre/{event.pk}/")
    halden.refresh_from_db()
    assert halden.state == F.OPEN


def test_a_refused_sentence_comes_back_with_what_was_written(halden: FollowUp, director: Actor) -> None:
    answer = signed_in(director).post(f"/oppfolging/{halden.pk}/si/", {"state": "needs_help"})
    assert answer.status_code == 422
    assert "Skriv hva dere trenger hjelp til" in text_of(answer)
    long = "x" * 501
    answer = signed_in(director).post(f"/oppfolging/{halden.pk}/si/", {"state": "started", "sentence": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_the_page_of_a_follow_up_holds_its_thread_and_the_secretariat_changes_it_there(
    halden: FollowUp, bodies: Bodies, secretariat: Actor
) -> None:
    client = signed_in(secretariat)
    page = text_of(client.get(f"/oppfolging/{halden.pk}/"))
    for words in ("Halden har ansvaret", "SSU-P 1/26", "Felles kveldspatrulje", "Du er her"):
        assert words in page
    typed = {"answerable": f"body:{bodies.fsu.pk}", "due": "2027-02-01", "because": "Flyttet til FSU."}
    assert client.post(f"/oppfolging/{halden.pk}/ansvarlig/", typed).status_code == 303
    assert "FSU-P har ansvaret" in text_of(client.get(f"/oppfolging/{halden.pk}/"))
    typed["because"] = ""
    assert client.post(f"/oppfolging/{halden.pk}/ansvarlig/", typed).status_code == 422


def test_a_hole_is_filled_with_one_press(decision: Decision, bodies: Bodies, secretariat: Actor) -> None:
    client = signed_in(secretariat)
    assert "Sett SSU-P og" in text_of(client.get("/oppfolging/"))
    filled = {"answerable": f"body:{bodies.ssu.pk}", "due": "2027-03-15"}
    assert client.post(f"/oppfolging/hull/{point_of(decision).pk}/", filled).status_code == 303
    client.post(f"/oppfolging/hull/{point_of(decision, 2).pk}/", {"slag": "ingen"})
    assert holes_in(secretariat) == []
    assert FollowUp.objects.get().due == date(2027, 3, 15)


def test_the_list_is_taken_along_as_a_table(halden: FollowUp, secretariat: Actor) -> None:
    client = signed_in(secretariat)
    table = client.get("/oppfolging/oppfolging.csv").content.decode("utf-8-sig").splitlines()
    assert table[1].startswith("Halden skriver avtalen.;1/26;SSU-P;2026-09-14;Halden;")
    book = client.get("/oppfolging/oppfolging.xlsx")
    assert book.content.startswith(b"PK")


def test_a_visitor_reads_an_open_one_without_names_and_not_a_closed_one(
    halden: FollowUp, director: Actor, bodies: Bodies
) -> None:
    report_follow_up(halden, state=F.STARTED, sentence="Utkastet er klart.", by=director)
    with scope(machine(None, TODAY)):
        page = text_of(Client().get(f"/oppfolging/{halden.pk}/"))
    assert "Utkastet er klart." in page
    assert "Direktør Halden" not in page
    assert Client().get("/oppfolging/").status_code == 302
    Decision.objects.update(is_open=False)
    assert Client().get(f"/oppfolging/{halden.pk}/").status_code == 404
