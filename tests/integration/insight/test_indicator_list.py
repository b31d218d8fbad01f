"""The list of indicators: found by words, with figures of one's own area, or why there are none."""

import pytest
from django.test import Client

from factories.measured import measured_figures
from factories.people import TODAY
from factories.tried import a_few
from samspill.directory.public import Community, machine, nobody, scope, search
from samspill.insight.public import sync_indicators
from samspill.insight.queries.indicator_list import Wanted, chosen, indicators_listed
from samspill.insight.queries.measured import measured
from samspill.insight.shown.indicator_list import row_of
from samspill.insight.wording import decimal

CODE = "readmissions-67-plus"
LIST = "/tall/indikatorer/"

pytestmark = pytest.mark.django_db


def _found(**asked: str) -> list[str]:
    return [one.indicator.code for one in chosen(indicators_listed("HF01"), Wanted(**asked))]


@pytest.mark.parametrize(
    "words", ["reinnleggelser", "reinnlegging", "Readmissions", "REINN", "innlegg eldre"]
)
def test_an_indicator_is_found_by_its_words_in_any_language(words: str) -> None:
    sync_indicators()
    assert CODE in _found(words=words)


def test_what_is_called_so_comes_before_what_is_about_it() -> None:
    sync_indicators()
    found = _found(words="reinnleggelser")
    assert {"readmissions-67-plus", "readmissions-copd"} <= set(found[:4])


@pytest.mark.parametrize(
    "words", ["finnesikke", "'; DROP TABLE x; --", "%", "x" * 5000, "\x00", "reinnleggelser finnesikke"]
)
def test_words_that_nothing_has_find_nothing_or_everything_but_never_fail(words: str) -> None:
    sync_indicators()
    answer = Client().get(LIST, {"sok": words})
    assert answer.status_code == 200
    assert "DROP TABLE" not in "".join(_found(words=words))


def test_the_list_is_narrowed_by_group_theme_source_level_and_having() -> None:
    measured_figures([CODE, "readmissions-copd"])
    assert set(_found(having="har")) == {CODE, "readmissions-copd"}
    assert len(_found(having="uten")) == len(_found()) - 2
    assert set(_found(level="community")) == {CODE, "readmissions-copd"}
    assert _found(level="region") == []
    assert set(_found(group="svangerskap")).isdisjoint(_found(group="eldre_skropelig"))
    assert CODE in _found(theme="utskriving")
    assert CODE in _found(source="Norsk pasientregister")


def test_a_row_shows_the_newest_figure_of_the_area_that_was_chosen() -> None:
    measured_figures()
    found = measured(CODE)
    assert found is not None
    point = found.areas["HF01"].at(found.latest)
    assert point is not None
    assert point.value is not None
    page = Client().get(LIST, {"for": "ostfold", "sok": "reinnleggelser 67"}).content.decode()
    assert f"<b>{decimal(point.value, 1).replace('.', ',')}</b>" in page
    assert "2025" in page
    assert "oppdiktet" in page


def test_it_says_why_there_is_no_figure() -> None:
    run = measured_figures()
    page = Client().get(LIST, {"for": "ahus", "tall": "har"}).content.decode()
    assert "Det finnes tall, men ikke for Ahus" in page
    run.withdrawn_at, run.withdrawn_because = run.made_at, "Rader manglet."
    run.save()
    page = Client().get(LIST, {"tall": "uten"}).content.decode()
    assert "Tallene er trukket tilbake: Rader manglet." in page
    assert "Det er ikke hentet inn noe fra" in page


def test_a_hidden_figure_is_not_shown_and_its_line_has_a_gap() -> None:
    measured_figures(shares={"3124": 0.01})
    one = next(one for one in indicators_listed("3124") if one.indicator.code == CODE)
    row = row_of(one, "Aremark")
    assert one.own is not None
    hidden = [point for point in one.own.points if point.is_hidden]
    assert hidden
    drawn = sum(len(line.split()) for line in row.lines)
    assert drawn <= len(one.own.points) - len(hidden)
    assert row.is_hidden == one.own.points[-1].is_hidden


def test_the_list_takes_few_queries(django_assert_max_num_queries) -> None:
    measured_figures([CODE, "readmissions-copd"])
    with django_assert_max_num_queries(12):
        assert Client().get(LIST, {"sok": "reinnleggelser", "for": "ostfold"}).status_code == 200


@a_few("language", ("nb", "nn", "en"), most=1)
def test_every_definition_stands_on_the_page_to_print(language: str) -> None:
    sync_indicators()
    client = Client()
    client.cookies["samspill_language"] = language
    page = client.get(f"{LIST}definisjoner/").content.decode()
    assert page.count("<article") >= 80


@pytest.mark.parametrize("words", ["reinnleggelser", "reinnleggingar", "readmissions"])
def test_the_search_box_finds_an_indicator_from_everywhere_once(words: str) -> None:
    sync_indicators()
    elsewhere = Community.objects.order_by("-pk")[0]
    for actor in (nobody(TODAY), machine(elsewhere.pk, TODAY)):
        with scope(actor):
            hits = [hit for hit in search(words, actor).hits if hit.url == f"{LIST}{CODE}/"]
        assert [hit.community for hit in hits] == [""]


def test_an_indicator_out_of_use_is_found_no_more() -> None:
    sync_indicators()
    from samspill.insight.models import Indicator

    Indicator.objects.filter(code=CODE).update(is_in_use=False)
    actor = nobody(TODAY)
    with scope(actor):
        assert f"{LIST}{CODE}/" not in [hit.url for hit in search("reinnleggelser", actor).hits]
