"""A journalist finds readmissions by searching, reads what they mean, and takes the figures home."""

import csv
import io
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.insight.measured_world import have_figures
from functional.looks import faults_of, too_wide
from samspill.insight import jsonstat

pytestmark = pytest.mark.browser

CODE = "readmissions-67-plus"
PLACE = "Halden"


@pytest.fixture(autouse=True)
def _figures(server: Server) -> None:
    have_figures(server, CODE)


def test_the_figures_one_takes_home_are_those_of_the_page(page: Page) -> None:
    page.goto("/")
    page.goto("/sok/?q=reinnleggelser")
    page.get_by_role("link", name="Reinnleggelser 67 år og eldre").click()
    expect(page).to_have_url(re.compile(f"/tall/indikatorer/{CODE}/"))
    expect(page.locator("#slik")).to_contain_text("Av hundre opphold for elleve vanlige grupper av diagnoser")
    page.goto(f"/tall/indikatorer/{CODE}/?for=ostfold")
    row = page.locator("#tabell tbody tr").filter(has_text=PLACE).first
    shown = row.locator("td").first.inner_text()
    with page.expect_download() as taken:
        page.get_by_role("link", name="JSON-stat").click()
    cube = jsonstat.read(taken.value.path())
    code = next(key for key, name in cube.dimension("area").labels.items() if name == PLACE)
    newest = cube.dimension("period").codes[-1]
    value = cube.cell(area=code, period=newest, measure="value").value
    assert isinstance(value, float)
    assert shown == f"{value:.1f}".replace(".", ",")
    answer = page.request.get(f"/api/v1/indicators/{CODE}/figures/?areas={code}&format=csv")
    table = csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";")
    last = list(table)[-1]
    assert (last["name"], last["value"]) == (PLACE, repr(value).replace(".", ","))


def test_the_list_answers_while_one_types(page: Page) -> None:
    page.goto("/tall/indikatorer/")
    before = page.locator(".s-ind").count()
    page.get_by_label("Hva leter du etter?").press_sequentially("reinnlegg")
    expect(page.locator("#liste")).to_contain_text("for «reinnlegg»")
    found = page.locator(".s-ind")
    assert 0 < found.count() < before
    expect(found.first).to_contain_text("Reinnleggelser")
    assert "sok=reinnlegg" in page.url
    assert faults_of(page) == []
    assert too_wide(page) == []


def test_without_script_the_list_is_a_form_that_is_sent(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/tall/indikatorer/")
    page.get_by_label("Hva leter du etter?").fill("reinnlegging")
    page.get_by_role("button", name="Søk", exact=True).last.click()
    expect(page.locator(".s-ind").first).to_contain_text("Reinnleggelser")
    context.close()


def test_who_may_withdraw_gives_a_reason_and_everybody_reads_it(page: Page, server: Server) -> None:
    sign_in(page, server, secretariat_of(server, "ostfold"))
    page.goto("/tall/indikatorer/utregninger/")
    page.locator("main .s-list a").first.click()
    withdraw = page.get_by_role("button", name="Trekk tilbake")
    withdraw.click()
    expect(page.locator("main")).to_contain_text("Si hvorfor tallene trekkes tilbake")
    page.get_by_label("Hvorfor?").fill("Opphold ble telt to ganger.")
    withdraw.click()
    expect(page.locator("h1")).to_contain_text("er trukket tilbake")
    expect(page.locator("main")).to_contain_text("Opphold ble telt to ganger.")
    assert faults_of(page) == []
    page.get_by_role("button", name="De var riktige likevel").click()
    expect(page.locator("h1")).not_to_contain_text("er trukket tilbake")
