"""Beds on the page: sliders that answer, numbers without script, a file of one's own, a model as text."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server

pytestmark = pytest.mark.browser
NEED, SHARED, WEEK, FLOW = (f"/tall/ostfold/senger/{rest}" for rest in ("", "deles/", "uka/", "flyt/"))


def test_a_slider_moves_the_heading_the_figures_and_the_address(page: Page) -> None:
    page.goto(NEED)
    before = page.locator("h1").inner_text()
    page.locator("input[type=range]").first.fill("95")
    expect(page.locator("h1")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("utilisation=95"))
    expect(page.locator("#svar .s-chart svg")).to_have_count(3)
    expect(page.locator("#s-utilisation")).to_have_value("95")


def test_a_number_out_of_range_is_told_at_once_and_the_page_recovers(page: Page) -> None:
    page.goto(SHARED)
    page.locator("#s-beds").fill("100")
    expect(page.locator("#svar")).to_contain_text("må være et helt tall fra 1 til 40")
    page.locator("#s-beds").fill("10")
    expect(page.locator("h1")).to_contain_text("av de 10 sengene")


def test_without_script_the_button_gives_the_same_answer(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(SHARED)
    page.fill("#s-beds", "12")
    page.get_by_role("button", name="Regn ut").click()
    expect(page.locator("h1")).to_contain_text("av de 12 sengene")
    context.close()


def test_the_invented_file_is_downloaded_and_loaded(page: Page, tmp_path: Path) -> None:
    page.goto(WEEK)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Last ned den oppdiktede fila").click()
    file = tmp_path / "opphold.csv"
    taken.value.save_as(file)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Vis prognosen").click()
    expect(page.locator("h1")).to_contain_text("trolig")
    expect(page.locator("#dager tbody tr")).to_have_count(14)


def test_more_places_are_tried_on_the_same_patients(page: Page) -> None:
    page.goto(FLOW)
    page.locator("#s-try_first").fill("44")
    expect(page.locator("h1")).to_contain_text("færre på sykehuset hver dag", timeout=20_000)
    expect(page.locator("#svar")).to_contain_text("De samme pasientene kommer i begge.")
