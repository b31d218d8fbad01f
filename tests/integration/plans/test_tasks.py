"""What waits for somebody, and what other apps know of plans."""

from datetime import UTC, datetime

import pytest

from factories.people import actor
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import (
    INDEXERS,
    PILLARS,
    TASK_SOURCES,
    Actor,
    Due,
    Ref,
    SearchEntry,
    nobody,
    resolve,
    scope,
    search,
)
from samspill.plans.public import ImportResult, Measure, report_status, rows_of, set_deadline
from samspill.plans.queries.tasks import MOST_SINGLE, dues

pytestmark = pytest.mark.django_db


def waiting(by: Actor) -> list[Due]:
    with scope(by):
        return dues(by)


def test_holes_are_one_task_per_kind_not_one_per_measure(imported: ImportResult, secretariat: Actor) -> None:
    found = {due.key.rpartition(":")[2]: due for due in waiting(secretariat)}
    assert set(found) == {"owner", "deadline"}
    assert found["owner"].title == "Ett tiltak mangler ansvarlig"
    assert found["deadline"].title == "To tiltak mangler frist"
    assert found["deadline"].url == f"/planer/{imported.plan.pk}/?vis=hull&slag=frist"


def test_late_measures_stand_one_by_one_until_they_are_many(secretariat: Actor) -> None:
    rows = tuple((f"Tiltak nummer {number} i perioden", "SSU", "30.06.2026") for number in range(MOST_SINGLE))
    bring(small_plan(rows=rows), secretariat)
    single = waiting(secretariat)
    assert len(single) == MOST_SINGLE
    assert all(due.due is not None for due in single)
    bring(small_plan(rows=(*rows, ("Ett tiltak til i perioden", "SSU", "30.06.2026"))), secretariat)
    assert [due.title for due in waiting(secretariat)] == ["Seks tiltak er forsinket"]


def test_a_status_that_has_grown_old_is_asked_for(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        report_status(measure, word="on_track", by=secretariat, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert "Ett tiltak mangler fersk status" in [due.title for due in waiting(secretariat)]


def test_a_member_is_asked_about_what_their_own_body_answers_for(
    imported: ImportResult, secretariat: Actor
) -> None:
    member = actor("ostfold", "member")
    assert waiting(member) == []
    with scope(secretariat):
        row = rows_of(imported.plan, secretariat)[0]
        report_status(row.measure, word="on_track", by=secretariat, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
        body = row.responsibles[0].body_id
    assert body is not None
    sitting = Actor(**{**member.__dict__, "body_ids": frozenset({body})})
    assert [due.key for due in waiting(sitting)] == [f"plans.measure:{row.id}:status"]


def test_what_is_done_leaves_the_list_by_itself(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        for row in rows_of(imported.plan, secretariat):
            report_status(row.measure, word="done", by=secretariat)
    assert waiting(secretariat) == []


def test_tasks_take_few_queries(
    imported: ImportResult, secretariat: Actor, django_assert_max_num_queries: object
) -> None:
    with scope(secretariat), django_assert_max_num_queries(5):  # type: ignore[operator]
        dues(secretariat)


@pytest.mark.parametrize("who", ["vestfold", ""])
def test_others_are_asked_about_nothing(imported: ImportResult, secretariat: Actor, who: str) -> None:
    assert waiting(actor(who) if who else nobody(secretariat.today)) == []


def test_the_house_knows_plans_and_measures(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        refs = [
            Ref("plans.plan", imported.plan.pk),
            Ref("plans.measure", measure.pk),
            Ref("plans.measure", 0),
        ]
        found = resolve(refs, secretariat)
    assert [found[ref].url for ref in refs[:2]] == [
        f"/planer/{imported.plan.pk}/",
        f"/planer/{imported.plan.pk}/tiltak/{measure.pk}/",
    ]
    assert refs[2] not in found
    assert "plans" in TASK_SOURCES
    assert PILLARS["plans"].route == "plans:plan-list"


def test_measures_are_found_by_words_in_either_written_form(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        assert [hit.kind for hit in search("telefontid", secretariat).hits] == ["plans.measure"]
        assert search("besøk utskriving", secretariat).hits
    vestfold = actor("vestfold")
    with scope(vestfold):
        assert search("telefontid", vestfold).hits == []


def test_the_index_can_be_made_again_from_the_plans(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        before = set(
            SearchEntry.objects.filter(kind__startswith="plans.").values_list("kind", "thing_id", "text")
        )
        SearchEntry.objects.filter(kind__startswith="plans.").delete()
        assert INDEXERS["plans"](secretariat.community_id or 0) == len(before) == 4
        after = set(
            SearchEntry.objects.filter(kind__startswith="plans.").values_list("kind", "thing_id", "text")
        )
    assert after == before


def test_a_measure_without_deadline_that_goes_on_is_no_hole(secretariat: Actor) -> None:
    plan = bring(small_plan(rows=(("Møtes hver uke om samarbeidet", "SSU", "30.06.2027"),)), secretariat).plan
    with scope(secretariat):
        measure = Measure.objects.get(plan=plan)
        set_deadline(measure, deadline=None, by=secretariat)
        assert waiting(secretariat)
        Measure.objects.filter(plan=plan).update(deadline_raw="løpende", deadline_precision="ongoing")
        assert waiting(secretariat) == []
