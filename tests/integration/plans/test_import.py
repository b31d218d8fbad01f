"""A document becomes a plan: all of it, once, or not at all."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from factories.people import actor
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, AuditEvent, Body, SearchEntry, scope
from samspill.plans.public import (
    FocusArea,
    Goal,
    ImportResult,
    Measure,
    MeasureResponsible,
    Plan,
    PlanDocument,
    edit_text,
    report_status,
    set_deadline,
)
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db

TABLES = (Plan, PlanDocument, FocusArea, Goal, Measure, MeasureResponsible, SearchEntry, AuditEvent, Body)


def row_counts() -> dict[str, int]:
    """Rows of every table an import writes, histories included."""
    counts = {}
    for model in TABLES:
        counts[model.__name__] = model.objects.count()
        if hasattr(model, "events"):
            history = model._meta.get_field("events").related_model
            counts[history.__name__] = history.objects.count()
    return counts


@pytest.fixture
def troms() -> Actor:
    return actor("troms-og-ofoten", name="Ingrid Nakken")


def test_the_plan_with_tables_becomes_25_measures_with_their_responsibles(
    troms: Actor, table_plan: bytes
) -> None:
    result = bring(table_plan, troms, "handlingsplan.txt")
    with scope(troms):
        measures = Measure.objects.filter(plan=result.plan)
        assert (result.is_new, result.created, measures.count()) == (True, 25, 25)
        assert [area.number for area in FocusArea.objects.filter(plan=result.plan)] == ["2.1", "2.2", "2.3"]
        assert Goal.objects.filter(plan=result.plan).count() == 9
        assert all(measure.responsibles.exists() for measure in measures)
        assert str(result.plan.period_start) == "2023-01-01"
        assert str(result.plan.period_end) == "2023-12-31"


def owners_of(line: int) -> list[tuple[str, str, str]]:
    found = MeasureResponsible.objects.filter(measure__line=line).order_by("order")
    return [(one.raw, str(one.body or one.party or one.side), one.role) for one in found]


def test_responsibles_lead_to_bodies_parties_and_sides(troms: Actor, table_plan: bytes) -> None:
    bring(table_plan, troms, "handlingsplan.txt")
    with scope(troms):
        assert owners_of(103) == [("FSU BU", "FSU BU", "accountable")]
        assert owners_of(108) == [
            ("SEKR", "SEKR", "accountable"),
            ("UNN", "UNN", "helper"),
            ("kommunene", "municipalities", "helper"),
        ]
        assert owners_of(140) == [("Felles", "all", "accountable")]
        assert owners_of(107)[0][:2] == ("Utvalgsrepresentanter", ""), "nobody we know: the words stand"
        assert Body.objects.get(short_name="FSU BU").name == "Faglig samarbeidsutvalg barn og unge"


def test_an_abbreviation_that_is_no_body_makes_none(secretariat: Actor) -> None:
    content = small_plan().replace(b"SSU = ", b"DHO = digital hjemmeoppf\xc3\xb8lging\n\nSSU = ")
    bring(content, secretariat)
    with scope(secretariat):
        assert not Body.objects.filter(short_name="DHO").exists()
        assert Body.objects.filter(community_id=secretariat.community_id, short_name="SSU").count() == 1


def test_a_second_import_of_the_same_file_changes_nothing(troms: Actor, table_plan: bytes) -> None:
    first = bring(table_plan, troms, "handlingsplan.txt")
    with scope(troms):
        before = row_counts()
    again = bring(table_plan, troms, "other name.txt")
    with scope(troms):
        assert row_counts() == before
    assert (again.plan, again.is_new, again.created, again.unchanged) == (first.plan, False, 0, 25)


def test_document_line_and_words_are_kept(troms: Actor, table_plan: bytes) -> None:
    result = bring(table_plan, troms, "handlingsplan.txt")
    source = table_plan.decode().splitlines()
    with scope(troms):
        document = PlanDocument.objects.get(plan=result.plan)
        assert bytes(document.content) == table_plan
        for measure in Measure.objects.filter(plan=result.plan):
            assert measure.document == document
            assert measure.text in source[measure.line - 1]
            assert measure.verbatim in "\n".join(source[measure.line - 1 : measure.last_line])


def test_edited_words_never_overwrite_the_anchor(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        before = (measure.verbatim, measure.line, measure.source_key)
        edit_text(measure, title="Telefontid", text="Fast telefontid hver dag", by=secretariat)
        measure.refresh_from_db()
        assert (measure.verbatim, measure.line, measure.source_key) == before
        with pytest.raises(DatabaseError, match="anchor_stays"), transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(verbatim="noe annet")


def test_reading_a_changed_document_adds_marks_and_keeps(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        kept, gone, _last = Measure.objects.filter(plan=imported.plan).order_by("order")
        report_status(kept, word="on_track", sentence="Vi har begynt.", by=secretariat)
        edit_text(kept, title="Telefontid", text="Fast telefontid hver dag", by=secretariat)
    newer = small_plan(
        rows=(
            ("Skrive veileder for overganger", "SSU", ""),
            ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
            ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2027"),
        )
    )
    result = bring(newer, secretariat)
    assert (result.plan, result.is_new) == (imported.plan, False)
    assert (result.created, result.unchanged, result.gone) == (1, 2, 1)
    with scope(secretariat):
        kept.refresh_from_db()
        gone.refresh_from_db()
        assert (kept.text, kept.state, kept.reports.count()) == ("Fast telefontid hver dag", "in_progress", 1)
        assert gone.gone_in is not None
        assert Measure.objects.filter(plan=imported.plan).count() == 4, (
            "nothing is taken away, nothing doubled"
        )


def test_a_measure_that_comes_back_is_the_same_measure(imported: ImportResult, secretariat: Actor) -> None:
    bring(small_plan(rows=(("Skrive veileder for overganger", "SSU", ""),)), secretariat)
    first = ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2027")
    bring(small_plan(rows=(first,)), secretariat)
    with scope(secretariat):
        alive = Measure.objects.filter(plan=imported.plan, gone_in__isnull=True)
        assert [measure.text for measure in alive] == [first[0]]


def test_what_the_document_says_about_adoption_and_deadline_is_taken_over(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan).order_by("order")[0]
    assert (str(imported.plan.adopted_on), measure.state) == ("2025-02-07", "adopted")
    assert (str(measure.deadline), measure.deadline_precision) == ("2027-06-30", "day")


NONE_OF_THE_19 = small_plan(community="Helsefellesskapet Soria Moria")
BAD = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "plan.png", "document.unknown_type"),
    "a wrong ending": (small_plan(), "plan.pdf", "document.wrong_extension"),
    "an empty file": (b"   \n", "plan.txt", "document.empty"),
    "a plan without measures": (
        "# Handlingsplan for Helsefellesskapet Østfold 2025-2027\n\nVi vil hverandre vel.\n".encode(),
        "plan.md",
        "plan.empty",
    ),
    "a plan of nobody we know": (NONE_OF_THE_19, "plan.md", "plan.community_unknown"),
    "a plan of another helsefellesskap": (
        small_plan(community="Helsefellesskapet i Vestfold"),
        "plan.md",
        "plan.community_other",
    ),
    "an end before the start": (small_plan(years="2027-2025"), "plan.md", "plan.period"),
    "a deadline before the start": (
        small_plan(rows=(("Avtale fast telefontid", "SSU", "01.03.2019"),)),
        "plan.md",
        "measure.deadline",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_and_nothing_is_written(case: str, secretariat: Actor) -> None:
    content, name, code = BAD[case]
    with scope(secretariat):
        before = row_counts()
    with pytest.raises(Refused) as refusal:
        bring(content, secretariat, name)
    assert refusal.value.code == code
    assert refusal.value.sentence
    with scope(secretariat):
        assert row_counts() == before


def test_a_plan_whose_only_table_has_an_unknown_header_is_refused_by_naming_the_header(
    secretariat: Actor,
) -> None:
    head = "# Handlingsplan for Helsefellesskapet Østfold 2025-2027\n\n"
    table = "| Sykehjem | Plasser |\n| --- | --- |\n| Halden | 48 |\n"
    with pytest.raises(Refused) as refusal, translation.override("nb"):
        bring((head + table).encode(), secretariat, "plan.md")
    assert refusal.value.sentence.startswith("Vi fant ingen tiltak i «plan.md».")
    assert "har et hode vi ikke kjenner («Sykehjem" in refusal.value.sentence


def test_the_refusal_of_anothers_plan_says_whose_it_is_and_where_one_is(secretariat: Actor) -> None:
    with pytest.raises(Refused) as refusal:
        bring(small_plan(community="Helsefellesskapet i Vestfold"), secretariat)
    assert "Vestfold" in refusal.value.sentence
    assert "Østfold" in refusal.value.sentence


def test_a_deadline_before_the_start_is_refused_with_its_line(secretariat: Actor) -> None:
    content, name, _code = BAD["a deadline before the start"]
    line = 1 + content.decode().splitlines().index(
        "Trygge overganger\tAvtale fast telefontid\tSSU\t01.03.2019"
    )
    with pytest.raises(Refused) as refusal:
        bring(content, secretariat, name)
    assert str(line) in refusal.value.sentence


@pytest.mark.parametrize("role", ["observer", "member", "director", "analyst"])
def test_only_the_keepers_of_plans_read_them_in(role: str) -> None:
    with pytest.raises(Refused) as refusal:
        bring(small_plan(), actor("ostfold", role))
    assert refusal.value.forbidden


def test_a_plan_owner_reads_in_a_plan_without_adding_bodies() -> None:
    owner = actor("ostfold", "plan_owner")
    with scope(owner):
        Body.objects.filter(short_name="SSU").delete()
    result = bring(small_plan(), owner)
    assert any("Strategisk samarbeidsutvalg" in problem for problem in result.problems)
    with scope(owner):
        assert not Body.objects.filter(short_name="SSU").exists()


def test_deadlines_before_the_plan_are_refused_by_hand_as_well(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        with pytest.raises(Refused, match="2025"):
            set_deadline(measure, deadline=imported.plan.period_start.replace(year=2020), by=secretariat)
