"""From an indicator to a measure and back: pin it, say what is expected, see what happened, take it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_day_and_night, too_wide

pytestmark = pytest.mark.browser
CODE = "readmissions-67-plus"
TOLD = re.compile("ennå|For tidlig|Tallene kan ikke|tegn til|Ned|Opp")


def test_what_is_expected_of_a_measure_is_told_on_its_page(page: Page, server: Server) -> None:
    sign_in(page, server, secretariat_of(server, "Østfold"))
    page.goto(f"/tall/indikatorer/{CODE}/")
    page.get_by_role("link", name="Fest til et tiltak").click()
    page.get_by_label("Ord i tiltaket").fill("utskriving")
    page.get_by_role("button", name="Finn", exact=True).click()
    page.get_by_role("link", name="Dette", exact=True).first.click()
    main = page.locator("main")
    expect(main.locator("h1")).to_contain_text("Hva skal skje med")
    assert faults_day_and_night(page) == []

    page.get_by_role("button", name="Lagre hva som er ventet").click()
    expect(main).to_contain_text("Skriv hvor langt den skal flytte seg.")
    page.get_by_label("Tall eller prosent").fill("15,5")
    page.get_by_label("Innen utgangen av").fill("2028")
    page.get_by_label("Tiltaket begynner å virke").fill("2024-03-01")
    page.get_by_role("button", name="Lagre hva som er ventet").click()

    expect(page).to_have_url(re.compile(rf"/tall/tiltak/\d+/{CODE}/$"))
    expect(main.locator("h1")).to_contain_text(TOLD)
    expect(main).to_contain_text("15,5 av hundre opphold innen utgangen av 2028")
    assert faults_day_and_night(page) == []
    assert too_wide(page) == []

    main.locator(".s-over a").click()
    expect(page).to_have_url(re.compile(r"/planer/\d+/tiltak/\d+/"))
    box = page.locator("#skal-flytte")
    expect(box).to_contain_text("Skal flytte: Reinnleggelser 67 år og eldre")
    assert faults_day_and_night(page) == []
    box.get_by_role("link", name="Hva skjedde?").click()
    page.get_by_role("button", name="Ta forventningen bort").click()
    expect(main.locator("h1")).to_contain_text("Ingenting er ventet ennå")
    page.get_by_role("button", name="Angre").click()
    expect(main).to_contain_text("15,5 av hundre opphold")
