"""A table at work: exactly once whatever happens to the worker, undone as a whole, by those who may."""

from datetime import date

import pytest
from django.utils import translation

from factories.people import TODAY, actor
from integration.plans.small_plans import bring as bring_plan
from integration.plans.small_plans import small_plan
from integration.plans.tables_at_hand import (
    HEAD,
    brought,
    codes,
    csv_file,
    exported,
    in_plan,
    key,
    row_for,
    rows_of,
    taken,
    undone,
    verdicts,
    worked_on,
)
from samspill.directory.public import Actor, AuditEvent, scope
from samspill.plans.actions.bringing_in import take_in
from samspill.plans.acts_in_words import act_in_words
from samspill.plans.models import TableImport
from samspill.plans.public import (
    Measure,
    Plan,
    StatusReport,
    edit_text,
    report_status,
    set_deadline,
    undo,
)
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring_plan(small_plan(), secretariat).plan


@pytest.fixture
def measures(plan: Plan, secretariat: Actor) -> list[Measure]:
    with scope(secretariat):
        return list(Measure.objects.filter(plan=plan).order_by("order"))


# -- exactly once


def test_a_worker_that_dies_leaves_nothing_half_done_and_the_next_goes_on(
    plan: Plan, secretariat: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samspill.plans.actions.bringing_in import steps

    rows = [("", f"Tiltak nummer {number}", "SSU", "") for number in range(25)]
    real = steps.save_many
    calls = []

    def dies(*args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        calls.append(1)
        if len(calls) == 2:
            raise ConnectionError("the worker is gone")
        real(*args, **kwargs)

    made = brought(plan, csv_file(HEAD, *rows), secretariat, chunk=10)
    assert verdicts(made, secretariat) == ["new"] * 25
    with scope(secretariat):
        take_in(made, by=secretariat)
    with monkeypatch.context() as patched:
        patched.setattr(steps, "save_many", dies)
        with pytest.raises(ConnectionError):
            worked_on(made, secretariat, chunk=10)
    with scope(secretariat):
        half = TableImport.objects.get(pk=made.pk)
    assert (half.state, half.done) == ("taking", 10)
    assert len(in_plan(plan, secretariat)) == 13
    made = worked_on(made, secretariat, chunk=10)
    assert (made.state, made.done) == ("taken", 25)
    assert len(in_plan(plan, secretariat)) == len(set(in_plan(plan, secretariat))) == 28
    assert worked_on(made, secretariat).done == 25, "a job that comes twice finds nothing to do"


def test_checking_goes_on_where_it_stopped(
    plan: Plan, secretariat: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from samspill.plans.actions.bringing_in.checking import Checker

    rows = [("", f"Tiltak nummer {number}", "", "") for number in range(25)]
    real = Checker.row

    def dies(self: Checker, line):  # type: ignore[no-untyped-def]
        if line.number == 15:
            raise ConnectionError("the worker is gone")
        return real(self, line)

    with monkeypatch.context() as patched:
        patched.setattr(Checker, "row", dies)
        with pytest.raises(ConnectionError):
            brought(plan, csv_file(HEAD, *rows), secretariat, chunk=10)
    with scope(secretariat):
        made = TableImport.objects.get(plan=plan)
    assert (made.state, made.done, made.total) == ("checking", 10, 25)
    made = worked_on(made, secretariat, chunk=10)
    assert (made.state, [row.number for row in rows_of(made, secretariat)]) == ("ready", list(range(2, 27)))


def test_what_somebody_changed_after_the_check_is_left_alone_and_told(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(("Nøkkel", "Tiltak"), (key(measures[0]), "Fra tabellen"), (key(measures[1]), "Også"))
    made = brought(plan, content, secretariat)
    with scope(secretariat):
        edit_text(measures[0], title="", text="Skrevet i mellomtida", by=secretariat)
    made = taken(made, secretariat)
    assert codes(made, secretariat) == ["row.changed_since", ""]
    assert in_plan(plan, secretariat)[:2] == ["Skrevet i mellomtida", "Også"]


def test_a_table_is_taken_in_once(plan: Plan, secretariat: Actor) -> None:
    made = taken(brought(plan, csv_file(HEAD, ("", "Møtes", "", "")), secretariat), secretariat)
    with scope(secretariat), pytest.raises(Refused) as refused:
        take_in(made, by=secretariat)
    assert refused.value.code in {"table.state", "table.nothing"}


# -- the way back


def test_the_whole_table_is_undone(plan: Plan, measures: list[Measure], secretariat: Actor) -> None:
    with scope(secretariat):
        report_status(measures[1], word="on_track", sentence="Før", by=secretariat)
    before = exported(plan, secretariat, "csv")
    content = csv_file(
        ("Nøkkel", "Innsatsområde", "Tiltak", "Ansvarlig", "Bidrar", "Frist", "Status", "Siste melding"),
        (key(measures[0]), "Nytt felt", "Nye ord", "Halden", "Moss", "01.09.2026", "", ""),
        (key(measures[1]), "1 Barn og unge", measures[1].text, "SSU", "", "", "Fullført", "Etter"),
        ("", "1 Barn og unge", "Et nytt", "", "", "", "", ""),
    )
    made = taken(brought(plan, content, secretariat), secretariat)
    assert exported(plan, secretariat, "csv") != before
    made = undone(made, secretariat)
    assert made.state == "undone"
    assert exported(plan, secretariat, "csv") == before
    again = brought(plan, content, secretariat)
    assert verdicts(again, secretariat) == ["changed"] * 3, "it can be brought once more"


def test_undoing_leaves_alone_what_was_changed_since(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(("Nøkkel", "Tiltak"), (key(measures[0]), "Ett"), (key(measures[1]), "To"))
    made = taken(brought(plan, content, secretariat), secretariat)
    with scope(secretariat):
        edit_text(measures[0], title="", text="Enda nyere", by=secretariat)
    made = undone(made, secretariat)
    assert [row.outcome for row in rows_of(made, secretariat)] == ["kept", "undone"]
    assert in_plan(plan, secretariat)[:2] == ["Enda nyere", measures[1].text]


def test_one_change_of_a_table_can_be_undone_by_itself_from_the_measure(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(("Nøkkel", "Tiltak", "Frist"), (key(measures[0]), "Nye ord", "01.09.2026"))
    taken(brought(plan, content, secretariat), secretariat)
    with scope(secretariat):
        event = AuditEvent.objects.get(on_kind="plans.measure", on_id=measures[0].pk, act="measure.deadline")
        undo(event.pk, by=secretariat)
    now = row_for(measures[0], secretariat).measure
    assert (now.deadline, now.text) == (date(2027, 6, 30), "Nye ord")


def test_a_move_to_another_area_goal_and_label_is_undone_by_itself_and_said_in_words(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    before = (measures[0].area_id, measures[0].goal_id, measures[0].label)
    head = ("Nøkkel", "Innsatsområde", "Mål", "Merke i planen", "Tiltak")
    content = csv_file(head, (key(measures[0]), "Ledelse", "Tid til å lede", "b)", measures[0].text))
    taken(brought(plan, content, secretariat), secretariat)
    moved = row_for(measures[0], secretariat).measure
    assert (str(moved.area), str(moved.goal), moved.label) == ("Ledelse", "Tid til å lede", "b)")
    with scope(secretariat), translation.override("nb"):
        event = AuditEvent.objects.get(on_kind="plans.measure", on_id=measures[0].pk, act="measure.place")
        assert act_in_words(event) == "Plassen i planen er endret."
        undo(event.pk, by=secretariat)
        again = AuditEvent.objects.get(on_kind="plans.measure", on_id=measures[0].pk, act="measure.undo")
        assert act_in_words(again) == "Angret: Plassen i planen er endret."
    now = row_for(measures[0], secretariat).measure
    assert (now.area_id, now.goal_id, now.label) == before
    with scope(secretariat):
        undo(again.pk, by=secretariat)
        with pytest.raises(Refused) as refused:
            undo(event.pk + 10_000, by=secretariat)
    assert refused.value.code == "undo.unknown"
    assert str(row_for(measures[0], secretariat).measure.area) == "Ledelse"


def test_a_move_is_not_undone_when_somebody_has_moved_it_again(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    head = ("Nøkkel", "Innsatsområde", "Tiltak")
    for area in ("Ledelse", "Kompetanse"):
        taken(
            brought(plan, csv_file(head, (key(measures[0]), area, measures[0].text)), secretariat),
            secretariat,
        )
    with scope(secretariat):
        acts = AuditEvent.objects.filter(on_kind="plans.measure", on_id=measures[0].pk, act="measure.place")
        with pytest.raises(Refused) as refused:
            undo(acts.order_by("pk")[0].pk, by=secretariat)
    assert refused.value.code == "undo.changed"


def test_history_of_reports_only_grows(plan: Plan, measures: list[Measure], secretariat: Actor) -> None:
    content = csv_file(("Nøkkel", "Tiltak", "Status"), (key(measures[0]), measures[0].text, "Fullført"))
    undone(taken(brought(plan, content, secretariat), secretariat), secretariat)
    with scope(secretariat):
        said = StatusReport.objects.filter(measure=measures[0]).order_by("pk").values_list("word", flat=True)
        assert list(said) == ["done", "not_started"]
        assert Measure.objects.get(pk=measures[0].pk).state == measures[0].state


# -- who


@pytest.mark.parametrize("role", ["member", "director", "observer"])
def test_only_those_who_keep_the_plan_bring_tables(plan: Plan, role: str) -> None:
    somebody = actor("ostfold", role, name="Jonas Tveitan")
    with pytest.raises(Refused) as refused:
        brought(plan, csv_file(HEAD, ("", "Møtes", "", "")), somebody)
    assert refused.value.forbidden


def test_a_file_belongs_to_one_plan(plan: Plan, secretariat: Actor) -> None:
    content = csv_file(HEAD, ("", "Møtes", "", ""))
    taken(brought(plan, content, secretariat), secretariat)
    other = bring_plan(small_plan(years="2024-2025", adopted=""), secretariat, name="neste.md").plan
    made = brought(other, content, secretariat)
    with scope(secretariat), pytest.raises(Refused) as refused:
        take_in(made, by=secretariat)
    assert refused.value.code == "table.other_plan"


def test_the_deadline_somebody_set_here_stands_in_the_next_table(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    with scope(secretariat):
        set_deadline(measures[1], deadline=date(2027, 1, 15), by=secretariat)
    assert "2027-01-15" in exported(plan, secretariat, "csv").decode("utf-8-sig")
    assert date(2027, 1, 15) > TODAY


def test_what_a_measure_was_before_the_table_stands_in_its_history(
    plan: Plan, measures: list[Measure], secretariat: Actor
) -> None:
    content = csv_file(("Nøkkel", "Tiltak"), (key(measures[0]), "Nye ord"))
    taken(brought(plan, content, secretariat), secretariat)
    with scope(secretariat):
        kept = measures[0].events.order_by("pgh_id").values_list("pgh_label", "text")  # type: ignore[attr-defined]
        assert list(kept)[-2:] == [("insert", measures[0].text), ("update", "Nye ord")]
        anchors = Measure.objects.filter(pk=measures[0].pk).values_list("line", "verbatim", "document")
        assert list(anchors) == [(measures[0].line, measures[0].verbatim, measures[0].document_id)]
