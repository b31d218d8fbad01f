"""The secretary in the room: two keys an item (J3), two clicks to lift (J8), one to send the minutes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_day_and_night, faults_of, too_wide

pytestmark = pytest.mark.browser
TESTS = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def make_meeting(server: Server) -> Iterator[Callable[[str], int]]:
    """Make a called meeting of a body of this name in the running demonstration; its number."""
    environ = os.environ | {
        "SAMSPILL_HOME": str(server.home),
        "DJANGO_SETTINGS_MODULE": "samspill.config.settings",
        "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]),
    }
    command = [sys.executable, "-m", "functional.governance.make_meeting"]
    with subprocess.Popen(
        command, env=environ, cwd=TESTS.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as maker:
        assert maker.stdin
        assert maker.stdout
        asked, answers = maker.stdin, maker.stdout

        def make(name: str) -> int:
            asked.write(f"{name}\n")
            asked.flush()
            number = answers.readline()
            assert number, "no meeting was made; why is said above"
            return int(number)

        yield make


class Counting:
    """Presses keys and buttons as a person does, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)

    def click(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name).first.click()


def heading(page: Page) -> str:
    return page.locator("article.s-item h2").inner_text()


@pytest.fixture
def room(
    page: Page, server: Server, make_meeting: Callable[[str], int], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The room of a meeting that has begun."""
    number = make_meeting(f"Utvalg {abs(hash(request.node.name)) % 10_000}")
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto(f"/moter/{number}/rom/")
    page.get_by_role("button", name="Start møtet").click()
    expect(page.locator("form[data-room]")).to_be_visible()
    yield page


def test_an_ordinary_item_takes_two_keys_and_the_minutes_one_click(room: Page) -> None:
    """J3."""
    assert faults_day_and_night(room) == []
    room.emulate_media(color_scheme="light")
    hands = Counting(room)
    for number, key in enumerate(("1", "1", "2", "6")):
        assert hands.count == 2 * number
        with room.expect_navigation():
            hands.press(key)
            hands.press("Enter")
    expect(room.locator("h1")).to_have_text("Alle punkter er behandlet. Møtet kan avsluttes.")
    assert hands.count == 8
    room.get_by_role("button", name="Avslutt møtet").click()
    expect(room.get_by_text("Kommunene ansetter en koordinator innen 1. mars 2027.")).to_be_visible()
    expect(room.locator(".s-points .s-sub").first).to_contain_text("innen 1.")
    assert faults_of(room) + too_wide(room) == []
    sending = Counting(room)
    sending.click("Ferdig: send til merknad")
    expect(room.get_by_text("Versjon 1.")).to_be_visible()
    assert sending.count == 1
    assert faults_day_and_night(room) == []
    room.get_by_role("link", name="Åpne vedtaket").first.click()
    expect(room.locator("h1")).to_contain_text("Kommunene ansetter en koordinator")
    assert faults_day_and_night(room) + too_wide(room) == []


def test_a_case_is_lifted_with_two_clicks(room: Page) -> None:
    """J8: the recommendation goes along, and the same case stands in the queue above."""
    with room.expect_navigation():
        room.locator(".s-roomline", has_text="Samhandlingsmidler").click()
    expect(room.get_by_text("Organet tilrår i denne saken.")).to_be_visible()
    hands = Counting(room)
    hands.click("Løft til Utvalg")
    assert faults_of(room) == []
    with room.expect_navigation():
        hands.click("Økonomi")
    assert hands.count == 2
    expect(room.locator(".s-agenda")).to_contain_text("Løftet")
    assert too_wide(room) == []


def test_what_is_typed_is_kept_while_one_types(room: Page) -> None:
    before = heading(room)
    room.fill("#text", "Halden spurte hvem som betaler.")
    expect(room.locator("[data-room-status]")).to_have_text("Lagret")
    room.reload()
    assert heading(room) == before
    expect(room.locator("#text")).to_have_value("Halden spurte hvem som betaler.")
    room.get_by_role("button", name="Ett punkt til").click()
    room.keyboard.type("Moss følger med.")
    expect(room.locator("[data-room-status]")).to_have_text("Lagret")
    room.reload()
    expect(room.locator(".s-point textarea").last).to_have_value("Moss følger med.")


def test_an_outcome_is_taken_back_with_one_click(room: Page) -> None:
    before = heading(room)
    with room.expect_navigation():
        room.keyboard.press("3")
        room.keyboard.press("Enter")
    assert heading(room) != before
    expect(room.locator(".s-toast .s-undo")).to_be_visible()
    with room.expect_navigation():
        room.locator(".s-toast .s-undo").click()
    assert heading(room) == before


def test_the_wall_follows_the_room(room: Page) -> None:
    wall = room.context.new_page()
    wall.goto(room.url.replace("/rom/", "/vis/"))
    expect(wall.locator("h1")).to_contain_text("Felles kveldspatrulje")
    with room.expect_navigation():
        room.keyboard.press("1")
        room.keyboard.press("Enter")
    expect(wall.locator("h1")).to_contain_text("Felles jordmorvakt")
    assert faults_of(wall) + too_wide(wall) == []


def test_what_needs_no_debate_is_taken_with_one_key_and_helpers_are_chosen(
    page: Page, server: Server, make_meeting: Callable[[str], int]
) -> None:
    """The items without debate in one stroke from the keyboard; helpers beside the one who answers."""
    number = make_meeting("Utvalg samlet")
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto(f"/moter/{number}/")
    line = page.locator("#saksliste [data-row]").last
    line.get_by_text("Endre", exact=True).click()
    line.get_by_label("Tas under ett med andre").check()
    line.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("uten debatt: i møterommet")).to_be_visible()
    page.get_by_role("link", name="Til møterommet").click()
    page.get_by_role("button", name="Start møtet").click()
    expect(page.locator("form[data-room]")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.locator(".s-agenda")).to_contain_text("Tatt til orientering")
    helping = page.locator("details.s-point__help").first
    helping.get_by_text("Noen som hjelper til").click()
    helping.get_by_label("Moss", exact=True).check()
    expect(page.locator("[data-room-status]")).to_have_text("Lagret")
    page.reload()
    expect(helping.get_by_label("Moss", exact=True)).to_be_checked()
    assert faults_day_and_night(page) + too_wide(page) == []
