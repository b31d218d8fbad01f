"""A secretariat brings its plan, fills holes and says how it goes: with script, with keys, without script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import OWN_PLAN, Server, let_in, secretariat_of, sign_in
from functional.looks import faults_day_and_night, open_whole, too_wide

pytestmark = pytest.mark.browser

TABLE_PLAN = "003_d78286b6c080bab9.txt"


def open_plan(page: Page, server: Server) -> None:
    """Østfold's own plan, as its secretariat."""
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/planer/")
    page.locator("main h2 a", has_text=OWN_PLAN).click()
    expect(page.locator("main h1")).to_contain_text("tiltak")


def holes(page: Page) -> int:
    return page.locator("button.s-hole").count()


def test_a_secretariat_brings_its_plan_and_sees_25_measures_with_their_responsibles(
    page: Page, server: Server, seeds: Path
) -> None:
    if not (seeds / TABLE_PLAN).exists():
        pytest.skip(f"NOT TESTED: {TABLE_PLAN} is not among the documents beside the checkout")
    let_in(page, server, secretariat_of(server, "Troms"))
    page.goto("/planer/les-inn/")
    page.set_input_files("input[type=file]", seeds / TABLE_PLAN)
    page.click("main form button")
    expect(page.locator("main h1")).to_have_text("25 tiltak. Alle har ansvarlig, ingen har frist.")
    page.click("main .s-head a.ds-button")
    expect(page.locator("main h1")).to_contain_text("25 tiltak.")
    rows = page.locator("main [data-row]")
    expect(rows).to_have_count(25)
    assert all(row.locator(".s-m > span").nth(2).inner_text().strip() for row in rows.all())
    expect(rows.first).to_contain_text("FSU BU")


def test_bringing_it_again_changes_nothing(page: Page, server: Server, seeds: Path) -> None:
    if not (seeds / TABLE_PLAN).exists():
        pytest.skip(f"NOT TESTED: {TABLE_PLAN} is not among the documents beside the checkout")
    let_in(page, server, secretariat_of(server, "Troms"))
    for _time in range(2):
        page.goto("/planer/les-inn/")
        page.set_input_files("input[type=file]", seeds / TABLE_PLAN)
        page.click("main form button")
        page.wait_for_url("**/gjennomgang/")
    expect(page.locator("#messages")).to_contain_text("Ingenting er endret.")


def test_a_document_of_another_helsefellesskap_is_refused_in_words(
    page: Page, server: Server, tmp_path: Path
) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    plan = tmp_path / "plan.md"
    table = "Hva vil vi?\tTiltak\tAnsvarlig\nTrygghet\tLage felles kurs i samtaler\tSSU\n"
    plan.write_text(
        f"# Handlingsplan for Helsefellesskapet i Vestfold 2025-2027\n\n## 1 Barn\n\n{table}", "utf-8"
    )
    page.goto("/planer/les-inn/")
    page.set_input_files("input[type=file]", plan)
    page.click("main form button")
    expect(page.locator(".s-field__err")).to_contain_text("du arbeider i Helsefellesskapet Østfold")


def test_one_click_fills_a_hole_where_one_stands_and_one_takes_it_back(page: Page, server: Server) -> None:
    open_plan(page, server)
    before, heading = holes(page), page.inner_text("main h1")
    assert before > 0
    row = page.locator("[data-row]", has=page.locator("button.s-hole")).first
    number = row.get_attribute("id")
    row.locator("button.s-hole").first.click()
    expect(page.locator("button.s-hole")).to_have_count(before - 1)
    expect(page.locator("main h1")).not_to_have_text(heading)
    expect(page.locator("#messages")).to_contain_text("Angre")
    assert page.url.endswith("/"), "the page is the same; only the row and the counts are new"
    page.locator(f"#{number} .s-undo").click()
    expect(page.locator("button.s-hole")).to_have_count(before)
    expect(page.locator("main h1")).to_have_text(heading)


def test_the_keys_go_to_the_next_hole_say_yes_and_undo(page: Page, server: Server) -> None:
    open_plan(page, server)
    before = holes(page)
    page.keyboard.press("h")
    expect(page.locator("button.s-hole:focus")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.locator("button.s-hole")).to_have_count(before - 1)
    page.keyboard.press("z")
    expect(page.locator("button.s-hole")).to_have_count(before)


def test_a_measure_opens_in_its_place_takes_a_report_and_closes(page: Page, server: Server) -> None:
    open_plan(page, server)
    link = page.locator("[data-row-main]").nth(1)
    number = page.locator("[data-row]").nth(1).get_attribute("id")
    link.click()
    opened = page.locator(f"#{number} .s-open")
    expect(opened).to_contain_text(re.compile(r"linje\s\d+"))
    opened.locator("input[name=sentence]").fill("Alle kommunene er med nå.")
    opened.get_by_role("button", name="I rute").click()
    expect(opened).to_contain_text("Alle kommunene er med nå.")
    link.click()
    expect(opened).to_have_count(0)


def test_only_holes_are_shown_when_asked_for(page: Page, server: Server) -> None:
    open_plan(page, server)
    rows = page.locator("[data-row]").count()
    page.get_by_role("link", name="Vis bare hull").click()
    expect(page.get_by_role("link", name="Vis alle tiltak")).to_be_visible()
    assert 0 < page.locator("[data-row]").count() <= rows
    assert all(row.locator(".s-hole").count() for row in page.locator("[data-row]").all())


def test_everything_works_without_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    open_plan(page, server)
    before = holes(page)
    page.locator("button.s-hole").first.click()
    expect(page.locator("button.s-hole")).to_have_count(before - 1)
    page.locator(".s-filled .s-undo").click()
    expect(page.locator("button.s-hole")).to_have_count(before)
    page.locator("[data-row-main]").first.click()
    expect(page.get_by_role("button", name="Fullført")).to_be_visible()
    context.close()


def test_a_visitor_reads_the_open_plan_without_buttons(page: Page, server: Server) -> None:
    page.goto("/planer/")
    page.locator("main li a").first.click()
    expect(page.locator("main h1")).to_contain_text("tiltak")
    assert holes(page) == 0
    expect(page.locator("main .s-ask")).to_have_count(0)


def addresses(page: Page) -> list[str]:
    """Pages of the plan that is open, and of its first measure."""
    plan = re.sub(r"^https?://[^/]+", "", page.url).partition("?")[0]
    measure = page.locator("[data-row-main]").first.get_attribute("href") or ""
    number = measure.rstrip("/").rpartition("/")[2]
    return [
        plan, f"{plan}?tiltak={number}", f"{plan}?vis=hull", measure, f"{plan}kilde/", f"{plan}gjennomgang/",
        "/planer/", "/planer/les-inn/",
    ]  # fmt: skip


def test_no_page_scrolls_sideways(page: Page, server: Server) -> None:
    open_plan(page, server)
    wide = []
    for address in addresses(page):
        page.goto(address)
        wide += too_wide(page)
    assert wide == []


@pytest.mark.slow
def test_every_page_can_be_used_by_everybody(page: Page, server: Server) -> None:
    open_plan(page, server)
    faults = []
    for address in addresses(page):
        open_whole(page, address)
        faults += faults_day_and_night(page)
    assert faults == []
