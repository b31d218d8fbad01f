"""Those who do not lead: a user representative is heard (J9), everybody finds what was decided (J11)."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, sign_in
from functional.governance.on_the_pages import button, somebody
from functional.looks import faults_day_and_night, faults_of, too_wide
from functional.plans.by_hand import Hand
from functional.plans.letters import folder, letters_in, text_of

pytestmark = pytest.mark.browser

PATIENTS = "Hva kan dette bety for pasienter?"
CASE = "Felles kveldspatrulje etter utskriving"
SAID = "Den første kvelden er verst. Send noen vi har møtt før."
READER = "leser@avisa.example"


@pytest.fixture
def user(page: Page, server: Server) -> Page:
    """The start page of somebody who sits in SSU for patients."""
    sign_in(page, server, somebody(server, "Observatør for brukerne"))
    return page


def test_j9_a_user_representative_meets_plain_words_and_asks_in_two_clicks(user: Page) -> None:
    plain = user.locator("#med-enkle-ord")
    case = plain.locator("article", has_text=CASE)
    expect(case.get_by_role("heading", name=PATIENTS)).to_be_visible()
    expect(case).to_contain_text("Den første kvelden hjemme er den utryggeste.")
    assert faults_day_and_night(user) + too_wide(user) == []
    user.set_viewport_size({"width": 1280, "height": 900})
    hand = Hand(user)
    hand.click(case.locator("summary", has_text="Spør sekretariatet"))
    case.get_by_label("Hva lurer du på?").fill("Hvem har nøkkelen om natten?")
    hand.click(button(case, "Send spørsmålet"))
    expect(user.locator("#messages")).to_contain_text("Sekretariatet har fått spørsmålet")
    assert hand.clicks == 2


def test_j9_the_own_statement_stands_beside_the_parties_in_two_clicks(user: Page) -> None:
    hand = Hand(user)
    case = user.locator("#med-enkle-ord article", has_text=CASE)
    hand.click(case.get_by_role("link", name="Si hva du mener"))
    words = user.locator("#gi textarea")
    expect(words).to_have_value(re.compile("Dette er vi redde for:"))
    words.fill(SAID)
    hand.click(button(user, "Gi uttalelsen"))
    expect(user.locator(".s-beside")).to_contain_text(SAID)
    assert hand.clicks == 2
    assert faults_of(user) == []
    user.get_by_role("link", name="Saken", exact=True).click()
    expect(user.locator("section", has=user.locator("#bruker-h"))).to_contain_text(SAID)


def test_j9_the_words_are_explained_and_the_user_representatives_talk_first(user: Page) -> None:
    user.get_by_role("link", name="Ordliste").click()
    expect(user.locator("h1")).to_contain_text("ord fra møtene, på vanlig norsk")
    expect(user.locator("dl")).to_contain_text("Hver kommune blir spurt før møtet")
    assert faults_day_and_night(user) + too_wide(user) == []
    user.set_viewport_size({"width": 1280, "height": 900})
    user.goto("/")
    hand = Hand(user)
    hand.click(user.get_by_role("link", name="Snakk sammen før møtet"))
    assert faults_of(user) + too_wide(user) == []
    user.get_by_label("Hvor, eller et nummer å ringe").fill("69 00 00 12")
    hand.click(button(user, "Spør dem"))
    expect(user.locator("#messages")).to_contain_text("Sekretariatet sier fra til")
    assert hand.clicks == 2


def test_j11_what_was_decided_is_two_clicks_away_and_followed_without_signing_in(
    page: Page, server: Server
) -> None:
    page.goto("/apent/")
    hand = Hand(page)
    page.get_by_label("Hva leter du etter?").fill("øver sammen legevakt")
    hand.click(page.get_by_role("main").get_by_role("button", name="Søk"))
    hand.click(page.locator(".s-open__hits > li", has_text="Vedtak").get_by_role("link").first)
    expect(page.locator("h1")).to_have_text("Legevakt, ambulanse og akuttmottak øver sammen vår og høst.")
    expect(page.locator("#punkter")).to_contain_text("Ansvarlig: AKUTT")
    assert hand.clicks == 2
    page.get_by_label("Hva det henger sammen med").get_by_role("link").first.click()
    expect(page.get_by_label("Saksgangen")).to_contain_text("SSU vedtok")
    feed = page.get_by_role("link", name="Følg i en nyhetsleser (Atom)").get_attribute("href")
    answer = page.request.get(str(feed))
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert "øver sammen vår og høst" in answer.text()
    page.get_by_role("link", name="Få det på e-post").click()
    assert faults_of(page) + too_wide(page) == []
    page.get_by_label("E-post").fill(READER)
    before = set(folder(server))
    button(page, "Send meg nytt").click()
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_url("**/apent/folg/sendt/")
    letters = [one for file in set(folder(server)) - before for one in letters_in(server, file)]
    letter = next(one for one in letters if one["To"] == READER)
    link = re.search(r"http\S+/apent/folg/ja/\S+", text_of(letter))
    assert link is not None
    page.goto(urlsplit(link.group()).path)
    assert faults_of(page) == []
    button(page, "Ja, send meg nytt").click()
    expect(page.locator("h1")).to_have_text("Nå får du nytt på e-post")
