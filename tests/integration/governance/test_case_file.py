"""«Hele sakspapiret»: everything one may see of a meeting, in one PDF and one ZIP, and nothing more."""

import io
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, Settings

from factories.bodies import Bodies
from factories.meetings import SENT, called, done, give_account, holder_of, meeting_with_cases, seat_of
from integration.governance.following import signed_in
from samspill.directory.public import Actor
from samspill.governance.actions.conflicts import Judgement, conclude_conflict, raise_conflict
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.models import Case, Meeting, Paper
from samspill.governance.queries.agenda import live_items
from samspill.governance.states import Access, ConflictConclusion, ImpartialityGround, ItemKind
from unit.documents.test_assembling import paper, sheet

OUT = Judgement(ConflictConclusion.DISQUALIFIED, "Kommunen har søkt.", "forvaltningsloven § 6 første ledd e")


@pytest.fixture
def meeting(bodies: Bodies, settings: Settings, tmp_path: Path) -> Meeting:
    """A meeting that is called; the case that is decided has a PDF, a broken one and a table."""
    settings.MEDIA_ROOT = str(tmp_path)
    found = called(bodies)
    case = decided(found)
    for name, content in (
        ("kart.pdf", paper("Kartet")),
        ("../../ødelagt.pdf", b"%PDF-1.7\nknust"),
        ("tall.csv", b"kommune;antall\nMoss;3\n"),
    ):
        add_paper(
            NewFile(io.BytesIO(content), name, len(content)), case=case, by=bodies.by, title=name[-11:-4]
        )
    Paper.objects.update(is_open=True)
    return found


def decided(meeting: Meeting) -> Case:
    return live_items(meeting).get(kind=ItemKind.DECISION).treatment.case


@pytest.fixture
def per(bodies: Bodies) -> Actor:
    return give_account(holder_of(seat_of(bodies, 1)))


def pdf_of(client: Client, meeting: Meeting) -> PdfReader:
    answer = client.get(f"/moter/{meeting.pk}/sakspapir.pdf")
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(answer.content))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def zip_of(client: Client, meeting: Meeting) -> zipfile.ZipFile:
    answer = client.get(f"/moter/{meeting.pk}/sakspapir.zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def test_one_pdf_holds_agenda_briefs_and_pdf_papers_with_bookmarks(meeting: Meeting, per: Actor) -> None:
    found = pdf_of(signed_in(per), meeting)
    text = text_of(found)
    assert "Om recommendation." in text
    assert "om Kartet" in text
    assert "tall.csv" in text
    titles = [one["/Title"] for one in found.outline if not isinstance(one, list)]
    assert titles[0] == "Saksliste"
    assert len(titles) == 1 + live_items(meeting).filter(treatment__isnull=False).count()
    assert f"Side 1 av {len(found.pages)}" in text


def test_the_front_page_says_on_which_page_each_case_begins(meeting: Meeting, per: Actor) -> None:
    found = pdf_of(signed_in(per), meeting)
    marks = [one for one in found.outline if not isinstance(one, list)][1:]
    front = " ".join(found.pages[0].extract_text().split())
    for mark in marks:
        title, page = mark["/Title"].partition(" ")[2], found.get_destination_page_number(mark)
        assert page is not None
        assert f"{title} {page + 1}" in front


def test_the_zip_holds_every_attachment_as_it_was_sent_in(meeting: Meeting, per: Actor) -> None:
    made = zip_of(signed_in(per), meeting)
    names = made.namelist()
    assert len(names) == 4
    assert all(".." not in name and not name.startswith("/") for name in names)
    table = next(name for name in names if name.endswith("tall.csv"))
    assert made.read(table) == b"kommune;antall\nMoss;3\n"
    assert "tall.csv" in made.read("innhold.txt").decode()


def test_a_disqualified_person_s_file_lacks_the_item_and_says_so(
    bodies: Bodies, meeting: Meeting, per: Actor
) -> None:
    item = live_items(meeting).get(kind=ItemKind.DECISION)
    raised = done(raise_conflict, item, ground=ImpartialityGround.REPRESENTS, by=per)
    conclude_conflict(raised, OUT, meeting=meeting, by=bodies.by, sent=SENT)
    client = signed_in(per)
    text = text_of(pdf_of(client, meeting))
    assert "Du er inhabil i denne saken, så papirene er ikke med her." in text
    assert "om Kartet" not in text
    assert zip_of(client, meeting).namelist() == ["innhold.txt"]
    page = client.get(f"/moter/{meeting.pk}/sakspapir/").content.decode()
    assert "Du er inhabil" in page
    assert "kart.pdf" not in page


def test_what_is_screened_is_not_in_the_file_of_who_may_not_read_it(
    bodies: Bodies, meeting: Meeting, per: Actor
) -> None:
    case = decided(meeting)
    Case.objects.filter(pk=case.pk).update(
        access=Access.SECRETARIAT, law_reference="offl. § 13", public_title="En personsak", title="Om Ola"
    )
    meeting.items.filter(treatment__case=case).update(public_title="En personsak")
    text = text_of(pdf_of(signed_in(per), meeting))
    assert "En personsak" in text
    assert "Om Ola" not in text
    assert "om Kartet" not in text


def test_a_visitor_reads_what_is_open_and_makes_no_files(meeting: Meeting) -> None:
    client = Client()
    assert client.get(f"/moter/{meeting.pk}/sakspapir/").status_code == 200
    for kind in ("pdf", "zip"):
        assert client.get(f"/moter/{meeting.pk}/sakspapir.{kind}").status_code == 302


def test_before_the_notice_there_is_no_set(bodies: Bodies, per: Actor) -> None:
    meeting = meeting_with_cases(bodies)
    assert signed_in(per).get(f"/moter/{meeting.pk}/sakspapir/").status_code == 404


def test_a_file_that_is_not_as_it_was_kept_is_told_about(
    meeting: Meeting, per: Actor, tmp_path: Path
) -> None:
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(b"noe annet")
    answer = signed_in(per).get(f"/moter/{meeting.pk}/sakspapir.zip")
    assert answer.status_code == 422


def test_the_page_asks_no_more_for_many_papers_than_for_few(
    bodies: Bodies, meeting: Meeting, per: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, content = signed_in(per), sheet()
    with django_assert_max_num_queries(40) as before:
        client.get(f"/moter/{meeting.pk}/sakspapir/")
    for number in range(6):
        add_paper(
            NewFile(io.BytesIO(content), f"{number}.pdf", len(content)), case=decided(meeting), by=bodies.by
        )
    with django_assert_max_num_queries(len(before)):
        client.get(f"/moter/{meeting.pk}/sakspapir/")
