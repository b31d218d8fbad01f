"""What people do with cases and meetings on the pages, for tests that need it done first."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from functional.conftest import Server, sign_in


@contextmanager
def another(browser: Browser, server: Server, email: str = "") -> Iterator[Page]:
    """Somebody else's browser: signed in, or a visitor."""
    context = browser.new_context(
        base_url=server.url, locale="nb-NO", viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    if email:
        sign_in(page, server, email)
    yield page
    context.close()


def somebody(server: Server, words: str) -> str:
    """The address of the listed person whose line on the sign-in page has these words."""
    return next(email for email, row in server.accounts.items() if words in row["role"])


def task(page: Page, words: str) -> Locator:
    """What a line of the start page offers to do."""
    return page.locator("article", has_text=words).first.locator(".ds-button").first


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def report(page: Page, title: str, asks: str) -> str:
    """A case is reported; returns its address."""
    page.goto("/meld-sak/")
    page.get_by_label("Tittel").fill(title)
    page.get_by_label("Hva ønsker du avklart?").fill(asks)
    button(page, "Send").click()
    page.get_by_role("link", name="Se saken").click()
    return urlsplit(page.url).path


def write_brief(page: Page, texts: Mapping[str, str]) -> None:
    """Each part is saved while one writes; the brief is whole when `texts` has every part."""
    for part, text in texts.items():
        field = page.locator(f"#tekst-{part}")
        field.fill(text)
        field.blur()
        expect(page.locator(f"#lagret-{part}")).to_contain_text("Lagret")
    page.reload()
    expect(page.locator("h1")).to_have_text("Saksframlegget er komplett.")


def make_ready(page: Page, case: str) -> None:
    page.goto(f"{case}behandling/")
    button(page, "Klar for møte").click()
    expect(page.locator("h1")).to_have_text("Saken venter på neste møte.")


def ready_case(page: Page, title: str, body: str, kind: str, texts: Mapping[str, str]) -> str:
    """A case of a kind, in the queue of a body, by the secretariat; returns its address."""
    case = report(page, title, "Hva bør vi gjøre?")
    page.goto(f"{case}behandling/")
    page.get_by_label(kind).check()
    button(page, "Lagre").click()
    page.select_option("#id_body", label=body)
    button(page, "Ta opp saken").click()
    page.wait_for_url("**/saksframlegg/")
    write_brief(page, texts)
    make_ready(page, case)
    return case


def plan_meeting(page: Page, body: str, day: date) -> None:
    """A meeting outside the plan; `body` is the short name."""
    page.goto("/moter/nytt/")
    page.get_by_label("Organ", exact=True).select_option(label=body)
    page.get_by_label("Dag").fill(day.isoformat())
    page.get_by_label("Begynner").fill("09:00")
    page.get_by_label("Slutter").fill("11:00")
    button(page, "Planlegg møtet").click()


def number_in(address: str) -> int:
    """Of the meeting a page is about."""
    return int(address.split("/moter/")[1].split("/")[0])
