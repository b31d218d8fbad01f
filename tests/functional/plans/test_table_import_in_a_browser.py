"""A secretariat takes the plan along as a table, changes it, and brings it back: with a worker at work."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import OWN_PLAN, Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser

WORK_MS = 60_000  # a job waits for the worker, and the worker for the machine


def open_plan(page: Page, server: Server, community: str = "Østfold") -> str:
    """Signs in and opens the community's own plan; returns its address."""
    let_in(page, server, secretariat_of(server, community))
    page.goto("/planer/")
    page.locator("main h2 a", has_text=OWN_PLAN).click()
    page.wait_for_url("**/planer/*/")
    return page.url.removeprefix(server.url)


def downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return Path(download.value.path()).read_bytes()


def changed(content: bytes) -> bytes:
    """The first measure gets a deadline, the second a deadline nobody understands, and one is added."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    at = rows[0].index
    rows[1][at("Frist")], rows[2][at("Frist")] = "01.09.2027", "snart"
    new = [""] * len(rows[0])
    new[at("Tiltak")] = "Invitere fastlegene til et dialogmøte"
    saved = io.StringIO()
    csv.writer(saved, delimiter=";").writerows([*rows, new])
    return saved.getvalue().encode("utf-8-sig")


def test_the_table_goes_out_comes_back_is_taken_in_and_undone(page: Page, server: Server) -> None:
    plan = open_plan(page, server)
    page.locator(".s-ways").get_by_role("link", name="Tabell").click()
    assert faults_of(page) == []
    content = downloaded(page, "Last ned som CSV")
    page.locator("input[type=file]").set_input_files(
        {"name": "tiltak.csv", "mimeType": "text/csv", "buffer": changed(content)}
    )
    page.get_by_role("button", name="Sjekk tabellen").click()
    expect(page.locator("main h1")).to_have_text(
        "Ett tiltak er nytt. Ett tiltak er endret. Én rad må rettes.", timeout=WORK_MS
    )
    expect(page.locator("#r3")).to_contain_text("«snart» er ikke en frist vi forstår")
    expect(page.locator("#r2")).to_contain_text("sept.")
    assert faults_of(page) == []
    assert too_wide(page) == []
    assert "snart" in downloaded(page, "Last ned raden som må rettes").decode("utf-8-sig")

    page.get_by_role("button", name="Ta inn 2 rader").click()
    expect(page.locator("main h1")).to_contain_text("To tiltak er tatt inn.", timeout=WORK_MS)
    assert faults_of(page) == []
    page.get_by_role("button", name="Angre alt sammen").click()
    expect(page.locator("main h1")).to_have_text("Det er angret. Planen er som den var.", timeout=WORK_MS)
    page.goto(f"{plan}hent-inn/")
    assert downloaded(page, "Last ned som CSV") == content, "the plan is as it was"


def test_the_page_says_how_it_goes_without_script(page: Page, server: Server) -> None:
    plan = open_plan(page, server)
    script = page.context.browser.new_context(java_script_enabled=False, base_url=server.url, locale="nb-NO")  # type: ignore[union-attr]
    script.add_cookies(page.context.cookies())
    still = script.new_page()
    still.goto(f"{plan}hent-inn/")
    table = b"Tiltak\nLage en felles sjekkliste\n"
    still.locator("input[type=file]").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": table}
    )
    still.get_by_role("button", name="Sjekk tabellen").click()
    for _time in range(60):
        if "er nytt" in still.locator("main h1").inner_text():
            break
        still.wait_for_timeout(1000)
        still.get_by_role("link", name="Se hvor langt det har kommet").click()
    expect(still.locator("main h1")).to_have_text("Ett tiltak er nytt.")
    script.close()


def test_the_timeline_is_read_wide_on_a_phone_and_on_paper(page: Page, server: Server) -> None:
    plan = open_plan(page, server)
    page.locator(".s-ways").get_by_role("link", name="Tidslinje").click()
    assert faults_of(page) == []
    assert too_wide(page) == []
    bar, track = page.locator(".s-tl__firm >> nth=1"), page.locator(".s-tl__track").first
    box, around = bar.bounding_box(), track.bounding_box()
    assert box and around
    assert around["x"] - 1 <= box["x"] < box["x"] + box["width"] <= around["x"] + around["width"] + 1
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".s-tl-list")).to_be_visible()
    expect(page.locator(".s-tl")).to_be_hidden()
    assert faults_of(page) == []
    page.locator(".s-tl-list a").first.click()
    page.wait_for_url(f"**{plan}tiltak/*/")
    page.goto(f"{plan}tidslinje/")
    page.emulate_media(media="print")  # last: a page that was paper is not always clicked on again
    expect(page.locator(".s-tl")).to_be_visible()
    expect(page.locator(".s-tl-list")).to_be_hidden()


def test_a_measure_is_moved_on_the_board_with_the_keyboard(page: Page, server: Server) -> None:
    open_plan(page, server, "Møre")
    page.locator(".s-ways").get_by_role("link", name="Tavle").click()
    assert faults_of(page) == []
    column = page.locator(".s-board__column", has=page.locator("#k-none"))
    name = column.locator("li > a").first.inner_text()
    column.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert faults_of(page) == []
    column.get_by_label("Éi setning om det").first.fill("Vi har begynt")
    column.get_by_role("button", name="I rute").first.click()
    expect(
        page.locator(".s-board__column", has=page.locator("#k-progress")).get_by_role("link", name=name)
    ).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    assert too_wide(page) == []
