"""An analyst brings in a file with faults, reads the report, mends it, sees what it changes and takes it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, sign_in
from functional.insight.test_analyst_errand import analyst_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser
HEADER = "År;Kommunenr;Plasstype;Plasser;Plassdøgn;Brukte døgn;Forespørsler;Avvist"
GOOD = (
    "2024;3101;KAD;4;1460;900;300;12",
    "2024;3103;KAD;6;2190;1300;500;40",
    "2025;3101;KAD;4;1460;950;310;15",
)
FAULTY = (*GOOD, "2025;3103;KAD;6;2190;1350;510;-44", "2025;9999;Hotell;6;1;1;1;1")
MENDED = (*GOOD, "2025;3103;KAD;6;2190;1350;510;44")
CHANGED = (*GOOD, "2025;3103;KAD;7;2190;1350;510;44")


def send(page: Page, folder: Path, rows: tuple[str, ...]) -> None:
    path = folder / "plasser.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    page.goto("/tall/data/inn/")
    page.get_by_label("Filen").set_input_files(path)
    page.get_by_role("button", name="Se hvordan den forstås").click()
    expect(page.locator("h1")).to_contain_text("Slik forstås plasser.csv")


def check(page: Page) -> None:
    page.get_by_role("button", name="Sjekk hver rad").click()
    expect(page).to_have_url(re.compile(r"/tall/data/plasser/\d+/"))


def usable(page: Page) -> None:
    assert faults_of(page) + too_wide(page) == []


def test_a_faulty_file_a_mended_one_and_what_the_next_changes(
    page: Page, server: Server, tmp_path: Path
) -> None:
    sign_in(page, server, analyst_of(server))
    page.goto("/tall/data/")
    page.get_by_role("link", name="Hent inn en fil").click()
    usable(page)

    send(page, tmp_path, FAULTY)
    expect(page.locator("#feil")).to_contain_text("«Hotell»")
    usable(page)
    page.get_by_label("Hva et nytt datasett heter").fill("Plasser")
    page.get_by_label("Hvem tallene er fra").fill("Kommunene selv")
    check(page)
    main = page.locator("main")
    expect(main).to_contain_text("Versjon 1: Avvist")
    expect(main).to_contain_text("Avvist: Verdien er under 0")
    expect(main).to_contain_text("rad 5: «-44»")
    expect(page.get_by_role("button", name="Ta i bruk")).to_have_count(0)
    with page.expect_download() as report:
        page.get_by_role("link", name="Last ned dette som tabell").click()
    assert "Verdien er under 0;Avvist;5;'-44" in Path(report.value.path()).read_text("utf-8-sig")
    usable(page)

    send(page, tmp_path, MENDED)
    check(page)
    expect(main).to_contain_text("Det er ikke noe galt med den.")
    page.get_by_role("button", name="Ta i bruk").click()
    expect(main).to_contain_text("Versjon 2: I bruk")

    send(page, tmp_path, CHANGED)
    check(page)
    expect(main).to_contain_text("Dette endrer den fra plasser 2")
    expect(page.locator("#forskjell tbody tr").filter(has_text="2025, 3103, kad")).to_contain_text("7")
    usable(page)
    page.get_by_role("button", name="Ta i bruk").click()
    expect(main).to_contain_text("Versjon 3: I bruk")
    page.goto("/tall/data/")
    expect(main).to_contain_text("Plasser")
    usable(page)
