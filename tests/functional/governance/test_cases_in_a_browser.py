"""A case in a browser: reported in two clicks, written by two at once, anchored from both ends."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_day_and_night, faults_of, too_wide

pytestmark = pytest.mark.browser


def somebody(server: Server, words: str) -> str:
    """The address of the listed person whose line on the sign-in page has these words."""
    return next(email for email, row in server.accounts.items() if words in " ".join(map(str, row.values())))


def another(browser: Browser, server: Server, email: str) -> Page:
    page = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, server, email)
    return page


def report(page: Page, title: str) -> str:
    """Report a case from the page one stands on; returns its address."""
    page.get_by_role("link", name="Meld sak").first.click()
    page.get_by_label("Tittel").fill(title)
    page.get_by_label("Hva ønsker du avklart?").fill("Skal vi dele en patrulje om kvelden?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("link", name="Se saken").click()
    page.wait_for_url(re.compile(r"/saker/\d+/$"))
    return urlsplit(page.url).path


def take_up(page: Page, case: str, body: str = "Strategisk") -> None:
    page.goto(f"{case}behandling/")
    label = page.locator("#id_body option").filter(has_text=body).first.get_attribute("value")
    page.select_option("#id_body", label)
    page.get_by_role("button", name="Ta opp saken").click()
    page.wait_for_url("**/saksframlegg/")


def test_j2_anybody_reports_a_case_in_two_clicks_and_the_draft_saves_itself(
    page: Page, server: Server
) -> None:
    sign_in(page, server, somebody(server, "Kommunedirektør i Halden"))
    page.get_by_role("link", name="Meld sak").first.click()
    page.get_by_label("Tittel").fill("Felles kveldspatrulje")
    with page.expect_response(lambda answer: "patrulje%3F" in (answer.request.post_data or "")):
        page.get_by_label("Hva ønsker du avklart?").fill("Skal vi dele en patrulje?")
        page.get_by_label("Hva ønsker du avklart?").blur()
    expect(page.locator("#kladd")).to_contain_text("Bare du ser kladden")
    assert faults_day_and_night(page) + too_wide(page) == []
    page.reload()
    expect(page.get_by_label("Tittel")).to_have_value("Felles kveldspatrulje")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("h1")).to_have_text(re.compile(r"Takk\. Dette er sak \d{4}/\d+\."))
    expect(page.locator("main")).to_contain_text("Sekretariatet svarer deg innen")
    assert faults_day_and_night(page) + too_wide(page) == []


def test_two_write_at_once_and_both_texts_are_kept_until_somebody_chooses(
    page: Page, browser: Browser, server: Server
) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    case = report(page, "Rutine for legevakt")
    take_up(page, case)
    other = another(browser, server, somebody(server, "Kommunedirektør i Halden"))
    other.goto(f"{case}saksframlegg/")
    page.locator("#tekst-background").fill("Legevakten har fem numre.")
    expect(page.locator("#lagret-background")).to_contain_text("Lagret")
    other.locator("#tekst-background").fill("Legevakten har seks numre.")
    expect(other.locator("#lagret-background")).to_contain_text("skrev samtidig")
    assert faults_of(other) + too_wide(other) == []
    other.get_by_role("button", name="Ta med begge").click()
    expect(other.locator("#tekst-background")).to_have_value(
        "Legevakten har fem numre.\n\nLegevakten har seks numre."
    )
    other.locator("#background").get_by_role("link", name="Tidligere versjoner").click()
    expect(other.locator(".s-diff > li")).to_have_count(3)
    assert faults_day_and_night(other) + too_wide(other) == []
    other.context.close()


def test_j6_a_member_asks_the_region_in_two_clicks_and_a_director_answers_in_one(
    page: Page, browser: Browser, server: Server
) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    case = report(page, "Felles jordmorvakt")
    take_up(page, case)
    member = another(browser, server, somebody(server, "Kommunedirektør i Halden"))
    member.goto(case)
    member.get_by_role("link", name="Forankre i min region").click()
    assert member.locator("#id_region option:checked").inner_text() == "Halden og Aremark"
    member.get_by_role("button", name="Send spørsmålet").click()
    expect(member.locator("#svar")).to_contain_text("Ingen har svart ennå")
    member.get_by_role("link", name="Svar for din kommune").first.click()
    member.get_by_role("button", name="Støtter", exact=True).click()
    expect(member.locator("#svar")).to_contain_text("Én av 2 støtter.")
    assert faults_day_and_night(member) + too_wide(member) == []
    member.context.close()


@pytest.mark.slow
def test_the_pages_of_a_case_can_be_used_by_everybody_in_both_written_forms(
    page: Page, server: Server
) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    case = report(page, "Kjøp av transport")
    take_up(page, case)
    faults = []
    for form in ("nb", "nn"):
        page.context.add_cookies([{"name": "samspill_language", "value": form, "url": server.url}])
        for rest in (
            "",
            "behandling/",
            "saksframlegg/",
            "uttalelser/",
            "forankring/",
            "vedlegg/",
            "tilgang/",
        ):
            page.goto(f"{case}{rest}")
            faults += (faults_day_and_night(page) if form == "nb" else faults_of(page)) + too_wide(page)
    assert faults == []
