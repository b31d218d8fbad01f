"""A person at the keyboard: what they press and click is done in the browser, and counted."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


@dataclass
class Hand:
    """`keys` counts what is pressed, `clicks` what is clicked, `sentences` the fields somebody wrote in.

    What is written is one sentence however long it is: the words are the person's own, the rest is what the
    page asks of them.
    """

    page: Page
    keys: int = 0
    clicks: int = 0
    sentences: int = 0
    told: list[str] = field(default_factory=list)

    def click(self, place: Locator) -> None:
        place.click()
        self.clicks += 1

    def press(self, key: str) -> None:
        """A key that moves or unfolds something on the page."""
        self.page.keyboard.press(key)
        self.keys += 1

    def store(self, key: str) -> None:
        """A key that stores something and draws the page anew."""
        with self.page.expect_navigation():
            self.press(key)

    def write(self, words: str) -> None:
        """In the field that has focus, instead of what stood there."""
        self.page.locator(":focus").fill(words)
        self.sentences += 1

    def read_in(self, file: Path) -> str:
        """From the page that asks for a document to what was found in it; returns the number of the plan.

        Choosing a file takes two clicks: one opens the machine's own window, one points at the file.
        """
        self.page.set_input_files("input[type=file]", file)
        self.clicks += 2
        self.click(self.page.locator("main form button.ds-button"))
        self.page.wait_for_url("**/gjennomgang/")
        return self.page.url.split("/")[4]

    def tell(self, what: str) -> tuple[int, int]:
        """Clicks and keys since the last time, printed beside the result; then counted from nought."""
        counted = self.clicks, self.keys
        self.told.append(f"{what}: {self.clicks} clicks, {self.keys} keys, {self.sentences} sentences")
        print(self.told[-1])
        self.clicks = self.keys = self.sentences = 0
        return counted


def chosen(page: Page) -> Locator:
    """The row the keys act on, once there is one."""
    row = page.locator("[data-row][data-on]")
    expect(row).to_be_visible()
    return row
