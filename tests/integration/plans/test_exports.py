"""The table to take along, and that nothing in it runs."""

import csv
import io
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from integration.plans.small_plans import bring, small_plan
from integration.plans.tables_at_hand import brought, exported, rows_of
from integration.plans.test_pages import signed_in
from samspill.directory.public import Actor, scope
from samspill.plans.public import Measure, Plan, report_status
from samspill.plans.views.exports import disarmed

pytestmark = pytest.mark.django_db

DANGEROUS = '=HYPERLINK("http://example.no";"Trykk")'


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    rows = (("Avtale fast telefontid", "SSU, Halden", "30.06.2027"), (DANGEROUS, "Moss", ""))
    return bring(small_plan(rows=rows), secretariat).plan


@pytest.fixture
def reader(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def test_the_csv_opens_as_a_table_with_our_letters(plan: Plan, reader: Client) -> None:
    answer = reader.get(f"/planer/{plan.pk}/tiltak.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Tiltak"] for row in rows] == ["Avtale fast telefontid", f"'{DANGEROUS}"]
    assert (rows[0]["Ansvarlig"], rows[0]["Bidrar"], rows[0]["Frist"]) == ("SSU", "Halden", "2027-06-30")
    assert rows[0]["Linje"].isdigit()


def test_excel_gets_text_as_text_and_dates_as_dates(plan: Plan, reader: Client) -> None:
    answer = reader.get(f"/planer/{plan.pk}/tiltak.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    dangerous = next(cell for cell in rows[1] if cell.value == DANGEROUS)
    assert dangerous.data_type == "s", "not a formula"
    assert any(cell.is_date for cell in rows[0])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    assert disarmed(f"{start}1+1").startswith("'")
    assert not disarmed(f"{start}=1+1").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert disarmed(f"a{start}1") == f"a{start}1"


def test_numbers_and_empty_cells_stay_as_they_are() -> None:
    assert (disarmed(-3), disarmed(None), disarmed("")) == ("-3", "", "")


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30) | st.sampled_from(
    [
        "=1+1",
        "'=1",
        "- Lage kurs",
        "a;b",
        'sa "ja"',
        "to\nlinjer",
        " luft ",
        "P1T1",
        "2027-01-01",
        "våren 2027",
    ]
)
MEASURES = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "text": TEXTS.filter(str.strip),
        "label": TEXTS.map(lambda text: text[:20]),
        "deadline": st.none() | st.dates(date(2025, 1, 1), date(2030, 12, 31)),
        "deadline_raw": TEXTS,
        "deadline_precision": st.sampled_from(["", "day", "season", "year", "ongoing"]),
        "judged": st.sampled_from(["", "accepted"]),
    }
)
REPORTS = st.none() | st.tuples(st.sampled_from(["on_track", "late", "done", "not_started"]), TEXTS)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(MEASURES, REPORTS, TEXTS), min_size=2, max_size=2), st.sampled_from(["nb", "nn", "en"])
)
def test_a_plan_whatever_it_says_is_as_before_when_its_own_table_comes_back(
    plan: Plan, secretariat: Actor, said: list, language: str
) -> None:
    with transaction.atomic():
        with scope(secretariat):
            for measure, (fields, report, who) in zip(Measure.objects.filter(plan=plan), said, strict=True):
                for name, value in fields.items():
                    setattr(measure, name, value)
                measure.save(update_fields=list(fields))
                measure.responsibles.filter(role="accountable").update(
                    body=None, party=None, side="", raw=who
                )
                if report:
                    report_status(measure, word=report[0], sentence=report[1], by=secretariat)
        with translation.override(language):
            files = {kind: exported(plan, secretariat, kind) for kind in ("csv", "xlsx")}
        for kind, content in files.items():
            made = brought(plan, content, secretariat, name=f"x.{kind}")
            rows = rows_of(made, secretariat)
            assert [row.verdict for row in rows] == ["unchanged"] * 2, [
                (row.changes, row.problem) for row in rows
            ]
        transaction.set_rollback(True)


def test_a_second_sheet_says_what_the_columns_are_in_the_reader_s_written_form(
    plan: Plan, reader: Client
) -> None:
    reader.cookies["samspill_language"] = "nn"
    book = load_workbook(io.BytesIO(reader.get(f"/planer/{plan.pk}/tiltak.xlsx").content))
    first, second = book.worksheets
    names = [cell.value for cell in first[1]]
    assert [row[0].value for row in second.iter_rows(min_row=2)] == names
    assert "Ansvarleg" in names
    assert all(row[1].value for row in second.iter_rows(min_row=2))


def test_the_export_asks_the_database_few_times(
    plan: Plan, reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):
        reader.get(f"/planer/{plan.pk}/tiltak.csv")
