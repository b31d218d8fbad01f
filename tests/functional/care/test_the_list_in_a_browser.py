"""Two nurses and one list: what comes in stands there without loading, and all is done by keys."""

import re

from playwright.sync_api import Browser, Page, expect

from functional.care.board_world import ASTRID, NURSE, OTHER, make_patients, weigh
from functional.conftest import Server, let_in, visit
from functional.looks import faults_day_and_night, faults_of, too_wide


def row(page: Page, name: str) -> object:
    return page.locator("#ko [data-row]", has_text=name)


def test_a_nurse_answers_by_keys_and_the_other_sees_it_happen(
    page: Page, server: Server, browser: Browser
) -> None:
    make_patients(server)
    let_in(page, server, NURSE)
    page.goto("/pasienter/")
    expect(
        page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name="Pasienter")
    ).to_have_attribute("aria-current", "page")
    expect(page.locator("[data-live-is=told]")).to_be_attached()
    assert faults_day_and_night(page) == []
    assert too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    with visit(browser, server) as (beside, complaints):
        let_in(beside, server, OTHER)
        beside.goto("/pasienter/")
        expect(beside.locator("[data-live-is=told]")).to_be_attached()
        _a_red_one_comes(page, beside, server)
        _taken_by_key(page, beside)
        _acknowledged_by_key(page, beside)
        assert complaints == []


def _a_red_one_comes(page: Page, beside: Page, server: Server) -> None:
    """Berit was yellow; now she is red, in both lists, and it is read out."""
    weigh(server, "Berit Moe", "76")
    for one in (page, beside):
        expect(one.locator("#ko")).to_contain_text("Vekt 76\xa0kg")
        expect(one.locator("#ko h2").first).to_contain_text("Rødt, 2")
    expect(page.locator("#sagt")).to_contain_text("Rødt: 2.")


def _taken_by_key(page: Page, beside: Page) -> None:
    page.locator("body").press("ArrowDown")
    expect(page.locator("[data-row][data-on]")).to_contain_text(ASTRID)
    _moved_by_letters(page)
    page.keyboard.press("t")
    expect(row(page, ASTRID).locator(".s-own")).to_have_text("Du")
    expect(page.locator("#messages")).to_contain_text("Du har det nå.")
    expect(row(beside, ASTRID).locator(".s-own")).to_have_text("Ida Strand")
    expect(page).to_have_url(re.compile(r"/pasienter/$"))


def _moved_by_letters(page: Page) -> None:
    """J and K go down and up as the arrows do, and ? says so."""
    page.keyboard.press("j")
    expect(page.locator("[data-row][data-on]")).not_to_contain_text(ASTRID)
    page.keyboard.press("k")
    expect(page.locator("[data-row][data-on]")).to_contain_text(ASTRID)
    expect(page.locator("#valgt #note")).to_have_count(0)
    page.keyboard.press("?")
    keys = page.locator("[data-keys-help] kbd").all_inner_texts()
    assert {"J", "K", "Q"} <= set(keys)
    assert len(keys) == len(set(keys)), "no key is for two things"
    page.keyboard.press("Escape")


def _acknowledged_by_key(page: Page, beside: Page) -> None:
    """What is written in the field is written there, and presses no key."""
    row(page, ASTRID).locator("[data-row-main]").focus()
    page.keyboard.press("q")
    note = page.locator("#valgt #note")
    expect(note).to_be_focused()
    assert faults_of(page) == []
    page.keyboard.type("Ringt, tar tabletten")
    expect(note).to_have_value("Ringt, tar tabletten")
    page.locator("#valgt").get_by_role("button", name="Kvitter").click()
    expect(row(beside, ASTRID)).to_contain_text("kvittert")
