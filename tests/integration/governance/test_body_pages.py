"""The pages of bodies: open to everybody, changed by the secretariat, undone in one press."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from factories.bodies import Bodies
from factories.people import TODAY, member
from samspill.directory.public import Body, Community, scope
from samspill.governance.models import Mandate, RepresentationRule, Seat, Tenure
from samspill.governance.queries.bodies import composition
from samspill.governance.queries.body_page import changes
from samspill.governance.states import Authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settled: Bodies) -> Bodies:
    return settled


@pytest.fixture
def secretariat(made: Bodies) -> Client:
    client = Client()
    client.force_login(member("ostfold", "secretariat"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def seat_of(made: Bodies) -> Seat:
    with scope(made.by):
        return Seat.objects.filter(body=made.fsu).order_by("order")[0]


def page_of(client: Client, body: Body, query: str = "") -> str:
    return client.get(reverse("governance:body", args=[body.pk]) + query).content.decode()


def test_a_visitor_chooses_a_helsefellesskap_and_reads_its_tree(made: Bodies) -> None:
    assert "?helsefellesskap=ostfold" in Client().get("/organer/").content.decode()
    tree = Client().get("/organer/?helsefellesskap=ostfold").content.decode()
    assert tree.index(made.ssu.name) < tree.index(made.fsu.name)
    assert "Nytt organ" not in tree
    assert Client().get("/organer/?helsefellesskap=finnes-ikke").status_code == 404


def test_the_heading_is_the_message(made: Bodies) -> None:
    assert "<h1>To fra hver side. Ingen plass er ledig.</h1>" in page_of(Client(), made.fsu)
    with scope(made.by):
        Tenure.objects.filter(seat=seat_of(made)).delete()
    assert "<h1>To fra hver side. Én plass er ledig.</h1>" in page_of(Client(), made.fsu)


def test_a_past_day_is_shown_and_a_day_that_is_none_leads_to_today(made: Bodies) -> None:
    assert "Slik er det 1.\xa0mai 2024" in page_of(Client(), made.fsu, "?dag=2024-05-01")
    assert "Kari Nordli" not in page_of(Client(), made.fsu, "?dag=2024-05-01").split("historie")[0]
    assert "Det var ingen dag" in page_of(Client(), made.fsu, "?dag=i-morgen")


def test_somebody_is_put_in_and_taken_out_again_with_undo(made: Bodies, secretariat: Client) -> None:
    seat = seat_of(made)
    fill = reverse("governance:fill-seat", args=[made.fsu.pk, seat.pk])
    wrong = secretariat.post(fill, {"name": "Ny Person", "role": "chair", "from_day": "i dag"})
    assert wrong.status_code == 422
    assert "Ny Person" in wrong.content.decode()
    typed = {"name": "Ny Person", "role": "chair", "from_day": TODAY.isoformat()}
    refused = secretariat.post(fill, typed)
    assert (refused.status_code, "Kari Nordli" in refused.content.decode()) == (422, True)
    assert secretariat.post(fill, {**typed, "replace": "on"}).status_code == 303
    page = page_of(secretariat, made.fsu)
    assert "Ny Person" in page
    undo = page.split('action="/organer/')[1].split('"')[0]
    assert secretariat.post(f"/organer/{undo}").status_code == 303
    with scope(made.by):
        holder = composition(made.fsu.pk, TODAY).seats[0].holder
    assert holder is not None
    assert holder.name == "Kari Nordli"


def test_somebody_leaves_on_a_last_day(made: Bodies, secretariat: Client) -> None:
    with scope(made.by):
        tenure = Tenure.objects.get(seat=seat_of(made))
    leave = reverse("governance:leave-seat", args=[made.fsu.pk, tenure.pk])
    assert secretariat.post(leave, {"to_day": "2026-12-31"}).status_code == 303
    with scope(made.by):
        tenure.refresh_from_db()
    assert tenure.to_day == date(2027, 1, 1)
    assert secretariat.post(leave, {"to_day": "2020-12-31"}).status_code == 422


def test_a_mandate_is_changed_and_the_change_is_shown_word_by_word(made: Bodies, secretariat: Client) -> None:
    address = reverse("governance:body-mandate", args=[made.fsu.pk])
    typed = {"from_day": TODAY.isoformat(), "purpose": "Gir råd om eldre.", "authority": "advisory"}
    assert secretariat.post(address, {**typed, "authority": "within_limits"}).status_code == 422
    assert secretariat.post(address, typed).status_code == 303
    page = page_of(Client(), made.fsu)
    assert "<ins>gir råd</ins>" in page
    with scope(made.by):
        newest = Mandate.objects.get(body=made.fsu, version=2)
    assert newest.authority == Authority.ADVISORY


@pytest.mark.parametrize(("before", "after"), [("", "Ny tekst."), ("Gir råd om alle.", "Gir svar om alle!")])
def test_a_change_told_word_by_word_is_both_texts(before: str, after: str) -> None:
    pieces = changes(before, after)
    assert "".join(one.text for one in pieces if one.kind != "-") == after
    assert "".join(one.text for one in pieces if one.kind != "+") == before


def test_a_body_is_made_with_mandate_and_seats_in_one_go(made: Bodies, secretariat: Client) -> None:
    typed = {
        "kind": "subcommittee",
        "name": "Underutvalg for smittevern",
        "parent": str(made.fsu.pk),
        "starts": TODAY.isoformat(),
        "ends": (TODAY + timedelta(days=300)).isoformat(),
        "purpose": "Gir råd om smittevern.",
        "authority": "advisory",
        "template": "municipalities",
    }
    answer = secretariat.post("/organer/nytt/", typed)
    assert answer.status_code == 303
    with scope(made.by):
        body = Body.objects.get(name="Underutvalg for smittevern")
        assert (body.parent, Seat.objects.filter(body=body).count()) == (made.fsu, 26)
        assert set(Seat.objects.filter(body=body).values_list("to_day", flat=True)) == {body.ends}
    again = secretariat.post("/organer/nytt/", typed)
    assert (again.status_code, "Gir råd om smittevern." in again.content.decode()) == (422, True)


def rule_typed(**kwargs: str) -> dict[str, str]:
    """The rule form with two lines: the municipal side and the hospital, one seat each."""
    lines = {
        f"linje-{number}-{name}": value
        for number, whom in enumerate(("bloc:municipal", "bloc:hospital"))
        for name, value in {
            "seats": "1", "whom": whom, "may_meet": "on", "may_speak": "on", "may_propose": "on",
            "may_vote": "on",
        }.items()
    }  # fmt: skip
    whole = {"from_day": TODAY.isoformat(), "parity": "equal", "users_at_least": "0", "quorum_per_bloc": "0"}
    total = {"linje-TOTAL_FORMS": "2", "linje-INITIAL_FORMS": "0"}
    return {**whole, **total, **lines, "decision_method": "consensus", **kwargs}


def test_the_seats_are_said_on_a_page_and_a_rule_out_of_balance_is_refused(
    made: Bodies, secretariat: Client
) -> None:
    address = reverse("governance:body-rule", args=[made.fsu.pk])
    wrong = secretariat.post(address, rule_typed(**{"linje-0-seats": "3"}))
    assert (wrong.status_code, "like mange" in wrong.content.decode()) == (422, True)
    assert secretariat.post(address, rule_typed()).status_code == 303
    with scope(made.by):
        assert len(composition(made.fsu.pk, TODAY).seats) == 2
        assert RepresentationRule.objects.filter(body=made.fsu).count() == 2
    shown = secretariat.get(address).content.decode()
    assert 'value="bloc:municipal" selected' in shown


def test_a_last_day_is_set_and_taken_away(made: Bodies, secretariat: Client) -> None:
    address = reverse("governance:body-end", args=[made.fsu.pk])
    assert secretariat.post(address, {"ends": "2026-12-31"}).status_code == 303
    assert "Varer til 31.\xa0desember 2026" in page_of(Client(), made.fsu)
    assert secretariat.post(address, {"ends": ""}).status_code == 303
    assert "Varer til" not in page_of(Client(), made.fsu)


def test_who_sits_there_can_be_taken_along_and_runs_nothing_in_a_spreadsheet(
    made: Bodies, secretariat: Client
) -> None:
    with scope(made.by):
        Tenure.objects.filter(seat=seat_of(made)).update(title='=HYPERLINK("x")')
    text = Client().get(reverse("governance:body-csv", args=[made.fsu.pk])).content.decode("utf-8-sig")
    assert len(text.splitlines()) == 6
    assert "'=HYPERLINK" in text


@pytest.mark.parametrize("slug", ["vestfold", "troms-og-ofoten"])
def test_a_neighbour_reads_and_changes_nothing(made: Bodies, slug: str) -> None:
    client = Client()
    client.force_login(member(slug, "secretariat"), backend="django.contrib.auth.backends.ModelBackend")
    assert Community.objects.filter(slug=slug).exists()
    assert client.get(reverse("governance:body", args=[made.fsu.pk])).status_code == 200
    for route in ("body-mandate", "body-rule", "body-end", "new-round"):
        assert client.get(reverse(f"governance:{route}", args=[made.fsu.pk])).status_code == 403


def test_pages_ask_the_database_seldom(
    made: Bodies, secretariat: Client, django_assert_max_num_queries: object
) -> None:
    for path in ("/organer/", reverse("governance:body", args=[made.fsu.pk])):
        with django_assert_max_num_queries(22):  # type: ignore[operator]
            assert secretariat.get(path).status_code == 200
