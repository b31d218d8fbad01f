"""The form tells what it lacks, in its own order, before peers read it and before it is decided."""

from dataclasses import replace
from datetime import date

import pytest

from samspill.analysis.appraisal import (
    Certainty,
    Ending,
    Finding,
    Level,
    Method,
    MiniHta,
    Part,
    Question,
    Recommendation,
    Review,
    Search,
    Study,
    Submitter,
    Verdict,
    gaps,
    gaps_of_decision,
    is_ready_for_decision,
    is_ready_for_review,
)

BOTH = tuple((level, Finding("Told.", ("run/1",))) for level in Level)
STUDY = Study("A 2020", "trial", 100, "acute stays", "rate ratio", 0.8, 0.7, 0.9, Certainty.LOW)
FULL = MiniHta(
    Submitter("Kari", "ward", ("hospital", "town"), "none", date(2027, 1, 10)),
    Method("Team", "A team.", "No team.", "new"),
    Question("frail", "team", "no team", ("acute stays",), 300),
    Search(("Cochrane",), "frail", date(2027, 1, 5)),
    (STUDY,),
    Finding("Some."),
    Finding("Safe."),
    BOTH,
    BOTH,
    Finding("Fair."),
    Recommendation("Try it.", Verdict.WITH_CONDITIONS, ("acute-stays-80",), date(2029, 1, 1)),
    Review("Ola", "other trust", date(2027, 2, 1), "Sound.", ""),
    Ending(Verdict.WITH_CONDITIONS, date(2027, 3, 1), "vedtak/12", "Because.", ("measure it",)),
)


def test_a_full_form_lacks_nothing() -> None:
    assert gaps_of_decision(FULL) == ()
    assert is_ready_for_review(FULL) and is_ready_for_decision(FULL)


def test_an_empty_form_lacks_every_part_in_the_order_of_the_form() -> None:
    parts = [gap.part for gap in gaps_of_decision(MiniHta())]
    assert list(dict.fromkeys(parts)) == list(Part)
    assert not is_ready_for_review(MiniHta())


def test_it_can_be_read_by_a_peer_before_it_can_be_decided() -> None:
    written = replace(FULL, review=Review(), ending=Ending())
    assert is_ready_for_review(written) and not is_ready_for_decision(written)
    assert {gap.part for gap in gaps(written)} == {Part.REVIEW}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"submitter": replace(FULL.submitter, interests="")}, "interests_missing"),
        ({"question": replace(FULL.question, persons=None)}, "persons_missing"),
        ({"question": replace(FULL.question, outcomes=("acute stays", "joy"))}, "outcome_without_study"),
        ({"search": Search()}, "search_missing"),
        ({"studies": (replace(STUDY, certainty=None),)}, "certainty_missing"),
        ({"studies": (replace(STUDY, estimate=1.1),)}, "interval_wrong"),
        ({"cost": BOTH[:1]}, "municipality_missing"),
        ({"organisation": BOTH[1:]}, "hospital_missing"),
        ({"cost": tuple((level, Finding("Told.")) for level in Level)}, "run_missing"),
        ({"ethics": Finding("  ")}, "text_missing"),
        ({"recommendation": replace(FULL.recommendation, reassess=None)}, "date_missing"),
        ({"recommendation": replace(FULL.recommendation, indicators=())}, "indicator_missing"),
        ({"review": replace(FULL.review, reviewer="Kari")}, "own_review"),
        ({"review": replace(FULL.review, reviewed=date(2026, 1, 1))}, "reviewed_too_early"),
        ({"ending": replace(FULL.ending, conditions=())}, "conditions_missing"),
        ({"ending": replace(FULL.ending, verdict=Verdict.NOT)}, "conditions_without_need"),
        ({"ending": replace(FULL.ending, decided=date(2027, 1, 20))}, "decided_too_early"),
    ],
)
def test_each_gap_is_found_alone(change: dict, code: str) -> None:
    assert [gap.code for gap in gaps_of_decision(replace(FULL, **change))] == [code]


def test_what_is_not_introduced_needs_no_indicator_and_no_new_day() -> None:
    ours = replace(FULL, recommendation=Recommendation("No.", Verdict.NOT))
    assert is_ready_for_decision(ours)


def test_an_estimate_of_zero_persons_is_an_answer() -> None:
    assert is_ready_for_review(replace(FULL, question=replace(FULL.question, persons=0)))


def test_an_outcome_that_no_study_tells_about_is_no_gap_once_the_effect_says_so() -> None:
    asked = replace(FULL, question=replace(FULL.question, outcomes=("acute stays", "joy")))
    assert [(gap.code, gap.about) for gap in gaps(asked)] == [("outcome_without_study", "joy")]
    assert gaps(replace(asked, effect=Finding("No study tells about Joy."))) == ()
