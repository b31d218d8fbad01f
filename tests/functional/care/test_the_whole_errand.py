"""From the ward to the daughter, the service and back: one plan, a value outside, one alert, who looked."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, let_in, visit
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser
WARD, HOME = "Sykepleier på sengepost", "Sykepleier i hjemmetjenesten i Halden"
SERVICE, DAUGHTER, PATIENT = "Sykepleier i felles", "Datter av en pasient", "Pasient i Halden"
USUAL, OUTSIDE = "71,4", "75,2"
KEY, POINT, THINK = 0.28, 1.1, 1.35
"""Seconds to press a key, to point at something and press, and to make up one's mind: the keystroke-level
model, Card, Moran & Newell, Communications of the ACM 1980;23:396-410, for somebody of average skill."""
THREE_MINUTES = 180.0


@dataclass
class Hand:
    """Somebody at a page, whose keys and clicks are counted as they would take."""

    page: Page
    seconds: float = 0.0
    done: list[str] = field(default_factory=list)

    def write(self, place: str, words: str) -> None:
        self.page.locator(place).fill(words)
        self.seconds += THINK + POINT + KEY * len(words)

    def press(self, place: str) -> None:
        self.page.locator(place).first.click()
        self.seconds += THINK + POINT

    def tick(self, place: str) -> None:
        self.page.locator(place).check()
        self.seconds += THINK + POINT


def somebody(server: Server, what: str) -> str:
    """The address of whom the sign-in page calls this."""
    return next(email for email, row in server.accounts.items() if what in " ".join(map(str, row.values())))


def test_a_plan_a_value_outside_one_alert_and_who_looked(
    page: Page, server: Server, browser: Browser
) -> None:
    let_in(page, server, somebody(server, PATIENT))
    page.goto("/min-side/helse/")
    patient = page.locator("[data-own-patient]").get_attribute("data-own-patient")
    assert patient
    with visit(browser, server) as (ward, complaints):
        let_in(ward, server, somebody(server, WARD))
        plan = the_ward_makes_a_plan(ward, patient)
        assert complaints == []
    with visit(browser, server) as (home, complaints):
        let_in(home, server, somebody(server, HOME))
        a_team_confirms(home, plan)
        assert complaints == []
    with visit(browser, server) as (service, complaints):
        let_in(service, server, somebody(server, SERVICE))
        a_team_confirms(service, plan)
        service.goto("/pasienter/")
        with visit(browser, server) as (daughter, theirs):
            let_in(daughter, server, somebody(server, DAUGHTER))
            the_daughter_enters_a_weight(daughter, patient)
            assert theirs == []
        the_service_answers_one_alert(service, patient)
        assert complaints == []
    the_patient_sees_who_looked(page)


def the_ward_makes_a_plan(ward: Page, patient: str) -> str:
    """In under three minutes, by the keys and clicks it takes. The address of the plan."""
    hand = Hand(ward)
    ward.goto(f"/pasienter/{patient}/hva-er-innafor/")
    hand.press("button[name=problem][value=heart_failure]")
    expect(ward).to_have_url(re.compile("/bygg/"))
    hand.write("#weight-yellow_high", "73,4")
    for box in ward.locator("input[name=to]").all():
        hand.tick(f"#{box.get_attribute('id')}")
    hand.tick("#is_read")
    hand.press("button[name=act][value=send]")
    expect(ward.locator("#messages")).to_contain_text("Planen er sendt.")
    assert hand.seconds < THREE_MINUTES
    assert faults_day_and_night(ward) + too_wide(ward) == []
    return ward.url


def a_team_confirms(page: Page, plan: str) -> None:
    page.goto(plan)
    page.get_by_role("button", name="Bekreft mottatt").click()
    expect(page.locator("#messages")).to_contain_text("Du har bekreftet")


def the_daughter_enters_a_weight(daughter: Page, patient: str) -> None:
    daughter.set_viewport_size({"width": 390, "height": 844})
    daughter.goto("/")
    expect(daughter).to_have_url(re.compile(r"/min-side/helse/$"))
    expect(daughter.locator("main")).to_contain_text("Hva er innafor for")
    daughter.get_by_role("link", name="Legg inn målinger").click()
    daughter.get_by_label("Vekt", exact=False).first.fill(OUTSIDE)
    daughter.get_by_role("button", name="Lagre og få svar").click()
    expect(daughter.locator("main")).to_contain_text("Tjenesten ser")
    expect(daughter.locator("main .s-zone[data-z=yellow], main .s-zone[data-z=red]")).to_have_count(1)
    expect(daughter.locator("main .s-zone a[href^='tel:']").first).to_be_visible()
    assert faults_day_and_night(daughter) == []


def the_service_answers_one_alert(service: Page, patient: str) -> None:
    """It stands there without the page being loaded anew, once."""
    row = service.locator(f"#ko [data-row][data-patient='{patient}']")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(OUTSIDE)
    service.goto(f"/pasienter/{patient}/")
    alert = service.locator("[data-alert]")
    expect(alert).to_have_count(1)
    alert.get_by_role("button", name="Ta varselet").click()
    expect(service.locator("#messages")).to_contain_text("Du har det nå.")
    for slug, words in (("gjort", "Ringte: ekstra tablett i tre dager"), ("lukk", "Vekten er på vei ned")):
        service.locator(f"[data-alert] a[href*='/{slug}/']").click()
        service.locator("#note").fill(words)
        service.locator("main form button[type=submit], main form .ds-button").first.click()
    expect(service.locator("[data-alert]")).to_have_count(0)
    service.goto("/pasienter/")
    expect(service.locator("#ko")).to_be_visible()
    expect(row).to_have_count(0)


def the_patient_sees_who_looked(page: Page) -> None:
    page.goto("/min-side/helse/")
    page.get_by_role("link", name="Hvem har sett").first.click()
    main = page.locator("main")
    for team in ("Felles oppfølgingstjeneste", "Hjertemedisinsk sengepost", "Hjemmetjenesten i Halden"):
        expect(main).to_contain_text(team)
    assert re.search(r"\b\d{11}\b", main.inner_text()) is None
    assert faults_day_and_night(page) + too_wide(page) == []
