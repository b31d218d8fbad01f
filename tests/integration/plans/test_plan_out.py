"""The plan as Word and PDF: what is written out reads back as the same plan, and changes nothing in it."""

import io
from datetime import date, datetime
from pathlib import Path

import docx
import pypdf
import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings

from factories.people import actor
from factories.tried import a_few
from integration.plans.made_plans import wholes
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in
from samspill.cli.plans import known_communities
from samspill.directory.public import Actor, scope
from samspill.documents.public import Document, read_here
from samspill.documents.writing import to_docx, to_pdf
from samspill.plans.actions.importing.checks import days_of
from samspill.plans.document.contents import paper_of
from samspill.plans.document.whole import Promise, Whole, whole_of
from samspill.plans.public import FocusArea, Goal, Measure, Plan, publish, set_deadline
from samspill.plans.queries.rows import rows_without_holes
from samspill.plans.reading import PlanReading, read_plan
from samspill.plans.states import KIND_OF

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).parents[3] / "src" / "samspill" / "demo" / "plans"
SHOWN = ("ostfold", "more-og-romsdal")  # communities of the demonstration's plans
WRITERS = {"docx": to_docx, "pdf": to_pdf}
MADE = datetime(2026, 11, 22, 12, 0)
TODAY = date(2026, 11, 22)
# The community each real plan is of; the fifth document answers questions: no measures make a plan of it
REAL = {"000": "ostfold", "001": "vestfold", "003": "troms-og-ofoten", "004": "sogn-og-fjordane"}


def read_bytes(content: bytes, ending: str, folder: Path) -> PlanReading:
    path = folder / f"plan.{ending}"
    path.write_bytes(content)
    document: Document = read_here(path)
    return read_plan(document, communities=known_communities(TODAY))


def written(whole: Whole, ending: str) -> bytes:
    with translation.override(whole.language):
        return WRITERS[ending](paper_of(whole, made_at=MADE, address="https://samspill.example/planer/3/"))


def promises_in(reading: PlanReading) -> list[tuple[str, Promise]]:
    """Area and measure, in order; labels apart, which are only marks in a table."""
    return [
        (
            measure.focus_area,
            Promise(
                text=measure.text,
                goal=measure.goal,
                responsible=tuple(one.raw for one in measure.responsible),
                deadline_raw=measure.deadline_raw,
                deadline=measure.deadline,
            ),
        )
        for measure in reading.measures
    ]


def facts_of(reading: PlanReading) -> dict[str, object]:
    """What must be the same, however the document is laid out."""
    return {
        "title": reading.title,
        "kind": reading.kind,
        "community": reading.community.name,
        "period": days_of(reading.period),
        "adopted": reading.adopted,
        "slogan": reading.slogan,
        "language": reading.language,
        "abbreviations": dict(reading.abbreviations),
        "areas": [(one.number, one.title, one.parent) for one in reading.focus_areas],
        "goals": {(one.focus_area, one.text) for one in reading.goals},
        "measures": promises_in(reading),
    }


def facts_written(whole: Whole) -> dict[str, object]:
    """The same facts as they were to be written."""
    key = [one.number or one.title for one in whole.sections]
    parts = [("", whole.loose), *zip(key, whole.sections, strict=True)]
    return {
        "title": whole.title,
        "community": whole.community_name,
        "period": (whole.start, whole.end),
        "slogan": whole.slogan,
        "adopted": bool(whole.adoption),
        "abbreviations": dict(whole.abbreviations or {}),
        "areas": [
            (one.number, one.title, key[one.parent] if one.parent is not None else "")
            for one in whole.sections
        ],
        "goals": {(area, goal) for area, part in parts for goal in part.goals},
        "measures": [
            (area, promise.goal, promise.text, promise.responsible, promise.deadline)
            for area, part in parts
            for promise in part.promises
        ],
    }


def whole(plan: Plan, by: Actor) -> Whole:
    with scope(by), translation.override(plan.language):
        return whole_of(plan, rows_without_holes([plan], by), by)


def facts_stored(plan: Plan, by: Actor) -> dict[str, object]:
    """The same facts as the database holds them."""
    with scope(by):
        areas = list(FocusArea.objects.filter(plan=plan).select_related("parent").order_by("order"))
        key = {area.pk: area.number or area.title for area in areas}
        goals = {
            (key.get(goal.area_id, ""), goal.title)
            for goal in Goal.objects.filter(plan=plan).select_related("area")
        }
        kinds = {stored: read for read, stored in KIND_OF.items()}
        found = whole(plan, by)
        measures = [(key.get(row.measure.area_id, ""), row) for row in rows_without_holes([plan], by)]
    said = {one.text: one for part in (*found.sections, found.loose) for one in part.promises}
    return {
        "title": plan.title,
        "kind": kinds.get(plan.kind, ""),
        "community": plan.community.name,
        "period": (plan.period_start, plan.period_end),
        "areas": [(one.number, one.title, key.get(one.parent_id, "")) for one in areas],
        "goals": goals,
        "measures": [
            (
                area,
                Promise(
                    text=row.measure.text,
                    goal=row.measure.goal.title if row.measure.goal else "",
                    responsible=said[row.measure.text].responsible,
                    deadline_raw=row.measure.deadline_raw,
                    deadline=row.measure.deadline,
                ),
            )
            for area, row in measures
        ],
    }


def check_same(plan: Plan, by: Actor, content: bytes, ending: str, folder: Path) -> None:
    """The document says what is stored, and bringing it in again changes nothing."""
    read = facts_of(read_bytes(content, ending, folder))
    stored = facts_stored(plan, by)
    for name, value in stored.items():
        assert read[name] == value, name
    before = state_of(plan, by)
    result = bring(content, by, f"plan.{ending}")
    assert result.plan == plan
    assert (result.is_new, result.created, result.gone) == (False, 0, 0)
    assert result.problems == []
    assert state_of(plan, by) == before


def state_of(plan: Plan, by: Actor) -> list[object]:
    with scope(by):
        measures = Measure.objects.filter(plan=plan).order_by("pk")
        return [
            list(measures.values_list("pk", "order", "area", "goal", "text", "deadline", "gone_in", "label")),
            list(FocusArea.objects.filter(plan=plan).order_by("pk").values_list("pk", "title", "order")),
            list(Goal.objects.filter(plan=plan).order_by("pk").values_list("pk", "title", "area")),
            list(Plan.objects.filter(pk=plan.pk).values()),
        ]


@pytest.fixture
def reader(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def fetched(client: Client, plan: Plan, ending: str) -> bytes:
    answer = client.get(f"/planer/{plan.pk}/plan.{ending}")
    assert answer.status_code == 200
    assert f'.{ending}"' in answer.headers["Content-Disposition"]
    return answer.content


@pytest.mark.parametrize("ending", WRITERS)
@a_few("community", SHOWN, most=1)
def test_a_plan_of_the_demonstration_reads_back_as_itself(
    community: str, ending: str, tmp_path: Path
) -> None:
    by = actor(community)
    path = max(DEMO.glob(f"handlingsplan-{community}-*.md"))  # the newest, where a former one stands too
    plan = bring(path.read_bytes(), by, path.name).plan
    check_same(plan, by, fetched(signed_in(by), plan, ending), ending, tmp_path)


@pytest.mark.parametrize("ending", WRITERS)
@a_few("number", REAL, most=1)
def test_a_real_plan_reads_back_as_itself(seeds: Path, number: str, ending: str, tmp_path: Path) -> None:
    by = actor(REAL[number])
    (path,) = seeds.glob(f"{number}_*")
    plan = bring(path.read_bytes(), by, path.name).plan
    check_same(plan, by, fetched(signed_in(by), plan, ending), ending, tmp_path)
    first = facts_of(read_bytes(path.read_bytes(), "txt", tmp_path))
    again = facts_of(read_bytes(fetched(signed_in(by), plan, ending), ending, tmp_path))
    for name in ("adopted", "slogan", "language", "abbreviations"):
        assert again[name] == first[name], name


@pytest.mark.slow
@pytest.mark.parametrize("ending", WRITERS)
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(whole=wholes())
def test_any_plan_reads_back_as_itself(whole: Whole, ending: str, tmp_path: Path) -> None:
    reading = read_bytes(written(whole, ending), ending, tmp_path)
    read = facts_of(reading)
    read["adopted"] = read["adopted"] is not None
    read["measures"] = [
        (one.focus_area, one.goal, one.text, tuple(who.raw for who in one.responsible), one.deadline)
        for one in reading.measures
    ]
    for name, value in facts_written(whole).items():
        assert read[name] == value, name


def test_what_is_set_here_stands_in_the_document(secretariat: Actor, reader: Client, tmp_path: Path) -> None:
    plan = bring(small_plan(), secretariat).plan
    with scope(secretariat):
        first = Measure.objects.filter(plan=plan).order_by("order")[1]
        set_deadline(first, deadline=date(2027, 9, 30), by=secretariat)
    read = read_bytes(fetched(reader, plan, "pdf"), "pdf", tmp_path)
    assert read.measures[1].deadline == date(2027, 9, 30)


def test_the_pdf_is_tagged_named_and_has_bookmarks(secretariat: Actor, reader: Client) -> None:
    plan = bring(small_plan(), secretariat).plan
    pdf = pypdf.PdfReader(io.BytesIO(fetched(reader, plan, "pdf")))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "nb-NO"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()
    assert pdf.metadata and pdf.metadata.title == plan.title
    assert "Innsatsområde 1: Barn og unge" in [one["/Title"] for one in pdf.outline]
    fonts = [
        font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in pdf.pages
        for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
    ]
    assert fonts and all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_word_document_has_headings_repeated_heads_and_language(
    secretariat: Actor, reader: Client
) -> None:
    plan = bring(small_plan(), secretariat).plan
    with scope(secretariat):
        Plan.objects.filter(pk=plan.pk).update(language="nn")
    document = docx.Document(io.BytesIO(fetched(reader, plan, "docx")))
    assert [one.text for one in document.paragraphs if one.style.name == "Title"] == [plan.title]
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Forkortingar", "Innsatsområde 1: Barn og unge", "Organisering", "Om planen"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Tiltak", "Ansvarleg", "Frist"]
    assert "w:tblHeader" in table.rows[0]._tr.xml and "w:tblHeader" not in table.rows[1]._tr.xml
    assert document.core_properties.language == "nn-NO"
    assert "NUMPAGES" in document.sections[0].footer._element.xml


@pytest.mark.parametrize("ending", WRITERS)
def test_only_those_who_see_the_plan_can_take_it_along(
    secretariat: Actor, client: Client, ending: str
) -> None:
    plan = bring(small_plan(), secretariat).plan
    address = f"/planer/{plan.pk}/plan.{ending}"
    assert client.get(address).status_code == 404
    assert signed_in(actor("troms-og-ofoten")).get(address).status_code == 404
    with scope(secretariat):
        publish(plan, by=secretariat)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("ending", WRITERS)
def test_a_plan_is_written_out_with_at_most_16_queries(
    secretariat: Actor, reader: Client, django_assert_max_num_queries: object, ending: str
) -> None:
    plan = bring(small_plan(), secretariat).plan
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        fetched(reader, plan, ending)


def test_the_plan_page_and_its_source_lead_to_the_documents(secretariat: Actor, reader: Client) -> None:
    plan = bring(small_plan(), secretariat).plan
    for address in (f"/planer/{plan.pk}/", f"/planer/{plan.pk}/kilde/"):
        page = reader.get(address).content.decode()
        for ending in WRITERS:
            assert f'href="/planer/{plan.pk}/plan.{ending}"' in page
