"""Decisions × parties: what each has told, shown in words and shapes, told in the row, and taken along."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from factories.bodies import Bodies
from factories.decisions import binds, decided, followed, point_of
from factories.people import TODAY, actor
from integration.governance.following import (
    acting,
    acting_for,
    municipalities,
    party,
    signed_in,
    text_of,
)
from samspill.directory.public import Actor
from samspill.governance.actions import carrying
from samspill.governance.models import Decision, DecisionParty, DecisionPoint
from samspill.governance.queries.carrying import MatrixChoice, bound_by, decision_matrix
from samspill.governance.queries.carrying_history import history_of
from samspill.governance.queries.follow_up_tasks import follow_up_dues
from samspill.governance.rules.follow_ups import check_carrying, moves_on, next_states
from samspill.governance.states import CarryingState
from samspill.governance.states.follow_ups import CARRYING_STEPS, ShownParty
from samspill.refusal import reason

C = CarryingState
tell_carrying = acting(carrying.tell_carrying)
tell_row = acting(carrying.tell_row)
set_bound = acting(carrying.set_bound)
undo_carrying = acting(carrying.undo_carrying)


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def point(bodies: Bodies) -> DecisionPoint:
    """A decided point that binds Halden, Moss and Råde; nobody has told anything."""
    made = point_of(decided(bodies))
    binds(made, [party(name) for name in ("Halden", "Moss", "Råde")])
    return made


def row_of(point: DecisionPoint, name: str) -> DecisionParty:
    return DecisionParty.objects.get(point=point, party=party(name))


def test_a_party_tells_in_one_press_and_takes_it_back(point: DecisionPoint) -> None:
    halden = acting_for("Halden")
    client = signed_in(halden)
    here = f"/vedtak/{point.decision_id}/innforing/{point.pk}/"
    page = client.get(f"/vedtak/innforing/?part={party('Halden').pk}")
    assert "Halden: ett punkt venter på svar." in text_of(page)
    told = client.post(f"{here}{party('Halden').pk}/si/", {"state": "in_place"}, follow=True)
    assert "Det er satt til «Innført»." in text_of(told)
    assert row_of(point, "Halden").state == C.IN_PLACE
    assert "Direktør Halden" in text_of(client.get(f"{here}{party('Halden').pk}/"))
    assert client.post(f"{here}{party('Moss').pk}/si/", {"state": "in_place"}).status_code == 403
    event = carrying.AuditEvent.objects.filter(act="carrying.tell").latest("pk")
    client.post(f"/vedtak/innforing/angre/{event.pk}/")
    assert (row_of(point, "Halden").state, row_of(point, "Halden").told_at) == (C.NOT_STARTED, None)


def test_does_not_concern_us_needs_a_reason(point: DecisionPoint) -> None:
    halden = acting_for("Halden")
    told = {"party": party("Halden"), "state": C.NOT_RELEVANT, "by": halden}
    assert "hvorfor det ikke gjelder dere" in reason(tell_carrying, point, note=" ", **told)
    tell_carrying(point, note="Vi kjøper tjenesten av Sarpsborg.", **told)
    assert row_of(point, "Halden").note == "Vi kjøper tjenesten av Sarpsborg."


def test_invariant_32_a_party_that_is_taken_away_keeps_its_history(
    point: DecisionPoint, secretariat: Actor
) -> None:
    tell_carrying(point, party=party("Moss"), state=C.STARTED, note="Vi øver.", by=acting_for("Moss"))
    events = DecisionParty.events.rel.related_model.objects.filter(party=party("Moss"))  # type: ignore[attr-defined]
    event = set_bound(point, parties=[party("Halden")], by=secretariat)
    assert not DecisionParty.objects.filter(party=party("Moss")).exists()
    assert [one.note for one in events.filter(note="Vi øver.").order_by("pgh_id")][:1] == ["Vi øver."]
    undo_carrying(event.pk, by=secretariat)
    assert (row_of(point, "Moss").state, row_of(point, "Moss").note) == (C.STARTED, "Vi øver.")


def test_past_the_day_is_late_whatever_was_told_until_it_is_in_place(
    point: DecisionPoint, secretariat: Actor
) -> None:
    followed(point, party("Halden"), due=TODAY - timedelta(days=3))
    tell_carrying(point, party=party("Halden"), state=C.STARTED, by=secretariat)
    tell_carrying(point, party=party("Moss"), state=C.IN_PLACE, by=secretariat)
    found = decision_matrix(MatrixChoice(), secretariat, decision=point.decision)
    standings = found.rows[0].standings.values()
    shown = {str(one.party): (one.shown, one.words) for one in standings}
    assert shown == {
        "Halden": (ShownParty.LATE, "Forsinket: i gang"),
        "Moss": (ShownParty.IN_PLACE, "Innført"),
        "Råde": (ShownParty.LATE, "Forsinket: har ikke svart"),
    }
    assert (found.rows[0].progress.in_place, found.rows[0].progress.of) == (1, 3)


def test_the_secretariat_sets_the_row_and_who_has_come_further_stays(
    point: DecisionPoint, secretariat: Actor
) -> None:
    tell_carrying(point, party=party("Moss"), state=C.IN_PLACE, by=secretariat)
    event = tell_row(point, state=C.STARTED, by=secretariat)
    states = {str(one.party): one.state for one in DecisionParty.objects.filter(point=point)}
    assert states == {"Halden": C.STARTED, "Moss": C.IN_PLACE, "Råde": C.STARTED}
    undo_carrying(event.pk, by=secretariat)
    assert row_of(point, "Råde").told_at is None
    assert (
        "Ingenting er endret" in reason(tell_row, point, state=C.NOT_STARTED, by=secretariat)
        or row_of(point, "Råde").state == C.NOT_STARTED
    )


def test_the_matrix_has_a_hole_that_one_press_fills_with_all_the_municipalities(
    bodies: Bodies, secretariat: Actor
) -> None:
    point = point_of(decided(bodies))
    client = signed_in(secretariat)
    here = f"/vedtak/{point.decision_id}/innforing/"
    assert "Binder det alle kommunene ?" in text_of(client.get(here))
    client.post(f"{here}{point.pk}/gjelder/", {"side": "kommunene"})
    assert DecisionParty.objects.filter(point=point).count() == len(municipalities()) == 13
    page = text_of(client.get(here))
    assert "Ett punkt å gjennomføre. 13 svar mangler." in page


def test_all_decisions_are_narrowed_to_a_body_and_a_year_and_to_one_state(
    point: DecisionPoint, bodies: Bodies, secretariat: Actor
) -> None:
    other = decided(bodies, body=bodies.fsu, points=("FSU lager felles kurs.",), number=5)
    binds(point_of(other), [party("Halden")])
    client = signed_in(secretariat)
    both = text_of(client.get("/vedtak/innforing/"))
    assert "SSU-P 1/26" in both
    assert "FSU-P 5/26" in both
    assert "SSU-P 1/26" not in text_of(client.get(f"/vedtak/innforing/?organ={bodies.fsu.pk}"))
    assert "FSU lager felles kurs." not in text_of(client.get("/vedtak/innforing/?ar=2025"))
    tell_carrying(point, party=party("Moss"), state=C.STARTED, by=secretariat)
    started = text_of(client.get("/vedtak/innforing/?tilstand=i-gang"))
    assert "FSU lager felles kurs." not in started
    assert "kveldspatrulje" in started


def test_the_matrix_is_taken_along_with_a_column_for_each_party(
    point: DecisionPoint, secretariat: Actor
) -> None:
    client = signed_in(secretariat)
    tell_carrying(point, party=party("Moss"), state=C.IN_PLACE, by=secretariat)
    text = client.get(f"/vedtak/{point.decision_id}/innforing.csv").content.decode("utf-8-sig")
    head, row = text.splitlines()[:2]
    column = head.split(";").index("Moss")
    assert row.split(";")[column] == "Innført"
    assert row.split(";")[3:5] == ["1", "3"]
    assert client.get(f"/vedtak/{point.decision_id}/innforing.xlsx").content[:2] == b"PK"
    assert client.get("/vedtak/innforing.xlsx").content[:2] == b"PK"


def test_a_text_that_a_spreadsheet_would_run_is_disarmed(bodies: Bodies, secretariat: Actor) -> None:
    made = point_of(decided(bodies, points=('=HYPERLINK("http://x.example")',)))
    binds(made, [party("Halden")])
    text = signed_in(secretariat).get("/vedtak/innforing.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text


def test_what_is_asked_stands_on_the_start_page_of_those_who_speak_for_the_party(
    point: DecisionPoint,
) -> None:
    halden = acting_for("Halden")
    (due,) = follow_up_dues(halden)
    assert due.title == "Ett vedtak venter på svar fra Halden"
    tell_carrying(point, party=party("Halden"), state=C.PLANNED, by=halden)
    assert follow_up_dues(halden) == []


def test_my_municipality_shows_decisions_red_first_and_they_are_told_in_the_row(
    point: DecisionPoint, bodies: Bodies
) -> None:
    late = point_of(decided(bodies, points=("Halden skriver avtalen.",), number=6))
    followed(late, party("Halden"), due=TODAY - timedelta(days=3))
    binds(late, [party("Halden")])
    halden = acting_for("Halden")
    assert [one.shown for one in bound_by(party("Halden").pk, halden)] == [
        ShownParty.LATE,
        ShownParty.UNKNOWN,
    ]
    client = signed_in(halden)
    page = client.get("/min-kommune/")
    assert "Vedtak som binder oss" in text_of(page)
    assert "Halden: ett punkt er forsinket og ett punkt venter på svar." in text_of(page)
    here = f"/vedtak/{point.decision_id}/innforing/{point.pk}/{party('Halden').pk}/si/?neste=/min-kommune/"
    sent = client.post(here, {"state": "started"}, follow=True)
    assert sent.redirect_chain[-1][0] == "/min-kommune/"
    assert row_of(point, "Halden").state == C.STARTED


@pytest.mark.parametrize(
    ("language", "heading"), [("nb", "Vedtak som binder oss"), ("nn", "Vedtak som bind oss")]
)
def test_the_case_for_the_council_holds_the_decisions_in_the_written_form_asked_for(
    point: DecisionPoint, language: str, heading: str
) -> None:
    import io

    import docx

    client = signed_in(acting_for("Halden"))
    answer = client.get(f"/min-kommune/sak.docx?part={party('Halden').pk}&til=styret&sprak={language}")
    document = docx.Document(io.BytesIO(answer.content))
    assert heading in [one.text for one in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Kommunene har felles kveldspatrulje fra 1. februar." in cells


def test_a_page_asks_the_database_equally_often_however_much_it_holds(
    point: DecisionPoint,
    bodies: Bodies,
    secretariat: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10, 16):
        made = decided(bodies, number=number, points=("Første punkt.", "Andre punkt."))
        binds(point_of(made), municipalities())
        followed(point_of(made), party("Halden"), due=TODAY - timedelta(days=number))
        followed(point_of(made, 2), bodies.ssu)
    client = signed_in(secretariat)
    one = Decision.objects.latest("pk")
    followed_up = point_of(one).follow_up
    for path in (
        "/oppfolging/",
        f"/oppfolging/{followed_up.pk}/",
        "/oppfolging/star-fast/",
        "/vedtak/innforing/",
        f"/vedtak/{one.pk}/innforing/",
        f"/vedtak/{one.pk}/innforing/{point_of(one).pk}/",
        f"/vedtak/{one.pk}/innforing/{point_of(one).pk}/{party('Moss').pk}/",
        "/vedtak/innforing.csv",
        "/oppfolging/oppfolging.csv",
    ):
        with django_assert_max_num_queries(25, info=path):
            assert client.get(path).status_code == 200, path
    director = signed_in(acting_for("Halden"))
    with django_assert_max_num_queries(25):
        assert director.get("/min-kommune/").status_code == 200


def test_a_party_s_history_is_for_its_own_helsefellesskap(point: DecisionPoint, secretariat: Actor) -> None:
    tell_carrying(point, party=party("Moss"), state=C.STARTED, note="Vi øver.", by=secretariat)
    row = row_of(point, "Moss")
    assert [(one.state, one.note, one.by_name) for one in history_of(row, secretariat)] == [
        (C.STARTED, "Vi øver.", "Randi Høgåsen")
    ]
    elsewhere = actor("more-og-romsdal", name="Arve Brunvoll", email="arve@example.no")
    assert history_of(row, elsewhere) == []


@given(st.lists(st.sampled_from(list(C)), max_size=10))
def test_whatever_a_party_tells_only_what_is_in_place_is_evaluated_and_many_at_once_never_goes_back(
    said: list[C],
) -> None:
    state, is_told = C.NOT_STARTED, False
    for wanted in said:
        if moves_on(state, wanted, is_told=is_told) and wanted != C.NOT_RELEVANT and is_told:
            assert CARRYING_STEPS.index(wanted) > CARRYING_STEPS.index(state)
        if not reason(check_carrying, state, wanted, "Fordi.", is_told=is_told):
            assert wanted != C.EVALUATED or state in {C.IN_PLACE, C.EVALUATED}
            state, is_told = wanted, True
        assert state not in next_states(state, is_told=True)
