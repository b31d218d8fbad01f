"""What every page is held to: usable by everybody (WCAG 2.1 A and AA by axe), and no sideways scroll."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Response, expect

WIDTHS = (320, 360, 390, 768, 1024, 1280, 1920)
# Every rule is tried; of those that are kept, no list of places is made and sent over.
BROKEN = {"resultTypes": ["violations"]}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}, **BROKEN}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **BROKEN}  # all that the night changes
AXE = Axe()
# The same few colours are read from thousands of places, by a library that takes its time: each is read once.
COLOURS_ONCE = """(() => {
    const {Color} = axe.commons.color, read = Color.prototype.parseString, known = new Map();
    Color.prototype.parseString = function (text) {
        if (known.has(text)) return Object.assign(this, known.get(text));
        read.call(this, text);
        known.set(text, {r: this.r, g: this.g, b: this.b, alpha: this.alpha});
        return this;
    };
})()"""
FAULTS = """options => axe.run(options).then(all => all.violations.map(
    one => [one.id, one.nodes.slice(0, 3).map(node => node.target)]))"""
LATE = "[hx-trigger=load]"  # a part that is fetched after the page, until it is there
LOOKS = 3  # a link that was just pressed may put another page under the one that is looked at


def open_whole(page: Page, path: str) -> Response:
    """Go to a page, and wait for the parts that come after it."""
    answer = page.goto(path)
    assert answer is not None
    expect(page.locator(LATE)).to_have_count(0)
    return answer


def faults_day_and_night(page: Page) -> list[str]:
    """`faults_of` in light colours, and the contrast of the dark ones."""
    page.emulate_media(color_scheme="light")
    found = faults_of(page)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {line}" for line in faults_of(page, COLOURS)]


def faults_of(page: Page, options: dict = WCAG) -> list[str]:
    """A line per rule the shown page breaks, with the places."""
    for _ in range(LOOKS - 1):
        try:
            return _faults(page, options)
        except Error:  # the page went away while it was read: the one that came is looked at
            page.wait_for_load_state("load")
    return _faults(page, options)


def _faults(page: Page, options: dict) -> list[str]:
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE.axe_script};{COLOURS_ONCE}")
    return [f"{page.url}: {rule} {places}" for rule, places in page.evaluate(FAULTS, options)]


def too_wide(page: Page) -> list[str]:
    """A line per width at which the shown page scrolls sideways. The width it has is drawn already."""
    wide = []
    drawn = page.viewport_size and page.viewport_size["width"]
    for width in sorted(WIDTHS, key=lambda width: width != drawn):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide.append(f"{page.url} at {width}: {over} px")
    return wide
