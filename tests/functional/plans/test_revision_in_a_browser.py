"""A plan is revised from one end to the other: read in, accounted for with the keys, adopted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser

COLUMNS = "Hva vil vi?\tTiltak\tAnsvarlig\n"
OLD = (
    "Ringe hjem dagen etter utskriving",
    "Prøve felles journal på sykehjem og i hjemmetjenesten",
    "Avklare hvem som bestiller transport",
    "Kartlegge ventetider for unge",
    "Holde felles fagdag om spiseforstyrrelser hver vår",
)
NEW = (
    "Ringe hjem dagen etter utskriving",
    "Innføre felles journal på alle sykehjem og i hjemmetjenesten",
    "Opprette ambulant team for unge",
    "Holde felles fagdag om spiseforstyrrelser hver vår",
)


def written(name: str, years: str, measures: tuple[str, ...], adopted: str = "") -> str:
    head = f"# Handlingsplan for {name} {years}\n\n{adopted}\n\n## 1 Eldre\n\n"
    return head + COLUMNS + "".join(f"Trygt hjem\t{one}\tKommunene\n" for one in measures)


def read_in(page: Page, path: str, file: Path) -> str:
    """Reads in a file, and returns the number of its plan."""
    page.goto(path)
    page.set_input_files("input[type=file]", file)
    page.click("main form button")
    page.wait_for_url("**/gjennomgang/")
    return page.url.split("/")[4]


@pytest.fixture
def revising(page: Page, server: Server, tmp_path: Path) -> Iterator[tuple[Page, str, str]]:
    """Troms og Ofoten's secretariat with a plan and its revision; nothing is accounted for yet."""
    name = "Helsefellesskapet Troms og Ofoten"
    before, after = tmp_path / "gammel.md", tmp_path / "ny.md"
    before.write_text(written(name, "2023-2024", OLD, "Vedtatt i Partnerskapsmøtet 07.02.2023"), "utf-8")
    after.write_text(written(name, "2025-2026", NEW), "utf-8")
    let_in(page, server, secretariat_of(server, "Troms"))
    old = read_in(page, "/planer/les-inn/", before)
    page.goto(f"/planer/{old}/")
    page.get_by_role("link", name="Start revisjonen").click()
    assert faults_of(page) + too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Les inn den nye planen").click()
    new = read_in(page, page.url, after)
    page.get_by_role("link", name="Revisjon").click()
    yield page, old, new


def press(page: Page, key: str) -> None:
    """A key that stores something and draws the page anew. A row is chosen once the keys are heard."""
    expect(page.locator("[data-row][data-on]")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press(key)


def end(page: Page, why: str) -> None:
    """The chosen measure is ended, and it is said why."""
    expect(page.locator("[data-row][data-on]")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator("input[name=reason]:focus")).to_be_visible()
    page.keyboard.type(why)
    press(page, "Enter")


def test_a_plan_is_revised_with_the_keys_and_adopted(revising: tuple[Page, str, str]) -> None:
    page, old, new = revising
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Fem tiltak i den forrige planen venter på svar.")
    assert faults_of(page) + too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("j")
    press(page, "g")
    expect(heading).to_have_text("Fire av fem tiltak venter på svar.")
    press(page, "e")
    press(page, "f")
    end(page, "Sykehuset gjør dette selv.")
    expect(heading).to_have_text("Ett av fem tiltak venter på svar.")
    expect(page.get_by_role("button", name="Angre")).to_be_visible()
    press(page, "z")
    expect(heading).to_have_text("To av fem tiltak venter på svar.")
    page.get_by_role("link", name="Til vedtaket").click()
    expect(page.get_by_text("Planen kan ikke vedtas før")).to_be_visible()
    page.get_by_role("link", name="Kartlegge ventetider for unge").click()
    end(page, "Sykehuset gjør dette selv.")
    press(page, "v")
    expect(page.get_by_text("Alle tiltak i den forrige planen er gjort rede for.")).to_be_visible()
    assert faults_of(page) == []
    page.locator("main").get_by_role("link", name="Til vedtaket").click()
    expect(page.get_by_text("Den forrige planen lovte fem tiltak:")).to_be_visible()
    page.fill("input[name=adopted_by]", "Partnerskapsmøtet")
    page.get_by_role("button", name="Planen er vedtatt").click()
    page.wait_for_url(f"**/planer/{new}/")
    page.goto(f"/planer/{new}/til-vedtaket/")
    assert faults_of(page) + too_wide(page) == []
    page.goto("/planer/")
    page.get_by_text("Tidligere utgave").click()
    expect(page.locator(f'main a[href="/planer/{old}/"]')).to_be_visible()
    assert faults_of(page) + too_wide(page) == []
    page.goto(f"/planer/{new}/plass/")
    assert faults_of(page) + too_wide(page) == []
