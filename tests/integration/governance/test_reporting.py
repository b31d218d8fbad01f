"""A case is reported in four fields, gets a number without gaps, and the reporter has an answer."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.bodies import Bodies, give_mandate
from factories.people import actor
from samspill.directory.public import Actor, acts_on, scope
from samspill.directory.register.themes import themes
from samspill.governance.actions.cases import (
    CaseWords,
    Handling,
    bring_back,
    change_case,
    reject,
    report_case,
    return_case,
    save_draft,
    take_up,
    withdraw,
)
from samspill.governance.models import Case
from samspill.governance.queries.case_tasks import answer_due, dues
from samspill.governance.queries.cases import Wanted, case_list, visible_cases
from samspill.governance.rules.suggesting import suggest
from samspill.governance.states import CaseKind, CaseState
from samspill.refusal import Refused
from samspill.worklist.models import Notice

WORDS = CaseWords("Kveldspatrulje", "Skal vi dele en patrulje?", "De som kommer hjem sent")


@pytest.fixture
def reporter(bodies: Bodies) -> Actor:
    return actor("ostfold", "member", name="Torunn Eikeland")


def sent(by: Actor, title: str = "Kveldspatrulje") -> Case:
    with scope(by):
        return report_case(replace(WORDS, title=title), by=by)


def test_numbers_run_without_gaps_in_a_year_and_start_again_in_the_next(bodies: Bodies) -> None:
    days = [datetime(2026, 12, 30, 12, tzinfo=UTC), datetime(2026, 12, 31, 12, tzinfo=UTC)]
    days += [datetime(2026, 12, 31, 23, 30, tzinfo=UTC)]  # half past midnight in Norway
    assert [report_case(WORDS, by=bodies.by, now=day).reference for day in days] == [
        "2026/1",
        "2026/2",
        "2027/1",
    ]


def test_a_case_has_the_codes_that_plans_are_laid_side_by_side_by(bodies: Bodies) -> None:
    case = report_case(CaseWords("Fast telefontid for BUP", "Kan fastlegane få svar same dag?"), by=bodies.by)
    assert (case.patient_groups, case.themes) == (["barn_unge"], ["fastlege"])
    case = change_case(case, Handling("Skrøpelige eldre på legevakten", CaseKind.DECISION), by=bodies.by)
    case.refresh_from_db()
    assert (case.patient_groups, case.themes) == (["eldre_skropelig"], ["fastlege", "akuttkjede"])
    known = {theme.code for theme in themes()}
    assert {*case.patient_groups, *case.themes} <= known


@pytest.mark.parametrize(
    ("words", "field"), [(CaseWords("", "Noe"), "title"), (CaseWords("Sak", " "), "asks")]
)
def test_a_case_without_title_or_question_is_not_sent_and_takes_no_number(
    bodies: Bodies, words: CaseWords, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        report_case(words, by=bodies.by)
    assert refused.value.field == field
    assert report_case(WORDS, by=bodies.by).number == 1


def test_a_draft_is_its_writers_alone_and_has_no_number(bodies: Bodies, reporter: Actor) -> None:
    with scope(reporter):
        draft = save_draft(WORDS, by=reporter)
        assert visible_cases(reporter).filter(pk=draft.pk).exists()
    other = actor("ostfold", "director", name="Per Dahl")
    with scope(other):
        assert not visible_cases(other).filter(pk=draft.pk).exists()
        with pytest.raises(Refused, match=r"egen|own"):
            save_draft(WORDS, by=other, draft=draft)
    assert draft.number is None


def test_invariant_9_a_case_sent_back_comes_again_with_the_number_it_has(
    bodies: Bodies, reporter: Actor
) -> None:
    case = sent(reporter)
    with scope(bodies.by):
        return_case(case, missing="Hva koster det?", by=bodies.by)
    with scope(reporter):
        again = report_case(replace(WORDS, asks="Det koster 3 mill."), by=reporter, draft=case)
    assert (again.pk, again.reference, again.state) == (case.pk, case.reference, CaseState.REPORTED)


def test_invariant_28_every_act_is_in_the_log_with_who_and_what(bodies: Bodies, reporter: Actor) -> None:
    case = sent(reporter)
    with scope(bodies.by):
        take_up(case, bodies.fsu, by=bodies.by, answer="Fint.")
        log = list(acts_on("governance.case", [case.pk], bodies.by))
    assert [one.act for one in log] == ["case.take_up", "case.begin", "case.report"]
    assert log[-1].by_name == "Torunn Eikeland"
    assert log[-1].by_id == reporter.account_id


@pytest.mark.parametrize("answer", ["take_up", "return", "reject"])
def test_the_reporter_has_the_answer_in_the_next_mail(bodies: Bodies, reporter: Actor, answer: str) -> None:
    case = sent(reporter)
    with scope(bodies.by):
        if answer == "take_up":
            take_up(case, bodies.fsu, by=bodies.by, answer="Vi ser på det.")
        elif answer == "return":
            return_case(case, missing="Hva koster det?", by=bodies.by)
        else:
            reject(case, because="Det er avgjort før.", by=bodies.by)
        notice = Notice.objects.get(account_id=reporter.account_id)
    assert "Kveldspatrulje" in notice.title
    assert notice.text in {"Vi ser på det.", "Hva koster det?", "Det er avgjort før."}


@pytest.mark.parametrize("act", [return_case, reject])
def test_no_answer_is_given_without_words(bodies: Bodies, act: object) -> None:
    case = report_case(WORDS, by=bodies.by)
    name = "missing" if act is return_case else "because"
    with pytest.raises(Refused):
        act(case, **{name: " "}, by=bodies.by)  # type: ignore[operator]
    case.refresh_from_db()
    assert case.state == CaseState.REPORTED


def test_only_the_secretariat_answers_and_another_helsefellesskap_does_nothing(bodies: Bodies) -> None:
    case = report_case(WORDS, by=bodies.by)
    for other in (actor("ostfold", "member"), actor("vestfold")):
        with scope(other), pytest.raises(Refused) as refused:
            reject(case, because="Nei.", by=other)
        assert refused.value.forbidden


def test_a_return_is_undone_and_a_withdrawal_too(bodies: Bodies, reporter: Actor) -> None:
    case = sent(reporter)
    with scope(bodies.by):
        return_case(case, missing="Hva?", by=bodies.by)
        assert bring_back(case, by=bodies.by).state == CaseState.REPORTED
    with scope(reporter):
        assert withdraw(case, by=reporter).state == CaseState.WITHDRAWN
    with scope(bodies.by):
        assert bring_back(case, by=bodies.by).state == CaseState.REPORTED


def test_the_secretariat_changes_how_a_case_is_treated(bodies: Bodies) -> None:
    case = report_case(WORDS, by=bodies.by)
    changed = change_case(case, Handling("Ny tittel", CaseKind.DISCUSSION, True, True), by=bodies.by)
    assert (changed.title, changed.kind) == ("Ny tittel", CaseKind.DISCUSSION)
    assert changed.large_consequence and changed.needs_anchoring


def test_an_answer_is_due_after_five_working_days_over_holidays() -> None:
    assert answer_due(date(2026, 11, 20)) == date(2026, 11, 27)
    assert answer_due(date(2026, 12, 23)) == date(2026, 12, 31)


def test_a_reported_case_is_a_task_of_the_secretariat_until_it_is_answered(
    bodies: Bodies, reporter: Actor
) -> None:
    case = sent(reporter)
    secretariat = actor("ostfold")
    with scope(secretariat):
        keys = {due.key for due in dues(secretariat)}
        assert f"governance.case:{case.pk}:answer" in keys
        take_up(case, bodies.fsu, by=secretariat)
        after = {due.key for due in dues(secretariat)}
    assert after == {f"governance.case:{case.pk}:brief"}


def test_the_body_is_suggested_by_the_words_of_its_mandate(bodies: Bodies) -> None:
    for body, words in (
        (bodies.ssu, "Penger og prinsipper."),
        (bodies.fsu, "Kveldspatruljer og hjemmesykepleie."),
    ):
        mandate = give_mandate(body, "advisory", version=2, from_day=date(2026, 1, 1))
        mandate.purpose = words
        mandate.save()
    case = report_case(WORDS, by=bodies.by)
    assert case.proposed_body == bodies.fsu


@given(
    st.sets(st.sampled_from("abcde")), st.dictionaries(st.integers(0, 5), st.sets(st.sampled_from("abcde")))
)
def test_a_suggestion_shares_words_with_the_case_and_no_body_is_guessed(case: set, bodies: dict) -> None:
    found = suggest(case, bodies)
    if found:
        assert set(found.stems) == case & bodies[found.body_id] != set()


def test_a_case_put_off_three_times_is_flagged_in_the_list(bodies: Bodies) -> None:
    case = report_case(WORDS, by=bodies.by)
    treatment = take_up(case, bodies.fsu, by=bodies.by)
    treatment.postponed = 3
    treatment.save()
    found = case_list(Wanted(group="fast"), bodies.by)
    assert [line.case for line in found.lines] == [case]
    assert found.counts["fast"] == 1
