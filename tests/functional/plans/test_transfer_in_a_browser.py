"""A secretariat finds what others have solved, takes it in use at home, and those who wrote it see it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser
PAGE = "/planer/hvem-har-lost/"


def find(page: Page, words: str) -> None:
    page.goto("/planer/")
    page.locator("main a[href='/planer/hvem-har-lost/']").click()
    page.get_by_label("Hva vil dere løse?").fill(words)
    page.keyboard.press("Enter")


def test_from_a_word_in_the_other_maalform_to_a_measure_at_home_that_its_owner_sees(
    browser: Browser, page: Page, server: Server
) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    find(page, "utskrivning hjemme")
    hit = page.locator(".s-found > li", has_text="tryggleik heime")
    expect(hit).to_contain_text("Møre og Romsdal")
    assert faults_of(page) == []
    words = hit.locator("h2").inner_text()
    hit.get_by_role("link", name="Ta i bruk hos oss").click()
    expect(page.locator("main h1")).to_have_text("Hvor i planen deres hører det hjemme?")
    expect(page.get_by_label("Hva det skal stå her")).to_have_value(words)
    assert faults_of(page) == []
    chosen = page.get_by_label("Innsatsområde").locator("option:checked")
    expect(chosen).to_contain_text("Eldre med skrøpelighet")
    page.get_by_label("Hvorfor dere tar det i bruk").fill("Mange reiser hjem til tomt hus")
    # a part that comes late leaves the message standing
    page.route("**/lignende/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    page.locator("main form button", has_text="Ta i bruk hos oss").click()
    expect(page.locator("#lignende li").first).to_be_visible()
    expect(page.locator(".s-toast[data-toast]")).to_contain_text("Møre og Romsdal ser at dere bruker det")
    page.unroute_all(behavior="ignoreErrors")
    expect(page.locator("main h1")).to_have_text(words)
    expect(page.locator("#kilde-hos h2")).to_have_text("Tatt fra Møre og Romsdal")
    expect(page.locator(".s-thread")).to_contain_text("Nabo")
    expect(page.locator("main .s-hole").first).to_be_visible()
    assert faults_of(page) == []

    context = browser.new_context(base_url=server.url, locale="nn-NO")
    there = context.new_page()
    let_in(there, server, secretariat_of(server, "Møre"))
    there.goto("/")
    news = there.locator("a", has_text="tok tiltaket dykkar")
    expect(news.first).to_contain_text("(Østfold)")
    news.first.click()
    expect(there.locator("#tatt-i-bruk")).to_contain_text("Mange reiser hjem til tomt hus")
    expect(there.locator("#tatt-i-bruk")).to_contain_text("Østfold")
    expect(there.locator(".s-thread")).to_contain_text("i bruk der sidan")
    assert faults_of(there) == []
    context.close()

    # other tests count the measures of this plan
    page.locator("#kilde-hos button", has_text="Angre at dere tok det i bruk").click()
    expect(page.locator("main .s-over a")).to_contain_text("Møre og Romsdal")


def test_it_is_undone_with_one_press(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    find(page, "hjemmesykepleie tegn på forverring")
    page.locator(".s-found > li", has_text="Trene heimesjukepleia").get_by_role(
        "link", name="Ta i bruk hos oss"
    ).click()
    page.wait_for_url("**/ta-i-bruk/")
    there = page.url
    page.locator("main form button", has_text="Ta i bruk hos oss").click()
    page.locator("#kilde-hos button", has_text="Angre at dere tok det i bruk").click()
    expect(page).to_have_url(there.removesuffix("ta-i-bruk/"))
    expect(page.locator("#ta-i-bruk a")).to_have_text("Ta i bruk hos oss")
    page.goto(f"{PAGE}?sok=hjemmesykepleie+forverring")
    expect(page.locator(".s-found > li", has_text="Trene heimesjukepleia")).to_have_count(1)


def test_a_visitor_without_script_finds_on_a_phone(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        base_url=server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="nb-NO"
    )
    page = context.new_page()
    page.goto(PAGE)
    page.fill("#find-words", "sjukeheim")
    page.locator("main form button").click()
    expect(page.locator(".s-found > li").first).to_be_visible()
    expect(page.get_by_role("link", name="Ta i bruk hos oss")).to_have_count(0)
    context.close()


def test_the_pages_fit_a_phone(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (PAGE, f"{PAGE}?sok=utskriving", f"{PAGE}?sok=månelanding"):
        page.goto(path)
        assert too_wide(page) == []
        assert faults_of(page) == []


def test_the_keys_open_a_hit_and_take_it_in_use(page: Page, server: Server) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.goto(f"{PAGE}?sok=pårørende&hos=")
    page.locator("main h1").click()
    first = page.locator(".s-found > li").first
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("data-on", "")
    title = first.locator("h2").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text(title)
