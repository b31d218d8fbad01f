"""Plans side by side, and what is like a measure elsewhere: what is counted, and what is never seen."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY, actor
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, Community, nobody, scope
from samspill.plans.public import Measure, Plan, ShownStatus, publish, report_status
from samspill.plans.queries.comparing import NO_THEME, Comparison, compare
from samspill.plans.queries.similar import similar_to

pytestmark = pytest.mark.django_db

OSTFOLD = (
    ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2027"),
    ("Lage felles kurs i samtaler med pårørende", "", ""),
    ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
)
MORE = (
    ("Besøkje pasienten første veka etter utskriving", "SSU", "30.06.2027"),
    ("Gje pårørande eit kurs i å halde ut", "", ""),
)
SECRET = (("Prøve hemmelig besøk første uke etter utskriving", "SSU", ""),)


def plan_in(slug: str, full_name: str, rows: tuple, *, is_open: bool, title_area: str = "Tjenester") -> Plan:
    """A plan of a community with these measures, in an area that speaks of no theme."""
    by = actor(slug, email=f"plan.{slug}@example.no")
    content = small_plan(community=full_name, rows=rows).replace(b"Barn og unge", title_area.encode())
    plan = bring(content, by).plan
    if is_open:
        with scope(by):
            publish(plan, by=by, is_open=True)
    return plan


@pytest.fixture
def ostfold() -> Plan:
    return plan_in("ostfold", "Helsefellesskapet Østfold", OSTFOLD, is_open=False)


@pytest.fixture
def more() -> Plan:
    return plan_in("more-og-romsdal", "Helsefellesskap Møre og Romsdal", MORE, is_open=True)


@pytest.fixture
def agder() -> Plan:
    return plan_in("agder", "Helsefellesskapet Agder", SECRET, is_open=False)


@pytest.fixture
def reader(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def seen_by(who: Actor, **opened: object) -> Comparison:
    with scope(who):
        return compare(who, **opened)  # type: ignore[arg-type]


def measure_like(plan: Plan, words: str, who: Actor) -> Measure:
    with scope(who):
        return Measure.objects.select_related("area").get(plan=plan, text__contains=words)


def test_each_measure_is_counted_with_owner_date_and_state(
    ostfold: Plan, more: Plan, secretariat: Actor
) -> None:
    found = seen_by(secretariat)
    cell = found.cells["barn_unge", ostfold.community_id]
    assert (cell.measures, cell.owned, cell.dated) == (1, 1, 1)
    assert cell.statuses == {ShownStatus.NOT_STARTED: 1}
    assert found.cells["medvirkning", more.community_id].measures == 1
    assert ("barn_unge", more.community_id) not in found.cells
    assert found.total.measures == len(OSTFOLD) + len(MORE)


def test_a_report_and_a_passed_deadline_change_the_state(ostfold: Plan, secretariat: Actor) -> None:
    measure = measure_like(ostfold, "kurs", secretariat)
    with scope(secretariat):
        report_status(measure, word="done", sentence="", by=secretariat)
        Measure.objects.filter(plan=ostfold, text__contains="BUP").update(deadline=date(2026, 1, 31))
    found = seen_by(secretariat)
    assert found.cells["medvirkning", ostfold.community_id].statuses == {ShownStatus.DONE: 1}
    assert found.cells["barn_unge", ostfold.community_id].statuses == {ShownStatus.LATE: 1}


def test_the_columns_follow_the_norwegian_alphabet_whatever_they_hold(
    ostfold: Plan, more: Plan, secretariat: Actor
) -> None:
    plan_in("agder", "Helsefellesskapet Agder", SECRET, is_open=True)
    assert [one.slug for one in seen_by(secretariat).communities] == ["agder", "more-og-romsdal", "ostfold"]


def test_a_measure_that_speaks_of_no_theme_stands_in_the_last_row(secretariat: Actor) -> None:
    plan = plan_in("ostfold", "Helsefellesskapet Østfold", (("Møtes oftere", "", ""),), is_open=False)
    found = seen_by(secretariat)
    assert found.codes[-1] == NO_THEME
    assert set(found.cells) == {(NO_THEME, plan.community_id)}


@pytest.mark.parametrize("opened", [{}, {"theme": "overganger"}])
def test_an_unpublished_plan_of_others_is_never_seen(
    opened: dict, ostfold: Plan, agder: Plan, secretariat: Actor
) -> None:
    found = seen_by(secretariat, **opened, community_id=agder.community_id)
    assert [one.slug for one in found.communities] == ["ostfold"]
    assert found.opened == []
    assert not any(community == agder.community_id for _theme, community in found.cells)


def test_a_visitor_sees_open_plans_and_no_others(ostfold: Plan, more: Plan) -> None:
    assert [one.slug for one in seen_by(nobody(TODAY)).communities] == ["more-og-romsdal"]
    page = Client().get("/planer/sammenlign/")
    assert "2 tiltak" in text_of(page) or "To tiltak" in text_of(page)
    assert "telefontid" not in text_of(page)


def test_a_cell_opens_with_its_lines_word_for_word(
    ostfold: Plan, more: Plan, reader: Client, secretariat: Actor
) -> None:
    address = f"/planer/sammenlign/?tema=overganger&hos={more.community_id}"
    page = reader.get(address)
    measure = measure_like(more, "veka", secretariat)
    assert f'href="/planer/{more.pk}/tiltak/{measure.pk}/"'.encode() in page.content
    said = text_of(page)
    assert "Besøkje pasienten første veka etter utskriving" in said
    assert "Står her på grunn av «utskriving»" in said
    assert f"Linje {measure.line} i handlingsplan.md" in said


@pytest.mark.parametrize(
    "query", ["tema=overganger", "hos=1", "tema=x&hos=x", "hos=" + "9" * 30, "tema=&hos=²"]
)
def test_an_address_that_opens_nothing_shows_the_table(query: str, ostfold: Plan, reader: Client) -> None:
    page = reader.get(f"/planer/sammenlign/?{query}")
    assert page.status_code == 200
    assert b'id="apen"' not in page.content


def test_the_table_says_what_its_rows_and_columns_are(ostfold: Plan, more: Plan, reader: Client) -> None:
    content = reader.get("/planer/sammenlign/").content.decode()
    assert len(re.findall(r'<th scope="col">', content)) == 3
    assert '<th scope="row">Barn og unge</th>' in content
    assert re.search(r'role="region" aria-label="[^"]+" tabindex="0"', content)


def test_without_any_plan_the_page_says_what_comes_here(reader: Client) -> None:
    said = text_of(reader.get("/planer/sammenlign/"))
    assert "Ingenting å legge side om side" in said


def test_the_csv_has_a_row_per_cell(ostfold: Plan, more: Plan, reader: Client) -> None:
    answer = reader.get("/planer/sammenlign.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    row = next(one for one in rows if (one["Tema"], one["Helsefellesskap"]) == ("Barn og unge", "Østfold"))
    assert (row["Tiltak"], row["Med ansvarlig"], row["Med frist"]) == ("1", "1", "1")


def test_a_name_that_a_spreadsheet_would_run_is_disarmed_in_the_csv(ostfold: Plan, reader: Client) -> None:
    Community.objects.filter(slug="ostfold").update(name="=1+1")
    assert b";'=1+1;" in reader.get("/planer/sammenlign.csv").content


def test_the_page_takes_as_many_queries_with_more_plans(
    ostfold: Plan, more: Plan, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for slug, name in (("agder", "Helsefellesskapet Agder"), ("telemark", "Helsefellesskapet i Telemark")):
        plan_in(slug, name, OSTFOLD, is_open=True)
    with django_assert_max_num_queries(25):
        page = reader.get(f"/planer/sammenlign/?tema=overganger&hos={more.community_id}")
    assert b'id="apen"' in page.content


def test_a_similar_measure_is_found_across_the_written_forms(
    ostfold: Plan, more: Plan, secretariat: Actor
) -> None:
    mine = measure_like(ostfold, "besøk", secretariat)
    with scope(secretariat):
        found = similar_to(mine, secretariat)
    assert [one.measure.text for one in found][:1] == [MORE[0][0]]
    first = found[0]
    assert [theme.code for theme in first.themes] == ["overganger"]
    assert (first.status, first.responsible) == (ShownStatus.NOT_STARTED, "SSU")


def test_the_two_queries_of_what_is_similar_stay_two(
    ostfold: Plan, more: Plan, secretariat: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mine = measure_like(ostfold, "besøk", secretariat)
    with scope(secretariat), django_assert_num_queries(2):
        assert similar_to(mine, secretariat)


def test_what_is_similar_never_comes_from_a_plan_that_is_not_open(
    ostfold: Plan, agder: Plan, secretariat: Actor, reader: Client
) -> None:
    mine = measure_like(ostfold, "besøk", secretariat)
    with scope(secretariat):
        assert similar_to(mine, secretariat) == []
    page = text_of(reader.get(f"/planer/{ostfold.pk}/tiltak/{mine.pk}/lignende/"))
    assert "hemmelig" not in page
    assert "Ingen åpen plan i et annet helsefellesskap har et tiltak med de samme ordene." in page


def test_a_measure_about_something_else_is_not_called_similar(
    ostfold: Plan, more: Plan, secretariat: Actor
) -> None:
    mine = measure_like(ostfold, "telefontid", secretariat)
    with scope(secretariat):
        assert similar_to(mine, secretariat) == []


def test_similar_measures_of_a_closed_plan_are_not_given_to_others(agder: Plan, reader: Client) -> None:
    keeper = actor("agder", email="other.agder@example.no")
    measure = measure_like(agder, "hemmelig", keeper)
    assert reader.get(f"/planer/{agder.pk}/tiltak/{measure.pk}/lignende/").status_code == 404


def test_the_measure_page_fetches_what_is_similar_from_its_own_address(
    ostfold: Plan, more: Plan, secretariat: Actor, reader: Client
) -> None:
    mine = measure_like(ostfold, "besøk", secretariat)
    own = f"/planer/{ostfold.pk}/tiltak/{mine.pk}/lignende/"
    assert f'hx-get="{own}"'.encode() in reader.get(f"/planer/{ostfold.pk}/tiltak/{mine.pk}/").content
    page = reader.get(own)
    assert b'id="lignende"' in page.content
    assert "Møre og Romsdal, SSU." in text_of(page)
