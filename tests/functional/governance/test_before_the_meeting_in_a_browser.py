"""Before a meeting: the secretariat calls it (J1), members prepare, answer and stay away (J5, J6, J7).

One meeting with two cases is called for all of them, and the letters it sends are read. Clicks are counted
from the start page, or from the link in the mail, which is the first.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, let_in, secretariat_of, sign_in
from functional.governance.on_the_pages import (
    another,
    button,
    number_in,
    plan_meeting,
    ready_case,
    somebody,
    task,
)
from functional.looks import faults_of, too_wide
from functional.plans.by_hand import Hand
from functional.plans.letters import links_about, sent_about, text_of

pytestmark = pytest.mark.browser

SSU, COMMITTEE = "Strategisk samarbeidsutvalg", "Faglig samarbeidsutvalg eldre og kronisk syke"
FIRST, SECOND = "Hjelp til å komme seg hjem på søndager", "Felles kurs for dem som steller hjemme"
BRIEF = {
    "summary": "I helgene går det ingen buss, og noen blir liggende til mandag.",
    "question": "Hva skal vi prøve først?",
    "background": "Fjorten pasienter ventet på skyss i oktober.",
}
ASKED = f"Hva sier Halden om «{FIRST}»"
BY_MAIL = ["Støtter", "Støtter med merknad", "Støtter ikke"]


@dataclass
class Called:
    """A meeting of SSU that is called, its two cases, and the director's letter about all of it."""

    number: int
    first: str
    second: str
    director: str
    letter: EmailMessage

    @property
    def path(self) -> str:
        return f"/moter/{self.number}/"


@pytest.fixture(scope="module")
def called(browser: Browser, server: Server) -> Called:
    director = somebody(server, "Kommunedirektør i Halden")
    day = date.today() + timedelta(days=45)
    with another(browser, server, secretariat_of(server, "Østfold")) as page:
        first, second = (ready_case(page, title, SSU, "Drøfting", BRIEF) for title in (FIRST, SECOND))
        page.goto(f"{first}forankring/")
        button(page, "Send spørsmålet").click()
        expect(page.locator("#svar")).to_contain_text("Ingen har svart ennå")
        plan_meeting(page, "SSU", day)
        number = number_in(page.url)
        button(page, "Legg alle klare på saksliste").click()
        button(page, "Send innkalling").click()
        expect(page.locator("h1")).to_contain_text("Innkallingen er sendt.")
    letters = sent_about(server, "ostfold", datetime.now(), ASKED)
    mine = next(letter for letter in letters if letter["To"] == director)
    return Called(number, first, second, director, mine)


def ask_the_municipalities_first(page: Page, case: str) -> None:
    """In another tab, while the case stands on the agenda: one in the queue would be prepared again."""
    tab = page.context.new_page()
    tab.goto(f"{case}behandling/")
    tab.get_by_label("Kommunene må spørres først").check()
    button(tab, "Lagre").click()
    expect(tab.get_by_label("Kommunene må spørres først")).to_be_checked()
    tab.close()


def test_j1_the_notice_is_sent_in_three_clicks_and_what_is_missing_is_shown(
    page: Page, server: Server
) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    case = ready_case(
        page,
        "Felles rutine etter hoftebrudd",
        COMMITTEE,
        "Orientering",
        {part: BRIEF[part] for part in ("summary", "background")},
    )
    page.goto(f"{case}uttalelser/")
    page.locator("#be summary").click()
    page.get_by_label("Sykehuset Østfold HF").check()
    button(page, "Spør dem").click()
    page.goto("/")
    hand = Hand(page)
    hand.click(task(page, "Send innkalling til FSU EK"))
    hand.click(button(page, "Legg alle klare på saksliste"))
    ask_the_municipalities_first(page, case)
    page.reload()
    missing = page.locator("#mangler")
    expect(missing).to_contain_text(
        "Fire stemmer for kommunene, fem for sykehuset. Det skal være like mange."
    )
    expect(missing).to_contain_text("Plassen til Sarpsborg er ledig.")
    expect(missing).to_contain_text("«Felles rutine etter hoftebrudd» er ikke forankret")
    expect(missing).to_contain_text("er spurt om «Felles rutine etter hoftebrudd» og har ikke svart")
    who = page.locator("#mottakere tbody tr")
    expect(who.filter(has_text="@ostfold.example").filter(has_text="bokmål").first).to_be_visible()
    expect(who.filter(has_text="ingen konto").first).to_be_visible()
    assert faults_of(page) + too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    hand.click(button(page, "Send innkalling"))
    expect(page.locator("h1")).to_contain_text("Innkallingen er sendt.")
    assert hand.clicks == 3


def test_j5_a_member_reads_the_meeting_from_the_mail_and_without_network(
    page: Page, server: Server, called: Called
) -> None:
    sign_in(page, server, called.director)
    link = re.search(rf"http\S+{called.path}", text_of(called.letter))
    assert link is not None
    page.goto(link.group())  # one click: everything stands on this page
    for title in (FIRST, SECOND):
        item = page.locator("article.s-item", has_text=title)
        for text in (BRIEF["summary"], BRIEF["question"]):
            expect(item).to_contain_text(text)
    expect(page.locator("[data-offline-kept]")).to_be_visible()
    assert faults_of(page) == []
    page.context.set_offline(True)
    page.reload()
    item = page.locator("article.s-item", has_text=SECOND)
    expect(item).to_contain_text(BRIEF["question"])
    item.get_by_label("Ditt notat").fill("Spør Aremark først.")
    expect(item.locator("[data-note-said]")).to_contain_text("blir sendt når du er på nett")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("article.s-item", has_text=SECOND).get_by_label("Ditt notat")).to_have_value(
        "Spør Aremark først."
    )
    item = page.locator("article.s-item", has_text=FIRST)
    hand = Hand(page)
    hand.click(item.locator("summary", has_text="Jeg vil ta opp noe"))
    hand.click(button(item, "Meld fra"))
    expect(page.locator("article.s-item", has_text=FIRST)).to_contain_text("Du vil ta opp noe")
    assert hand.clicks == 2


def test_j6_a_director_answers_from_the_mail_after_one_confirmation(
    page: Page, server: Server, called: Called
) -> None:
    links = links_about(called.letter, ASKED)
    assert list(links) == BY_MAIL
    hand = Hand(page, clicks=1)
    page.goto(links["Støtter"])
    expect(page.locator("main")).to_contain_text("Ingenting skjer før du trykker på knappen.")
    assert faults_of(page) == []
    hand.click(button(page, "Støtter"))
    expect(page.locator("h1")).to_have_text("Takk. Det er notert.")
    assert hand.clicks == 2, "the link and the confirmation"
    page.goto(links["Støtter"])
    expect(page.locator("h1")).to_contain_text("Denne lenken er brukt")
    let_in(page, server, called.director)
    page.goto(called.path)
    expect(page.locator("article.s-item", has_text=FIRST)).to_contain_text("Én av 13 støtter.")


def test_j7_who_cannot_come_says_so_in_one_click_and_the_substitute_is_called(
    page: Page, server: Server, called: Called
) -> None:
    let_in(page, server, called.director)
    page.goto(called.path)
    expect(page.locator(".s-facts")).to_contain_text("Fem stemmer på hver side")
    hand = Hand(page)
    hand.click(button(page, "Kan ikke møte"))
    expect(page.locator("#messages")).to_contain_text("er kalt inn i stedet")
    expect(page.locator(".s-facts")).to_contain_text("Fem stemmer på hver side")
    assert hand.clicks == 1
    page.locator("#messages button", has_text="Angre").click()
    expect(page.locator("#messages")).to_contain_text("Det er som det var.")


def test_j7_impartiality_is_raised_in_two_clicks_and_closes_that_item_alone(
    page: Page, browser: Browser, server: Server, called: Called
) -> None:
    let_in(page, server, called.director)
    page.goto(called.path)
    item = page.locator("article.s-item", has_text=SECOND)
    hand = Hand(page)
    hand.click(item.locator("summary", has_text="Jeg kan være inhabil"))
    hand.click(item.locator(".s-mt-grounds button").first)
    assert hand.clicks == 2
    expect(page.locator("article.s-item", has_text=SECOND)).to_contain_text(
        "Papirene er lukket for deg så lenge."
    )
    expect(page.locator("article.s-item", has_text=FIRST)).to_contain_text(BRIEF["question"])
    assert faults_of(page) == []
    with another(browser, server, secretariat_of(server, "Østfold")) as leader:
        leader.locator("article.s-task", has_text="er inhabil").filter(has_text=SECOND).locator(
            ".ds-button"
        ).click()
        leader.get_by_label("Inhabil", exact=True).check()
        leader.get_by_label("Hvorfor?").fill("Søsteren leder kurset.")
        assert faults_of(leader) + too_wide(leader) == []
        leader.get_by_role("main").locator("form .ds-button").first.click()
        expect(leader).to_have_url(re.compile(called.path))
    page.reload()
    shut = page.locator("article.s-item", has_text=SECOND)
    expect(shut).to_contain_text("Du er inhabil.")
    expect(shut).not_to_contain_text(BRIEF["question"])
