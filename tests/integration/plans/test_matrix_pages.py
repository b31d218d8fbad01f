"""The matrix as people meet it, without script: the grid, one party, a cell, exports, and 60 × 14."""

import csv
import io
import re
from collections.abc import Iterator

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.people import actor
from integration.plans.carrying_people import acting_for, measures_of, party, plan_of
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, scope
from samspill.plans.public import (
    ImplementationState,
    Measure,
    PartyImplementation,
    Plan,
    publish,
    tell,
    tell_row,
)

pytestmark = pytest.mark.django_db
S = ImplementationState


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return plan_of(secretariat)


@pytest.fixture
def measures(plan: Plan, secretariat: Actor) -> list[Measure]:
    return measures_of(plan, secretariat)


@pytest.fixture
def keeper(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def cell(measure: Measure, name: str) -> str:
    return reverse("plans:matrix-cell", args=[measure.plan_id, measure.pk, party(name).pk])


def test_the_sentence_stands_first_and_every_mark_has_its_word(
    plan: Plan, measures: list[Measure], secretariat: Actor, keeper: Client
) -> None:
    with scope(secretariat):
        for name in ("Halden", "Moss"):
            tell(measures[0], party=party(name), state=S.INTRODUCED, by=secretariat)
    page = keeper.get(f"/planer/{plan.pk}/kommunene/")
    assert "To av 13 kommuner har innført minst ett tiltak. Tre tiltak er ikke begynt noe sted." in text_of(
        page
    )
    content = page.content.decode()
    assert 'aria-label="Halden: Innført"' in content
    assert 'aria-label="Aremark: Ikke svart"' in content
    grid = content[content.index("s-mx__grid") :]
    assert (
        len(re.findall(r'<svg class="s-g" data-g="[^"]+" role="img" aria-label="[^"]+"', grid))
        == 13 + 14 + 2 + 1
    )


def test_a_keeper_is_offered_to_say_whom_a_measure_concerns_and_others_are_not(
    plan: Plan, measures: list[Measure], keeper: Client
) -> None:
    assert "Gjelder det" in text_of(keeper.get(f"/planer/{plan.pk}/kommunene/"))
    others = text_of(signed_in(acting_for("Halden")).get(f"/planer/{plan.pk}/kommunene/"))
    assert "Gjelder det" not in others
    sent = keeper.post(reverse("plans:concern", args=[plan.pk, measures[3].pk]), {"side": "kommunene"})
    assert sent.status_code == 303
    assert "0 av 13 har innført" in text_of(
        keeper.get(reverse("plans:matrix-row", args=[plan.pk, measures[3].pk]))
    )


def test_areas_fold_and_show_how_many(plan: Plan, measures: list[Measure], keeper: Client) -> None:
    folded = keeper.get(f"/planer/{plan.pk}/kommunene/?lukket={measures[0].area_id}")
    assert measures[0].text not in text_of(folded)
    assert "0 of" not in text_of(folded)
    assert "0/2" in text_of(folded)


@pytest.mark.parametrize(
    "query", ["?part=999999", "?part=tull", "?tilstand=tull", "?lukket=a,,b", "?lukket=9"]
)
def test_an_address_that_asks_for_nonsense_shows_the_matrix(plan: Plan, keeper: Client, query: str) -> None:
    assert keeper.get(f"/planer/{plan.pk}/kommunene/{query}").status_code == 200


def test_one_municipality_is_a_list_with_words(
    plan: Plan, measures: list[Measure], secretariat: Actor, keeper: Client
) -> None:
    with scope(secretariat):
        tell(measures[0], party=party("Halden"), state=S.IN_PROGRESS, note="To soner.", by=secretariat)
    page = text_of(keeper.get(f"/planer/{plan.pk}/kommunene/?part={party('Halden').pk}"))
    for words in ("Halden har innført ingen av fire tiltak. Ett er forsinket.", "I gang", "«To soner.»"):
        assert words in page
    only = text_of(keeper.get(f"/planer/{plan.pk}/kommunene/?part={party('Halden').pk}&tilstand=i-gang"))
    assert measures[0].text in only
    assert measures[2].text not in only


def test_a_cell_opens_to_history_and_asks_those_who_may(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    director = acting_for("Halden")
    client = signed_in(director)
    sent = client.post(
        f"{cell(measures[0], 'Halden')}si/", {"state": "planned", "note": "Til våren.", "day": ""}
    )
    assert sent.status_code == 303
    page = text_of(client.get(cell(measures[0], "Halden")))
    for words in ("Halden: planlagt", "«Til våren.»", "Direktør Halden", "Hvor langt er Halden kommet"):
        assert words in page
    others = text_of(client.get(cell(measures[0], "Moss")))
    assert "Hvor langt er Moss kommet" not in others
    assert "din egen kommune" in others
    assert client.post(f"{cell(measures[0], 'Moss')}si/", {"state": "planned"}).status_code == 403


def test_what_is_told_is_undone_from_its_message(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    client = signed_in(acting_for("Halden"))
    done = client.post(f"{cell(measures[0], 'Halden')}si/", {"state": "planned"}, follow=True)
    undo = re.search(r'action="(/planer/\d+/kommunene/angre/[^"]+)"', done.content.decode())
    assert undo
    back = client.post(undo[1].replace("&amp;", "&"))
    assert back.status_code == 303
    with scope(secretariat):
        assert not PartyImplementation.objects.exists()


def test_a_form_with_a_fault_keeps_what_was_written(plan: Plan, measures: list[Measure]) -> None:
    client = signed_in(acting_for("Halden"))
    sent = client.post(
        f"{cell(measures[0], 'Halden')}si/", {"state": "introduced", "note": "Ferdig.", "day": "2099-01-01"}
    )
    assert sent.status_code == 422
    assert "Ferdig." in sent.content.decode()
    assert "Bare det som er planlagt" in text_of(sent)
    empty = client.post(f"{cell(measures[0], 'Halden')}si/", {"state": "not_relevant"})
    assert (empty.status_code, "hvorfor det ikke er aktuelt" in text_of(empty)) == (422, True)
    assert client.post(f"{cell(measures[0], 'Halden')}si/", {"state": "tull"}).status_code == 422


def test_rows_and_columns_are_set_from_the_page(
    plan: Plan, measures: list[Measure], keeper: Client, secretariat: Actor
) -> None:
    row = reverse("plans:tell-row", args=[plan.pk, measures[0].pk])
    assert keeper.post(row, {"state": "planned"}).status_code == 303
    assert keeper.post(row, {"state": "planned"}).status_code == 422
    column = reverse("plans:tell-column", args=[plan.pk])
    sent = keeper.post(column, {"state": "in_progress", "part": party("Moss").pk}, follow=True)
    assert "3 er satt til «I gang»." in text_of(sent)
    assert keeper.post(column, {"state": "in_progress", "part": "tull"}).status_code == 404
    assert signed_in(acting_for("Halden")).post(row, {"state": "introduced"}).status_code == 403
    with scope(secretariat):
        assert PartyImplementation.objects.count() == 13 + 2


def test_a_cell_that_is_not_there_is_not_found(plan: Plan, measures: list[Measure], keeper: Client) -> None:
    assert keeper.get(cell(measures[3], "Halden")).status_code == 404
    assert keeper.get(f"/planer/{plan.pk}/tiltak/{measures[0].pk}/kommunene/999999/").status_code == 404


def test_others_read_a_published_matrix_without_names(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat):
        tell(measures[0], party=party("Halden"), state=S.INTRODUCED, note="Alle soner.", by=secretariat)
    visitor, stranger = Client(), signed_in(actor("vestfold", name="Ola Vik"))
    for client in (visitor, stranger):
        assert client.get(f"/planer/{plan.pk}/kommunene/").status_code == 404
    with scope(secretariat):
        publish(plan, by=secretariat)
    for client in (visitor, stranger):
        assert "Én av 13 kommuner" in text_of(client.get(f"/planer/{plan.pk}/kommunene/"))
        page = text_of(client.get(cell(measures[0], "Halden")))
        assert "«Alle soner.»" in page
        assert "Randi" not in page
        assert client.post(f"{cell(measures[0], 'Halden')}si/", {"state": "evaluated"}).status_code in {
            302,
            403,
        }


def test_the_table_is_taken_along(
    plan: Plan, measures: list[Measure], secretariat: Actor, keeper: Client
) -> None:
    with scope(secretariat):
        tell(measures[0], party=party("Halden"), state=S.INTRODUCED, by=secretariat)
    text = keeper.get(f"/planer/{plan.pk}/kommunene.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert (rows[0]["Halden"], rows[0]["SØ"], rows[0]["Innført"], rows[0]["Gjelder"]) == (
        "Innført",
        "",
        "1",
        "13",
    )
    assert rows[4]["Halden"] == "Forsinket: ikke svart"
    book = openpyxl.load_workbook(io.BytesIO(keeper.get(f"/planer/{plan.pk}/kommunene.xlsx").content))
    assert [one.value for one in book.active[2]][1] == measures[0].text


def test_a_formula_in_a_measure_is_text_in_the_tables(secretariat: Actor) -> None:
    plan = bring(
        small_plan(rows=(("=HYPERLINK(1) skal prøves ut i alle kommuner", "Kommunene", ""),)), secretariat
    ).plan
    keeper = signed_in(secretariat)
    assert ";'=HYPERLINK" in keeper.get(f"/planer/{plan.pk}/kommunene.csv").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(keeper.get(f"/planer/{plan.pk}/kommunene.xlsx").content))
    assert book.active["B2"].data_type == "s"


@pytest.fixture
def large(secretariat: Actor) -> Plan:
    """60 measures × 14 parties, a third of it told."""
    rows = tuple(
        (f"Prøve ut arbeidsmåte nummer {number} i hver kommune", "Felles", "30.06.2045")
        for number in range(60)
    )
    plan = bring(small_plan(years="2025-2045", rows=rows), secretariat).plan
    with scope(secretariat):
        for one in measures_of(plan, secretariat)[::3]:
            tell_row(one, state=S.IN_PROGRESS, by=secretariat)
    return plan


def pages(plan: Plan, measure: Measure) -> Iterator[str]:
    base = f"/planer/{plan.pk}/"
    halden = party("Halden")
    yield f"{base}kommunene/"
    yield f"{base}kommunene/?part={halden.pk}"
    yield f"{base}kommunene.csv"
    yield f"{base}kommunene.xlsx"
    yield f"{base}tiltak/{measure.pk}/kommunene/"
    yield f"{base}tiltak/{measure.pk}/kommunene/{halden.pk}/"
    yield f"{base}tiltak/{measure.pk}/milepaeler/"
    yield f"/min-kommune/?part={halden.pk}"
    yield f"/min-kommune/sak.docx?part={halden.pk}"
    yield "/kommuner/3101/planer/"


def test_sixty_measures_by_fourteen_parties_ask_the_database_at_most_25_times(
    large: Plan, secretariat: Actor, keeper: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    measure = measures_of(large, secretariat)[0]
    for path in pages(large, measure):
        with django_assert_max_num_queries(25):
            assert keeper.get(path).status_code == 200, path
