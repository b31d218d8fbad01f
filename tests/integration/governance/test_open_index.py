"""What is open can be found, within the hour; what is closed is gone in the act that closes it."""

from datetime import UTC, date, datetime

import pytest

from factories.bodies import Bodies
from factories.cases import reported_case
from factories.meetings import called
from factories.open_world import MARKERS, PUBLIC_TITLE, OpenWorld, decide, open_case, open_world
from factories.people import TODAY
from samspill.directory.public import AuditEvent, machine, nobody, scope
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.actions.minutes_out import send_minutes
from samspill.governance.actions.opening import open_what_is_due
from samspill.governance.actions.screening import Screening, release_case, screen_case, unscreen_case
from samspill.governance.models import (
    Case,
    CaseBrief,
    CaseGist,
    Decision,
    FollowUp,
    Meeting,
    OpenEntry,
    Paper,
)
from samspill.governance.queries.open_search import BEST, Wanted, search_open
from samspill.governance.rules.carried_out import carrying
from samspill.governance.states import Access, CarriedOut, FollowUpState, MeetingState, OpenKind

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    refresh_open(bodies.community.pk, now=NOW)
    return made


def found(words: str, **wanted: object) -> list[str]:
    return [one.title for one in search_open(Wanted(words=words, **wanted), TODAY).hits]


def test_everything_that_is_released_can_be_found_without_login(world: OpenWorld) -> None:
    """Invariant 20."""
    with scope(nobody(TODAY)):
        kinds = set(OpenEntry.objects.values_list("kind", "thing_id"))
    assert kinds == {
        (OpenKind.CASE, world.case.pk),
        (OpenKind.DECISION, world.decision.pk),
        (OpenKind.MEETING, world.meeting.pk),
        (OpenKind.MINUTES, world.meeting.minutes.pk),
        (OpenKind.PAPER, world.paper.pk),
        (OpenKind.CONSULTATION, world.hearing.pk),
    }


def kinds_of(**wanted: object) -> list[str]:
    with scope(nobody(TODAY)):
        return sorted(OpenEntry.objects.filter(**wanted).values_list("kind", flat=True))


def test_what_a_notice_and_minutes_open_can_be_found_when_they_are_sent(bodies: Bodies) -> None:
    """Invariant 20: no job has to run first."""
    meeting = called(bodies)
    assert {OpenKind.CASE, OpenKind.MEETING} <= set(kinds_of())
    assert OpenKind.MINUTES not in kinds_of()
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    send_minutes(meeting, by=bodies.by)
    assert OpenKind.MINUTES in kinds_of(meeting=meeting.pk)


def test_a_case_that_is_released_or_opened_again_can_be_found_at_once(bodies: Bodies) -> None:
    case = reported_case(bodies)
    assert kinds_of() == []
    release_case(case, by=bodies.by)
    assert kinds_of(case=case.pk) == [OpenKind.CASE]
    screen_case(case, Screening(Access.BODY, "offentleglova § 23", "En sak"), by=bodies.by)
    assert kinds_of(case=case.pk) == []
    unscreen_case(case, by=bodies.by)
    assert kinds_of(case=case.pk) == [OpenKind.CASE]


def test_nothing_closed_is_in_the_table(world: OpenWorld) -> None:
    for entry in OpenEntry.objects.all():
        said = " ".join([entry.title, entry.plain, entry.text])
        assert not [word for word in MARKERS if word in said]


@pytest.mark.parametrize(
    "words", ["kveldspatrulje", "kveldspatruljene", "PATRULJE kommuner", "patrulje kommunar"]
)
def test_a_case_is_found_in_both_written_forms_and_with_other_endings(world: OpenWorld, words: str) -> None:
    assert "Felles kveldspatrulje" in found(words)


def test_a_screened_case_is_found_by_its_public_title_on_the_agenda_alone(world: OpenWorld) -> None:
    """Invariant 19: no state is silent; everybody is told that there is something, and what it is called."""
    hits = search_open(Wanted(words=PUBLIC_TITLE), TODAY).hits
    assert {one.kind for one in hits} == {OpenKind.MEETING, OpenKind.MINUTES}


def test_a_case_that_is_closed_is_gone_at_once_and_its_decision_with_it(world: OpenWorld) -> None:
    Case.objects.filter(pk=world.case.pk).update(
        access=Access.PARTIES, law_reference="offentleglova § 13", public_title="En sak"
    )
    assert (
        found("kveldspatrulje", kind=OpenKind.CASE) == found("kveldspatrulje", kind=OpenKind.DECISION) == []
    )
    assert not Decision.objects.get(pk=world.decision.pk).is_open
    assert not OpenEntry.objects.filter(case=world.case).exists()


def test_a_paper_that_is_taken_off_is_gone_at_once(world: OpenWorld) -> None:
    Paper.objects.filter(pk=world.paper.pk).update(is_removed=True)
    assert not OpenEntry.objects.filter(kind=OpenKind.PAPER).exists()


def test_what_is_closed_until_a_day_is_opened_on_that_day_and_the_log_says_so(world: OpenWorld) -> None:
    closed = Case.objects.get(pk=world.closed["case"])
    Case.objects.filter(pk=closed.pk).update(screened_until=TODAY)
    with scope(machine(closed.community_id, date(2026, 11, 21))):
        assert open_what_is_due(by=machine(closed.community_id, date(2026, 11, 21))) == 0
    assert open_what_is_due(by=world.bodies.by) == 2  # the case, and the decision that was closed with it
    closed.refresh_from_db()
    assert (closed.access, closed.law_reference, closed.screened_until) == (Access.PUBLIC, "", None)
    assert CaseBrief.objects.filter(case=closed).order_by("-version")[0].access == Access.PUBLIC
    event = AuditEvent.objects.get(act="screening.end")
    assert event.details == {"law": "offentleglova § 13, jf. forvaltningsloven § 13", "until": "2026-11-22"}
    assert found(MARKERS[0], kind=OpenKind.CASE) == [closed.title]
    assert open_what_is_due(by=world.bodies.by) == 0


def test_a_paper_is_opened_on_its_day_without_being_released(world: OpenWorld) -> None:
    Paper.objects.filter(pk=world.closed["paper beside"]).update(screened_until=TODAY, is_open=False)
    open_what_is_due(by=world.bodies.by)
    paper = Paper.objects.get(pk=world.closed["paper beside"])
    assert paper.access == Access.PUBLIC
    assert not paper.is_open
    assert not OpenEntry.objects.filter(kind=OpenKind.PAPER, thing_id=paper.pk).exists()


def test_renewing_again_changes_nothing_and_keeps_when_it_was_released(world: OpenWorld) -> None:
    before = OpenEntry.objects.get(kind=OpenKind.CASE)
    assert refresh_open(world.bodies.community.pk, now=datetime(2026, 11, 23, tzinfo=UTC)) == 0
    CaseGist.objects.filter(case=world.case).update(summary="Nå fire kommuner.")
    assert refresh_open(world.bodies.community.pk, now=datetime(2026, 11, 23, tzinfo=UTC)) == 1
    after = OpenEntry.objects.get(kind=OpenKind.CASE)
    assert (after.released, after.changed > before.changed) == (before.released, True)


def test_hits_are_counted_by_kind_and_narrowed(world: OpenWorld) -> None:
    answer = search_open(Wanted(words="kveldspatrulje"), TODAY)
    assert answer.total == sum(answer.counts.values()) == len(answer.hits)
    only = search_open(Wanted(words="kveldspatrulje", kind=OpenKind.CASE), TODAY)
    assert (only.total, only.counts) == (1, answer.counts)
    party = world.follow_up.accountable_party_id
    assert {one.kind for one in search_open(Wanted(party_id=party), TODAY).hits} == {
        OpenKind.CASE,
        OpenKind.DECISION,
    }
    assert search_open(Wanted(year=1999), TODAY).total == 0
    assert search_open(Wanted(body_id=world.bodies.fsu.pk), TODAY).total == 0
    assert (
        search_open(Wanted(words="kveldspatrulje", sort=BEST), TODAY).hits[0].title == "Felles kveldspatrulje"
    )


def test_a_decision_is_late_the_day_after_its_deadline(world: OpenWorld) -> None:
    late, going = Wanted(carried=CarriedOut.LATE), Wanted(carried=CarriedOut.UNDER_WAY)
    assert (search_open(late, TODAY).total, search_open(going, TODAY).total) == (0, 1)
    FollowUp.objects.filter(pk=world.follow_up.pk).update(due=date(2026, 11, 21))
    refresh_open(world.bodies.community.pk, now=NOW)
    assert (search_open(late, TODAY).total, search_open(going, TODAY).total) == (1, 0)
    assert search_open(late, date(2026, 11, 21)).total == 0


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], CarriedOut.NOTHING),
        ([FollowUpState.OPEN], CarriedOut.NOT_BEGUN),
        ([FollowUpState.OPEN, FollowUpState.COMPLETED], CarriedOut.UNDER_WAY),
        ([FollowUpState.NEEDS_HELP], CarriedOut.UNDER_WAY),
        ([FollowUpState.DELIVERED], CarriedOut.UNDER_WAY),
        ([FollowUpState.COMPLETED, FollowUpState.DROPPED], CarriedOut.DONE),
    ],
)
def test_a_decision_is_as_far_as_its_points_are(states: list[str], said: str) -> None:
    assert carrying((state, TODAY) for state in states).carried == said


def test_what_is_delivered_is_not_late(world: OpenWorld) -> None:
    how = carrying([(FollowUpState.DELIVERED, date(2020, 1, 1))])
    assert how.on(TODAY) == CarriedOut.UNDER_WAY


def test_a_decision_of_a_case_that_is_not_released_waits_with_it(world: OpenWorld) -> None:
    case = open_case(world.bodies, world.bodies.ssu, title="Ventende sak", number=9, is_open=False)
    decide(world.meeting, case, 9, text="Ventende vedtak.")
    refresh_open(world.bodies.community.pk, now=NOW)
    assert found("ventende") == []
