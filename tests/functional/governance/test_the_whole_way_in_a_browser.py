"""One case the whole way: reported, decided, carried out, and read by everybody.

The director of Halden reports it. The secretariat takes it up, writes the brief, calls the children's
committee and writes its minutes in the room. The case is lifted to the strategic committee, which lets three
municipalities answer for it. Each of them says how it goes from its own mail, everybody reads it in the open
part, and the answer stands on the next agenda below. Every act is done on the pages people use, and the
clicks of each errand are counted from the start page or the mail.
"""

import re
from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.governance.on_the_pages import (
    another,
    button,
    make_ready,
    number_in,
    plan_meeting,
    somebody,
    task,
    write_brief,
)
from functional.looks import faults_of, too_wide
from functional.plans.by_hand import Hand
from functional.plans.letters import links_about, sent_about

pytestmark = pytest.mark.browser

BELOW, ABOVE = "FSU BU", "SSU"
TITLE = "Samme plan hjemme, på skolen og på sykehuset"
ASKS = "Kan barn med langvarig sykdom få én plan som alle bruker?"
DUE = date(date.today().year + 1, 6, 1)
POINT = f"Halden, Moss og Råde prøver én felles plan for barn med langvarig sykdom innen 1. juni {DUE.year}."
PLAIN = "Tre kommuner prøver én felles plan for barn som er syke lenge."
THREE = {"Halden": "Innført", "Moss": "I gang", "Råde": "Planlagt"}
BRIEF = {
    "summary": "Foreldre forteller det samme tre steder. Én plan kan følge barnet.",
    "question": "Skal tre kommuner prøve én felles plan?",
    "background": "Barn med langvarig sykdom har tre planer som ikke er like.",
    "municipal_view": "Kommunene vil prøve i det små først.",
    "hospital_view": "Barneavdelingen kan ta imot planen i journalen.",
    "user_view": "Foreldrene slipper å være budbringere.",
    "administrative": "Hver kommune peker ut én som svarer.",
    "economic": "Ingen nye utgifter det første året.",
    "privacy": "Familien har planen, og bestemmer hvem som ser den.",
    "recommendation": POINT,
}


def report_it(page: Page) -> str:
    """J2: two clicks from the start page. Returns the address of the case."""
    hand = Hand(page)
    hand.click(page.get_by_role("link", name="Meld sak"))
    page.get_by_label("Tittel").fill(TITLE)
    page.get_by_label("Hva ønsker du avklart?").fill(ASKS)
    page.get_by_label("Hvem gjelder det").fill("Barn med langvarig sykdom, og foreldrene deres")
    hand.click(button(page, "Send"))
    expect(page.locator("h1")).to_have_text(re.compile(r"Takk\. Dette er sak"))
    assert hand.clicks == 2
    page.get_by_role("link", name="Se saken").click()
    return urlsplit(page.url).path


def take_up_and_write(page: Page, case: str) -> None:
    """From the task on the start page to a case that is ready."""
    page.goto("/")
    task(page, f"«{TITLE}» er meldt").click()
    expect(page.locator("#id_body option:checked")).to_have_text("Faglig samarbeidsutvalg barn og unge")
    button(page, "Ta opp saken").click()
    write_brief(page, BRIEF)
    make_ready(page, case)


def call(page: Page, body: str) -> int:
    """J1: three clicks from the start page to a notice that is sent. Returns the number of the meeting."""
    page.goto("/")
    hand = Hand(page)
    hand.click(task(page, f"Send innkalling til {body}"))
    hand.click(button(page, "Legg alle klare på saksliste"))
    expect(page.locator("#saksliste")).to_contain_text(TITLE)
    hand.click(button(page, "Send innkalling"))
    expect(page.locator("h1")).to_contain_text("Innkallingen er sendt.")
    assert hand.clicks == 3
    return number_in(page.url)


def begin(page: Page) -> None:
    """To the room, where everybody has come."""
    page.get_by_role("link", name="Til møterommet").click()
    button(page, "Start møtet").click()
    button(page, "Alle er her").click()
    expect(page.locator(".s-roomwho")).not_to_contain_text("Ikke til stede")


def open_item(page: Page, words: str) -> None:
    page.locator(".s-roomline", has_text=words).click()
    expect(page.locator("article.s-item h2")).to_contain_text(words)


def treat_the_rest(page: Page) -> None:
    """J3: two keys for each item that is left, and none is left."""
    hand = Hand(page)
    waiting = page.locator(".s-roomline small", has_text="min")
    left = waiting.count()
    for _item in range(left):
        is_approval = "Godkjenning" in page.locator("article.s-item .s-over").inner_text()
        hand.press("1" if is_approval else "6")
        hand.store("Enter")
    expect(page.locator("h1")).to_have_text("Alle punkter er behandlet. Møtet kan avsluttes.")
    assert hand.keys == 2 * left


def close_and_send(page: Page) -> None:
    """J3: one click sends the minutes for remarks."""
    button(page, "Avslutt møtet").click()
    hand = Hand(page)
    hand.click(button(page, "Ferdig: send til merknad"))
    expect(page.get_by_text("Versjon 1.")).to_be_visible()
    assert hand.clicks == 1


def lift(page: Page) -> None:
    """J8: a key and a reason, two in all; the recommendation goes along."""
    open_item(page, TITLE)
    hand = Hand(page)
    hand.press("5")
    with page.expect_navigation():
        hand.click(page.locator('[data-for="escalated"] button', has_text="Økonomi"))
    assert hand.clicks + hand.keys == 2
    expect(page.locator(".s-roomline", has_text=TITLE)).to_contain_text("Løftet")


def decide(page: Page) -> None:
    """J3: two keys; who answers, by when and whom it binds is read out of the point. One sentence for all."""
    open_item(page, TITLE)
    point = page.locator(".s-point").first
    expect(point.locator("textarea")).to_have_value(POINT)
    expect(point.locator("input[type=date]")).to_have_value(DUE.isoformat())
    expect(point.locator("select[name^=owner] option:checked")).to_have_text("Halden")
    assert [one.inner_text().strip() for one in point.locator("label:has(:checked)").all()][-3:] == list(
        THREE
    )
    hand = Hand(page)
    hand.press("1")
    hand.click(page.locator("summary", has_text="klart språk"))
    page.locator("#plain").fill(PLAIN)
    hand.store("Enter")
    assert (hand.keys, hand.clicks) == (2, 1)
    expect(page.locator(".s-roomline", has_text=TITLE)).to_contain_text("Vedtatt")


def ask_everybody(page: Page) -> None:
    """J4: one click from the list of what is to be followed up."""
    page.goto("/oppfolging/")
    hand = Hand(page)
    hand.click(button(page, "Purr alle"))
    expect(page.locator("#messages")).to_contain_text("får e-post")
    assert hand.clicks == 1


def answer_from_the_mail(browser: Browser, server: Server) -> None:
    """Each of the three presses the link of its own mail, and a button: two clicks, not signed in."""
    letters = sent_about(server, "ostfold", datetime.now(), POINT[:50])
    asked = {
        name: links[word]
        for letter in letters
        for name, word in THREE.items()
        if (links := links_about(letter, f"Hvor langt er {name} kommet med «{POINT[:50]}"))
    }
    assert set(asked) == set(THREE)
    for name, link in asked.items():
        with another(browser, server) as page:
            hand = Hand(page, clicks=1)
            page.goto(link)
            expect(page.locator("h1")).to_contain_text(f"{name}: {POINT[:30]}")
            hand.click(button(page, THREE[name]))
            expect(page.locator("h1")).to_have_text("Takk. Det er notert.")
            assert hand.clicks == 2


def read_it_as_everybody(browser: Browser, server: Server) -> None:
    """J11: two clicks from the open search to what was decided, and how far the three have come."""
    with another(browser, server) as page:
        page.goto("/apent/")
        hand = Hand(page)
        page.get_by_label("Hva leter du etter?").fill("plan for barn som er syke lenge")
        hand.click(page.get_by_role("main").get_by_role("button", name="Søk"))
        hand.click(page.locator(".s-open__hits > li", has_text=PLAIN).get_by_role("link", name=TITLE))
        assert hand.clicks == 2
        expect(page.locator("h1")).to_have_text(PLAIN)
        who = page.locator(".s-decided > li")
        expect(who).to_have_text([f"{word} {name}" for name, word in THREE.items()])
        assert faults_of(page) + too_wide(page) == []
        page.get_by_label("Hva det henger sammen med").get_by_role("link", name=TITLE).click()
        way = page.get_by_label("Saksgangen").locator("li")
        expect(way).to_have_text(
            [re.compile("Meldt av Halden"), re.compile("løftet saken"), re.compile("SSU vedtok")]
        )
        expect(page.locator("main")).to_contain_text("Foreldrene slipper å være budbringere.")
        assert faults_of(page) + too_wide(page) == []


def next_agenda_below(page: Page, held: int) -> None:
    """The answer from above stands there by itself, and the minutes of the last meeting are item 1."""
    page.goto("/moter/")
    expect(page.locator(f'a[href="/moter/{held}/"]')).to_be_visible()
    to_come = page.get_by_role("region", name="Kommer").get_by_role("listitem")
    to_come.get_by_role("link", name=BELOW).first.click()
    button(page, "Legg alle klare på saksliste").click()
    agenda = page.locator("#saksliste .s-mt-agenda__what > b")
    expect(agenda.filter(has_text=f"Svar fra {ABOVE}: {TITLE}")).to_have_count(1)
    expect(agenda.first).to_have_text(re.compile("Referat fra"))


def test_one_case_from_a_municipality_and_back_to_everybody(
    page: Page, browser: Browser, server: Server
) -> None:
    with another(browser, server, somebody(server, "Kommunedirektør i Halden")) as reporter:
        case = report_it(reporter)
    sign_in(page, server, secretariat_of(server, "Østfold"))
    take_up_and_write(page, case)
    plan_meeting(page, BELOW, date.today())
    below = call(page, BELOW)
    begin(page)
    lift(page)
    treat_the_rest(page)
    close_and_send(page)
    plan_meeting(page, ABOVE, date.today())
    call(page, ABOVE)
    begin(page)
    decide(page)
    treat_the_rest(page)
    close_and_send(page)
    ask_everybody(page)
    answer_from_the_mail(browser, server)
    read_it_as_everybody(browser, server)
    next_agenda_below(page, below)
