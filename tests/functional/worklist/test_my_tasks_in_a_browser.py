"""A person's morning in a real browser: what waits, done with a key, regretted with another."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, sign_in
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser

PAGES = ("/", "/oppgaver/ny/", "/kalender/")


@pytest.fixture
def mine(page: Page, server: Server) -> Page:
    """The start page of one who works here."""
    sign_in(page, server, next(iter(server.accounts)))
    return page


@pytest.fixture
def without_script(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, java_script_enabled=False, locale="nb-NO")
    shown = context.new_page()
    sign_in(shown, server, next(iter(server.accounts)))
    yield shown
    context.close()


def add_task(page: Page, title: str) -> None:
    page.goto("/oppgaver/ny/")
    page.get_by_label("Hva skal gjøres?").fill(title)
    page.get_by_role("button", name="Legg til oppgaven").click()
    page.wait_for_url("**/")


def row(page: Page, title: str) -> object:
    return page.locator("[data-row]", has=page.get_by_role("link", name=title, exact=True))


def choose_with_arrows(page: Page, title: str) -> None:
    wanted = page.locator("[data-row][data-on]", has=page.get_by_role("link", name=title, exact=True))
    for _step in range(200):
        page.keyboard.press("ArrowDown")
        if wanted.count():
            return
    pytest.fail(f"The arrows never came to «{title}».")


def test_a_task_is_made_done_with_a_key_and_taken_back_with_another(mine: Page) -> None:
    title = "Ring Halden om prøven i nettleseren"
    add_task(mine, title)
    expect(mine.get_by_text(f"Lagt til: {title}")).to_be_visible()
    choose_with_arrows(mine, title)
    mine.keyboard.press("e")
    expect(mine.get_by_text(f"Ferdig: {title}")).to_be_visible()
    expect(row(mine, title)).to_have_count(0)  # type: ignore[arg-type]
    mine.keyboard.press("z")
    expect(mine.get_by_text(f"Angret: {title}")).to_be_visible()
    expect(row(mine, title)).to_have_count(1)  # type: ignore[arg-type]


def test_keys_do_nothing_while_one_writes(mine: Page) -> None:
    title = "Les om tastene"
    add_task(mine, title)
    mine.locator("#search-words").fill("")
    mine.locator("#search-words").press_sequentially("eu")
    expect(row(mine, title)).to_have_count(1)  # type: ignore[arg-type]
    expect(mine.locator("#search-words")).to_have_value("eu")


def test_everything_works_without_a_script(without_script: Page) -> None:
    title = "Gjør dette uten skript"
    add_task(without_script, title)
    row(without_script, title).get_by_role("button", name="Ferdig").click()  # type: ignore[attr-defined]
    expect(row(without_script, title)).to_have_count(0)  # type: ignore[arg-type]
    without_script.get_by_role("button", name="Angre").last.click()
    expect(row(without_script, title)).to_have_count(1)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways_and_axe_finds_nothing(mine: Page, path: str) -> None:
    mine.goto(path)
    assert faults_of(mine) + too_wide(mine) == []


def test_axe_finds_nothing_on_a_task(page: Page, server: Server) -> None:
    sign_in(page, server, next(iter(server.accounts)))
    add_task(page, "Se på siden til en oppgave")
    page.get_by_role("link", name="Se på siden til en oppgave", exact=True).click()
    assert faults_of(page) == []
