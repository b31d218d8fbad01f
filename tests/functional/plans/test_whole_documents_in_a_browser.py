"""Two whole documents are read in and every candidate judged: how many clicks and keys that takes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.plans.by_hand import Hand, chosen

pytestmark = pytest.mark.browser

TABLES, PROSE = "003_d78286b6c080bab9.txt", "000_e0d59b8f1d269b38.txt"


def bring(page: Page, server: Server, seeds: Path, name: str, community: str) -> Hand:
    """The community's secretariat has just read the document in."""
    if not (seeds / name).exists():
        pytest.skip(f"NOT TESTED: {name} is not among the documents beside the checkout")
    let_in(page, server, secretariat_of(server, community))
    page.goto("/planer/les-inn/")
    hand = Hand(page)
    hand.read_in(seeds / name)
    return hand


def accept_from(hand: Hand, percent: int) -> None:
    """All the reader is so sure of, at once. Another choice than the surest is two clicks."""
    choice = hand.page.locator("select[name=at_least]")
    value = f"{percent / 100:.2f}"
    if choice.input_value() != value:
        choice.select_option(value)
        hand.clicks += 2
    hand.click(hand.page.get_by_role("button", name="Godta disse"))


def waiting(page: Page) -> int:
    return page.locator("[data-row]:not([data-judged])").count()


def judge_the_rest(hand: Hand) -> int:
    """Each that waits is judged with one key, and the next is chosen by itself. Returns how many it was."""
    page = hand.page
    # The rows are counted when the page after the last act is whole.
    page.wait_for_load_state("load")
    page.wait_for_load_state("networkidle")
    left = waiting(page)
    for number in range(left, 0, -1):
        expect(page.locator("[data-row]:not([data-judged])")).to_have_count(number)
        assert chosen(page).get_attribute("data-judged") is None
        hand.store("x" if number <= 2 else "a")
    return left


def test_a_plan_in_tables_is_in_the_system_with_four_clicks(page: Page, server: Server, seeds: Path) -> None:
    hand = bring(page, server, seeds, TABLES, "Troms")
    expect(page.locator("[data-row]")).to_have_count(25)
    accept_from(hand, 95)
    expect(page.get_by_text("0 venter, 25 godtatt, 0 forkastet.")).to_be_visible()
    expect(page.get_by_text("Alt er vurdert.")).to_be_visible()
    clicks, keys = hand.tell("A plan in tables, 25 measures")
    assert clicks <= 4
    assert keys == 0


def test_a_plan_in_prose_takes_a_key_for_each_the_reader_was_not_sure_of(
    page: Page, server: Server, seeds: Path
) -> None:
    hand = bring(page, server, seeds, PROSE, "Østfold")
    found = waiting(page)
    assert found >= 20
    accept_from(hand, 80)
    left = judge_the_rest(hand)
    assert left <= found / 2
    expect(page.get_by_text("Alt er vurdert.")).to_be_visible()
    expect(page.get_by_text(f"0 venter, {found - 2} godtatt, 2 forkastet.")).to_be_visible()
    clicks, keys = hand.tell(f"A plan in prose, {found} candidates")
    assert clicks <= 6
    assert keys == left
    page.reload()
    expect(page.get_by_text("Alt er vurdert.")).to_be_visible()
