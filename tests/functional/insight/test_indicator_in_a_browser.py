"""A planner's errand: readmissions in one's own municipalities, who differs, why, since when, and a table."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser
PAGE = "/tall/indikatorer/readmissions-67-plus/"


def test_from_readmissions_to_a_table_one_can_take_along(page: Page) -> None:
    page.goto(f"{PAGE}?for=ostfold")
    main = page.locator("main")
    expect(main.locator("h1")).to_contain_text(re.compile("tilfeldig"))
    expect(main).to_contain_text("Tallene er oppdiktet")
    for figure in ("rangering", "trakt", "utvikling"):
        expect(page.locator(f"#{figure} .s-chart svg").first).to_be_visible()
    expect(page.locator("#rangering .s-chart svg")).to_contain_text("Halden")

    page.get_by_role("link", name="Definisjon", exact=True).click()
    made = page.locator("#slik")
    expect(made).to_contain_text("fulgt av et nytt akutt opphold")
    expect(made).to_contain_text("hentet")
    expect(made).to_contain_text("95 %, Wilsons")

    table = page.locator("#tabell")
    expect(table.locator("tbody tr")).to_have_count(15)
    table.get_by_role("link", name="Område").click()
    expect(table.locator("tbody th").nth(2)).to_have_text("Aremark")
    with page.expect_download() as taken:
        table.get_by_role("link", name="Last ned CSV").click()
    rows = _rows(taken.value.path())
    assert {row[1] for row in rows} >= {"Halden", "Østfold"}
    shown = table.get_by_role("row", name=re.compile("^Halden")).locator("td").first.inner_text()
    newest = max(row[2] for row in rows)
    halden = next(row for row in rows if row[1] == "Halden" and row[2] == newest)
    assert halden[3].startswith(shown[:-1]) or (halden[-1] == "skjult" and shown == "•••")


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))[1:-1]


def test_a_tile_leads_to_its_own_history(page: Page) -> None:
    page.goto(f"{PAGE}?for=ostfold")
    page.locator("#kart .s-tile", has_text="Moss").click()
    expect(page.locator("#utvikling h2")).to_contain_text("Moss")
    expect(page).to_have_url(re.compile("omrade=3103"))


def test_the_choices_work_from_the_keyboard(page: Page) -> None:
    page.goto(f"{PAGE}?for=ostfold")
    year = page.get_by_role("combobox", name="År", exact=True)
    year.focus()
    page.keyboard.press("ArrowDown")
    chosen = year.input_value()
    page.get_by_role("button", name="Vis", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"ar={chosen}"))
    expect(page.locator(".s-over")).to_contain_text(chosen)


@contextmanager
def _other_site(body: str) -> Iterator[str]:
    """A page elsewhere on this machine. Browsers let no page from outside frame the machine's own."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_said: object) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}/"
        site.shutdown()


def test_another_site_may_frame_a_figure_and_not_the_page(browser: Browser, server: Server) -> None:
    frames = "".join(
        f'<iframe name="{name}" src="{server.url}{PAGE}{path}"></iframe>'
        for name, path in (("figur", "innfelt/?figur=rangering"), ("side", ""))
    )
    context = browser.new_context()
    page = context.new_page()
    with _other_site(frames) as url:
        page.goto(url)
        framed = page.frame_locator('iframe[name="figur"]')
        expect(framed.locator(".s-chart svg")).to_be_visible()
        expect(framed.get_by_role("link", name="Tabell, definisjon og mer på Samspill")).to_be_visible()
        expect(page.frame_locator('iframe[name="side"]').locator("h1")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("path", ["?for=ostfold", "innfelt/?figur=trakt", "?trakt=vid&sorter=navn"])
def test_everybody_can_use_it_day_and_night_at_any_width(page: Page, path: str) -> None:
    page.goto(PAGE + path)
    expect(page.locator(".s-chart svg").first).to_be_visible()
    assert faults_day_and_night(page) == []
    assert too_wide(page) == []
