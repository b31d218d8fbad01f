"""What every page is held to: usable by everybody (WCAG 2.1 A and AA by axe), and no sideways scroll."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (320, 360, 390, 768, 1024, 1280, 1920)
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


def faults_of(page: Page) -> list[str]:
    """A line per rule the shown page breaks, with the places."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [f"{page.url}: {one['id']} {[node['target'] for node in one['nodes'][:3]]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """A line per width at which the shown page scrolls sideways."""
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide.append(f"{page.url} at {width}: {over} px")
    return wide
