"""The staff room in a browser: what lacks, and levers that answer while they are moved."""

import re

import pytest
from playwright.sync_api import Page, expect

from factories.tried import a_few
from functional.looks import faults_day_and_night, open_whole, too_wide

pytestmark = pytest.mark.browser
ROOM = "/tall/ostfold/bemanning/"


def test_a_lever_that_is_moved_changes_the_answer_and_the_address(page: Page) -> None:
    open_whole(page, f"{ROOM}sykepleiere/")
    said = page.locator("#svar [aria-live]")
    expect(said).not_to_contain_text("grepene")
    page.locator("#s-bli").fill("20")
    expect(said).to_contain_text("Til sammen dekker grepene")
    expect(page).to_have_url(re.compile("bli=20"))
    expect(page.locator("#svar .s-chart svg").first).to_be_visible()
    page.get_by_role("link", name="Sett alt til 0").click()
    expect(said).not_to_contain_text("grepene")


def test_the_address_of_an_answer_can_be_shared(page: Page) -> None:
    open_whole(page, f"{ROOM}sykepleiere/?bli=20&til=2035")
    expect(page.locator("#s-bli")).to_have_value("20")
    expect(page.locator("main h1")).to_contain_text("I 2035")
    expect(page.locator("#svar [aria-live]")).to_contain_text("grepene")


def test_how_far_each_lever_must_be_pulled_comes_when_one_asks(page: Page) -> None:
    open_whole(page, f"{ROOM}helsefagarbeidere/")
    page.get_by_role("link", name="Hvor langt må et grep dras").click()
    expect(page.get_by_role("heading", name=re.compile("nok alene|hver for seg"))).to_be_visible()


@a_few(
    "path", ["", "jordmodre/?bli=10&heltid=5", "fastlegelister/", "jordmorbehov/", "arbeidsmengde/"], most=1
)
def test_everybody_can_use_the_staff_room(page: Page, path: str) -> None:
    open_whole(page, f"{ROOM}{path}")
    assert faults_day_and_night(page) + too_wide(page) == []
