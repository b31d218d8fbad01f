"""A secretariat looks at what others do with the same: the table, a cell, what is like its own measure."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser

TABLE = ".s-compare [role=region]"
# How far it has scrolled, as soon as it has; 0 when it has not in some seconds.
WAIT_FOR_SCROLL = """one => new Promise(done => {
  let left = 300;
  const look = () => one.scrollLeft > 0 || !left-- ? done(one.scrollLeft) : requestAnimationFrame(look);
  look();
})"""


def open_table(page: Page, server: Server, community: str = "Østfold") -> None:
    let_in(page, server, secretariat_of(server, community))
    page.goto("/planer/")
    page.locator("main a[href='/planer/sammenlign/']").click()
    expect(page.locator("main h1")).to_contain_text("helsefellesskap, tema for tema")


def test_from_the_list_of_plans_to_the_line_another_helsefellesskap_wrote(page: Page, server: Server) -> None:
    open_table(page, server)
    heads = page.locator(f"{TABLE} thead th").all_inner_texts()
    assert heads == ["Tema", "Møre og Romsdal", "Østfold"]
    cell = page.locator(f"{TABLE} tbody tr", has_text="Barn og unge").locator("td").first.locator("a")
    cell.focus()
    page.keyboard.press("Enter")
    opened = page.locator("#apen")
    expect(opened.locator("h2")).to_have_text("Barn og unge: Helsefellesskap Møre og Romsdal")
    expect(opened.locator("li")).to_have_count(int(cell.locator("b").inner_text()))
    expect(opened).to_be_in_viewport()
    words = opened.locator("li > a").first.inner_text()
    opened.locator("li > a").first.click()
    expect(page.locator("main h1")).to_have_text(words)


def test_what_is_like_the_measure_elsewhere_comes_by_itself(page: Page, server: Server) -> None:
    open_table(page, server)
    page.locator(f"{TABLE} tbody tr", has_text="Barn og unge").locator("td").nth(1).locator("a").click()
    page.locator("#apen li > a", has_text="BUP").first.click()
    beside = page.locator("#lignende")
    expect(beside.locator("li").first).to_contain_text("Møre og Romsdal")
    expect(beside.locator("li").first).to_contain_text("Samme ord: «BUP».")
    assert faults_of(page) == []
    beside.locator("li a").first.click()
    expect(page.locator("main .s-over a")).to_contain_text("Møre og Romsdal")


def test_the_table_is_for_everybody_and_scrolls_by_itself_on_a_phone(page: Page, server: Server) -> None:
    open_table(page, server)
    page.goto(page.locator(f"{TABLE} td a").first.get_attribute("href") or "")
    expect(page.locator("#apen")).to_be_visible()
    assert faults_of(page) == []
    assert too_wide(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    region = page.locator(TABLE)
    wider = "one => one.scrollWidth - one.clientWidth"
    assert region.evaluate(wider) == 0, "two helsefellesskap stand side by side"
    page.set_viewport_size({"width": 320, "height": 700})
    assert region.evaluate(wider) > 0, "otherwise this test says nothing about scrolling"
    region.focus()
    page.keyboard.press("ArrowRight")
    assert region.evaluate(WAIT_FOR_SCROLL) > 0
    name = page.locator(f"{TABLE} tbody th").first.bounding_box()
    assert name is not None
    assert name["x"] >= 0, "the name of the row stays"


def test_the_table_is_whole_in_nynorsk(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Møre"))
    page.goto("/planer/sammenlign/")
    expect(page.locator("main h1")).to_have_text(
        re.compile(r"^\d+ tiltak i to helsefellesskap, tema for tema$")
    )
    expect(page.locator("main .s-over b")).to_have_text("Samanlikn planar")
    expect(page.locator(f"{TABLE} tbody th").first).to_have_text("Barn og unge")
    assert faults_of(page) == []


def test_without_script_the_measure_leads_to_what_is_like_it(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    open_table(page, server)
    page.locator(f"{TABLE} tbody tr", has_text="Barn og unge").locator("td").nth(1).locator("a").click()
    page.locator("#apen li > a", has_text="BUP").first.click()
    page.locator("#lignende a").click()
    expect(page.locator("main h1")).to_have_text("Andre arbeider med det samme")
    expect(page.locator("#lignende li").first).to_contain_text("Møre og Romsdal")
    context.close()
