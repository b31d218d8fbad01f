"""How it goes is said, kept, and shown for six months; a plan is adopted and opened."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from factories.people import actor
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, AuditEvent, SearchEntry, nobody, scope
from samspill.plans.public import (
    ImportResult,
    Measure,
    Plan,
    ShownStatus,
    StatusReport,
    adopt,
    publish,
    report_status,
    rows_of,
)
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


def test_a_report_is_shown_and_moves_the_measure(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        row = rows_of(imported.plan, secretariat)[0]
        report_status(row.measure, word="on_track", sentence="To skoler er med.", by=secretariat)
        row = rows_of(imported.plan, secretariat)[0]
    assert row.shown.status == ShownStatus.ON_TRACK
    assert row.measure.state == "in_progress"
    assert row.report is not None
    assert (row.report.sentence, row.report.by_name) == ("To skoler er med.", "Randi Høgåsen")


def test_a_status_older_than_six_months_is_unknown_never_on_track(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        report_status(measure, word="on_track", by=secretariat, at=datetime(2026, 5, 1, 12, tzinfo=UTC))
        assert rows_of(imported.plan, secretariat)[0].shown.status == ShownStatus.UNKNOWN
        report_status(measure, word="on_track", by=secretariat, at=datetime(2026, 11, 1, 12, tzinfo=UTC))
        assert rows_of(imported.plan, secretariat)[0].shown.status == ShownStatus.ON_TRACK


def test_the_newest_report_stands_whatever_order_they_came_in(
    imported: ImportResult, secretariat: Actor
) -> None:
    with scope(secretariat):
        measure = Measure.objects.filter(plan=imported.plan)[0]
        report_status(measure, word="late", by=secretariat, at=datetime(2026, 11, 10, 12, tzinfo=UTC))
        report_status(measure, word="on_track", by=secretariat, at=datetime(2026, 10, 1, 12, tzinfo=UTC))
        row = rows_of(imported.plan, secretariat)[0]
    assert row.shown.status == ShownStatus.LATE


def test_reports_are_only_added(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat):
        report_status(Measure.objects.filter(plan=imported.plan)[0], word="late", by=secretariat)
        for change in (
            lambda: StatusReport.objects.update(word="done"),
            lambda: StatusReport.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_word_nobody_knows_is_refused(imported: ImportResult, secretariat: Actor) -> None:
    with scope(secretariat), pytest.raises(Refused) as refusal:
        report_status(Measure.objects.filter(plan=imported.plan)[0], word="green", by=secretariat)
    assert refusal.value.code == "status.word"


def test_those_who_answer_for_a_measure_report_on_it_and_on_no_other(imported: ImportResult) -> None:
    member = actor("ostfold", "member", name="Jonas Tveitan")
    with scope(member):
        mine, other = (
            next(row for row in rows_of(imported.plan, member) if str(row.accountable) == name)
            for name in ("SSU", "Halden")
        )
        assert mine.accountable is not None
        assert mine.accountable.body_id is not None
        sitting = Actor(**{**member.__dict__, "body_ids": frozenset({mine.accountable.body_id})})
        report_status(mine.measure, word="on_track", by=sitting)
        with pytest.raises(Refused) as refusal:
            report_status(other.measure, word="on_track", by=sitting)
        assert refusal.value.forbidden


@pytest.mark.parametrize("role", ["observer", "analyst"])
def test_an_observer_does_not_report(imported: ImportResult, role: str) -> None:
    somebody = actor("ostfold", role)
    with scope(somebody), pytest.raises(Refused) as refusal:
        report_status(Measure.objects.filter(plan=imported.plan)[0], word="done", by=somebody)
    assert refusal.value.forbidden


def unadopted(by: Actor) -> Plan:
    return bring(small_plan(adopted="Til behandling"), by).plan


def test_adopting_a_plan_moves_its_measures_and_lists_what_is_missing(secretariat: Actor) -> None:
    plan = unadopted(secretariat)
    with scope(secretariat):
        adopt(plan, on=date(2026, 11, 20), adopted_by="Partnerskapsmøtet", by=secretariat)
        assert {one.state for one in Measure.objects.filter(plan=plan)} == {"adopted"}
        event = AuditEvent.objects.get(act="plan.adopt")
    assert (len(event.details["without_accountable"]), len(event.details["without_deadline"])) == (1, 2)


def test_a_plan_with_a_measure_outside_all_areas_cannot_be_adopted(secretariat: Actor) -> None:
    plan = unadopted(secretariat)
    with scope(secretariat):
        Measure.objects.filter(plan=plan, order=1).update(area=None)
        with pytest.raises(Refused) as refusal:
            adopt(plan, on=date(2026, 11, 20), adopted_by="Partnerskapsmøtet", by=secretariat)
        assert refusal.value.code == "plan.no_area"
        plan.refresh_from_db()
        assert plan.adopted_on is None


def test_a_plan_is_not_adopted_tomorrow(secretariat: Actor) -> None:
    plan = unadopted(secretariat)
    with scope(secretariat), pytest.raises(Refused) as refusal:
        adopt(plan, on=date(2026, 11, 23), adopted_by="Partnerskapsmøtet", by=secretariat)
    assert refusal.value.field == "on"


def test_nobody_outside_sees_a_plan_until_it_is_published(imported: ImportResult, secretariat: Actor) -> None:
    public = nobody(secretariat.today)
    with scope(public):
        assert not Plan.objects.visible_to(public).exists()
        assert not Plan.objects.exists(), "the database says the same"
        assert not Measure.objects.exists()
    with scope(secretariat):
        publish(imported.plan, by=secretariat)
    with scope(public):
        assert [plan.pk for plan in Plan.objects.all()] == [imported.plan.pk]
        assert Measure.objects.count() == Measure.objects.visible_to(public).count() == 3
        assert SearchEntry.objects.filter(kind="plans.measure").count() == 3
    with scope(secretariat):
        publish(imported.plan, by=secretariat, is_open=False)
    with scope(public):
        assert not Measure.objects.exists()
        assert not SearchEntry.objects.filter(kind="plans.measure").exists()


def test_another_helsefellesskap_reads_a_published_plan_and_changes_nothing(
    imported: ImportResult, secretariat: Actor
) -> None:
    vestfold = actor("vestfold", name="Siri Holm")
    with scope(vestfold):
        assert not Plan.objects.filter(pk=imported.plan.pk).exists()
        assert not StatusReport.objects.exists()
    with scope(secretariat):
        publish(imported.plan, by=secretariat)
    with scope(vestfold):
        row = rows_of(imported.plan, vestfold)[1]
        assert row.holes == {}
        with pytest.raises(Refused) as refusal:
            report_status(row.measure, word="done", by=vestfold)
        assert refusal.value.forbidden
        with pytest.raises(Refused):
            publish(imported.plan, by=vestfold, is_open=False)
        changed = Measure.objects.filter(pk=row.measure.pk).update(text="x")
    assert changed == 0, "the database lets nobody outside change a row"


def test_only_the_secretariat_opens_a_plan(imported: ImportResult) -> None:
    owner = actor("ostfold", "plan_owner")
    with scope(owner), pytest.raises(Refused) as refusal:
        publish(imported.plan, by=owner)
    assert refusal.value.forbidden
