"""A minimetodevurdering is begun, written, read by a peer and decided; nothing is lost on the way."""

from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from factories.people import TODAY, actor
from samspill.analysis.appraisal import Part, gaps_of_decision
from samspill.analysis.appraisal.form import MiniHta
from samspill.directory.public import Actor, AuditEvent, Community, SearchEntry, nobody, scope
from samspill.insight.actions.assessments import (
    mark_of,
    move_assessment,
    open_assessment,
    start_assessment,
    undo_assessment,
    write_part,
)
from samspill.insight.assessments.fields import FIELDS, NAMES, PATHS
from samspill.insight.assessments.form import form_of, missing
from samspill.insight.models import Assessment
from samspill.insight.public import Calculation, DataPack, calculate
from samspill.insight.states.assessments import TRANSITIONS, WRITTEN_IN, AssessmentState
from samspill.insight.wording.assessments import SENTENCES, in_words
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
FILLED: dict[str, dict[str, Any]] = {
    Part.SUBMITTER: {
        "name": "Randi Høgåsen",
        "unit": "Samhandling",
        "parties": ["Sarpsborg", "Sykehuset"],
        "interests": "Ingen",
        "submitted": "2026-09-01",
    },
    Part.METHOD: {"name": "Felles team", "describes": "Et team", "today": "Ingen", "status": "Ahus"},
    Part.QUESTION: {
        "population": "Skrøpelige eldre",
        "intervention": "Felles team",
        "comparison": "Som i dag",
        "outcomes": ["akutte opphold"],
        "persons": 350.0,
    },
    Part.EVIDENCE: {
        "sources": ["PubMed"],
        "searched": "2026-08-20",
        "studies": [
            {
                "reference": "En studie 2019",
                "outcome": "akutte opphold",
                "estimate": 0.9,
                "low": 0.8,
                "high": 1.0,
                "certainty": "low",
            }
        ],
    },
    Part.EFFECT: {"text": "Kanskje færre opphold"},
    Part.SAFETY: {"text": "Ingen kjente"},
    Part.COST: {
        "hospital_text": "Mer først",
        "municipality_text": "Mer",
        "hospital_runs": ["0123456789ab"],
    },
    Part.ORGANISATION: {"hospital_text": "Lege", "municipality_text": "Sykepleier"},
    Part.ETHICS: {"text": "De som bor langt unna"},
    Part.RECOMMENDATION: {"text": "Prøv i to år", "verdict": "not"},
}
READ = {"reviewer": "Ola Nilsen", "reviewed": "2026-10-01", "comment": "Grundig"}
ENDED = {"verdict": "not", "decided": "2026-11-01", "decision": "FSU 14/26", "because": "For usikkert"}


@pytest.fixture
def secretariat() -> Actor:
    return actor("ostfold", "secretariat")


@pytest.fixture
def one(secretariat: Actor) -> Assessment:
    with scope(secretariat):
        return start_assessment(Community.objects.get(slug="ostfold"), "Felles team", by=secretariat)


def write(one: Assessment, part: Part, answers: dict[str, Any], by: Actor) -> AuditEvent:
    one.refresh_from_db()
    return write_part(one, part, answers, seen=mark_of(one.content.get(part, {})), by=by)


def fill(one: Assessment, by: Actor) -> None:
    for part, answers in FILLED.items():
        write(one, Part(part), answers, by)


def test_the_form_has_a_name_a_path_and_fields_for_every_part() -> None:
    assert set(NAMES) == set(PATHS) == set(FIELDS) == set(Part)
    assert len(set(PATHS.values())) == len(Part)


def test_every_gap_the_checks_know_has_its_sentence() -> None:
    """Of an empty form, of half filled ones, and of one in which everything contradicts itself."""
    forms = [form_of({}), MiniHta()] + [form_of({part: answers}) for part, answers in FILLED.items()]
    forms.append(
        form_of(
            FILLED
            | {
                Part.EVIDENCE: {"studies": [{"reference": "A", "estimate": 3, "low": 1, "high": 2}]},
                Part.COST: {"hospital_text": "x"},
                Part.RECOMMENDATION: {"text": "x", "verdict": "introduce"},
                Part.REVIEW: {"reviewer": "Randi Høgåsen", "reviewed": "2026-01-01"},
                Part.DECISION: {"verdict": "with_conditions", "decided": "2025-01-01"},
            }
        )
    )
    forms.append(form_of(FILLED | {Part.DECISION: {"verdict": "not", "conditions": ["x"]}}))
    found = {(gap.part, gap.code): gap for form in forms for gap in gaps_of_decision(form)}
    with override("nb"):
        for gap in found.values():
            assert in_words(gap)
    assert set(found) == set(SENTENCES)


def test_a_new_one_knows_only_its_name(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        assert form_of(one.content).method.name == "Felles team"
        assert one.state == AssessmentState.DRAFT
        assert missing(one.content, one.state)


def test_the_same_name_is_not_taken_twice(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat), pytest.raises(Refused) as refusal:
        start_assessment(one.community, "felles TEAM", by=secretariat)
    assert refusal.value.field == "title"


def test_it_goes_from_draft_to_a_peer_to_the_decision(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        fill(one, secretariat)
        move_assessment(one, "in_review", by=secretariat)
        write(one, Part.REVIEW, READ, secretariat)
        write(one, Part.DECISION, ENDED, secretariat)
        move_assessment(one, "finished", by=secretariat)
        one.refresh_from_db()
        assert one.state == AssessmentState.FINISHED
        assert missing(one.content, one.state) == ()


@pytest.mark.parametrize("part", [Part.EVIDENCE, Part.COST, Part.RECOMMENDATION])
def test_it_does_not_go_to_a_peer_while_something_is_missing(
    one: Assessment, secretariat: Actor, part: Part
) -> None:
    with scope(secretariat):
        fill(one, secretariat)
        write(one, part, {}, secretariat)
        with pytest.raises(Refused) as refusal:
            move_assessment(one, "in_review", by=secretariat)
        one.refresh_from_db()
    assert refusal.value.code == "assessment.missing"
    assert one.state == AssessmentState.DRAFT


@pytest.mark.parametrize("state", AssessmentState)
@pytest.mark.parametrize("to", [*AssessmentState, "moon"])
def test_only_the_steps_of_the_table_are_taken(
    one: Assessment, secretariat: Actor, state: AssessmentState, to: str
) -> None:
    if to in TRANSITIONS[state]:
        return
    with scope(secretariat):
        Assessment.objects.filter(pk=one.pk).update(state=state)
        with pytest.raises(Refused) as refusal:
            move_assessment(one, to, by=secretariat)
    assert refusal.value.code == "assessment.state"


@pytest.mark.parametrize("state", AssessmentState)
@pytest.mark.parametrize("part", Part)
def test_what_is_read_or_decided_is_not_written_in(
    one: Assessment, secretariat: Actor, state: AssessmentState, part: Part
) -> None:
    with scope(secretariat):
        Assessment.objects.filter(pk=one.pk).update(state=state)
        if part in WRITTEN_IN[state]:
            assert write(one, part, FILLED.get(part, READ), secretariat)
            return
        with pytest.raises(Refused) as refusal:
            write(one, part, {}, secretariat)
    assert refusal.value.code == "assessment.closed"


def test_nobody_writes_over_another_without_knowing(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        seen = mark_of(one.content.get(Part.EFFECT, {}))
        write_part(one, Part.EFFECT, {"text": "Mitt"}, seen=seen, by=secretariat)
        with pytest.raises(Refused) as refusal:
            write_part(one, Part.EFFECT, {"text": "Ditt"}, seen=seen, by=secretariat)
        one.refresh_from_db()
    assert refusal.value.code == "assessment.changed"
    assert one.content[Part.EFFECT] == {"text": "Mitt"}


def test_two_may_write_in_different_parts_at_the_same_time(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        mine, theirs = Assessment.objects.get(pk=one.pk), Assessment.objects.get(pk=one.pk)
        write_part(mine, Part.EFFECT, {"text": "Mitt"}, seen=mark_of({}), by=secretariat)
        write_part(theirs, Part.SAFETY, {"text": "Ditt"}, seen=mark_of({}), by=secretariat)
        one.refresh_from_db()
    assert (one.content[Part.EFFECT], one.content[Part.SAFETY]) == ({"text": "Mitt"}, {"text": "Ditt"})


def test_what_was_written_and_where_it_went_can_be_undone(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        fill(one, secretariat)
        written = write(one, Part.EFFECT, {"text": "Nytt"}, secretariat)
        undo_assessment(one, written.pk, by=secretariat)
        one.refresh_from_db()
        assert one.content[Part.EFFECT] == FILLED[Part.EFFECT]
        moved = move_assessment(one, "in_review", by=secretariat)
        undo_assessment(one, moved.pk, by=secretariat)
        one.refresh_from_db()
        assert one.state == AssessmentState.DRAFT


def test_what_somebody_has_changed_since_is_not_undone(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        first = write(one, Part.EFFECT, {"text": "Først"}, secretariat)
        write(one, Part.EFFECT, {"text": "Siden"}, secretariat)
        with pytest.raises(Refused) as refusal:
            undo_assessment(one, first.pk, by=secretariat)
        with pytest.raises(Refused) as unknown:
            undo_assessment(one, first.pk + 10_000, by=secretariat)
    assert (refusal.value.code, unknown.value.code) == ("undo.changed", "undo.unknown")


@pytest.mark.parametrize(
    ("role", "may_write", "may_decide"),
    [
        ("analyst", True, False),
        ("member", True, False),
        ("observer", False, False),
        ("secretariat", True, True),
    ],
)
def test_roles_decide_who_writes_and_who_decides(
    one: Assessment, role: str, may_write: bool, may_decide: bool
) -> None:
    by = actor("ostfold", role, email=f"x{role}@example.no")
    with scope(by):
        for part, state, may in (
            (Part.EFFECT, AssessmentState.DRAFT, may_write),
            (Part.DECISION, AssessmentState.IN_REVIEW, may_decide),
        ):
            Assessment.objects.filter(pk=one.pk).update(state=state)
            if may:
                write(one, part, {"because": "x"} if part is Part.DECISION else {"text": "x"}, by)
            else:
                with pytest.raises(Refused) as refusal:
                    write(one, part, {}, by)
                assert refusal.value.forbidden


def test_another_community_can_neither_see_nor_change_it_until_it_is_opened(
    one: Assessment, secretariat: Actor
) -> None:
    stranger, visitor = actor("ahus", "secretariat"), nobody(TODAY)
    for who in (stranger, visitor):
        with transaction.atomic(), scope(who):
            assert not Assessment.objects.visible_to(who).exists()
            assert not Assessment.objects.exists()
    with scope(secretariat):
        open_assessment(one, is_open=True, by=secretariat)
    for who in (stranger, visitor):
        with transaction.atomic(), scope(who):
            assert Assessment.objects.visible_to(who).get().title == "Felles team"
    with transaction.atomic(), scope(stranger), pytest.raises(Refused):
        write_part(one, Part.EFFECT, {"text": "x"}, seen=mark_of({}), by=stranger)


def test_answers_an_open_one_points_at_are_open_too(
    one: Assessment, secretariat: Actor, figures: DataPack
) -> None:
    with scope(secretariat):
        kept = [calculate("people", {"draws": 5, "years": years}, by=secretariat) for years in (1, 2)]
        write(one, Part.COST, {"hospital_runs": [kept[0].key]}, secretariat)
        open_assessment(one, is_open=True, by=secretariat)
        assert [Calculation.objects.get(pk=run.pk).is_open for run in kept] == [True, False]
        write(one, Part.EFFECT, {"runs": [kept[1].key]}, secretariat)
        assert Calculation.objects.get(pk=kept[1].pk).is_open


def test_the_search_box_finds_it(one: Assessment, secretariat: Actor) -> None:
    with scope(secretariat):
        assert SearchEntry.objects.filter(kind="insight.assessment", title="Felles team").exists()
