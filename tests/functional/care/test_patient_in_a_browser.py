"""A nurse's errand at the page of a patient: read the graph, try other limits, write a note, mend a value."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, sign_in
from functional.looks import faults_day_and_night, faults_of, open_whole, too_wide

pytestmark = pytest.mark.browser
PATIENT = re.compile(r"^/pasienter/\d+/$")


def nurse_of_the_service(server: Server) -> str:
    """The e-mail address of a nurse who follows patients of many municipalities."""
    return next(
        email
        for email, row in server.accounts.items()
        if "Sykepleier i felles oppfølgingstjeneste" in " ".join(map(str, row.values()))
    )


def first_patient(page: Page) -> str:
    """The address of the first patient who is on the list of the team."""
    page.goto("/pasienter/")
    links = page.locator("main a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return next(one for one in links if one and PATIENT.match(one))


def test_a_nurse_reads_tries_writes_and_mends(page: Page, server: Server) -> None:
    sign_in(page, server, nurse_of_the_service(server))
    patient = first_patient(page)
    open_whole(page, patient)
    expect(page.locator("#pasient h1")).to_contain_text("år")
    expect(page.locator(".c-patient:visible").first).to_be_visible()
    assert faults_day_and_night(page) + too_wide(page) == []

    watched = page.locator(".s-watched").first
    watched.get_by_role("link", name=re.compile("^Endre grenser")).click()
    page.get_by_label(re.compile("^Rødt over|^Rødt under")).first.fill("1")
    page.get_by_label("Hvorfor grensene endres").fill("Ny avtale med fastlegen")
    page.get_by_role("button", name="Se hvordan det ville vært").click()
    expect(page.locator("#provd")).to_contain_text("Slik ville de siste 14 dagene ha vært")
    assert faults_of(page) + too_wide(page) == []
    page.get_by_role("button", name="Sett grensene").click()
    expect(page.locator("#hendelser")).to_contain_text("Ny avtale med fastlegen")

    page.get_by_label("Hva bør de andre vite?").fill("Ringte. Alt er i orden nå.")
    page.get_by_role("button", name="Lagre notatet").click()
    expect(page.locator("#notater")).to_contain_text("Ringte. Alt er i orden nå.")

    page.locator(".s-watched").first.get_by_role("link", name=re.compile("^Tabell")).click()
    assert faults_of(page) + too_wide(page) == []
    page.locator("tbody th a").first.click()
    page.get_by_label("Hvorfor").fill("Målte på feil sted")
    page.get_by_role("button", name="Sett til side").click()
    expect(page.locator("main")).to_contain_text("Målte på feil sted")
    assert faults_of(page) + too_wide(page) == []

    for part in ("hendelser/", "folges/", "pauser/", "notater/", "kartlegginger/", "kartlegginger/news2/"):
        open_whole(page, f"{patient}{part}")
        assert faults_of(page) + too_wide(page) == [], part
