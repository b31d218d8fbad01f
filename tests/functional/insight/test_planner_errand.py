"""The whole errand of a planner: from readmissions to a measure, with a table that gives nobody away."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser
PAGE = "/tall/indikatorer/readmissions-67-plus/"
MUNICIPALITIES = 13
WHOLE = {"Østfold", "Alle i tallene"}


def test_who_differs_whether_it_is_chance_since_when_to_which_measure_and_home(
    page: Page, server: Server
) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    page.goto(f"{PAGE}?for=ostfold")
    main = page.locator("main")
    expect(main.locator("h1")).to_contain_text(re.compile("tilfeldig"))
    expect(page.locator("#rangering .s-chart svg")).to_contain_text("Halden")
    expect(page.locator("#trakt h2")).to_contain_text(re.compile("tilfeldig"))
    expect(page.locator("#kart .s-tile")).to_have_count(MUNICIPALITIES)
    page.get_by_role("link", name="Definisjon", exact=True).click()
    expect(page.locator("#slik")).to_contain_text(re.compile(r"hentet \d+\. \w+ \d{4}"))
    assert faults_day_and_night(page) + too_wide(page) == []

    with page.expect_download() as taken:
        page.locator("#tabell").get_by_role("link", name="Last ned CSV").click()
    assert one_hidden_alone(taken.value.path()) == []

    page.get_by_role("link", name="Fest til et tiltak").click()
    page.get_by_label("Ord i tiltaket").fill("hjemmebesøk")
    page.get_by_role("button", name="Finn", exact=True).click()
    page.get_by_role("link", name="Dette", exact=True).first.click()
    page.get_by_label("Tall eller prosent").fill("12")
    page.get_by_label("Innen utgangen av").fill("2028")
    page.get_by_label("Tiltaket begynner å virke").fill("2025-01-01")
    page.get_by_role("button", name="Lagre hva som er ventet").click()
    expect(main).to_contain_text("12 av hundre opphold innen utgangen av 2028")
    main.locator(".s-over a").click()
    expect(page.locator("#skal-flytte")).to_contain_text("Reinnleggelser 67 år og eldre")
    page.goto(page.url)
    page.locator("#skal-flytte").get_by_role("link", name="Hva skjedde?").click()
    page.get_by_role("button", name="Ta forventningen bort").click()


def one_hidden_alone(path: Path) -> list[str]:
    """Years in which one municipality alone is hidden under a sum that is shown: it would come back."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    head, body = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
    area, year, count = head.index("Område"), head.index("Periode"), head.index("Antall")
    hidden: dict[str, int] = defaultdict(int)
    shown: set[str] = set()
    for row in body:
        if row[area] in WHOLE:
            shown |= {row[year]} if row[count] else set()
        elif not row[count]:
            hidden[row[year]] += 1
    return [one for one, number in hidden.items() if number == 1 and one in shown]
