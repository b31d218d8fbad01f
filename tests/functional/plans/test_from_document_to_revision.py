"""From a Word file to a revised plan that others learn from: the people's own errand, in nynorsk.

The secretariat of Sogn og Fjordane reads its plan in, looks it over with the keys, fills what is missing,
has it adopted and opens it. Who answers for a measure says how it goes from a mail. The half year is
reported, the next plan is read in and every old measure accounted for, and Østfold finds a measure and takes
it in use. What is opened to everybody is closed again: other tests count what others can see.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_of
from functional.plans.by_hand import Hand, chosen
from functional.plans.letters import links_about, morning
from functional.plans.word_plans import word_plan
from samspill.documents.public import read

pytestmark = pytest.mark.browser

HERE, SLUG = "Sogn", "sogn-og-fjordane"
HEAD = ("Tiltak", "Ansvarleg", "Frist")
TITLE = "Handlingsplan for Helsefellesskapet Sogn og Fjordane"
CALL, JOURNAL, COURSES = (
    "Ringje heim dagen etter utskriving",
    "Prøve felles journal på to sjukeheimar",
    "Lage ein felles kursplan for pårørande",
)
NUMBER, DAY, CONTACTS = (
    "Gi skulane eit fast nummer til BUP",
    "Halde felles fagdag om spiseforstyrringar",
    "Lage ei liste over kontaktpersonar",
)
NO_MEASURE = "Invitere til felles sommarfest"
SAID = "Tre av fire kommunar ringjer no."


def first_plan(path: Path, today: date) -> Path:
    late = f"{today - timedelta(days=30):%d.%m.%Y}"
    old = (
        (CALL, "Helse Førde", late),
        (JOURNAL, "Kommunane", ""),
        (COURSES, "", f"31.12.{today.year}"),
        (NO_MEASURE, "", ""),
    )
    young = ((NUMBER, "Helse Førde", ""), (f"{DAY} og {CONTACTS.lower()}", "Kommunane", ""))
    years = f"{today.year - 1}–{today.year}"
    return word_plan(
        path, f"{TITLE} {years}", HEAD, [("1 Eldre som bur heime", old), ("2 Barn og unge", young)]
    )


def second_plan(path: Path, today: date) -> Path:
    old = (
        (CALL, "Helse Førde", f"30.06.{today.year + 2}"),
        ("Innføre felles journal på alle sjukeheimane", "Kommunane", f"31.12.{today.year + 2}"),
    )
    young = (
        ("Opprette eit ambulant team for unge", "Helse Førde", f"31.12.{today.year + 1}"),
        (DAY, "Kommunane", f"01.05.{today.year + 1}"),
    )
    years = f"{today.year + 1}–{today.year + 2}"
    return word_plan(
        path, f"{TITLE} {years}", HEAD, [("1 Eldre som bur heime", old), ("2 Barn og unge", young)]
    )


@pytest.fixture
def hand(page: Page, server: Server) -> Iterator[Hand]:
    """The secretariat at work. At the end no plan of theirs is open to others."""
    sign_in(page, server, secretariat_of(server, HERE))
    yield Hand(page)
    page.goto("/planer/")
    for address in {link.get_attribute("href") for link in page.locator("main a[href^='/planer/']").all()}:
        if address and address.strip("/").removeprefix("planer/").isdecimal():
            page.goto(address)
            close = page.get_by_role("button", name="Lukk han for andre")
            if close.count():
                close.click()


@contextmanager
def another(browser: Browser, server: Server, community: str = "") -> Iterator[Page]:
    """Somebody else's browser: signed in as a community's secretariat, or not at all."""
    context = browser.new_context(base_url=server.url, locale="nb-NO")
    page = context.new_page()
    if community:
        sign_in(page, server, secretariat_of(server, community))
    yield page
    context.close()


def candidate(page: Page, words: str) -> Locator:
    return page.locator("[data-row]", has_text=words)


def go_down_to(hand: Hand, words: str) -> None:
    """With J, to the row that says it."""
    for _step in range(10):
        hand.press("j")
        if words in chosen(hand.page).inner_text():
            return
    pytest.fail(f"J never came to «{words}».")


def look_over(hand: Hand) -> None:
    """All that is sure at once; one was none, one was two, one had nobody who answers, one no date."""
    page = hand.page
    expect(page.locator("[data-row]")).to_have_count(6)
    go_down_to(hand, NO_MEASURE)
    hand.store("x")
    go_down_to(hand, DAY)
    hand.press("s")
    expect(page.locator("textarea:focus")).to_be_visible()
    hand.write(DAY)
    hand.press("Tab")
    hand.write(CONTACTS)
    hand.press("Tab")
    hand.store("Enter")
    hand.click(page.get_by_role("button", name="Godta desse"))
    expect(page.get_by_text("Alt er vurdert.")).to_be_visible()
    expect(page.get_by_text("0 ventar, 6 godtekne, 1 forkasta.")).to_be_visible()


def fill_owner_and_date(hand: Hand, today: date) -> None:
    page = hand.page
    go_down_to(hand, COURSES)
    hand.press("o")
    expect(page.locator("select:focus")).to_be_visible()
    page.locator("select:focus").select_option(label="Helse Førde")
    hand.keys += 1
    hand.press("Tab")
    hand.store("Enter")
    expect(candidate(page, COURSES)).to_contain_text("Helse Førde")
    go_down_to(hand, NUMBER)
    hand.press("d")
    expect(page.locator("input[type=date]:focus")).to_be_visible()
    hand.write(f"{today.year}-12-31")
    hand.store("Enter")
    expect(candidate(page, NUMBER)).to_contain_text(f"31. desember {today.year}")


def open_measure(page: Page, plan: str, words: str) -> None:
    """The page of a measure, from the list of its plan."""
    page.goto(f"/planer/{plan}/")
    page.goto(candidate(page, words).locator("[data-row-main]").get_attribute("href") or "")
    expect(page.locator("main h1")).to_have_text(words)


def adopt(hand: Hand, on: date) -> None:
    page = hand.page
    page.fill("input[name=adopted_by]", "Partnarskapsmøtet")
    page.fill("input[name=on]", on.isoformat())
    hand.sentences += 2
    hand.click(page.get_by_role("button", name="Planen er vedteken"))
    expect(page.locator("#messages")).to_contain_text("Planen er vedteken.")


def open_to_everybody(hand: Hand) -> None:
    hand.click(hand.page.get_by_role("button", name="Opne han for alle"))
    expect(hand.page.get_by_role("button", name="Lukk han for andre")).to_be_visible()


def say_from_the_mail(browser: Browser, server: Server, today: date) -> None:
    """Two clicks, not signed in; the second time the link says that it was used, and changes nothing."""
    monday = datetime.combine(today + timedelta(days=7 - today.weekday()), time(8))
    told = [links_about(letter, f"«{CALL}» er forseinka") for letter in morning(server, SLUG, monday)]
    asked = [links for links in told if links]
    assert len(asked) == 1, "the one who answers for it is asked, and nobody else"
    links = asked[0]
    assert list(links) == ["I rute", "Forseinka", "Fullført"]
    with another(browser, server) as page:
        page.goto(links["I rute"])
        expect(page.locator("main h1")).to_have_text(CALL)
        assert faults_of(page) == []
        page.locator("textarea").fill(SAID)
        page.get_by_role("button", name="I rute").click()
        expect(page.locator("main h1")).to_have_text("Takk. Det er notert.")
        expect(page.locator("main")).to_contain_text(SAID)
        answer = page.goto(links["I rute"])  # a second time
        assert answer is not None
        assert answer.status == 410
        expect(page.locator("main h1")).to_contain_text("Denne lenkja er brukt")
        assert faults_of(page) == []
    with another(browser, server, "Østfold") as page:
        answer = page.goto(links["Fullført"])
        assert answer is not None
        assert answer.status == 403, "the link is for one person, whoever else is signed in"
        assert page.locator("main form[method=post] button", has_text="Fullført").count() == 0


def report_half_a_year(hand: Hand, tmp_path: Path) -> None:
    page = hand.page
    hand.click(page.get_by_role("link", name="Rapport", exact=True))
    expect(page.locator("main .s-over b, main .s-head").first).to_contain_text("Halvårsrapport")
    expect(page.locator("article")).to_contain_text(SAID)
    for name, ending in (("Last ned som PDF", "pdf"), ("Last ned som Word", "docx")):
        with page.expect_download() as download:
            hand.click(page.get_by_role("link", name=name))
        file = tmp_path / download.value.suggested_filename
        assert file.suffix == f".{ending}"
        download.value.save_as(file)
        words = " ".join(" ".join(read(file).lines).split())
        assert SAID in words
        assert CONTACTS in words


def account_for_all(hand: Hand) -> None:
    """What became of each: a key for most, a reason where it was given up."""
    page = hand.page
    keys = {CALL: "v", "journal": "e", "kursplan": "a", NUMBER: "f", DAY: "v", CONTACTS: "f"}
    hand.press("j")
    for left in range(len(keys), 0, -1):
        expect(page.locator("[data-row]:not([data-said])")).to_have_count(left)
        said = chosen(page).locator("> div").first.text_content() or ""
        key = next(key for words, key in keys.items() if words in said)
        if key == "a":
            hand.press("a")
            expect(page.locator("input[name=reason]:focus")).to_be_visible()
            hand.write("Kommunane held kursa kvar for seg.")
            key = "Enter"
        hand.store(key)
    expect(page.get_by_text("Alle tiltak i den førre planen er gjorde greie for.")).to_be_visible()


def revise(hand: Hand, plan: str, file: Path, today: date) -> str:
    """The next plan is read in after the first one, which is accounted for; adopted and opened."""
    page = hand.page
    page.goto(f"/planer/{plan}/")
    hand.click(page.get_by_role("link", name="Start revisjonen"))
    hand.click(page.get_by_role("link", name="Les inn den nye planen"))
    new = hand.read_in(file)
    assert new != plan
    hand.click(page.get_by_role("button", name="Godta desse"))
    hand.click(page.locator(".s-ways").get_by_role("link", name="Revisjon"))
    page.wait_for_url("**/revisjon/")
    account_for_all(hand)
    hand.click(page.locator("main .s-head").get_by_role("link", name="Til vedtaket"))
    adopt(hand, today)
    page.wait_for_url(f"**/planer/{new}/")
    open_to_everybody(hand)
    return new


def take_in_use(page: Page, plan: str) -> None:
    """Østfold sees it in the table, finds it by a word in its own målform, takes it in use, and regrets."""
    page.goto("/planer/sammenlign/")
    heads = page.locator(".s-compare [role=region] thead th").all_inner_texts()
    assert "Sogn og Fjordane" in heads
    row = page.locator(".s-compare [role=region] tbody tr", has_text="Barn og unge")
    row.locator("td").nth(heads.index("Sogn og Fjordane") - 1).locator("a").click()
    expect(page.locator("#apen")).to_contain_text("Opprette eit ambulant team for unge")
    page.goto("/planer/hvem-har-lost/")
    page.get_by_label("Hva vil dere løse?").fill("ringe hjem etter utskrivning")
    page.keyboard.press("Enter")
    hit = page.locator(".s-found > li", has_text=CALL)
    expect(hit).to_have_count(1)
    expect(hit).to_contain_text("Sogn og Fjordane")
    hit.get_by_role("link", name="Ta i bruk hos oss").click()
    page.locator("main form button", has_text="Ta i bruk hos oss").click()
    expect(page.locator("main h1")).to_have_text(CALL)
    expect(page.locator("#kilde-hos h2")).to_have_text("Tatt fra Sogn og Fjordane")


def test_from_a_word_file_to_a_revised_plan_others_learn_from(
    hand: Hand, browser: Browser, server: Server, tmp_path: Path
) -> None:
    page, today = hand.page, date.today()
    page.goto("/planer/les-inn/")
    plan = hand.read_in(first_plan(tmp_path / "handlingsplan.docx", today))
    look_over(hand)
    clicks, keys = hand.tell("Read in and looked over")
    assert clicks <= 4
    assert keys <= 16
    fill_owner_and_date(hand, today)
    clicks, keys = hand.tell("Who answers and by when")
    assert clicks == 0
    assert keys <= 16
    hand.click(page.locator("main .s-head").get_by_role("link", name="Gå til planen"))
    adopt(hand, today - timedelta(days=1))
    open_to_everybody(hand)
    hand.tell("Adopted and opened")

    say_from_the_mail(browser, server, today)
    open_measure(page, plan, CALL)
    latest = page.get_by_role("row", name="Siste melding")
    expect(latest).to_contain_text(SAID)
    expect(page.locator("#historie li", has_text="I rute")).to_have_count(1)
    page.goto(f"/planer/{plan}/")
    report_half_a_year(hand, tmp_path)
    hand.tell("Reported")

    new = revise(hand, plan, second_plan(tmp_path / "ny-plan.docx", today), today)
    clicks, keys = hand.tell("Revised, adopted and opened")
    assert clicks <= 10
    assert keys <= 10
    page.goto(f"/planer/{plan}/")
    expect(page.locator("[data-row]", has_text=NUMBER).get_by_role("img", name="Fullført")).to_be_visible()

    with another(browser, server, "Østfold") as there:
        take_in_use(there, new)
        open_measure(page, new, CALL)
        expect(page.locator("#tatt-i-bruk")).to_contain_text("Østfold")
        there.locator("#kilde-hos button", has_text="Angre at dere tok det i bruk").click()
        expect(there.locator("main .s-over a")).to_contain_text("Sogn og Fjordane")
