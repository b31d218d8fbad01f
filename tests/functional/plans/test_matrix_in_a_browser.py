"""Who has come how far, in a browser: with keys, on a phone, on paper, and answered in the row."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import OWN_PLAN, Server, let_in, secretariat_of
from functional.looks import faults_day_and_night, faults_of, open_whole, too_wide

pytestmark = pytest.mark.browser


def director_of(server: Server, municipality: str) -> str:
    return next(
        email
        for email, row in server.accounts.items()
        if municipality in row["role"] and "direktør" in row["role"]
    )


def open_matrix(page: Page, server: Server) -> str:
    """Østfold's matrix as its secretariat, with at least one measure that concerns all the municipalities."""
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto("/planer/")
    page.locator("main h2 a", has_text=OWN_PLAN).click()
    page.get_by_role("link", name="Kommunene", exact=True).click()
    page.wait_for_url("**/kommunene/")
    if page.locator(".s-mx__grid tbody td a .s-g").count() < 13:
        page.locator(".s-mx__ask button").first.click()
        expect(page.locator("#messages")).to_contain_text("Det er satt hvem tiltaket gjelder.")
    return page.url.split("#")[0].removeprefix(server.url)


def test_a_hole_is_filled_with_one_key_and_undone(page: Page, server: Server) -> None:
    open_matrix(page, server)
    offers = page.locator(".s-mx__ask button")
    before = offers.count()
    page.locator("main").click(position={"x": 5, "y": 5})
    page.keyboard.press("h")
    expect(offers.first).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#messages")).to_contain_text("Det er satt hvem tiltaket gjelder.")
    expect(offers).to_have_count(before - 1)
    page.locator("#messages button").click()
    expect(offers).to_have_count(before)


def test_the_arrows_move_from_row_to_row_and_enter_opens_one(page: Page, server: Server) -> None:
    open_matrix(page, server)
    page.locator("main").click(position={"x": 5, "y": 5})
    for _time in range(2):
        page.keyboard.press("ArrowDown")
    chosen = page.locator("tr[data-row][data-on] th a")
    name = chosen.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/tiltak/\d+/kommunene/"))
    assert page.locator(".s-over a").last.inner_text() in name


def test_a_mark_is_reached_with_the_keyboard_told_and_undone(page: Page, server: Server) -> None:
    matrix = open_matrix(page, server)
    begun = page.get_by_role("img", name=re.compile("^Aremark: I gang"))
    before = begun.count()
    mark = page.get_by_role("img", name=re.compile("^Aremark: Ikke svart")).first
    mark.locator("xpath=..").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Aremark: ikke svart")
    page.get_by_role("button", name="I gang").click()
    expect(page.locator("h1")).to_have_text("Aremark: i gang")
    expect(page.locator("#historie")).to_contain_text("på vegne av Aremark")
    assert faults_of(page) == []
    page.locator("#messages button").click()
    expect(page.locator("h1")).to_contain_text("Aremark: ikke svart")
    page.goto(matrix)
    assert begun.count() == before


def test_areas_fold_and_the_names_stay_on_top(page: Page, server: Server) -> None:
    matrix = open_matrix(page, server)
    rows = page.locator(".s-mx__grid tbody tr")
    before = rows.count()
    fold = page.locator(".s-mx__area a").first
    expect(fold).to_have_attribute("aria-expanded", "true")
    fold.click()
    expect(page.locator(".s-mx__area a").first).to_have_attribute("aria-expanded", "false")
    assert rows.count() < before
    page.goto(matrix)
    page.mouse.wheel(0, 900)
    page.wait_for_function("window.scrollY > 300")
    box = page.locator("thead a", has_text="Halden").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 80


def test_on_a_phone_one_chooses_a_municipality_and_reads_a_list(page: Page, server: Server) -> None:
    matrix = open_matrix(page, server)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(matrix)
    expect(page.locator(".s-mx__grid")).to_be_hidden()
    page.locator(".s-narrow a", has_text="Halden").click()
    expect(page.locator("h1")).to_contain_text("Halden har innført")
    expect(page.locator(".s-mx__line").first).to_be_visible()
    assert page.locator(".s-mx__line").first.inner_text().strip()
    assert too_wide(page) == []


def test_on_paper_the_grid_stays_and_the_buttons_go(page: Page, server: Server) -> None:
    open_matrix(page, server)
    page.emulate_media(media="print")
    expect(page.locator(".s-mx__grid")).to_be_visible()
    expect(page.locator(".s-mx__pick")).to_be_hidden()
    expect(page.locator(".s-keys")).to_be_hidden()


def test_a_director_answers_in_the_row_and_takes_the_case_along(page: Page, server: Server) -> None:
    let_in(page, server, director_of(server, "Halden"))
    page.goto("/min-kommune/")
    before = page.locator("h1").inner_text()
    page.locator(".s-mk__row").get_by_role("button", name="I gang").first.click()
    expect(page.locator("#messages")).to_contain_text("Det er satt til «I gang».")
    assert page.url.endswith("/min-kommune/")
    page.locator("#messages button").click()
    expect(page.locator("h1")).to_have_text(before)
    with page.expect_download() as download:
        page.locator("main .s-head a.ds-button").click()
    assert download.value.suggested_filename.endswith(".docx")
    assert faults_of(page) + too_wide(page) == []


@pytest.mark.slow
def test_every_page_of_it_can_be_used_by_everybody(page: Page, server: Server) -> None:
    matrix = open_matrix(page, server)
    measure = page.locator(".s-mx__grid tbody th[scope=row] a").first.get_attribute("href")
    assert measure is not None
    cell = page.locator(".s-mx__grid tbody td a").first.get_attribute("href")
    milestones = measure.replace("/kommunene/", "/milepaeler/")
    faults = []
    for path in (
        matrix, f"{matrix}?tilstand=ikke-svart", f"{matrix}?part=1", measure, cell, milestones,
        "/min-kommune/", "/min-kommune/?part=1", "/kommuner/3101/planer/",
        "/prosjekter/", "/prosjekter/nytt/",
    ):  # fmt: skip
        open_whole(page, str(path))
        faults += faults_day_and_night(page) + too_wide(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    assert faults == []


def test_it_works_without_script(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    matrix = open_matrix(page, server)
    page.locator("select[name=part]").select_option(label="Moss")
    page.locator(".s-mx__pick button").click()
    expect(page.locator("h1")).to_contain_text("Moss har innført")
    page.goto(matrix)
    page.locator(".s-mx__area a").first.click()
    expect(page.locator(".s-mx__area a").first).to_have_attribute("aria-expanded", "false")
    context.close()
