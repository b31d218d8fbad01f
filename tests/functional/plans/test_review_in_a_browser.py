"""Looking over a plan with the keys: how many it takes, and that the document follows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser

PLAN = """# Handlingsplan for Helsefellesskapet i Vestfold 2026-2027

## 1 Eldre

Hva vil vi?\tTiltak\tAnsvarlig
Trygt hjem\tRinge hjem dagen etter utskriving\tKommunene
Trygt hjem\tPrøve felles journal på sykehjem og holde kurs for alle\tKommunene
Trygt hjem\tVi tror på hverandre\t

## 2 Barn

Hva vil vi?\tTiltak\tAnsvarlig
Tidlig hjelp\tGi skolene et fast nummer til BUP\tKommunene
"""


@pytest.fixture
def looking(page: Page, server: Server, tmp_path: Path) -> Iterator[Page]:
    """Vestfold's secretariat with a plan of four candidates that nobody has judged."""
    file = tmp_path / "handlingsplan.md"
    file.write_text(PLAN, "utf-8")
    let_in(page, server, secretariat_of(server, "Vestfold"))
    page.goto("/planer/les-inn/")
    page.set_input_files("input[type=file]", file)
    page.click("main form button")
    page.wait_for_url("**/gjennomgang/")
    yield page


def press(page: Page, key: str) -> None:
    """A key that stores something and draws the page anew."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_four_candidates_take_seven_keys_and_one_sentence(looking: Page) -> None:
    rows = looking.locator("[data-row]")
    expect(rows).to_have_count(4)
    looking.keyboard.press("j")
    expect(looking.locator("[data-together] [data-on]")).to_contain_text("Ringe hjem dagen etter")
    expect(looking.locator("[data-together] [data-on]")).to_be_in_viewport()
    press(looking, "a")
    looking.keyboard.press("s")
    focused = looking.locator("textarea:focus")
    expect(focused).to_have_value("Prøve felles journal på sykehjem og holde kurs for alle")
    focused.fill("Prøve felles journal på sykehjem")
    looking.keyboard.press("Tab")
    looking.keyboard.type("Holde kurs for alle")
    with looking.expect_navigation():
        looking.locator("details[open] button").click()
    expect(rows).to_have_count(5)
    press(looking, "x")
    expect(rows).to_have_count(4)
    press(looking, "a")
    expect(looking.get_by_text("Alt er vurdert.")).to_be_visible()
    looking.reload()
    expect(looking.get_by_text("0 venter, 4 godtatt, 1 forkastet.")).to_be_visible()
    assert faults_of(looking) + too_wide(looking) == []
    looking.get_by_role("button", name="Det er et tiltak likevel").click()
    expect(rows).to_have_count(5)
    looking.locator("[data-row]", has_text="Vi tror").get_by_role("button", name="Ikke et tiltak").click()
    expect(rows).to_have_count(4)
