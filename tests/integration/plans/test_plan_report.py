"""The report of a plan: the same figures as the plan page, on the page, in Word and in PDF."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import docx
import pypdf
import pytest
from django.test import Client
from docx.oxml.ns import qn

from factories.tried import a_few
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in
from samspill.directory.public import Actor, Brief, scope
from samspill.documents.writing import to_docx, to_pdf
from samspill.plans.public import Measure, Plan, ShownStatus, publish, report_status, rows_of
from samspill.plans.report.contents import report_of
from samspill.plans.report.history import month_ends, reports_of
from samspill.plans.report.paper import paper_of
from samspill.plans.report.shapes import Part, Report
from samspill.plans.report.span import Span, span_of
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


def report(
    plan: Plan,
    by: Actor,
    since: date = date(2026, 5, 22),
    until: date | None = None,
    briefs: Sequence[Brief] = (),
) -> Report:
    span = Span(since, until or by.today)
    with scope(by):
        rows, said = rows_of(plan, by), reports_of(plan, by)
        return report_of(plan, rows, said, briefs, span=span, today=by.today)


def say(plan: Plan, order: int, word: str, day: date, by: Actor) -> None:
    """Somebody said it at noon of that day."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with scope(by):
        measure = Measure.objects.filter(plan=plan).order_by("order")[order]
        report_status(measure, word=word, by=by, at=at)


def alts(pdf: pypdf.PdfReader) -> list[str]:
    """What the pictures of a PDF say to those who hear it, in order."""
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if not isinstance(element, dict):
            continue
        if element.get("/S") == "/Figure":
            found.append(element["/Alt"])
        below = element.get("/K", [])
        waiting += reversed(below if isinstance(below, list) else [below])
    return found


def part_of(made: Report, key: str) -> Part:
    return next(one for one in made.parts if one.key == key)


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
    assert document.core_properties.title.startswith("Halvårsrapport: ")  # type: ignore[attr-defined]
    assert document.core_properties.language == "nb-NO"  # type: ignore[attr-defined]
    assert 'w:lang w:val="nb-NO"' in document.styles.element.xml  # type: ignore[attr-defined]


def test_page_and_word_say_the_same(plan: Plan, reader: Client) -> None:
    page = text_of(reader.get(path(plan)))
    document = word(plan, reader)
    said = [cell.text for table in document.tables for row in table.rows for cell in row.cells]  # type: ignore[attr-defined]
    said += [one.text for one in document.paragraphs if one.style.name.startswith(("Heading", "Subtitle"))]  # type: ignore[attr-defined]
    assert len(said) > 40
    assert [text for text in said if " ".join(text.split()) not in page] == []


@pytest.mark.parametrize("ending", ["/", ".docx", ".pdf"])
def test_a_visitor_reads_the_report_of_a_published_plan_only(
    plan: Plan, secretariat: Actor, client: Client, ending: str
) -> None:
    assert client.get(path(plan, ending)).status_code == 404
    with scope(secretariat):
        publish(plan, by=secretariat)
    answer = client.get(path(plan, ending))
    assert answer.status_code == 200
    assert b"Randi" not in answer.content


@a_few("language", ("nb", "nn", "en"), most=1)
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


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"siden": "i fjor"}, "er ikke en dag før i dag"),
        ({"fra": "2026-13-01"}, "er ikke en dag før i dag"),
        ({"fra": "2999-01-01"}, "er ikke en dag før i dag"),
        ({"til": "en dag"}, "er ikke en dag før i dag"),
        ({"fra": "2026-06-01", "til": "2026-05-01"}, "slutte før den begynner"),
    ],
)
def test_days_that_cannot_be_are_refused_in_a_sentence(
    plan: Plan, reader: Client, query: dict[str, str], told: str
) -> None:
    answer = reader.get(path(plan), query)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_it_looks_half_a_year_back_unless_told() -> None:
    today = date(2026, 8, 31)
    assert span_of({}, today) == Span(date(2026, 2, 28), today, "halvar")
    assert span_of({"periode": "ar"}, today) == Span(date(2025, 8, 31), today, "ar")
    assert span_of({"periode": "tull"}, today).period == "halvar"
    assert span_of({"siden": "2026-01-01"}, today) == Span(date(2026, 1, 1), today)
    assert span_of({"fra": "2025-01-01", "til": "2025-12-31"}, today) == Span(
        date(2025, 1, 1), date(2025, 12, 31)
    )
    assert span_of({"fra": "2026-01-01", "til": "2026-12-31"}, today).until == today
    with pytest.raises(Refused):
        span_of({"fra": "2026-09-01"}, today)


@pytest.mark.parametrize(
    ("query", "title"),
    [("", "Halvårsrapport"), ("?periode=ar", "Årsrapport"), ("?fra=2026-01-01", "Rapport")],
)
def test_its_title_says_which_report_it_is(plan: Plan, reader: Client, query: str, title: str) -> None:
    assert f"<title>{title}: Handlingsplan" in " ".join(
        reader.get(path(plan) + query).content.decode().split()
    )
    document = word(plan, reader, query)
    assert document.core_properties.title.startswith(f"{title}: Handlingsplan")  # type: ignore[attr-defined]


def test_months_end_on_their_last_day_and_the_span_on_its_own() -> None:
    assert month_ends(date(2026, 1, 15), date(2026, 3, 10)) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 10),
    ]  # fmt: skip
    assert month_ends(date(2025, 12, 31), date(2026, 1, 31)) == [date(2025, 12, 31), date(2026, 1, 31)]
    assert month_ends(date(2026, 1, 1), date(2026, 1, 1)) == [date(2026, 1, 1)]


def test_months_gone_by_are_told_by_what_was_said_then(secretariat: Actor) -> None:
    made = bring(small_plan(), secretariat).plan
    say(made, 0, "on_track", date(2026, 7, 10), secretariat)
    say(made, 1, "late", date(2026, 8, 10), secretariat)
    say(made, 0, "done", date(2026, 9, 10), secretariat)
    part = part_of(report(made, secretariat, date(2026, 6, 1)), "tid")
    table = part.tables[0]
    assert table.head[1:] == tuple(str(status.label) for status in ShownStatus)
    assert [row[0] for row in table.rows] == [
        "31.\xa0juli\xa02026", "31.\xa0august\xa02026", "30.\xa0september\xa02026", "31.\xa0oktober\xa02026",
        "22.\xa0november\xa02026",
    ]  # fmt: skip
    late, on_track, done = (1, 2, 3)
    assert [(row[late], row[on_track], row[done]) for row in table.rows] == [
        ("0", "1", "0"), ("1", "1", "0"), ("1", "0", "1"), ("1", "0", "1"), ("1", "0", "1"),
    ]  # fmt: skip


def test_the_last_month_is_the_plan_as_it_stands(plan: Plan, secretariat: Actor) -> None:
    say(plan, 3, "on_track", date(2026, 6, 1), secretariat)
    made = report(plan, secretariat)
    whole = part_of(made, "omrader").tables[0].rows[-1]
    assert part_of(made, "tid").tables[0].rows[-1][1:] == whole[2:]


def test_a_report_of_days_gone_by_shows_the_statuses_of_its_last_day(secretariat: Actor) -> None:
    made = bring(small_plan(), secretariat).plan
    say(made, 0, "on_track", date(2026, 3, 10), secretariat)
    say(made, 0, "done", date(2026, 9, 10), secretariat)
    say(made, 1, "done", date(2026, 2, 10), secretariat)
    gone_by = report(made, secretariat, date(2026, 1, 1), date(2026, 6, 30))
    assert gone_by.facts[-1] == "Fra 1.\xa0januar\xa02026 til 30.\xa0juni\xa02026"
    assert part_of(gone_by, "omrader").tables[0].rows[0][3:5] == ("1", "1"), "on track, done"
    assert [row[0] for row in part_of(gone_by, "fullfort").tables[0].rows] == [
        "Lage felles kurs i samtaler med pårørende"
    ]


def test_a_figure_has_its_sentence_source_table_and_can_be_taken_along(
    plan: Plan, secretariat: Actor, reader: Client, client: Client
) -> None:
    say(plan, 3, "on_track", date(2026, 6, 1), secretariat)
    page = reader.get(path(plan)).content.decode()
    for key in ("omrader", "tid"):
        part = part_of(report(plan, secretariat), key)
        assert part.figure and part.sentences
        assert part.figure.rows == part.tables[0].rows
        assert "22.\xa0november\xa02026" in str(part.figure.source)
        assert f'id="{key}-spec"' in page and str(part.figure.source) in page
        for form, start in (("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbf")):
            address = f"/figur/plan/{plan.pk}-{key}-halvar.{form}"
            assert f'href="{address}"' in page
            assert reader.get(address).content.startswith(start)
            assert client.get(address).status_code == 404, "a visitor does not see the plan"


@pytest.mark.parametrize("key", ["0-omrader-halvar", "x", "1-omrader-i-fjor", "1-finnes-ikke-ar", "9" * 18])
def test_a_figure_that_is_none_is_not_found(reader: Client, key: str) -> None:
    assert reader.get(f"/figur/plan/{key}.svg").status_code == 404


def test_the_pdf_is_tagged_and_says_what_the_page_says(
    plan: Plan, secretariat: Actor, reader: Client
) -> None:
    say(plan, 3, "on_track", date(2026, 6, 1), secretariat)
    answer = reader.get(path(plan, ".pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "nb-NO" and root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    said = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for part in report(plan, secretariat).parts:
        assert part.heading.replace("\xa0", " ") in said
        for table in part.tables:
            for row in table.rows:
                assert row[0].replace("\xa0", " ") in said
    marks = [one["/Title"] for one in pdf.outline if not isinstance(one, list)]
    assert marks[0].startswith("Slik står det til")


def test_pictures_are_told_in_words_in_word_and_pdf(plan: Plan, secretariat: Actor, reader: Client) -> None:
    document = word(plan, reader)
    described = re.findall(r'descr="([^"]+)"', document.element.xml)  # type: ignore[attr-defined]
    assert described and described[0].startswith("Slik står det til i hvert område. To av fire tiltak")
    pdf = pypdf.PdfReader(io.BytesIO(reader.get(path(plan, ".pdf")).content))
    assert alts(pdf) == described


@pytest.mark.parametrize("ending", ["/", ".docx", ".pdf"])
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
    made = report(plan, secretariat, briefs=(other, figures))
    found = [part for part in made.parts if part.key.startswith("befolkning")]
    assert [(one.heading, one.sentences) for one in found] == [
        ("Halden vokser mest", ("Flere blir over 80.", "SSB"))
    ]


def test_letters_xml_cannot_hold_do_not_stop_the_document(plan: Plan, secretariat: Actor) -> None:
    with scope(secretariat):
        Measure.objects.filter(plan=plan, order=1).update(text="Avtale\x0c fast\x02 telefontid", title="")
    made, made_at = report(plan, secretariat), datetime(2026, 11, 22, 12)
    tables = docx.Document(io.BytesIO(to_docx(paper_of(made, made_at=made_at, ending="docx")))).tables
    assert "Avtale fast telefontid" in [cell.text for table in tables for cell in table.columns[0].cells]
    pdf = pypdf.PdfReader(io.BytesIO(to_pdf(paper_of(made, made_at=made_at, ending="pdf"))))
    assert "Avtale fast telefontid" in "".join(page.extract_text() for page in pdf.pages)


def test_the_plan_page_leads_to_its_report(plan: Plan, reader: Client) -> None:
    assert f'href="{path(plan)}"' in reader.get(f"/planer/{plan.pk}/").content.decode()
