"""A director tries a worked example: a slider moves, the message follows, and the address can be shared."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser
PAGE = "/tall/ostfold/scenarier/modeller/felles-team/"
EFFECT = "stays_ratio--team"


def test_the_message_follows_a_slider_and_the_address_can_be_shared(page: Page) -> None:
    page.goto(PAGE)
    expect(page.locator("main h1")).to_contain_text("«Som i dag» koster minst")
    page.locator(f"#s-{EFFECT}").fill("70")
    expect(page.locator("main h1")).to_contain_text("«Felles team» koster minst", timeout=15_000)
    expect(page).to_have_url(re.compile(f"{EFFECT}=70"))
    shared = page.url
    page.goto(PAGE)
    page.goto(shared)
    expect(page.locator("main h1")).to_contain_text("«Felles team» koster minst")
    expect(page.locator(f"#s-{EFFECT}")).to_have_value("70")


def test_what_cannot_be_is_told_at_its_slider(page: Page) -> None:
    page.goto(f"{PAGE}?{EFFECT}=900")
    expect(page.locator(f"#s-{EFFECT}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main")).to_contain_text("Skriv et tall fra")
    assert faults_of(page) + too_wide(page) == []


def test_figures_that_are_folded_are_drawn_when_they_are_opened(page: Page) -> None:
    page.goto(PAGE)
    page.locator(".s-appr__part > summary").last.click()
    expect(page.locator("#fig-9 .s-chart svg")).to_be_visible()
    assert faults_of(page) + too_wide(page) == []


def test_a_secretariat_writes_a_part_and_takes_it_back(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/tall/ostfold/metodevurderinger/")
    page.get_by_role("link", name="Kjent jordmor hele veien").click()
    page.get_by_role("link", name=re.compile("Skriv Etikk")).click()
    assert faults_of(page) + too_wide(page) == []
    page.locator("#id_text").fill("De som føder om natten i helgen.")
    page.get_by_role("button", name="Lagre delen").click()
    expect(page.locator("#etikk")).to_contain_text("De som føder om natten i helgen.")
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#etikk")).not_to_contain_text("De som føder om natten i helgen.")
    assert faults_of(page) + too_wide(page) == []
