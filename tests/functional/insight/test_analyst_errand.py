"""An analyst's errand, whole: a figure, two sliders, three models, two pages to the SSU."""

import re

import pytest
from playwright.sync_api import Page, expect

from functional.conftest import Server, sign_in
from functional.looks import faults_of, too_wide

pytestmark = pytest.mark.browser
ROOMS = "Tallene til helsefellesskapet"


def analyst_of(server: Server) -> str:
    return next(
        email
        for email, row in server.accounts.items()
        if "analytiker" in str(row.values()).casefold() and "Østfold" in str(row.values())
    )


def room(page: Page, name: str) -> None:
    page.get_by_role("navigation", name=ROOMS).get_by_role("link", name=name, exact=True).click()


def test_from_the_figure_to_the_papers_of_a_case(page: Page, server: Server) -> None:
    sign_in(page, server, analyst_of(server))
    page.locator(".s-me > summary").click()
    page.get_by_role("button", name="Helsefellesskapet Østfold", exact=True).click()
    expect(page.locator(".s-brand")).to_contain_text("Østfold")
    page.goto("/tall/ostfold/")
    main = page.locator("main")
    expect(main.locator("h1")).to_contain_text("i 2040")
    expect(main).to_contain_text("Åtte av ti")
    expect(main).to_contain_text(re.compile(r"29.994 i 2040"))  # what the plan says, beside ours

    room(page, "Behov")
    page.get_by_role("link", name=re.compile("Prøv")).first.click()
    for label in ("Kortere opphold", "Digital hjemmeoppfølging"):
        page.get_by_label(re.compile(label)).first.fill("100")
    expect(page).to_have_url(re.compile(r"=100.*=100"))
    expect(main).to_contain_text("Begge sider i 2040")
    page.get_by_role("button", name=re.compile("Ta vare på")).first.click()
    expect(page).to_have_url(re.compile(r"/tall/utregning/\w{12}/"))
    tried = page.url

    page.goto("/tall/ostfold/scenarier/modeller/jordmor/")
    for way in ("Kommunene tar mer", "Kombinerte stillinger", "Kjent jordmor hele veien"):
        expect(main).to_contain_text(way)
    page.get_by_role("button", name=re.compile("Ta vare på")).first.click()
    expect(page).to_have_url(re.compile(r"/tall/utregning/\w{12}/"))
    models = page.url

    keys = [address.rstrip("/").rpartition("/")[2] for address in (tried, models)]
    page.goto("/tall/ostfold/notat/?" + "&".join(f"u={key}" for key in keys))
    memo = page.locator(".s-memo")
    for address in (tried, models):
        expect(memo).to_contain_text(address.partition("/tall/")[2])
    expect(memo.locator(".s-chart svg").first).to_be_visible()
    assert faults_of(page) + too_wide(page) == []
    page.get_by_label("Nynorsk").last.check()
    expect(page.get_by_label("Sak", exact=True)).to_contain_text("SSU")
    page.get_by_role("button", name="Send til saken").click()
    expect(page).to_have_url(re.compile(r"/saker/\d+/"))
    expect(main).to_contain_text("(Bokmål)")
    expect(main).to_contain_text("(Nynorsk)")
    expect(main).to_contain_text("Tallene saken bygger på")
