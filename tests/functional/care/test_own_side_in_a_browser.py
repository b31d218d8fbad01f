"""A daughter's phone: what she enters without network waits there, and is sent once."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser


def daughter(server: Server) -> str:
    for email, row in server.accounts.items():
        if "Datter av en pasient" in " ".join(map(str, row.values())):
            return email
    pytest.fail("The demonstration has no daughter of a patient.")


def rows_of(page: Page, value: str) -> int:
    """How many times the number stands on one's own page; what is sent of itself meanwhile counts too."""
    page.goto("/min-side/helse/")
    return page.locator("#tall table td", has_text=re.compile(rf"^{re.escape(value)}$")).count()


def test_what_is_entered_without_network_waits_and_is_sent_once(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    let_in(page, server, daughter(server))
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/min-side/helse/$"))
    assert faults_day_and_night(page) + too_wide(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("Husk planen på denne telefonen").check()
    expect(page.locator("[data-own-ready]")).to_have_count(1)

    page.context.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_have_text("Du har ikke nett nå")
    expect(page.locator("main")).to_contain_text("Det som står her, er slik det var")
    assert faults_day_and_night(page) + too_wide(page) == []
    page.get_by_label("Vekt", exact=False).first.fill("71,37")
    page.get_by_role("button", name="Lagre på telefonen").click()
    expect(page.locator("[data-own-said]")).to_have_text("Venter på nett: 1 måling")
    page.reload()
    expect(page.locator("[data-own-said]")).to_have_text("Venter på nett: 1 måling")

    page.context.set_offline(False)
    expect(page.locator("[data-own-said]")).to_have_text("Sendt")
    assert rows_of(page, "71,37") == 1
    assert rows_of(page, "71,37") == 1

    page.get_by_role("button", name="Logg ut").click()
    expect(page.locator("main")).to_contain_text("helsefellesskap")
    assert page.evaluate("caches.keys().then(names => names.length)") == 0


def test_an_entry_waits_for_who_made_it_when_the_session_is_over(page: Page, server: Server) -> None:
    who = daughter(server)
    let_in(page, server, who)
    page.goto("/min-side/helse/")
    page.get_by_label("Husk planen på denne telefonen").check()
    expect(page.locator("[data-own-ready]")).to_have_count(1)
    page.context.set_offline(True)
    page.reload()
    page.get_by_label("Vekt", exact=False).first.fill("71,46")
    page.get_by_role("button", name="Lagre på telefonen").click()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-own-signin]")).to_contain_text("Logg inn, så sendes det du la inn.")
    let_in(page, server, who)
    page.goto("/min-side/helse/")
    expect(page.locator("[data-own-said]")).to_have_text("Sendt")
    assert rows_of(page, "71,46") == 1
