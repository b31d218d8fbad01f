"""The pyramid moves, a region answers while one chooses, and the profile goes on two sheets."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server

pytestmark = pytest.mark.browser


def outline(page: Page) -> str:
    """The shape of the line around the bars."""
    paths = page.locator("#pyramide .s-chart svg g.mark-line path")
    expect(paths).to_have_count(2)
    return paths.first.get_attribute("d") or ""


def test_the_slider_moves_the_line_its_words_and_the_address(page: Page) -> None:
    page.goto("/tall/ostfold/")
    expect(page.locator("#pyramide-told")).to_contain_text("streken er 2040")
    before = outline(page)
    page.locator("#pyramide-year").fill("2030")
    expect(page.locator("#pyramide-told")).to_contain_text("streken er 2030")
    expect(page.locator("#pyramide .s-chart svg")).to_contain_text("2030")
    assert outline(page) != before
    assert "ar=2030" in page.url
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("#pyramide .s-chart svg")).to_contain_text("2030")  # it stands when drawn anew


def test_the_years_pass_by_themselves_when_asked_to(page: Page) -> None:
    page.goto("/tall/ostfold/?ar=2036")
    expect(page.locator("#pyramide .s-chart svg")).to_be_visible()
    page.get_by_role("button", name="Spill av").click()
    expect(page.get_by_role("button", name="Stopp")).to_be_visible()
    expect(page.locator("#pyramide-told")).to_contain_text("streken er 2040")
    expect(page.get_by_role("button", name="Spill av")).to_be_visible()


def test_whoever_asks_for_less_motion_has_the_slider_alone(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/tall/ostfold/")
    expect(page.locator("#pyramide .s-chart svg")).to_be_visible()
    expect(page.get_by_role("button", name="Spill av")).to_be_hidden()
    expect(page.locator("#pyramide-year")).to_be_visible()
    context.close()


def test_without_script_another_year_is_a_page_with_its_own_picture(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/tall/ostfold/?ar=2030")
    expect(page.locator("#pyramide img")).to_have_attribute("src", re.compile("pyramide-2030-5.svg"))
    expect(page.locator("#pyramide-told")).to_contain_text("streken er 2030")
    page.get_by_role("button", name="Vis året").click()
    expect(page).to_have_url(re.compile(r"ar=2030"))
    context.close()


def test_a_region_answers_while_one_chooses(page: Page) -> None:
    page.goto("/tall/ostfold/omrade/")
    page.get_by_role("checkbox", name="Halden").check()
    expect(page.locator("h1")).to_contain_text("i 2040")
    expect(page.locator(".s-lede")).to_contain_text("Halden")
    page.locator("#s-fra").fill("90")
    expect(page.locator(".s-lede")).to_contain_text("90 år og eldre")
    assert "kommune=3101" in page.url
    assert "fra=90" in page.url
    expect(page.get_by_role("checkbox", name="Halden")).to_be_checked()
    page.locator("#s-til").fill("80")
    expect(page.get_by_role("alert")).to_contain_text("Sett den laveste alderen først")


def test_the_profile_goes_on_two_sheets(page: Page) -> None:
    page.goto("/tall/ostfold/")
    expect(page.locator("#pyramide .s-chart svg")).to_be_visible()
    expect(page.locator("#fig-ostfold_alle_eldre .s-chart svg")).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(pypdfium2.PdfDocument(printed)) == 2
