"""A planner's errand with figures of services: sift them, put some on a board, order and share it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_day_and_night, open_whole, too_wide

pytestmark = pytest.mark.browser
CODES = ("readmissions-67-plus", "acute-stays-80-plus", "births-per-midwife", "share-80-plus")
MEASURE = f"""
import django
django.setup()
from django.db import transaction
from factories.measured import measured_figures
with transaction.atomic():
    measured_figures({CODES!r}, shares={{"3101": 0.4, "3107": 0.008}})
"""


@pytest.fixture
def measured(page: Page, server: Server) -> None:
    """Figures of services: those of the demonstration, or a few invented ones when it has none."""
    page.goto("/tall/ostfold/tjenester/")
    if page.locator(".s-spinetab").count():
        return
    added = {
        "SAMSPILL_HOME": str(server.home),
        "SAMSPILL_DB_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "samspill.config.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    subprocess.run([sys.executable, "-c", MEASURE], env=os.environ | added, check=True)


def test_figures_are_gathered_on_a_board(page: Page, server: Server, measured: None) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    open_whole(page, "/tall/ostfold/3101/tjenester/")
    page.get_by_label("Søk i tallene").fill("reinnleggelser 67")
    page.keyboard.press("Enter")
    expect(page.locator(".s-spinetab tbody a[href*='legg-pa']")).to_have_count(1)
    page.locator(".s-spinetab tbody a[href*='legg-pa']").click()
    page.get_by_label("Ei ny tavle, som heter").fill("Eldre i byen")
    page.get_by_role("button", name="Lag tavla").click()
    expect(page.locator(".s-figboard > li")).to_have_count(1)
    board = page.url

    page.goto("/tall/tavler/legg-pa/?indikator=acute-stays-80-plus&omrade=HF01&vis=trend")
    assert faults_day_and_night(page) + too_wide(page) == []
    page.get_by_role("button", name="Eldre i byen").click()
    titles = page.locator(".s-figboard h2 a")
    expect(titles).to_have_text(["Reinnleggelser 67 år og eldre", "Akutte innleggelser 80 år og eldre"])

    titles.first.focus()
    page.keyboard.press("J")
    expect(titles).to_have_text(["Akutte innleggelser 80 år og eldre", "Reinnleggelser 67 år og eldre"])
    row = page.locator(".s-figboard > li", has_text="Reinnleggelser 67 år og eldre")
    row.get_by_role("button", name="Ta av").click()
    expect(titles).to_have_count(1)
    page.get_by_role("button", name="Angre").click()
    expect(titles).to_have_count(2)
    page.get_by_role("button", name="Del den i helsefellesskapet").click()
    expect(page.locator("main")).to_contain_text("Delt i helsefellesskapet.")
    open_whole(page, board)
    assert faults_day_and_night(page) + too_wide(page) == []


@pytest.mark.slow
def test_pages_of_services_are_for_everybody(page: Page, measured: None) -> None:
    faults = []
    for path in (
        "/tall/ostfold/tjenester/",
        "/tall/ostfold/3107/tjenester/?sorter=avvik",
        "/tall/sammenlign/?indikator=readmissions-67-plus&omrade=HF01&omrade=3101&omrade=3107",
        "/tall/variasjon/?i=HF01&indikator=readmissions-67-plus",
    ):
        open_whole(page, path)
        faults += faults_day_and_night(page) + too_wide(page)
    assert faults == []


def test_an_area_is_added_with_the_keyboard(page: Page, measured: None) -> None:
    page.goto("/tall/sammenlign/?indikator=readmissions-67-plus&omrade=HF01")
    page.get_by_label("Legg til et område").focus()
    page.keyboard.type("Halden, kommune")
    page.keyboard.press("Enter")
    expect(page.locator(".s-chosen")).to_contain_text("Halden")
    assert "omrade=3101" in page.url
