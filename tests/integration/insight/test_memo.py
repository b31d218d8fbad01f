"""A memo of kept figures: two pages, in the målform asked for, to a case, or a sentence that says why not."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from factories.answers import kept_answers
from factories.bodies import Bodies, make_bodies
from factories.cases import reported_case
from factories.people import actor
from samspill.directory.public import Account, Actor, Community, Ref, joined, scope
from samspill.governance.models import Case, Paper
from samspill.insight.actions.memo import MemoWanted, places_for, send_memo
from samspill.insight.memo import Memo, fitted, memo_of
from samspill.insight.public import Calculation, DataPack, calculate
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bodies(figures: DataPack) -> Bodies:
    return make_bodies()


def reported(bodies: Bodies) -> Case:
    with scope(bodies.by):
        return reported_case(bodies)


def analyst() -> Actor:
    return actor("ostfold", "analyst")


def address_of(key: str) -> str:
    return f"https://samspill.example/tall/utregning/{key}/"


def answers(count: int = 2) -> list[Calculation]:
    with scope(analyst()):
        return [calculate("people", {"draws": 20, "low": 67 + place}, by=analyst()) for place in range(count)]


def memo(calculations: list[Calculation], language: str = "nb", title: str = "") -> Memo:
    here = Community.objects.get(slug="ostfold")
    with scope(analyst()):
        return memo_of(here, calculations, analyst(), language=language, address_of=address_of, title=title)


def pages_of(found: Memo) -> list[str]:
    pdf = fitted(found, made_at=timezone.localtime(), ending="pdf")
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_memo_is_at_most_two_pages_and_says_every_message(figures: DataPack, count: int) -> None:
    found = memo(answers(count))
    pages = pages_of(found)
    assert 1 <= len(pages) <= 2
    said = " ".join(pages)
    for part in found.parts:
        assert " ".join(part.heading.split()) in said
    assert "18 306" in said.replace("\xa0", " ")


def test_it_opens_with_how_many_there_will_be_and_that_is_its_title(figures: DataPack) -> None:
    found = memo(answers(1))
    assert found.title.startswith("Ti over 80 år i dag")
    assert found.parts[0].heading == ""
    assert memo(answers(1), title="Til SSU").parts[0].heading == found.title


def test_each_calculation_stands_with_its_permanent_address(figures: DataPack) -> None:
    kept = answers(2)
    assert [part.address for part in memo(kept).parts] == ["", *(address_of(one.key) for one in kept)]
    said = "".join(pages_of(memo(kept))).replace(" ", "")
    assert all(f"/tall/utregning/{one.key}/" in said for one in kept)


def test_both_written_forms_are_written_through(figures: DataPack) -> None:
    kept = answers(1)
    bokmal, nynorsk = (" ".join(pages_of(memo(kept, language))) for language in ("nb", "nn"))
    assert "Slik er tallene laget" in bokmal
    assert "Slik er tala laga" in nynorsk
    assert "tallene" not in nynorsk


def test_word_holds_the_same_headings_and_figures(figures: DataPack) -> None:
    found = memo(answers(2))
    document = docx.Document(BytesIO(fitted(found, made_at=timezone.localtime(), ending="docx")))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert all(part.heading in said for part in found.parts if part.heading)
    assert len(document.inline_shapes) == 3


def test_more_calculations_than_two_pages_hold_are_refused(figures: DataPack) -> None:
    with pytest.raises(Refused) as refusal:
        memo(answers(4))
    assert refusal.value.code == "memo.too_many"


def test_without_figures_there_is_nothing_to_tell(figures: DataPack) -> None:
    without = Community.objects.get(slug="troms-og-ofoten")
    with pytest.raises(Refused) as refusal:
        memo_of(without, [], analyst(), language="nb", address_of=address_of)
    assert refusal.value.code == "memo.empty"


def test_the_memo_comes_to_the_case_in_both_forms_and_its_figures_open(
    figures: DataPack, bodies: Bodies
) -> None:
    case, kept = reported(bodies), answers(1)
    wanted = MemoWanted(case.community, kept, ["nb", "nn"])
    with scope(analyst()):
        (place,) = places_for(analyst())
        address = send_memo(wanted, place.ref, address_of=address_of, is_open=True, by=analyst())
        assert address == f"/saker/{case.pk}/"
        papers = list(Paper.objects.filter(case=case).order_by("order"))
        (link,) = joined([place.ref], analyst())[place.ref]
    names = dict(configured.LANGUAGES)
    assert [paper.title.rpartition(" (")[2] for paper in papers] == [f"{names['nb']})", f"{names['nn']})"]
    assert [one.is_open for one in kept_answers()] == [True]
    assert (link.kind, link.other) == ("rests_on", Ref("insight.calculation", kept[0].pk))


@pytest.mark.parametrize(
    ("place", "languages", "code"),
    [(Ref("", 0), ["nb"], "memo.place"), (None, [], "memo.language")],
)
def test_a_memo_without_a_case_or_a_written_form_is_refused(
    figures: DataPack, bodies: Bodies, place: Ref | None, languages: list[str], code: str
) -> None:
    case = reported(bodies)
    wanted = MemoWanted(case.community, [], languages)
    with scope(analyst()), pytest.raises(Refused) as refusal:
        send_memo(
            wanted,
            place or Ref("governance.case", case.pk),
            address_of=address_of,
            is_open=False,
            by=analyst(),
        )
    assert refusal.value.code == code
    assert not Paper.objects.exists()


def signed_in(client: Client) -> Client:
    client.force_login(Account.objects.get(pk=analyst().account_id), backend=BACKEND)
    return client


def test_an_analyst_makes_a_memo_on_the_page_and_sends_it(
    figures: DataPack, bodies: Bodies, client: Client
) -> None:
    case = reported(bodies)
    here = "/tall/ostfold/notat/"
    added = signed_in(client).post(f"{here}regn/", {"kind": "people"})
    assert added.status_code == 303
    page = client.get(added["Location"])
    assert page.status_code == 200
    key = added["Location"].partition("u=")[2].partition("&")[0]
    assert f"/tall/utregning/{key}/" in page.content.decode()
    for ending, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(f"{here}notat.{ending}", {"u": key}).content.startswith(head)
    sent = client.post(
        f"{here}send/", {"u": key, "place": f"governance.case:{case.pk}", "i": ["nb", "nn"], "open": "1"}
    )
    assert (sent.status_code, sent["Location"]) == (303, f"/saker/{case.pk}/")
    with scope(analyst()):
        assert Paper.objects.filter(case=case).count() == 2


def test_what_was_wrong_stands_on_the_page_with_what_was_chosen(
    figures: DataPack, bodies: Bodies, client: Client
) -> None:
    reported(bodies)
    answer = signed_in(client).post("/tall/ostfold/notat/send/", {"place": "", "i": ["nb"], "tittel": "Min"})
    assert answer.status_code == 422
    assert "Velg saken notatet hører til." in answer.content.decode()
    assert 'value="Min"' in answer.content.decode()


def test_a_memo_is_made_where_one_works(figures: DataPack, client: Client) -> None:
    assert client.get("/tall/ostfold/notat/").status_code == 302
    assert signed_in(client).get("/tall/innlandet/notat/").status_code == 404
