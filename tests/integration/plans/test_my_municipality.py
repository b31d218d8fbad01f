"""«Min kommune»: what binds one party, red first; its open page; the case; and the task it makes."""

import io
from datetime import date

import docx
import pytest
from django.test import Client

from factories.people import actor
from integration.plans.carrying_people import acting_for, measures_of, party, plan_of
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, scope
from samspill.plans.public import ImplementationState, Measure, Plan, publish, tell
from samspill.plans.queries.my_municipality import bound, dues
from samspill.plans.states import ShownCarrying

pytestmark = pytest.mark.django_db
S = ImplementationState


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return plan_of(secretariat)


@pytest.fixture
def measures(plan: Plan, secretariat: Actor) -> list[Measure]:
    return measures_of(plan, secretariat)


def told_by_halden(measures: list[Measure], by: Actor) -> None:
    with scope(by):
        tell(measures[0], party=party("Halden"), state=S.INTRODUCED, by=by)
        tell(measures[1], party=party("Halden"), state=S.IN_PROGRESS, note="Åpen til tre.", by=by)


def test_everything_that_binds_it_stands_there_red_first(measures: list[Measure], secretariat: Actor) -> None:
    told_by_halden(measures, secretariat)
    with scope(secretariat):
        found = bound(party("Halden"), secretariat)
    assert [one.standing.shown for one in found] == [
        ShownCarrying.LATE,
        ShownCarrying.UNKNOWN,
        ShownCarrying.IN_PROGRESS,
        ShownCarrying.INTRODUCED,
    ]
    assert found[0].carried.measure == measures[4]
    assert found[0].answers


def test_a_director_meets_the_own_municipality_and_answers_in_the_row(measures: list[Measure]) -> None:
    client = signed_in(acting_for("Halden"))
    page = client.get("/min-kommune/")
    assert "Halden: ett tiltak er forsinket, og fire venter på svar." in text_of(page)
    assert f"/kommunene/{party('Halden').pk}/si/" in page.content.decode()
    here = f"/planer/{measures[0].plan_id}/tiltak/{measures[0].pk}/kommunene/{party('Halden').pk}/si/"
    sent = client.post(f"{here}?neste=/min-kommune/", {"state": "introduced"}, follow=True)
    assert sent.redirect_chain[-1][0] == "/min-kommune/"
    assert "og tre venter på svar." in text_of(sent)
    assert "angre" in sent.content.decode()
    assert client.get(f"/min-kommune/?part={party('Moss').pk}").status_code == 404


def test_a_keeper_chooses_whose_and_one_without_a_party_is_told_what_to_do(
    measures: list[Measure], secretariat: Actor
) -> None:
    keeper = signed_in(secretariat)
    assert "Hvem sin side vil du se?" in text_of(keeper.get("/min-kommune/"))
    assert "Moss: ingenting er forsinket" in text_of(keeper.get(f"/min-kommune/?part={party('Moss').pk}"))
    nobody_s = signed_in(actor("ostfold", "analyst", name="Kari Li", email="kari.li@example.no"))
    assert "Du handler ikke for en kommune" in text_of(nobody_s.get("/min-kommune/"))
    assert Client().get("/min-kommune/").status_code == 302


def test_the_list_is_narrowed_to_one_state(measures: list[Measure], secretariat: Actor) -> None:
    told_by_halden(measures, secretariat)
    page = text_of(signed_in(acting_for("Halden")).get("/min-kommune/?tilstand=i-gang"))
    assert measures[1].text in page
    assert measures[4].text not in page


def test_the_open_page_shows_open_plans_only_and_no_buttons(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    told_by_halden(measures, secretariat)
    assert measures[1].text not in text_of(Client().get("/kommuner/3101/planer/"))
    assert measures[1].text not in text_of(signed_in(secretariat).get("/kommuner/3101/planer/"))
    with scope(secretariat):
        publish(plan, by=secretariat)
    page = Client().get("/kommuner/3101/planer/")
    assert "«Åpen til tre.»" in text_of(page)
    assert "/si/" not in page.content.decode()
    assert "Randi" not in text_of(page)
    for code in ("9999", "tull"):
        assert Client().get(f"/kommuner/{code}/planer/").status_code == 404


@pytest.mark.parametrize(
    ("language", "to", "expected"),
    [
        ("nb", "styret", ("Sak til kommunestyret", "Hva som binder oss", "Forslag til vedtak", "Forsinket")),
        ("nn", "styret", ("Sak til kommunestyret", "Kva som bind oss", "Framlegg til vedtak", "Forseinka")),
        ("nn", "ledermotet", ("Sak til leiarmøtet", "Framlegg til konklusjon")),
    ],
)
def test_the_case_is_a_word_document_in_the_form_one_asks_for(
    measures: list[Measure], secretariat: Actor, language: str, to: str, expected: tuple[str, ...]
) -> None:
    told_by_halden(measures, secretariat)
    sent = signed_in(acting_for("Halden")).get(f"/min-kommune/sak.docx?til={to}&sprak={language}")
    assert "sak-til" in sent["Content-Disposition"]
    document = docx.Document(io.BytesIO(sent.content))
    text = "\n".join(
        [
            *(one.text for one in document.paragraphs),
            *(cell.text for table in document.tables for row in table.rows for cell in row.cells),
        ]
    )
    for words in (*expected, measures[4].text, "«Gå gjennom legemidler før hjemreise»", "Åpen til tre."):
        assert words in text
    assert "Randi" not in text
    assert document.core_properties.language == f"{language}-NO"


def test_the_case_needs_a_party_of_one_s_own(measures: list[Measure], secretariat: Actor) -> None:
    assert signed_in(secretariat).get("/min-kommune/sak.docx").status_code == 404
    director = signed_in(acting_for("Halden"))
    assert director.get(f"/min-kommune/sak.docx?part={party('Moss').pk}").status_code == 404
    assert director.get("/min-kommune/sak.docx?til=tull&sprak=tull").status_code == 200


def test_a_director_is_asked_until_everything_is_answered(measures: list[Measure]) -> None:
    halden = acting_for("Halden")
    with scope(halden):
        (due,) = dues(halden)
        assert due.title == "Fire tiltak venter på status fra Halden"
        assert due.url == f"/min-kommune/?part={party('Halden').pk}"
        for one in (measures[0], measures[1], measures[2], measures[4]):
            tell(one, party=party("Halden"), state=S.IN_PROGRESS, by=halden)
        assert dues(halden) == []


def test_nobody_else_is_asked(measures: list[Measure], secretariat: Actor) -> None:
    for somebody in (secretariat, acting_for("Råde", "observer"), actor("vestfold", name="Ola Vik")):
        with scope(somebody):
            assert dues(somebody) == []


def test_the_task_stands_on_the_start_page(measures: list[Measure]) -> None:
    page = text_of(signed_in(acting_for("Moss")).get("/"))
    assert "Tre tiltak venter på status fra Moss" in page


def test_a_deadline_day_itself_is_not_late(measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat):
        Measure.objects.filter(pk=measures[4].pk).update(deadline=date(2026, 11, 22))
        found = bound(party("Halden"), secretariat)
    assert ShownCarrying.LATE not in {one.standing.shown for one in found}
