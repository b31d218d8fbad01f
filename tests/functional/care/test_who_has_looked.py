"""Emergency access from the refusal to the review: the nurse, the patient and the privacy officer."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser


def somebody(server: Server, role: str) -> str:
    for email, row in server.accounts.items():
        if role in " ".join(map(str, row.values())):
            return email
    pytest.fail(f"The demonstration has no {role}.")


def is_well(page: Page) -> None:
    assert faults_day_and_night(page) + too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def test_emergency_access_is_told_to_the_patient_and_reviewed(page: Page, server: Server) -> None:
    let_in(page, server, somebody(server, "Pasient i Halden"))
    page.goto("/min-side/helse/")
    log = page.locator("#mer a[href*='/innsyn/']").get_attribute("href") or ""
    patient = re.sub(r"innsyn/$", "", log)

    let_in(page, server, somebody(server, "Sykepleier i hjemmetjenesten i Moss"))
    page.goto(patient)
    page.get_by_role("link", name="Bruk nødtilgang").click()
    is_well(page)
    page.get_by_label("akutt sykdom").check()
    page.get_by_label("Hvorfor må du se dette nå?").fill("Falt om på butikken i Moss")
    page.get_by_role("button", name="Åpne med nødtilgang").click()
    expect(page.locator(".s-glass")).to_contain_text("minutter igjen")
    is_well(page)
    page.locator(".s-glass").get_by_role("button", name="Avslutt").click()
    assert page.goto(patient).status == 403  # type: ignore[union-attr]

    let_in(page, server, somebody(server, "Pasient i Halden"))
    page.goto(log)
    day = page.locator(".s-looks").first
    expect(day).to_contain_text("Nødtilgang: akutt sykdom")
    expect(page.locator("#kontroll")).to_contain_text("Moss ser på det")
    is_well(page)
    page.goto(f"{patient}sperringer/")
    is_well(page)

    let_in(page, server, somebody(server, "Personvernansvarlig i Moss"))
    page.goto("/")
    page.get_by_role("link", name=re.compile("Kontroller")).first.click()
    expect(page.locator("#kontroll")).to_contain_text("Falt om på butikken i Moss")
    is_well(page)
    page.get_by_label("Hvorfor, med ord pasienten leser").first.fill("Pasienten var syk, og det hastet.")
    page.get_by_role("button", name="Oppslaget var riktig").first.click()
    expect(page.locator("#kontroll")).not_to_contain_text("Falt om på butikken i Moss")

    let_in(page, server, somebody(server, "Pasient i Halden"))
    page.goto(log)
    expect(page.locator("#kontroll")).to_contain_text("og det hastet")
