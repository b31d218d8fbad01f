"""Trying what makes the need less, with a mouse, with the keyboard, and without script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server

pytestmark = pytest.mark.browser
TRIAL = "/tall/ostfold/behov/prov/"


def test_moving_a_slider_changes_the_answer_and_the_address(page: Page) -> None:
    page.goto(TRIAL)
    said = page.locator("#svar [aria-live]")
    expect(said).to_contain_text("Liggedøgn på sykehus")
    page.get_by_role("slider", name="Kortere opphold for folk over 67 år").fill("100")
    expect(said).to_contain_text("Sykehuset får mindre å gjøre")
    expect(page).to_have_url(re.compile(r"\?tjeneste=liggedogn&til=2040&liggetid=100$"))
    expect(page.locator("#liggetid, #s-liggetid")).to_have_value("100")
    expect(page.locator("#fig-1 .s-chart svg")).to_contain_text("med det du prøver")


def test_the_last_thing_one_tried_is_taken_back(page: Page) -> None:
    page.goto(f"{TRIAL}?kad=100")
    page.get_by_role("slider", name="Friskere alderdom").fill("50")
    expect(page).to_have_url(re.compile("friskere=50"))
    page.get_by_role("link", name="Angre").click()
    expect(page.locator("#s-friskere")).to_have_value("0")
    expect(page.locator("#s-kad")).to_have_value("100")


def test_what_cannot_be_asked_is_said_and_stays_as_it_was_written(page: Page) -> None:
    page.goto(TRIAL)
    page.locator("#s-liggetid").fill("300")
    expect(page.locator("#svar [role=alert]")).to_contain_text("fra 0 til 200 prosent")
    expect(page.locator("#s-liggetid")).to_have_value("300")
    page.locator("#s-liggetid").fill("30")
    expect(page.locator("#svar [aria-live]")).to_contain_text("Sykehuset får mindre å gjøre")


def test_the_evidence_is_one_press_away_and_ones_own_range_is_used(page: Page) -> None:
    page.goto(f"{TRIAL}?dho=100")
    measure = page.locator(".s-trymeasure").filter(has_text="Digital hjemmeoppfølging")
    measure.locator("summary").click()
    expect(measure).to_contain_text("FHI 2022")
    measure.locator("#dho-mest").fill("12")
    expect(page).to_have_url(re.compile("dho-minst=-1&dho-mest=12"))


def test_it_works_without_script(browser: Browser, server: Server) -> None:
    with browser.new_context(base_url=server.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(TRIAL)
        page.locator("#s-liggetid").fill("100")
        page.get_by_role("button", name="Prøv", exact=True).click()
        expect(page.locator("#svar [aria-live]")).to_contain_text("Sykehuset får mindre å gjøre")


def test_a_service_is_found_from_the_overview_and_leads_on_to_the_sliders(page: Page) -> None:
    page.goto("/tall/ostfold/behov/")
    page.get_by_role("link", name="Heldøgnsplasser i alt").click()
    expect(page.locator("main h1")).to_contain_text("Heldøgnsplasser i alt")
    page.get_by_role("link", name="Prøv hva som gjør det mindre").click()
    expect(page.locator("#tjeneste")).to_have_value("heldognsplasser")
