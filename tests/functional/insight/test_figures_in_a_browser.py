"""The figure of one's own municipalities: drawn, told in a table, taken along, and beside the plan."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of

pytestmark = pytest.mark.browser


def test_a_figure_is_drawn_in_both_widths(page: Page) -> None:
    page.goto("/tall/ostfold/")
    drawn = page.locator("#fig-ostfold_alle_80 .s-chart svg")
    expect(drawn).to_be_visible()
    expect(drawn).to_contain_text("ventet i 2040")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("#fig-ostfold_alle_80 .s-chart svg")).not_to_contain_text("ventet i 2040")


def test_the_table_behind_it_says_the_same(page: Page) -> None:
    page.goto("/tall/ostfold/")
    figure = page.locator("#fig-ostfold_alle_80")
    figure.get_by_text("Tabell", exact=True).click()
    expect(figure.get_by_role("row", name=re.compile("^2026"))).to_contain_text("18\u00a0306")


@pytest.mark.parametrize("kind", ["SVG", "PNG", "CSV"])
def test_it_can_be_taken_along(page: Page, kind: str) -> None:
    page.goto("/tall/ostfold/3110/")
    with page.expect_download() as taken:
        page.get_by_role("link", name=f"Last ned {kind}").first.click()
    assert taken.value.suggested_filename.endswith(f".{kind.lower()}")


def test_a_secretariat_sees_its_plan_beside_the_ageing_of_its_municipalities(
    page: Page, server: Server
) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/planer/")
    page.locator("main h2 a").first.click()
    rail = page.locator("aside")
    expect(rail.locator("tbody tr")).to_have_count(13)
    expect(rail).to_contain_text("29\u00a0994 i 2040")
    rail.get_by_role("link", name="Hvaler").click()
    expect(page.locator("main h1")).to_contain_text("Hvaler")


def test_a_tile_leads_to_its_municipality_and_on_to_the_next(page: Page) -> None:
    page.goto("/tall/ostfold/")
    page.locator(".s-tile").first.click()
    expect(page.locator("main h1")).to_contain_text("over 80 år fram til 2040")
    page.locator("main nav a").last.click()
    expect(page.locator("main h1")).to_contain_text("over 80 år fram til 2040")


def test_the_municipalities_can_be_sorted(page: Page) -> None:
    page.goto("/tall/ostfold/")
    first = page.locator("#municipalities tbody th").first
    expect(first).to_have_text("Aremark")
    page.get_by_role("link", name="antall").click()
    expect(first).to_have_text("Fredrikstad")
