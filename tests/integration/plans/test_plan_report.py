"""The report of a plan: the same figures as the plan page, as a page and as Word, in the plan's language."""

import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import docx
import pytest
from django.test import Client
from django.utils import timezone
from docx.oxml.ns import qn

from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in
from samspill.directory.public import Actor, Brief, scope
from samspill.plans.public import Measure, Plan, ShownStatus, publish, report_status, rows_of
from samspill.plans.report.contents import Report, report_of, since_of
from samspill.plans.report.word import as_docx
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    """Four measures: one late with a reason, one done, one without anything, one on its way."""
    rows = (
        ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2026"),
        ("Lage felles kurs i samtaler med pårørende", "", ""),
        ("Prøve ut besøk første uke etter utskriving", "Halden", ""),
        ("Dele erfaringer fra tre kommuner", "Moss", "30.06.2045"),
    )
    made = bring(small_plan(rows=rows), secretariat).plan
    with scope(secretariat):
        late, _bare, done, going = Measure.objects.filter(plan=made).order_by("order")
        report_status(late, word="late", sentence="Skolene mangler folk.", by=secretariat)
        report_status(done, word="done", sentence="Alle får besøk.", by=secretariat)
        report_status(going, word="on_track", by=secretariat)
    return made


@pytest.fixture
def reader(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def path(plan: Plan, ending: str = "/") -> str:
    return f"/planer/{plan.pk}/rapport{ending}"


def text_of(answer: object) -> str:
    """What stands on the page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # type: ignore[attr-defined]


def word(plan: Plan, reader: Client, query: str = "") -> object:
    answer = reader.get(path(plan, ".docx") + query)
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


def report(plan: Plan, by: Actor, since: date = date(2026, 5, 22)) -> Report:
    with scope(by):
        return report_of(plan, rows_of(plan, by), (), since=since, today=by.today)


def test_the_figures_are_those_of_the_plan_page(plan: Plan, secretariat: Actor, reader: Client) -> None:
    areas = next(part for part in report(plan, secretariat).parts if part.key == "omrader").tables[0]
    assert areas.head[2:] == tuple(str(status.label) for status in ShownStatus)
    assert areas.rows == (("1 Barn og unge", "4", "1", "1", "1", "1", "0"),)
    page = reader.get(f"/planer/{plan.pk}/").content.decode()
    legend = page[page.index('id="plan-legend"') :]
    for count, label in zip(areas.rows[0][2:], areas.head[2:], strict=True):
        found = re.search(rf"<b>(\d+)</b>\s*{label.lower()}", legend)
        assert (found.group(1) if found else "0") == count, label


def test_it_says_what_was_promised_what_is_late_why_and_what_is_missing(
    plan: Plan, secretariat: Actor
) -> None:
    parts = {part.key: part for part in report(plan, secretariat).parts}
    assert list(parts) == ["omrader", "forsinket", "fullfort", "hull", "lovet"]
    assert parts["forsinket"].heading == "Ett tiltak er forsinket"
    assert parts["forsinket"].tables[0].rows[0][2:] == ("30.\xa0juni\xa02026", "Skolene mangler folk.")
    assert parts["hull"].tables[0].rows == (
        ("Lage felles kurs i samtaler med pårørende", "Ansvarlig, frist"),
    )
    assert [row[0] for row in parts["lovet"].tables[0].rows] == [
        "Avtale fast telefontid mellom BUP og skolene",
        "Lage felles kurs i samtaler med pårørende",
        "Prøve ut besøk første uke etter utskriving",
        "Dele erfaringer fra tre kommuner",
    ]


def test_what_was_done_before_the_first_day_is_counted_not_listed(secretariat: Actor) -> None:
    made = bring(small_plan(), secretariat).plan
    with scope(secretariat):
        for measure, day in zip(
            Measure.objects.filter(plan=made).order_by("order")[:2],
            (date(2026, 4, 1), date(2026, 10, 1)),
            strict=True,
        ):
            at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            report_status(measure, word="done", by=secretariat, at=at)

    def done(since: date) -> tuple[int, tuple[str, ...]]:
        part = next(one for one in report(made, secretariat, since).parts if one.key == "fullfort")
        return sum(len(table.rows) for table in part.tables), part.sentences

    assert done(date(2026, 5, 22)) == (1, ("Ett tiltak ble fullført før det.",))
    assert done(date(2026, 4, 1)) == (2, ())
    assert done(date(2026, 11, 1)) == (0, ("To tiltak ble fullført før det.",))


def test_the_word_document_reads_back_with_headings_and_tables(plan: Plan, reader: Client) -> None:
    document = word(plan, reader)
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]  # type: ignore[attr-defined]
    assert headings[:2] == ["Slik står det til i hvert område", "Ett tiltak er forsinket"]
    assert headings[-1] == "Dette ble lovet"
    assert "1 Barn og unge" in [one.text for one in document.paragraphs if one.style.name == "Heading 2"]  # type: ignore[attr-defined]
    for table in document.tables:  # type: ignore[attr-defined]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])
    assert document.core_properties.title.startswith("Rapport: Handlingsplan")  # type: ignore[attr-defined]
    assert document.core_properties.language == "nb-NO"  # type: ignore[attr-defined]
    assert 'w:lang w:val="nb-NO"' in document.styles.element.xml  # type: ignore[attr-defined]


def test_page_and_word_say_the_same(plan: Plan, reader: Client) -> None:
    page = text_of(reader.get(path(plan)))
    document = word(plan, reader)
    said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]  # type: ignore[attr-defined]
    said += [one.text for one in document.paragraphs if one.style.name.startswith(("Heading", "Subtitle"))]  # type: ignore[attr-defined]
    assert len(said) > 40
    assert [text for text in said if " ".join(text.split()) not in page] == []


@pytest.mark.parametrize("ending", ["/", ".docx"])
def test_a_visitor_reads_the_report_of_a_published_plan_only(
    plan: Plan, secretariat: Actor, client: Client, ending: str
) -> None:
    assert client.get(path(plan, ending)).status_code == 404
    with scope(secretariat):
        publish(plan, by=secretariat)
    answer = client.get(path(plan, ending))
    assert answer.status_code == 200
    assert b"Randi" not in answer.content


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_plan_in_nynorsk_is_reported_in_nynorsk_whoever_reads(
    plan: Plan, secretariat: Actor, reader: Client, language: str
) -> None:
    with scope(secretariat):
        Plan.objects.filter(pk=plan.pk).update(language="nn")
    reader.cookies["samspill_language"] = language
    answer = reader.get(path(plan))
    page = answer.content.decode()
    assert answer.headers["Content-Language"] == language, "the frame is the reader's"
    article = text_of(answer)
    assert '<article lang="nn">' in page
    assert "Eitt tiltak er forseinka" in article
    assert "Slik står det til på kvart område" in article
    document = word(plan, reader)
    assert "Dette vart lova" in [one.text for one in document.paragraphs]  # type: ignore[attr-defined]
    assert document.core_properties.language == "nn-NO"  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", ["i fjor", "2026-13-01", "2999-01-01"])
def test_a_day_that_is_none_is_refused_in_a_sentence(plan: Plan, reader: Client, written: str) -> None:
    answer = reader.get(path(plan), {"siden": written})
    assert answer.status_code == 422
    assert "er ikke en dag før i dag" in answer.content.decode()


def test_it_looks_half_a_year_back_unless_told() -> None:
    today = date(2026, 8, 31)
    assert since_of("", today) == date(2026, 2, 28)
    assert since_of("2026-01-01", today) == date(2026, 1, 1)
    with pytest.raises(Refused):
        since_of("2026-09-01", today)


@pytest.mark.parametrize("ending", ["/", ".docx"])
def test_a_report_takes_at_most_25_queries(
    plan: Plan, reader: Client, django_assert_max_num_queries: object, ending: str
) -> None:
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        assert reader.get(path(plan, ending)).status_code == 200


@dataclass(frozen=True)
class Told:
    """What a brief of figures has under `shown`."""

    told: str


def test_a_sentence_about_the_population_stands_with_its_source(plan: Plan, secretariat: Actor) -> None:
    figures = Brief(
        "figures.html",
        {"shown": Told("Flere blir over 80."), "heading": "Halden vokser mest", "source": "SSB"},
    )
    other = Brief("other.html", {"heading": "Noe annet"})
    with scope(secretariat):
        made = report_of(
            plan,
            rows_of(plan, secretariat),
            (other, figures),
            since=date(2026, 5, 22),
            today=secretariat.today,
        )
    found = [part for part in made.parts if part.key.startswith("befolkning")]
    assert [(one.heading, one.sentences) for one in found] == [
        ("Halden vokser mest", ("Flere blir over 80.", "SSB"))
    ]


def test_letters_xml_cannot_hold_do_not_stop_the_document(plan: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        Measure.objects.filter(plan=plan, order=1).update(text="Avtale\x0c fast\x02 telefontid", title="")
    content = as_docx(report(plan, secretariat), made_at=timezone.now())
    cells = [
        cell.text for table in docx.Document(io.BytesIO(content)).tables for cell in table.columns[0].cells
    ]
    assert "Avtale fast telefontid" in cells


def test_the_plan_page_leads_to_its_report(plan: Plan, reader: Client) -> None:
    assert f'href="{path(plan)}"' in reader.get(f"/planer/{plan.pk}/").content.decode()
