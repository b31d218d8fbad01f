"""In and out: a wrong password, a locked door, another community, every session at once."""

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_of

pytestmark = pytest.mark.browser


def by_role(server: Server, words: str) -> str:
    return next(email for email, row in server.accounts.items() if words in row["role"])


def test_a_demonstration_account_is_one_click_away(page: Page) -> None:
    page.goto("/logg-inn/")
    page.locator("li", has_text="Sekretariatet, Østfold").get_by_role("button").click()
    expect(page.locator(".s-brand")).to_contain_text("Østfold")


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(page: Page) -> None:
    page.goto("/logg-inn/")
    page.fill("input[name=email] >> visible=true", "noen@example.no")
    page.fill("input[name=password] >> visible=true", "ikke passordet mitt")
    page.keyboard.press("Enter")
    expect(page.get_by_text("hører ikke sammen").first).to_be_visible()
    expect(page.locator("input[name=email] >> visible=true")).to_have_value("noen@example.no")
    assert faults_of(page) == []


def test_five_wrong_passwords_close_the_door_also_for_the_right_one(page: Page, server: Server) -> None:
    email = by_role(server, "Kommunedirektør i Ålesund")
    right = server.accounts[email]["password"]
    for password in (*["feil passord igjen"] * 5, right):
        page.goto("/logg-inn/")
        page.fill("input[name=email] >> visible=true", email)
        page.fill("input[name=password] >> visible=true", password)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("15 minutter")
    assert faults_of(page) == []


def test_who_has_two_communities_changes_between_them(page: Page, server: Server) -> None:
    sign_in(page, server, by_role(server, "Analytiker"))
    expect(page.locator(".s-brand")).to_contain_text("Vestfold")
    page.goto("/min-side/")
    page.get_by_role("button", name="Østfold").click()
    expect(page.locator(".s-brand")).to_contain_text("Østfold")


def test_signing_out_everywhere_ends_the_other_browser_too(
    page: Page, browser: Browser, server: Server
) -> None:
    email = secretariat_of(server, "Vestfold")
    other = browser.new_context(base_url=server.url, locale="nb-NO").new_page()
    sign_in(other, server, email)
    sign_in(page, server, email)
    page.goto("/min-side/")
    page.get_by_role("button", name="Logg ut overalt").click()
    other.goto("/min-side/")
    expect(other.locator("main h1")).to_contain_text("Logg inn")
    other.context.close()


def test_a_page_that_needs_a_key_leads_back_to_itself(page: Page, server: Server) -> None:
    page.goto("/min-side/")
    email = secretariat_of(server, "Østfold")
    page.fill("input[name=email] >> visible=true", email)
    page.fill("input[name=password] >> visible=true", server.accounts[email]["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/min-side/")
