"""Minutes and decisions as pages and papers: everybody reads the public version, in its målform."""

import io
import re
from datetime import timedelta

import docx
import pypdf
import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from factories.bodies import Bodies
from factories.people import actor
from factories.rooms import first_item, items, point, under_way
from integration.governance.test_room_pages import signed_in
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Ref, join, joined
from samspill.governance.models import Case, Decision, Meeting, MinuteRemark, Minutes
from samspill.governance.public import (
    approve_minutes,
    close_meeting,
    decide,
    send_minutes,
    write_minutes,
)
from samspill.governance.states import Access, DecisionState, MinutesState, RemarkState
from samspill.plans.public import Measure


@pytest.fixture
def randi(bodies: Bodies) -> Client:
    return signed_in(actor("ostfold", "secretariat", name="Randi Høgåsen"))


@pytest.fixture
def held(bodies: Bodies) -> Meeting:
    """Two cases decided, one of them screened; the meeting closed."""
    meeting = under_way(bodies, bodies.fsu, ("Felles vakt", "Om en ansatt"))
    one, two = items(meeting)
    case = two.treatment.case
    case.access, case.law_reference, case.public_title = Access.BODY, "offl. § 13", "Personalsak"
    case.save()
    two.public_title = "Personalsak"
    two.save()
    for item, text in ((one, "Åpent ord."), (two, "Hemmelig ord.")):
        write_minutes(item, text, 0, bodies.by)
        decide(item, points=[point(bodies, f"{text} Gjør det.")], by=bodies.by)
    return close_meeting(meeting, by=bodies.by)


@pytest.fixture
def out(bodies: Bodies, held: Meeting) -> Meeting:
    send_minutes(held, by=bodies.by)
    held.refresh_from_db()
    return held


def path(meeting: Meeting, rest: str = "/") -> str:
    return f"/moter/{meeting.pk}/referat{rest}"


def test_one_click_sends_the_minutes(held: Meeting, randi: Client) -> None:
    page = randi.get(path(held)).content.decode()
    assert "Ferdig: send til merknad" in page
    assert "Hemmelig ord." in page
    assert randi.post(path(held, "/ferdig/")).status_code == 303
    assert Minutes.objects.get().state == MinutesState.OUT


def test_everybody_reads_the_public_version(out: Meeting) -> None:
    for ending in ("/", ".docx", ".pdf"):
        assert Client().get(path(out, ending)).status_code == 200
    page = Client().get(path(out)).content.decode()
    assert "Åpent ord." in page
    assert "Personalsak" in page
    assert "Hemmelig" not in page
    assert "Om en ansatt" not in page


def test_before_it_is_sent_nobody_else_reads_anything(held: Meeting) -> None:
    assert "Åpent ord." not in Client().get(path(held)).content.decode()
    assert Client().get(path(held, ".pdf")).status_code == 404


def test_the_papers_say_the_same_and_can_be_heard(out: Meeting) -> None:
    word = docx.Document(io.BytesIO(Client().get(path(out, ".docx")).content))
    said = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Åpent ord. Gjør det." in said
    assert "Hemmelig" not in said
    pdf = pypdf.PdfReader(io.BytesIO(Client().get(path(out, ".pdf")).content))
    assert "Åpentord.Gjørdet." in "".join("".join(page.extract_text().split()) for page in pdf.pages)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("nb")
    assert "/StructTreeRoot" in root
    about = root["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in about


def test_a_meeting_in_nynorsk_has_minutes_in_nynorsk(bodies: Bodies, randi: Client) -> None:
    meeting = under_way(bodies, bodies.fsu)
    Meeting.objects.filter(pk=meeting.pk).update(language="nn")
    meeting.refresh_from_db()
    decide(first_item(meeting), points=[point(bodies)], by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    send_minutes(Meeting.objects.get(pk=meeting.pk), by=bodies.by)
    page = randi.get(path(meeting)).content.decode()
    assert '<article lang="nn">' in page
    assert re.search(r"<h1[^>]*>Eitt vedtak</h1>", page)
    word = docx.Document(io.BytesIO(Client().get(path(meeting, ".docx")).content))
    assert any("Ansvarleg: FSU-P, innan" in paragraph.text for paragraph in word.paragraphs)


def test_a_remark_is_sent_and_answered_and_the_text_changed(out: Meeting, randi: Client) -> None:
    randi.post(path(out, "/merknad/"), {"text": "Vi sa nei."})
    made = MinuteRemark.objects.get()
    refused = randi.post(path(out, f"/merknad/{made.pk}/"), {"state": "declined"})
    assert refused.status_code == 422
    randi.post(path(out, f"/merknad/{made.pk}/"), {"state": "taken_in"})
    made.refresh_from_db()
    assert made.state == RemarkState.TAKEN_IN
    item = first_item(out)
    based_on = item.texts.get(part="minutes").pk
    randi.post(path(out, f"/tekst/{item.pk}/"), {"text": "Vi sa nei.", "based_on": based_on})
    page = randi.get(path(out)).content.decode()
    assert "Nytt siden det ble sendt" in page
    randi.post(path(out, "/ferdig/"))
    assert "<ins>Vi sa nei.</ins>" in randi.get(path(out)).content.decode()


def test_a_correction_stands_beside_approved_minutes(bodies: Bodies, out: Meeting, randi: Client) -> None:
    approve_minutes(Minutes.objects.get(), by=bodies.by)
    assert randi.post(path(out, "/rettelse/"), {"text": "Per, ikke Pål."}).status_code == 422
    randi.post(path(out, "/rettelse/"), {"text": "Per, ikke Pål.", "because": "Skrivefeil."})
    assert "Per, ikke Pål." in Client().get(path(out)).content.decode()


def test_visitors_change_nothing(out: Meeting) -> None:
    for rest in ("/ferdig/", "/merknad/", "/rettelse/", f"/tekst/{first_item(out).pk}/"):
        assert Client().post(path(out, rest), {"text": "X", "because": "Y"}).status_code in {302, 403, 404}
    assert MinuteRemark.objects.count() == 0


def test_the_book_of_a_year_has_the_minutes_of_each_meeting(bodies: Bodies, out: Meeting) -> None:
    address = f"/moter/bok/{bodies.fsu.pk}/{out.day.year}"
    assert "Referat fra FSU-P" in Client().get(f"{address}/").content.decode()
    for ending in (".docx", ".pdf"):
        assert Client().get(address + ending).status_code == 200
    empty = f"/moter/bok/{bodies.fsu.pk}/1999"
    assert Client().get(f"{empty}/").status_code == 200
    assert Client().get(f"{empty}.pdf").status_code == 404


def test_the_list_of_decisions_shows_what_is_open(out: Meeting, randi: Client) -> None:
    assert "Felles vakt" in Client().get("/vedtak/").content.decode()
    assert "Om en ansatt" not in Client().get("/vedtak/").content.decode()
    assert "Om en ansatt" in randi.get("/vedtak/").content.decode()
    assert "Ingenting passer" in randi.get("/vedtak/?q=finnesikke").content.decode()
    assert (
        "Felles <mark>vakt</mark>"
        in randi.get(f"/vedtak/?q=vakt&ar={out.day.year}&status=adopted").content.decode()
    )
    assert "Åpent ord. Gjør det." in randi.get("/vedtak.csv").content.decode("utf-8-sig")
    assert Client().get("/vedtak/?organ=x&ar=y&status=z").status_code == 200


def test_a_decision_has_a_page_with_its_points_and_how_far_they_have_come(out: Meeting) -> None:
    decision = Decision.objects.get(is_open=True)
    page = Client().get(f"/vedtak/{decision.pk}/").content.decode()
    assert "Åpent ord. Gjør det." in page
    assert "FSU-P" in page
    closed = Decision.objects.get(is_open=False)
    assert Client().get(f"/vedtak/{closed.pk}/").status_code == 404


def test_a_later_decision_takes_the_place_of_an_earlier_one(
    bodies: Bodies, out: Meeting, randi: Client
) -> None:
    old = Decision.objects.get(is_open=True)
    later = under_way(bodies, bodies.fsu, ("Ny vakt",), day=out.day + timedelta(days=30))
    new = decide(first_item(later), points=[point(bodies)], by=bodies.by)
    assert new is not None
    assert randi.post(f"/vedtak/{old.pk}/endre/", {"new": "x"}).status_code == 422
    randi.post(f"/vedtak/{old.pk}/endre/", {"new": new.pk, "how": "reversed"})
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (DecisionState.REVERSED, new)
    assert "Felles vakt" in randi.get(f"/vedtak/{new.pk}/").content.decode()


def test_a_decision_is_a_thing_that_measures_hang_on(bodies: Bodies, out: Meeting) -> None:
    keeper = actor("ostfold", "secretariat", name="Liv Rognerud", email="liv@example.no")
    measure = Measure.objects.filter(plan=bring(small_plan(), keeper).plan)[0]
    decision = Decision.objects.get(is_open=True)
    start, end = Ref("plans.measure", measure.pk), Ref("governance.decision", decision.pk)
    join("ordered_by", start, end, by=bodies.by)
    assert [one.other for one in joined([end], bodies.by)[end]] == [start]


def test_pages_ask_the_database_few_times(
    out: Meeting, randi: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    decision = Decision.objects.get(is_open=True)
    for address in (path(out), "/vedtak/", f"/vedtak/{decision.pk}/"):
        with django_assert_max_num_queries(25):
            assert randi.get(address).status_code == 200


def test_the_list_of_decisions_goes_along_as_excel(out: Meeting, randi: Client) -> None:
    answer = randi.get("/vedtak.xlsx?q=ord")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert rows[0][:2] == ("Vedtak", "Organ")
    assert "Åpent ord. Gjør det." in {row[5] for row in rows}


def test_what_was_looked_for_is_marked_in_the_list(out: Meeting, randi: Client) -> None:
    page = randi.get("/vedtak/?q=gjør").content.decode()
    assert "<mark>Gjør</mark>" in page


def test_the_heading_of_minutes_says_what_was_decided(out: Meeting) -> None:
    page = Client().get(path(out)).content.decode()
    heading = page[page.index("<h1") : page.index("</h1>")]
    assert "vedtak" in heading
    assert "Referat fra" not in heading


def test_the_page_of_a_decision_names_a_screened_case_by_its_public_title(
    out: Meeting, randi: Client
) -> None:
    decision = Decision.objects.get(is_open=True)
    assert decision.case is not None
    Case.objects.filter(pk=decision.case_id).update(
        access=Access.SECRETARIAT, law_reference="offl. § 13", public_title="En personsak", title="Om Ola"
    )
    page = randi.get(f"/vedtak/{decision.pk}/").content.decode()
    assert "En personsak" in page
    assert "Om Ola" not in page
