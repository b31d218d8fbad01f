"""Pages no errand leads through, held to the same: light and dark, narrow and wide, signed in and not."""

import pytest
from playwright.sync_api import Page, expect

from factories.tried import a_few
from functional.conftest import Server, let_in, secretariat_of
from functional.looks import faults_day_and_night, faults_of, open_whole, too_wide

pytestmark = pytest.mark.browser

OPEN = (
    "/",
    "/sok/?q=hjem",
    "/sok/?q=finnesikke",
    "/byggeklosser/",
    "/tilgjengelighet/",
    "/personvern/",
    "/logg-inn/",
    "/glemt-passord/",
    "/helsefellesskap/",
    "/helsefellesskap/ostfold/",
    "/vedtak/",
    "/horinger/",
    "/organer/",
    "/organer/?helsefellesskap=ostfold",
    "/organer/2/",
    "/apent/",
    "/apent/?sok=pasient",
    "/apent/kalender/",
    "/apent/folg/",
    "/apent/folg/sendt/",
    "/apent/innsyn/?hos=ostfold",
    "/apent/data/",
    "/planer/",
    "/saker/",
    "/planer/hvem-har-lost/",
    "/planer/hvem-har-lost/?sok=telefon",
    "/planer/sammenlign/",
    "/prosjekter/",
    "/kommuner/3101/planer/",
    "/tall/alle/",
    "/tall/ostfold/",
    "/tall/ostfold/3110/",
    "/tall/ostfold/behov/",
    "/tall/ostfold/behov/liggedogn/",
    "/tall/ostfold/behov/prov/?liggetid=100&hjem-raskere=100",
    "/tall/ostfold/behov/prov/?liggetid=mye",
    "/tall/ostfold/behov/metode/",
    "/tall/ahus/behov/",
    "/tall/ostfold/scenarier/",
    "/tall/ostfold/utregninger/",
    "/tall/ostfold/?vis=andel&ar=2030&aldre=ett",
    "/tall/ostfold/omrade/?kommune=3103&fra=67",
    "/tall/ostfold/omrade/?fra=90&til=80",
    "/tall/ostfold/treffsikkerhet/",
    "/tall/data/",
    "/tall/treffsikkerhet/",
    "/tall/ahus/omrade/",
    "/tall/ahus/",
    "/tall/ostfold/senger/",
    "/tall/ostfold/senger/?utilisation=150",
    "/tall/ostfold/senger/deles/",
    "/tall/ostfold/senger/uka/",
    "/tall/ostfold/senger/uka/?eksempel=1",
    "/tall/ostfold/senger/uka/tall/",
    "/tall/ostfold/senger/flyt/",
    "/tall/ostfold/senger/flyt/?try_first=40",
    "/tall/ostfold/senger/flyt/modell/",
    "/tall/troms-og-ofoten/senger/",
    "/tall/ostfold/bemanning/",
    "/tall/ostfold/bemanning/sykepleiere/",
    "/tall/ostfold/bemanning/fastlegelister/",
    "/tall/ostfold/bemanning/jordmorbehov/",
    "/tall/ostfold/bemanning/arbeidsmengde/",
    "/tall/ahus/bemanning/",
    "/tall/ostfold/tjenester/",
    "/tall/ostfold/3101/tjenester/?sorter=avvik",
    "/tall/sammenlign/",
    "/tall/sammenlign/?omrade=HF01&omrade=3101&indikator=share-80-plus",
    "/tall/variasjon/?niva=helsefellesskap",
    "/tall/tavler/",
    "/tall/indikatorer/",
    "/tall/indikatorer/?sok=reinnleggelser&for=ostfold",
    "/tall/indikatorer/?sok=finnesikke",
    "/tall/indikatorer/definisjoner/",
    "/tall/indikatorer/utregninger/",
    "/api/",
    "/tall/indikatorer/share-80-plus/",
    "/tall/indikatorer/readmissions-67-plus/",
    "/tall/indikatorer/acute-stays-80-plus/?nivaa=alle",
    "/tall/indikatorer/kad-occupancy/",
    "/tall/ostfold/scenarier/modeller/",
    "/tall/ostfold/scenarier/modeller/jordmor/",
    "/tall/ostfold/scenarier/modeller/felles-team/",
    "/tall/ostfold/metodevurderinger/",
    "/tall/ostfold/metodevurderinger/1/",
    "/finnes-ikke/",
)
SIGNED_IN = (
    "/min-side/",
    "/min-side/passord/",
    "/helsefellesskap/ostfold/",
    "/tall/ostfold/metodevurderinger/",
    "/tall/signaler/",
    "/tall/signaler/?vis=alle",
    "/tall/indikatorer/share-80-plus/fest/",
    "/tall/indikatorer/share-80-plus/fest/?sok=utskriving",
    "/tall/ostfold/metodevurderinger/ny/",
    "/tall/ostfold/metodevurderinger/2/",
    "/tall/ostfold/metodevurderinger/2/dokumentasjon/",
    "/tall/ostfold/metodevurderinger/2/kostnad/",
    "/tall/ostfold/",
    "/tall/ostfold/behov/",
    "/tall/ostfold/behov/prov/?kad=100",
    "/tall/ostfold/scenarier/",
    "/tall/ostfold/scenarier/1/",
    "/tall/ostfold/scenarier/sammenlign/?s=1&s=2&s=3",
    "/tall/ostfold/utregninger/",
    "/tall/tavler/",
    "/tall/tavler/legg-pa/?indikator=share-80-plus&omrade=HF01",
    "/sok/?q=hjem",
    "/vedtak/",
    "/planer/",
    "/planer/les-inn/",
    "/meld-sak/",
    "/saker/",
    "/horinger/",
    "/horinger/?q=finnesikke",
    "/horinger/ny/",
    "/horinger/1/",
    "/horinger/1/endre/",
    "/horinger/1/fordel/",
    "/horinger/1/bidrag/",
    "/horinger/1/svar/1/",
    "/prosjekter/",
    "/prosjekter/nytt/",
    "/min-kommune/",
)
# After the address of Østfold's plan in force, and of its first measure.
OF_A_PLAN = (
    "",
    "kommunene/",
    "tidslinje/",
    "tavle/",
    "rapport/",
    "innhold/",
    "kilde/",
    "hent-inn/",
    "revisjon/",
    "gjennomgang/",
    "til-vedtaket/",
    "plass/",
    "revisjon/start/",
)
OF_A_MEASURE = ("", "kommunene/", "milepaeler/", "lignende/")


@a_few("path", OPEN, every=6)
def test_a_visitor_can_use_it(onlooker: Page, path: str) -> None:
    open_whole(onlooker, path)
    assert faults_day_and_night(onlooker) + too_wide(onlooker) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_member_can_use_it_in_every_language(page: Page, server: Server, language: str) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.context.add_cookies([{"name": "samspill_language", "value": language, "url": server.url}])
    faults = []
    for path in SIGNED_IN:
        open_whole(page, path)
        assert page.get_attribute("html", "lang") == language
        faults += faults_of(page) + too_wide(page)
    assert faults == []


def of_the_plan(page: Page) -> list[str]:
    """Addresses of the own plan in force, of its first measure, and of what is joined to them."""
    page.goto("/planer/")
    plan = page.locator("main h2 a").first.get_attribute("href")
    page.goto(f"{plan}")
    measure = page.locator(f'main a[href^="{plan}tiltak/"]').first.get_attribute("href")
    page.goto("/min-kommune/")
    party = page.locator('main a[href*="?part="]').first.get_attribute("href")
    page.goto("/prosjekter/")
    project = page.locator('main a[href^="/prosjekter/"]:not([href*="nytt"])').first.get_attribute("href")
    of_others = theirs(page)
    return [
        *(f"{plan}{rest}" for rest in OF_A_PLAN),
        *(f"{measure}{rest}" for rest in OF_A_MEASURE),
        *(str(one) for one in (party, project, of_others)),
    ]


def theirs(page: Page) -> str:
    """The form that takes a measure of another community in use."""
    page.goto("/planer/hvem-har-lost/?sok=sjukeheim")
    return str(page.locator('main a[href*="ta-i-bruk"]').first.get_attribute("href"))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_a_keeper_can_use_every_page_of_a_plan(page: Page, server: Server, language: str) -> None:
    let_in(page, server, secretariat_of(server, "Østfold"))
    page.context.add_cookies([{"name": "samspill_language", "value": language, "url": server.url}])
    faults = []
    for path in of_the_plan(page):
        assert open_whole(page, path).status == 200, path
        faults += (faults_day_and_night if language == "nb" else faults_of)(page) + too_wide(page)
    assert faults == []


def test_the_first_stop_of_the_keyboard_leads_to_the_content(page: Page) -> None:
    page.goto("/tall/ostfold/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Til innholdet")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_slash_key_leads_to_the_search_box(page: Page) -> None:
    page.goto("/planer/")
    page.keyboard.press("/")
    page.keyboard.type("hjemmebesøk")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_contain_text("hjemmebesøk")


def test_the_language_is_switched_where_one_stands(page: Page) -> None:
    page.goto("/tall/ostfold/")
    page.locator("footer").get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    assert page.url.endswith("/tall/ostfold/")


def test_security_headers_stand_on_every_page(page: Page) -> None:
    for path in ("/", "/logg-inn/", "/finnes-ikke/"):
        answer = page.goto(path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
