"""A hearing in a browser: pasted, divided, answered, compiled with its sources, and sent for approval."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser
SET = "1. Hva haster mest for dere nå?\n2. Hvem skal gjøre hva i helgene?"
SAID = "Hos oss mangler det biler i helgene."


def calm(page: Page) -> list[str]:
    found = faults_day_and_night(page) + too_wide(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_j16_a_question_set_becomes_one_answer_with_its_sources(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/horinger/")
    page.get_by_role("link", name="Ny høring").click()
    page.get_by_label("Tittel").fill("Innspill om helgene")
    page.get_by_label("Spørsmålene som tekst").fill(SET)
    page.get_by_role("button", name="Les spørsmålene").click()
    expect(page.locator("h1")).to_have_text("Vi fant 2 spørsmål. Se gjennom dem.")
    expect(page.locator("main")).to_contain_text("funnet på linje 2")
    assert calm(page) == []
    page.get_by_role("button", name="Flytt spørsmål 2 opp").click()
    expect(page.locator("#sporsmal-0")).to_have_value("Hvem skal gjøre hva i helgene?")
    page.get_by_role("button", name="Registrer høringen").click()
    page.wait_for_url(re.compile(r"/horinger/\d+/$"))
    hearing = urlsplit(page.url).path

    page.get_by_role("link", name="Fordel spørsmålene").click()
    assert calm(page) == []
    page.get_by_role("button", name="Gi resten til sekretariatet").click()
    page.get_by_role("button", name="Be om bidrag").click()
    expect(page.locator("h1")).to_contain_text("ikke bidratt")
    assert calm(page) == []

    page.goto(f"{hearing}bidrag/")
    for field in (page.locator("textarea").first, page.locator("textarea").last):
        with page.expect_response(lambda answer: "/bidrag/" in answer.url):
            field.fill(SAID)
            field.blur()
    expect(page.locator(".s-saved").first).to_contain_text("Lagret")
    assert calm(page) == []

    for _question in range(2):
        page.goto(hearing)
        page.get_by_role("link", name="Skriv felles svar").first.click()
        page.get_by_role("button", name=re.compile("^Ta med det")).click()
        expect(page.locator(".s-rests")).to_contain_text("Bygger på:")
        assert calm(page) == []
        page.get_by_role("button", name="Svaret er klart").click()
    page.get_by_role("button", name="Sammenstill svaret").click()
    assert calm(page) == []
    page.get_by_role("button", name="Send til godkjenning").click()
    expect(page.locator("h1")).to_have_text("Felles svar venter på neste møte i SSU.")
    expect(page.locator("main")).to_contain_text(SAID)
    assert calm(page) == []
    page.get_by_role("link", name=re.compile("Svar på høringen")).click()
    expect(page.locator("main")).to_contain_text("Felles svar")
