"""The table to take along, and that nothing in it runs."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in
from samspill.directory.public import Actor
from samspill.plans.public import Plan
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
    assert disarmed(f"a{start}1") == f"a{start}1"


def test_numbers_and_empty_cells_stay_as_they_are() -> None:
    assert (disarmed(-3), disarmed(None), disarmed("")) == ("-3", "", "")
