"""The ward goes through a medication list from the discharge letter, and the patient reads it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.care.test_the_whole_errand import PATIENT, WARD, somebody
from functional.conftest import Server, let_in, visit
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser
LETTER = """Furosemid 40 mg tablett, 1 + 0 + 0 + 0, for hjertet
Metoprolol 50 mg depottablett, 1 om morgenen, for hjertet
Nye:
Spironolakton 25 mg tablett, 1 om morgenen, for hjertet
Seponert:
Ibuprofen 400 mg tablett ved smerter
"""


def test_a_letter_becomes_a_signed_list_that_the_patient_reads(
    page: Page, server: Server, browser: Browser
) -> None:
    let_in(page, server, somebody(server, PATIENT))
    page.goto("/min-side/helse/")
    patient = page.locator("[data-own-patient]").get_attribute("data-own-patient")
    with visit(browser, server) as (ward, complaints):
        let_in(ward, server, somebody(server, WARD))
        ward.goto(f"/pasienter/{patient}/legemidler/")
        ward.locator("main form button", has_text="Gå gjennom").click()
        the_letter_becomes_lines(ward)
        the_list_is_signed(ward)
        assert complaints == []
    page.goto(f"/pasienter/{patient}/legemidler/")
    expect(page.locator("h1")).to_contain_text("Dette er medisinene dine")
    expect(page.locator('[data-decision="new"]')).to_contain_text("Spironolakton")
    expect(page.locator('[data-decision="stopped"]')).to_contain_text("Ibuprofen")
    assert faults_day_and_night(page) + too_wide(page) == []


def the_letter_becomes_lines(ward: Page) -> None:
    """What the headings say is decided; the rest goes on as before by one key, and that can be undone."""
    lines = ward.locator("fieldset[data-row]:not([data-new])")
    before = lines.count()
    ward.locator("#pasted").fill(LETTER)
    ward.locator("button[value=paste]").click()
    expect(lines).to_have_count(before + 4)
    assert decided(ward)[-4:] == ["", "", "new", "stopped"]
    assert faults_day_and_night(ward) + too_wide(ward) == []
    ward.keyboard.press("r")
    expect(ward.locator("button[value=rest]")).to_have_count(0)
    assert decided(ward)[-4:-2] == ["continued", "continued"]
    ward.keyboard.press("u")
    expect(ward.locator("button[value=rest]")).to_have_count(1)
    assert decided(ward)[-4:-2] == ["", ""]
    ward.locator("button[value=rest]").click()
    expect(ward.locator("button[value=rest]")).to_have_count(0)


def decided(ward: Page) -> list[str]:
    chosen = ward.locator("fieldset[data-row]:not([data-new]) select[name^=decision]")
    return [one.input_value() for one in chosen.all()]


def the_list_is_signed(ward: Page) -> None:
    """What is missing is told while one writes, and stands in the way of signing."""
    ward.locator("button[value=sign]").click()
    expect(ward.locator("#error-summary-heading")).to_contain_text("ikke signert")
    assert faults_day_and_night(ward) == []
    stopped = ward.locator("fieldset[data-row]:not([data-new])").last
    stopped.locator(".s-med__why input").fill("Nyrene tåler den ikke")
    ward.locator("input[name=sources]").first.check()
    ward.locator("#place").fill("Medisinsk sengepost, Kalnes")
    expect(ward.locator("#sjekk")).to_contain_text("Ingenting mangler")
    ward.locator("button[value=sign]").click()
    expect(ward).to_have_url(re.compile(r"/legemidler/(\d+/)?$"))
    expect(ward.locator('[data-decision="continued"]')).to_contain_text("Furosemid")
