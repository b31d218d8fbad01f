"""Every figure of every room is taken along as SVG, PNG and CSV; a file says what the page says."""

import csv
import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories.tried import a_few
from integration.insight.test_keeping import ROOM, ROOMS
from integration.insight.test_week_pages import ward
from samspill.analysis.capacity import EXAMPLE
from samspill.insight.public import DataPack

pytestmark = pytest.mark.django_db

PAGES = [
    *(ROOM + path for path in ROOMS),
    "/tall/ostfold/",
    "/tall/ostfold/3103/",
    "/tall/ostfold/behov/?kommune=3103&til=2030",
    "/tall/ostfold/behov/liggedogn/?liggetid=50",
    "/tall/ostfold/bemanning/jordmodre/?lukke=1",
    "/tall/ostfold/senger/uka/?eksempel=1",
    "/tall/ostfold/omrade/?kommune=3103&kommune=3101",
    "/tall/treffsikkerhet/",
]
CELL = re.compile(r"<t[hd].*?</t[hd]>", re.DOTALL)
NOTHING = {"–", ""}
FIGURE = re.compile(r'<figure class="s-sec s-fig".*?</figure>', re.DOTALL)


def figures_on(page: str) -> list[str]:
    found = FIGURE.findall(page)
    assert found
    return found


def files_of(figure: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<a href="([^"]+)" download>', figure)]


def source_under(figure: str) -> str:
    found = re.search(r'<figcaption class="s-src">\s*<span>(.*?)</span>', figure, re.DOTALL)
    assert found
    return html.unescape(found.group(1)).strip()


def table_in(figure: str) -> list[list[str]]:
    """The cells of the table under a figure, as the page shows them."""
    rows = re.findall(r"<tr>(.*?)</tr>", figure, re.DOTALL)
    return [[html.unescape(re.sub(r"<.*?>", "", cell)).strip() for cell in CELL.findall(row)] for row in rows]


def as_number(text: str) -> float | str:
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-").replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return text


def same(shown: str, taken: str) -> bool:
    """The page rounds to the decimals it shows; the file has the number itself."""
    one, other = as_number(shown), as_number(taken)
    if isinstance(one, float) and isinstance(other, float):
        places = len(shown.partition(",")[2])
        return abs(one - other) <= 0.5 * 10**-places + 1e-9
    return shown == taken or {shown, taken} <= NOTHING


def check(client: Client, figure: str) -> None:
    files = files_of(figure)
    assert len(files) == 3
    drawn, picture, rows = (client.get(address) for address in files)
    assert {drawn.status_code, picture.status_code, rows.status_code} == {200}
    assert picture.content.startswith(b"\x89PNG")
    source = source_under(figure)
    words = re.sub(r"<.*?>", " ", drawn.content.decode())
    for word in source.split():
        assert html.escape(word, quote=False) in words
    taken = list(csv.reader(io.StringIO(rows.content.decode("utf-8-sig")), delimiter=";"))
    assert [source] in taken
    shown = table_in(figure)
    assert len(taken) - len(shown) in (1, 2)  # the source, and how it was made
    for one, other in zip(shown, taken, strict=False):
        assert all(same(*pair) for pair in zip(one, other, strict=True)), (one, other)


@a_few("path", PAGES, every=4)
def test_each_figure_of_the_page_is_taken_along_as_it_stands(
    figures: DataPack, client: Client, path: str
) -> None:
    page = client.get(path).content.decode()
    for figure in figures_on(page):
        check(client, figure)


def test_the_figures_of_a_file_that_was_read_are_taken_along_without_the_file(client: Client) -> None:
    file = SimpleUploadedFile("opphold.csv", ward(), "text/csv")
    sent = {"file": file, "days": "7", "twice": "refuse", "beds": "50", "at": "2026-11-23T08:00"}
    page = client.post("/tall/ostfold/senger/uka/", sent).content.decode()
    for figure in figures_on(page):
        check(client, figure)


def test_the_figures_of_a_model_that_was_written_are_taken_along(client: Client) -> None:
    sent = {"model": EXAMPLE.read_text("utf-8")}
    page = client.post("/tall/ostfold/senger/flyt/modell/", sent).content.decode()
    for figure in figures_on(page):
        check(client, figure)


@pytest.mark.parametrize("wanted", ["0.svg", "9.svg", "1.exe", "x.svg", "1", "", "1.svg.svg", "-1.csv"])
def test_a_figure_that_is_not_there_is_not_found(figures: DataPack, client: Client, wanted: str) -> None:
    assert client.get("/tall/ostfold/senger/", {"fil": wanted}).status_code == 404


@pytest.mark.parametrize("page", ["uka/", "flyt/modell/"])
def test_an_address_that_was_changed_is_refused_in_a_sentence(client: Client, page: str) -> None:
    answer = client.get(f"/tall/ostfold/senger/{page}", {"sporsmal": "abc"})
    assert answer.status_code == 422
    assert "Spørsmålet ble ikke med" in answer.content.decode()
