"""The pages of a table as a person meets them, without script: choose, see, take in, mend, undo."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from factories.people import actor
from integration.plans.small_plans import bring as bring_plan
from integration.plans.small_plans import small_plan
from integration.plans.tables_at_hand import brought, csv_file, excel_file, taken, worked_on
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, scope
from samspill.plans.models import PlanDocument, TableImport
from samspill.plans.public import Measure, Plan

pytestmark = pytest.mark.django_db

MONTH = "(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
HEAD = ("Innsatsområde", "Tiltak", "Ansvarlig", "Frist", "Budsjett")
ROWS = (
    ("1 Barn og unge", "Møtes hver høst", "SSU", "31.10.2026", "100"),
    ("", "", "SSU", "", ""),
    ("", "<script>alert(1)</script>", "", "snart", ""),
)


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring_plan(small_plan(), secretariat).plan


@pytest.fixture
def client_of_secretariat(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def upload(content: bytes, name: str = "tiltak.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def only_table(plan: Plan, by: Actor) -> TableImport:
    with scope(by):
        return TableImport.objects.get(plan=plan)


def measures_of(plan: Plan, by: Actor) -> set[str]:
    with scope(by):
        return set(Measure.objects.filter(Measure.in_plan(), plan=plan).values_list("text", flat=True))


def test_from_choosing_a_file_to_taking_it_in_and_undoing_it(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor
) -> None:
    page = client_of_secretariat.get(f"/planer/{plan.pk}/hent-inn/")
    assert "Endre mange tiltak på én gang" in text_of(page)
    answer = client_of_secretariat.post(f"/planer/{plan.pk}/hent-inn/", upload(csv_file(HEAD, *ROWS)))
    here = answer.headers["Location"]
    assert answer.status_code == 303

    waiting = client_of_secretariat.get(here)
    assert "Vi leser «tiltak.csv»" in text_of(waiting)
    assert 'hx-trigger="every 1s"' in waiting.content.decode()

    worked_on(only_table(plan, secretariat), secretariat)
    page = client_of_secretariat.get(here)
    said = text_of(page)
    assert "Ett tiltak er nytt. To rader må rettes." in said
    assert "Rad 3, kolonnen «Tiltak»: Det som skal gjøres, mangler." in said
    assert "Vi kjenner ikke kolonnen «Budsjett», så den er latt i fred." in said
    assert "hx-trigger" not in page.content.decode()
    assert "<script>alert" not in page.content.decode(), "words from a file are shown as words"
    assert "Møtes hver høst" not in measures_of(plan, secretariat)

    client_of_secretariat.post(f"{here}ta-inn/")
    assert "Tar inn: 0 av 1 rader" in text_of(client_of_secretariat.get(here))
    worked_on(only_table(plan, secretariat), secretariat)
    assert "Ett tiltak er tatt inn. To rader må rettes." in text_of(client_of_secretariat.get(here))
    assert "Møtes hver høst" in measures_of(plan, secretariat)

    client_of_secretariat.post(f"{here}angre/")
    worked_on(only_table(plan, secretariat), secretariat)
    assert "Det er angret. Planen er som den var." in text_of(client_of_secretariat.get(here))
    assert "Møtes hver høst" not in measures_of(plan, secretariat)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_rows_that_must_be_mended_come_back_as_a_file_with_the_reason_and_are_brought_again(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor, kind: str
) -> None:
    content = csv_file(HEAD, *ROWS) if kind == "csv" else excel_file(HEAD, *ROWS)
    made = brought(plan, content, secretariat, name=f"tiltak.{kind}")
    answer = client_of_secretariat.get(f"/planer/{plan.pk}/hent-inn/{made.pk}/rettes/")
    assert f"tiltak-rettes.{kind}" in answer.headers["Content-Disposition"]
    assert "Rad 4, kolonnen «Frist»" in (
        answer.content.decode("utf-8-sig") if kind == "csv" else _all_text(answer.content)
    )
    again = brought(plan, answer.content, secretariat, name=f"tiltak-rettes.{kind}")
    assert (again.total, again.header["unknown"]) == (2, ["Budsjett"]), "the reason is no column of the plan"
    mended = (
        answer.content.decode("utf-8-sig").replace("snart", "2026-12-01").encode()
        if kind == "csv"
        else _replaced(answer.content, "snart", "2026-12-01")
    )
    taken(brought(plan, mended, secretariat, name=f"rettet.{kind}"), secretariat)
    assert "<script>alert(1)</script>" in measures_of(plan, secretariat)


def _all_text(content: bytes) -> str:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def _replaced(content: bytes, old: str, new: str) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.7 ...", "ikke en tabell vi kan lese"),
        ("gammel.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "gamle Excel-formatet"),
        (
            "hemmelig.xlsx",
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "låst med passord",
        ),
        ("tom.csv", b"  \n", "ikke noe innhold"),
    ],
)
def test_what_is_no_table_is_422_with_the_reason_at_the_field(
    plan: Plan, client_of_secretariat: Client, name: str, content: bytes, said: str
) -> None:
    answer = client_of_secretariat.post(f"/planer/{plan.pk}/hent-inn/", upload(content, name))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert client_of_secretariat.post(f"/planer/{plan.pk}/hent-inn/").status_code == 422


def test_a_table_without_headers_says_what_we_saw(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor
) -> None:
    made = brought(plan, csv_file(("Dato", "Beløp"), ("1", "2")), secretariat)
    said = text_of(client_of_secretariat.get(f"/planer/{plan.pk}/hent-inn/{made.pk}/"))
    assert "Tabellen kunne ikke leses" in said
    assert "Én kolonne må hete «Tiltak»" in said
    assert "«Dato», «Beløp»" in said


def test_rows_are_shown_a_page_at_a_time_and_can_be_narrowed(
    plan: Plan,
    client_of_secretariat: Client,
    secretariat: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [("", f"Tiltak nummer {number}", "SSU", "", "") for number in range(120)]
    made = brought(plan, csv_file(HEAD, *rows, ("", "", "SSU", "", "")), secretariat)
    here = f"/planer/{plan.pk}/hent-inn/{made.pk}/"
    with django_assert_max_num_queries(15):
        page = client_of_secretariat.get(here)
    assert page.content.decode().count('class="s-bring__mark"') == 50
    assert "Side 1 av 3" in text_of(page)
    assert text_of(page).index("Rad 122, kolonnen") < text_of(page).index("Tiltak nummer 0"), "mend first"
    last = client_of_secretariat.get(f"{here}?side=3&vis=nye")
    assert last.content.decode().count('class="s-bring__mark"') == 20
    only = client_of_secretariat.get(f"{here}?vis=rettes")
    assert only.content.decode().count('class="s-bring__mark"') == 1


def test_work_that_has_stopped_can_be_started_again(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor
) -> None:
    client_of_secretariat.post(f"/planer/{plan.pk}/hent-inn/", upload(csv_file(HEAD, *ROWS)))
    made = only_table(plan, secretariat)
    here = f"/planer/{plan.pk}/hent-inn/{made.pk}/"
    assert "stoppet" not in text_of(client_of_secretariat.get(here))
    with scope(secretariat):
        TableImport.objects.filter(pk=made.pk).update(moved="2026-01-01T12:00:00Z")
    assert "Fortsett der det stoppet" in text_of(client_of_secretariat.get(here))
    assert client_of_secretariat.post(f"{here}fortsett/").status_code == 303
    assert client_of_secretariat.post(f"{here}fortsett/").status_code == 303, "one job is enough"


def test_others_neither_see_nor_touch_a_table(
    plan: Plan, secretariat: Actor, client_of_secretariat: Client
) -> None:
    made = brought(plan, csv_file(HEAD, *ROWS), secretariat)
    here = f"/planer/{plan.pk}/hent-inn/{made.pk}/"
    member = signed_in(actor("ostfold", "member", name="Jonas Tveitan"))
    vestfold = signed_in(actor("vestfold", name="Siri Holm"))
    for path in (f"/planer/{plan.pk}/hent-inn/", here, f"{here}rettes/"):
        assert member.get(path).status_code == 403
        assert vestfold.get(path).status_code == 404
        assert Client().get(path).status_code == 302
    for act in ("ta-inn", "angre", "fortsett"):
        assert member.post(f"{here}{act}/").status_code == 403
        assert vestfold.post(f"{here}{act}/").status_code == 404
        assert client_of_secretariat.get(f"{here}{act}/").status_code == 405
    assert "Møtes hver høst" not in measures_of(plan, secretariat)


def test_the_page_of_tables_is_in_nynorsk_too(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor
) -> None:
    made = brought(plan, csv_file(HEAD, *ROWS), secretariat)
    client_of_secretariat.cookies["samspill_language"] = "nn"
    said = text_of(client_of_secretariat.get(f"/planer/{plan.pk}/hent-inn/{made.pk}/"))
    assert "Eitt tiltak er nytt. To rader må rettast." in said
    assert "Det som skal gjerast, manglar." in said


def test_a_table_that_is_taken_in_is_no_edition_of_the_plan(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor
) -> None:
    pages = [f"/planer/{plan.pk}/{rest}" for rest in ("innhold/", "kilde/", "gjennomgang/")]
    with scope(secretariat):
        edition = PlanDocument.objects.get(plan=plan).file_name
    taken(brought(plan, csv_file(HEAD, *ROWS), secretariat), secretariat)
    with scope(secretariat):
        assert PlanDocument.objects.filter(plan=plan).latest("pk").file_name == "tiltak.csv"
    for page in pages:
        said = text_of(client_of_secretariat.get(page))
        assert edition in said, f"{page} is about the document, not about the table"
        assert "tiltak.csv" not in said, page


def test_a_page_of_a_measure_breaks_no_date_between_the_day_and_the_month(
    plan: Plan, client_of_secretariat: Client, secretariat: Actor
) -> None:
    page = client_of_secretariat.get(f"/planer/{plan.pk}/").content.decode()
    assert re.search(rf"\d\.\xa0{MONTH}", page)
    assert not re.search(rf"\d\. {MONTH} 20\d\d<", page)
