"""The secretariat follows up (J4), a director sees what binds the municipality (J10), answers by mail."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.governance.decided_world import COMMON, LATE, make_decisions
from functional.looks import faults_day_and_night, open_whole, too_wide

pytestmark = pytest.mark.browser


@dataclass
class Decided:
    """The demonstration, and what a mail to each municipality offers: words and where they lead."""

    server: Server
    links: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def decided(server: Server) -> Decided:
    """The demonstration, with decisions to follow up."""
    return Decided(server, make_decisions(server.home))


def director_of(server: Server, municipality: str) -> str:
    return next(
        email
        for email, row in server.accounts.items()
        if municipality in row["role"] and "direktør" in row["role"]
    )


def test_j4_one_click_asks_everybody_who_owes_an_answer(page: Page, decided: Decided) -> None:
    let_in(page, decided.server, secretariat_of(decided.server, "Østfold"))
    page.goto("/oppfolging/")
    expect(page.locator("h1")).to_contain_text("forsinket")
    page.get_by_role("button", name="Purr alle").click()
    expect(page.locator("#messages")).to_contain_text("får e-post")
    page.locator("#messages button", has_text="Angre").click()
    expect(page.locator("#messages")).to_contain_text("blir ikke sendt")


def test_j4_the_row_does_its_act_with_one_key_and_is_undone(page: Page, decided: Decided) -> None:
    let_in(page, decided.server, director_of(decided.server, "Halden"))
    page.goto("/oppfolging/")
    row = page.locator(".s-fu", has_text=LATE)
    row.get_by_role("button", name="Det er i gang").click()
    expect(page.locator("#messages")).to_contain_text("Det er satt til «I gang».")
    expect(page.locator(".s-fu", has_text=LATE).get_by_role("button")).to_have_text("Det er levert")
    page.locator("#messages button", has_text="Angre").click()
    expect(page.locator(".s-fu", has_text=LATE).get_by_role("button")).to_have_text("Det er i gang")


def test_j10_a_director_tells_in_the_row_in_one_click(page: Page, decided: Decided) -> None:
    let_in(page, decided.server, director_of(decided.server, "Halden"))
    page.goto("/min-kommune/")
    row = page.locator("#vedtak .s-mk__row", has_text=COMMON)
    row.get_by_role("button", name="I gang").click()
    expect(page.locator("#messages")).to_contain_text("Det er satt til «I gang».")
    expect(page.locator("#vedtak .s-mk__row", has_text=COMMON)).to_contain_text("I gang")
    page.locator("#messages button", has_text="Angre").click()
    expect(page.locator("#vedtak .s-mk__row", has_text=COMMON)).to_contain_text("Har ikke svart")


def test_j10_the_case_for_the_council_is_two_clicks_away(page: Page, decided: Decided) -> None:
    let_in(page, decided.server, director_of(decided.server, "Halden"))
    page.goto("/min-kommune/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Lag sak til kommunestyret").click()
    assert download.value.suggested_filename.endswith(".docx")


def test_on_a_phone_one_party_is_read_at_a_time(page: Page, decided: Decided) -> None:
    let_in(page, decided.server, secretariat_of(decided.server, "Østfold"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/vedtak/innforing/")
    expect(page.locator(".s-mx__grid")).to_be_hidden()
    page.locator(".s-narrow a", has_text="Moss").click()
    expect(page.locator("h1")).to_contain_text("Moss")
    expect(page.locator(".s-mk__row", has_text=COMMON)).to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_of_it_can_be_used_by_everybody(page: Page, decided: Decided, language: str) -> None:
    let_in(page, decided.server, secretariat_of(decided.server, "Østfold"))
    page.context.add_cookies([{"name": "samspill_language", "value": language, "url": decided.server.url}])
    page.goto("/oppfolging/")
    one = page.locator(".s-fu a", has_text=LATE).get_attribute("href")
    page.goto("/vedtak/innforing/")
    decision = page.locator(".s-mx__area a").first.get_attribute("href")
    point = page.locator(".s-mx__grid tbody th[scope=row] a", has_text=COMMON).get_attribute("href")
    cell = page.locator(".s-mx__grid tbody td a:has(svg)").first.get_attribute("href")
    assert re.fullmatch(r"/vedtak/\d+/innforing/\d+/\d+/", str(cell))
    faults = []
    paths = ["/oppfolging/", "/oppfolging/star-fast/", "/vedtak/innforing/", one, decision, point, cell]
    for path in map(str, paths):
        assert open_whole(page, path).status == 200, path
        faults += faults_day_and_night(page) + too_wide(page)
    assert faults == []


@pytest.mark.parametrize(("name", "word"), [("Halden", "Innført"), ("Moss", "I gang"), ("Råde", "Planlagt")])
def test_a_municipality_answers_from_its_mail_in_two_clicks_without_signing_in(
    page: Page, decided: Decided, name: str, word: str
) -> None:
    page.goto(decided.links[name][word])
    expect(page.locator("h1")).to_contain_text(f"{name}: {COMMON}")
    page.get_by_role("button", name=word).click()
    expect(page.locator("h1")).to_have_text("Takk. Det er notert.")
    expect(page.locator(".s-lede")).to_contain_text(f"{word}: «{COMMON}»")
    page.goto(decided.links[name][word])
    expect(page.locator("h1")).to_contain_text("Denne lenken er brukt")
