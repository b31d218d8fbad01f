"""A fund call from the announcement to the final report, by the people who do it, page by page."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from functional.conftest import Server, secretariat_of, sign_in
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser

TITLE = "Kveldspatrulje på tvers"


def somebody(server: Server, words: str) -> str:
    """The e-mail address of the listed person whose line on the sign-in page has these words."""
    said = {email: " ".join(map(str, row.values())) for email, row in server.accounts.items()}
    return next(email for email, text in said.items() if words in text)


def change_to(page: Page, server: Server, email: str) -> None:
    page.wait_for_load_state("networkidle")  # a late answer would bring a cookie of the former person
    page.context.clear_cookies()
    sign_in(page, server, email)
    page.wait_for_url(lambda url: not url.endswith("/logg-inn/"))


def look(page: Page, name: str) -> None:
    """The shown page breaks no rule, and scrolls sideways at no width. `name` says where one is."""
    assert faults_of(page) + too_wide(page) == [], name
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()


def fill(page: Page, label: str, value: str) -> None:
    page.get_by_label(label).first.fill(value)


def let_in_for_the_hospital(page: Page, server: Server) -> str:
    """The secretariat gives a member a role at the hospital; returns the address."""
    email = somebody(server, "Administrator, Østfold")
    page.goto("/helsefellesskap/ostfold/")
    form = page.locator("form[action$='/folk/']")
    form.locator("xpath=ancestor-or-self::details").first.evaluate("one => one.open = true")
    form.locator("input[name$=email]").fill(email)
    form.locator("input[name$=name]").fill("Administrator")
    form.locator("select[name$=role]").select_option("member")
    hospital = form.locator("select[name$=party] option").filter(has_text="SØ").first
    form.locator("select[name$=party]").select_option(hospital.get_attribute("value"))
    form.locator("button").last.click()
    return email


def announce(page: Page) -> str:
    """A scheme and an open call; returns the address of the call."""
    page.goto("/planer/")
    page.get_by_role("link", name="Samhandlingsmidler").first.click()
    look(page, "the list")
    page.get_by_role("link", name="Lag en ordning").first.click()
    look(page, "a new scheme")
    fill(page, "Navn på ordningen", "Midler til kvelder og helger")
    fill(page, "Hva pengene er til", "Prøve ut noe nytt sammen, så pasienten slipper å være budbringer.")
    page.get_by_label("Hvem avgjør").select_option(label="Strategisk samarbeidsutvalg")
    press(page, "Lagre, og skriv første utlysning")
    look(page, "a new call")
    fill(page, "Tittel på utlysningen", "Samhandlingsmidler 2027")
    fill(page, "Dette kan det søkes om", "Til dere som vil prøve noe på tvers av kommune og sykehus.")
    fill(page, "Hvor mye det er", "2 000 000")
    fill(page, "Siste dag", (date.today() + timedelta(days=60)).isoformat())
    fill(page, "Svar er lovet innen", (date.today() + timedelta(days=120)).isoformat())
    press(page, "Lagre utlysningen")
    press(page, "Lys ut")
    expect(page.locator("main h1")).to_contain_text("Søk om inntil 2\xa0000\xa0000\xa0kr")
    look(page, "an open call, for the secretariat")
    return page.url


def apply(page: Page, call: str) -> str:
    """Halden's director writes the application; it saves itself and adds up while it is written."""
    page.goto(call)
    page.get_by_role("link", name="Søk", exact=True).click()
    look(page, "who applies")
    year = date.today().year + 1
    page.locator("select[name=applicant]").select_option(index=0)
    fill(page, "Arbeidet begynner", f"{year}-01-01")
    fill(page, "Arbeidet slutter", f"{year}-12-31")
    fill(page, "Hva heter det?", TITLE)
    press(page, "Begynn")
    here = page.url
    fill(
        page, "Hvorfor trengs det?", "Åtte av ti skrøpelige eldre legges inn om kvelden, ofte uten at de må."
    )
    fill(page, "Hva skal dere gjøre?", "Hjemmetjenesten og sykehuset kjører ut sammen fire kvelder i uken.")
    page.get_by_role("checkbox").first.check()
    fill(page, "Hva blir bedre?", "Færre innleggelser om kvelden. Vi teller dem hver måned.")
    fill(page, "Hva kan andre ta med seg?", "Vaktplanen og opplæringen.")
    expect(page.locator("#lagret")).to_contain_text(re.compile(r"utgave [2-9]"))
    page.get_by_label("Kostnad 1: hva det er").fill("Lønn")
    page.locator(f"input[name='k0-{year}']").fill("1 000 000")
    page.locator(f"input[name='g-{year}']").fill("800 000")
    page.locator(f"input[name='g-{year}']").blur()
    expect(page.locator("#budsjett-sum")).to_contain_text("200\xa0000\xa0kr mangler")
    page.get_by_label(re.compile(f"^Halden.*, {year}")).fill("150 000")
    page.get_by_label(re.compile(f"^Sykehuset.*, {year}")).fill("50 000")
    page.get_by_label(re.compile(f"^Sykehuset.*, {year}")).blur()
    expect(page.locator("#budsjett-sum")).to_contain_text("Kostnader og betaling stemmer")
    look(page, "the editor")
    page.reload()
    expect(page.get_by_label("Hva skal dere gjøre?")).to_have_value(re.compile("kjører ut sammen"))
    press(page, "Lagre, og gå til samtykke")
    look(page, "nobody is asked yet")
    press(page, "Be om samtykke")
    answer(page)
    return here


def answer(page: Page) -> None:
    page.locator("form.s-ask").get_by_role("button", name="Ja", exact=True).click()
    look(page, "consents")


def decide(page: Page, call: str, application: str) -> None:
    """Advice, the closed call, and the answer."""
    page.goto(call)
    page.get_by_role("link", name="Rangering og innstilling").click()
    expect(page.locator("main h1")).to_contain_text(TITLE)
    page.get_by_text("Innstill", exact=True).click()
    page.get_by_label("Hele beløpet").check()
    page.get_by_label("Hvorfor").last.fill("God plan, og begge sider er med.")
    press(page, "Lagre innstillingen")
    look(page, "the ranking")
    page.goto(call)
    press(page, "Steng utlysningen nå")
    page.get_by_role("link", name="Rangering og innstilling").click()
    page.get_by_role("link", name="Skriv inn svaret").click()
    look(page, "the answer")
    press(page, "Skriv inn svaret")
    page.goto(application)


def report(page: Page) -> None:
    page.get_by_role("link", name="Sluttrapport").click()
    fill(page, "Hva ble gjort?", "Fire kvelder i uken, hele året.")
    fill(page, "Hvordan gikk det, sammenlignet med planen?", "42 innleggelser færre. Vi hadde håpet på 40.")
    fill(page, "Hva kan andre ta med seg?", "Vaktplanen. Begynn med to kvelder.")
    for box in page.locator("input[name^=spent]").all():
        box.fill("100 000")
    look(page, "a report")
    press(page, "Send rapporten")
    look(page, "a sent report")


def test_from_the_announcement_to_the_final_report(page: Page, server: Server, browser: Browser) -> None:
    secretariat, halden = secretariat_of(server, "Østfold"), somebody(server, "Kommunedirektør i Halden")
    reviewer = somebody(server, "Observatør for brukerne")
    sign_in(page, server, secretariat)
    hospital = let_in_for_the_hospital(page, server)
    call = announce(page)
    choice = page.locator("select[name=account] option", has_text=server.accounts[reviewer]["name"])
    page.locator("select[name=account]").select_option(value=choice.first.get_attribute("value"))
    press(page, "Oppnevn")

    change_to(page, server, halden)
    application = apply(page, call)
    change_to(page, server, hospital)
    page.goto(application + "samtykke/")
    answer(page)
    change_to(page, server, halden)
    page.goto(application + "samtykke/")
    press(page, "Send søknaden")
    look(page, "a sent application")

    change_to(page, server, secretariat)
    page.goto(application)
    page.get_by_role("link", name="Gjør formalkontroll").click()
    look(page, "formal check")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page, "Fullfør kontrollen")

    change_to(page, server, reviewer)
    page.goto(application)
    page.get_by_role("link", name="Gi poeng").click()
    look(page, "a score sheet")
    for sheet in page.locator(".s-score").all():
        sheet.locator("input[value='4']").check()
        sheet.locator("textarea").fill("Behovet er vist med tall.")
    press(page, "Lagre poengene mine")

    change_to(page, server, secretariat)
    decide(page, call, application)
    change_to(page, server, halden)
    page.goto(call)
    page.get_by_role("link", name="Se svaret").click()
    award = page.url
    look(page, "an award to say yes to")
    press(page, "Ja, vi takker ja")

    change_to(page, server, secretariat)
    page.goto(award)
    page.get_by_role("link", name="Start prosjektet").click()
    look(page, "where it stands, and when it is paid")
    press(page, "Start prosjektet")
    look(page, "a started award")
    page.get_by_role("link", name="Endre utbetalingen").last.click()
    look(page, "a payment to change")
    page.get_by_label("Hvorfor blir det endret?").fill("Halden betaler den siste delen selv.")
    press(page, "Avlys utbetalingen")
    expect(page.get_by_role("link", name="som er igjen")).to_be_visible()
    press(page, "Angre")
    expect(page.get_by_role("link", name="som er igjen")).to_have_count(0)
    look(page, "a payment taken back, and what was changed")
    page.locator(".s-thread").get_by_role("link", name=TITLE).first.click()
    page.wait_for_url("**/tiltak/**")
    expect(page.locator(".s-thread").first).to_contain_text("800\xa0000\xa0kr")
    change_to(page, server, halden)
    page.goto(award)
    report(page)
    change_to(page, server, secretariat)
    page.goto(award)
    page.get_by_role("link", name="Sluttrapport").click()
    press(page, "Godkjenn")
    expect(page.locator("main")).to_contain_text("Gevinster et år etter")

    page.context.clear_cookies()
    page.goto(call)
    expect(page.locator("main")).to_contain_text(TITLE)
    look(page, "the decided call, for everybody")
