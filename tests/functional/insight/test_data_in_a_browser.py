"""An analyst brings in a file with faults, reads the report, mends it, sees what it changes and takes it."""

import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, sign_in
from functional.insight.test_analyst_errand import analyst_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser
HEADER = "År;Kommunenr;Plasstype;Plasser;Plassdøgn;Brukte døgn;Forespørsler;Avvist"
COLUMNS = ("year", "area", "kind", "places", "days_open", "days_used", "requests", "refused")
Rows = list[dict[str, Any]]


def rows_in_use(server: Server) -> Rows:
    """What the demonstration has of places and their use, in the order of year, municipality and kind."""
    paths = server.home.glob("data/plasser-oppdiktet/*/places/**/*.parquet")
    rows = [row for path in paths for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: [row[name] for name in COLUMNS[:3]])


def changed(rows: Rows, **values: object) -> Rows:
    """With other values in the last row."""
    return [*rows[:-1], rows[-1] | values]


def send(page: Page, folder: Path, rows: Rows) -> None:
    path = folder / "plasser.csv"
    lines = [";".join(str(row[name]) for name in COLUMNS) for row in rows]
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
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

    good = rows_in_use(server)
    hotel = dict.fromkeys(COLUMNS, 1) | {"year": good[-1]["year"], "area": "9999", "kind": "Hotell"}
    send(page, tmp_path, [*changed(good, refused=-44), hotel])
    expect(page.locator("#feil")).to_contain_text("«Hotell»")
    usable(page)
    page.get_by_label("Hva et nytt datasett heter").fill("Plasser")
    page.get_by_label("Hvem tallene er fra").fill("Kommunene selv")
    check(page)
    main = page.locator("main")
    expect(main).to_contain_text("Versjon 1: Avvist")
    expect(main).to_contain_text("Avvist: Verdien er under 0")
    expect(main).to_contain_text(f"rad {len(good) + 1}: «-44»")
    expect(page.get_by_role("button", name="Ta i bruk")).to_have_count(0)
    with page.expect_download() as report:
        page.get_by_role("link", name="Last ned dette som tabell").click()
    assert f"Verdien er under 0;Avvist;{len(good) + 1};'-44" in Path(report.value.path()).read_text(
        "utf-8-sig"
    )
    usable(page)

    send(page, tmp_path, good)
    check(page)
    expect(main).to_contain_text("Det er ikke noe galt med den.")
    page.get_by_role("button", name="Ta i bruk").click()
    expect(main).to_contain_text("Versjon 2: I bruk")

    send(page, tmp_path, changed(good, places=good[-1]["places"] + 1))
    check(page)
    expect(main).to_contain_text("Dette endrer den fra plasser 2")
    last = ", ".join(str(good[-1][name]) for name in COLUMNS[:3])
    row = page.locator("#forskjell tbody tr").filter(has_text=last)
    expect(row).to_contain_text(str(good[-1]["places"] + 1))
    usable(page)
    page.get_by_role("button", name="Ta i bruk").click()
    expect(main).to_contain_text("Versjon 3: I bruk")
    page.goto("/tall/data/")
    expect(main).to_contain_text("Plasser")
    usable(page)
