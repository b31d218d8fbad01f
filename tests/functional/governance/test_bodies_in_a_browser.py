"""The secretariat's errands in the bodies: an empty seat, names asked for, and pages everybody can use."""

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, open_whole, too_wide

pytestmark = pytest.mark.browser
COMMITTEE = "Faglig samarbeidsutvalg eldre og kronisk syke"


def open_committee(page: Page, server: Server) -> str:
    """Signed in as the secretariat, on the page of a committee with an empty seat; returns its address."""
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/organer/")
    page.get_by_role("link", name=COMMITTEE).click()
    expect(page.locator("h1")).to_have_text("Fem fra hver side. Én plass er ledig.")
    return page.url


def test_who_stands_in_takes_the_empty_seat_in_one_press_and_it_is_undone_in_one(
    page: Page, server: Server
) -> None:
    open_committee(page, server)
    page.locator("button.s-hole").click()
    expect(page.locator("h1")).to_have_text("Fem fra hver side. Ingen plass er ledig.")
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("h1")).to_have_text("Fem fra hver side. Én plass er ledig.")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_of_a_body_can_be_used_by_everybody(page: Page, server: Server, language: str) -> None:
    body = open_committee(page, server)
    page.context.add_cookies([{"name": "samspill_language", "value": language, "url": server.url}])
    seat = page.locator('a[href*="/plasser/"]').first.get_attribute("href")
    leave = page.locator('a[href*="/verv/"]').first.get_attribute("href")
    faults = []
    for path in (
        "/organer/",
        "/organer/nytt/",
        body,
        f"{body}?dag=2023-05-01",
        f"{body}mandat/",
        f"{body}sammensetning/",
        f"{body}siste-dag/",
        f"{body}oppnevning/",
        str(seat),
        str(leave),
    ):
        assert open_whole(page, path).status == 200, path
        faults += faults_of(page) + too_wide(page)
    assert faults == []


def test_names_are_asked_for_and_written_in(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/organer/")
    page.get_by_role("link", name="Underutvalg for akuttkjeden").click()
    page.get_by_role("link", name="Start oppnevning").click()
    page.get_by_label("Den nye perioden begynner").fill("2099-01-01")
    page.get_by_label("Frist for navn").fill("2098-12-01")
    page.get_by_role("button", name="Start oppnevning").click()
    expect(page.locator("h1")).to_have_text("Det mangler sju navn.")
    assert faults_of(page) + too_wide(page) == []
    page.locator("summary", has_text="Skriv navnet").first.click()
    page.locator("details[open]").get_by_label("Navn", exact=True).fill("Ola Nytt")
    page.locator("details[open]").get_by_role("button", name="Lagre navnet").click()
    expect(page.locator("h1")).to_have_text("Det mangler seks navn.")
    page.get_by_role("button", name="Sett inn alle").click()
    expect(page.locator("h1")).to_have_text("Tre fra hver side. Ingen plass er ledig.")
