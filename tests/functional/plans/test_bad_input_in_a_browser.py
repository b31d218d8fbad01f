"""What cannot be read is told in a sentence where it was tried, and nothing that was there is lost."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide
from functional.plans.by_hand import Hand
from functional.plans.word_plans import scanned_plan, word_plan

pytestmark = pytest.mark.browser

WORK_MS = 60_000  # a job waits for the worker, and the worker for the machine
HEAD = ("Tiltak", "Ansvarlig", "Frist")
NUMBERS = (("Sykehjem", "Plasser", "Kilde"), ("Færder", "48", "Årsmelding"), ("Horten", "61", "Årsmelding"))
WALK = ("Gå tilsyn sammen en gang i måneden", "Kommunene", "")
PHONE = ("Opprette en felles vakttelefon", "Sykehuset i Vestfold", "")
LIST = ("Lage en felles sjekkliste for hjemreise", "Kommunene", "")


@pytest.fixture
def hand(page: Page, server: Server) -> Iterator[Hand]:
    """Vestfold's secretariat, at the page that asks for a document. Each test has years of its own."""
    let_in(page, server, secretariat_of(server, "Vestfold"))
    page.goto("/planer/les-inn/")
    yield Hand(page)
    assert faults_of(page) + too_wide(page) == []


def name(years: str) -> str:
    return f"Handlingsplan for Helsefellesskapet i Vestfold {years}"


def refuse(hand: Hand, file: Path) -> str:
    """What is said at the field of a document that is not taken; the list of plans is as it was."""
    page = hand.page
    page.goto("/planer/")
    before = page.locator("main").inner_text()
    page.goto("/planer/les-inn/")
    page.set_input_files("input[type=file]", file)
    page.locator("main form button.ds-button").click()
    said = page.locator(".s-field__err").inner_text()
    page.goto("/planer/")
    assert page.locator("main").inner_text() == before
    page.go_back()
    return said


def rows(page: Page) -> int:
    return page.locator("main [data-row]").count()


def test_a_table_with_an_unknown_header_is_named_and_the_others_are_read(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    word_plan(file, name("2011-2012"), HEAD, [("1 Eldre", (WALK, PHONE))], last=NUMBERS)
    hand.read_in(file)
    assert rows(hand.page) == 2
    expect(hand.page.locator("#merknader")).to_contain_text("Tabell 2 har et hode vi ikke kjenner («Sykehjem")
    expect(hand.page.locator("[data-together]")).to_contain_text("Færder")


def test_a_plan_that_is_only_an_unknown_table_says_which_header_it_stopped_at(
    hand: Hand, tmp_path: Path
) -> None:
    file = word_plan(tmp_path / "plan.docx", name("2013-2014"), NUMBERS[0], [("1 Eldre", NUMBERS[1:])])
    said = refuse(hand, file)
    assert "Vi fant ingen tiltak i «plan.docx»" in said
    assert "«Sykehjem" in said


def test_a_scanned_plan_is_refused_in_words_that_say_how_to_go_on(hand: Hand, tmp_path: Path) -> None:
    said = refuse(hand, scanned_plan(tmp_path / "skannet.pdf", f"{name('2013-2014')}\n\nTiltak: {WALK[0]}"))
    assert "«skannet.pdf» er bilder av sider uten tekst" in said
    assert "tekstgjenkjenning" in said


def test_two_plans_for_the_same_years_are_both_kept_and_one_is_asked_about(
    hand: Hand, tmp_path: Path
) -> None:
    page = hand.page
    first = hand.read_in(
        word_plan(tmp_path / "en.docx", name("2015-2016"), HEAD, [("1 Eldre", (WALK, PHONE))])
    )
    page.goto("/planer/les-inn/")
    other = f"Handlingsplan for psykisk helse i Helsefellesskapet i Vestfold {'2015-2016'}"
    second = hand.read_in(word_plan(tmp_path / "to.docx", other, HEAD, [("1 Unge", (LIST,))]))
    assert first != second
    assert rows(page) == 1
    page.goto(f"/planer/{second}/")
    place = page.locator("#om-planen tr", has_text="er en plan av samme slag, og periodene overlapper.")
    expect(place).to_contain_text("Er dette en revisjon av den?")
    page.goto(f"/planer/{first}/gjennomgang/")
    assert rows(page) == 2


def test_the_same_plan_with_other_words_becomes_a_newer_edition_and_keeps_what_was_said(
    hand: Hand, tmp_path: Path
) -> None:
    page = hand.page
    title = name("2017-2018")
    first = hand.read_in(word_plan(tmp_path / "en.docx", title, HEAD, [("1 Eldre", (WALK, PHONE))]))
    row = page.locator("[data-row]", has_text=WALK[0])
    row.get_by_role("button", name="Godta").click()
    expect(row).to_have_attribute("data-judged", "")
    page.goto("/planer/les-inn/")
    again = hand.read_in(word_plan(tmp_path / "to.docx", title, HEAD, [("1 Eldre", (WALK, LIST))]))
    assert again == first
    expect(page.locator("#messages")).to_contain_text("1 nye, 1 som før, 1 borte")
    expect(page.locator("#borte")).to_contain_text(PHONE[0])
    expect(row).to_have_attribute("data-judged", "")


def bring_table(hand: Hand, plan: str, file_name: str, content: bytes) -> None:
    page = hand.page
    page.goto(f"/planer/{plan}/hent-inn/")
    page.set_input_files(
        "input[type=file]", {"name": file_name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Sjekk tabellen").click()


def workbook(*lines: tuple[str, ...]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    book.save(content)
    return content.getvalue()


def test_a_formula_in_an_imported_cell_is_shown_and_not_run_and_the_other_rows_are_taken(
    hand: Hand, tmp_path: Path
) -> None:
    page = hand.page
    plan = hand.read_in(word_plan(tmp_path / "en.docx", name("2019-2020"), HEAD, [("1 Eldre", (WALK,))]))
    lines = (("Tiltak", "Ansvarlig"), ('=HYPERLINK("http://ond.example";"Se her")', "Kommunene"), LIST[:2])
    bring_table(hand, plan, "liste.xlsx", workbook(*lines))
    expect(page.locator("main h1")).to_have_text("Ett tiltak er nytt. Én rad må rettes.", timeout=WORK_MS)
    expect(page.locator("#r2")).to_contain_text("Her står en formel (=HYPERLINK")
    assert page.locator("#r2 a[href*=ond]").count() == 0
    page.get_by_role("button", name="Ta inn 1 rad").click()
    expect(page.locator("main h1")).to_contain_text("Ett tiltak er tatt inn.", timeout=WORK_MS)
    csv = b"Tiltak;Ansvarlig\n\"=cmd|' /C calc'!A0\";Kommunene\n"
    bring_table(hand, plan, "liste.csv", csv)
    expect(page.locator("main h1")).to_have_text("Én rad må rettes.", timeout=WORK_MS)
    expect(page.locator("#r2")).to_contain_text("begynner som en formel")
    page.goto(f"/planer/{plan}/gjennomgang/")
    assert rows(page) == 2


def test_a_table_without_a_header_we_know_changes_nothing(hand: Hand, tmp_path: Path) -> None:
    page = hand.page
    plan = hand.read_in(word_plan(tmp_path / "en.docx", name("2021-2022"), HEAD, [("1 Eldre", (WALK,))]))
    bring_table(hand, plan, "tall.csv", "Sykehjem;Plasser\nFærder;48\n".encode())
    said = page.get_by_text("Vi fant ingen rad med overskrifter i «tall.csv». Én kolonne må hete «Tiltak».")
    expect(said).to_be_visible(timeout=WORK_MS)
    page.goto(f"/planer/{plan}/gjennomgang/")
    assert rows(page) == 1
