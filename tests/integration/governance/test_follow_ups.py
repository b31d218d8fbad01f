"""What becomes of a point: one answers for it by a day, says how it goes; a decision alone ends it early."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from factories.bodies import Bodies
from factories.decisions import DECIDED_ON, decided, followed, point_of
from factories.people import TODAY, actor
from integration.governance.following import acting, acting_for, party, signed_in, sitting_in, text_of
from samspill.directory.public import Actor, AuditEvent, SearchEntry, scope
from samspill.governance.actions import cases, follow_up_cases, follow_up_setting, follow_ups
from samspill.governance.actions.case_numbers import NUMBERS_LOCK
from samspill.governance.actions.cases import CaseWords
from samspill.governance.models import Case, Decision, FollowUp, FollowUpReport
from samspill.governance.queries.closing import closable
from samspill.governance.queries.decision_status import status_for
from samspill.governance.queries.follow_up_tasks import follow_up_dues
from samspill.governance.queries.follow_ups import (
    FollowChoice,
    follow_list,
    holes_in,
)
from samspill.governance.rules.follow_ups import BY_DECISION, check_report, shown_follow_up
from samspill.governance.states import (
    FOLLOW_UP_TRANSITIONS,
    SETTLED,
    CaseState,
    DecisionState,
    FollowUpState,
    MeetingState,
)
from samspill.governance.states.follow_ups import ShownFollowUp, When
from samspill.refusal import Refused, reason

F = FollowUpState
assign = acting(follow_up_setting.assign)
begin_following = acting(follow_up_setting.begin_following)
choose_no_follow_up = acting(follow_up_setting.choose_no_follow_up)
close_case = acting(follow_up_cases.close_case)
confirm = acting(follow_ups.confirm)
end_by_decision = acting(follow_ups.end_by_decision)
give_back = acting(follow_ups.give_back)
report_follow_up = acting(follow_ups.report_follow_up)
report_case = acting(cases.report_case)
set_helpers = acting(follow_up_setting.set_helpers)
undo = acting(follow_ups.undo)
LATE = TODAY - timedelta(days=12)


@pytest.fixture
def secretariat(bodies: Bodies) -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def decision(bodies: Bodies) -> Decision:
    return decided(bodies, points=("Felles kveldspatrulje fra 1. februar.", "Halden skriver avtalen."))


@pytest.fixture
def halden(decision: Decision) -> FollowUp:
    """Halden answers for the second point, in two months."""
    return followed(point_of(decision, 2), party("Halden"))


@pytest.fixture
def director(bodies: Bodies) -> Actor:
    return acting_for("Halden")


# Invariant 6


def test_invariant_6_a_point_has_exactly_one_who_answers_and_a_day_or_the_explicit_choice_of_none(
    decision: Decision, bodies: Bodies, secretariat: Actor
) -> None:
    point = point_of(decision)
    both = {"party": party("Halden"), "body": bodies.ssu}
    assert reason(begin_following, point, by=secretariat, due=TODAY, **both).startswith("Nøyaktig én part")
    assert reason(begin_following, point, by=secretariat, due=TODAY).startswith("Nøyaktig én part")
    assert "Sett en frist" in reason(begin_following, point, by=secretariat, body=bodies.ssu, due=None)
    assert [one.pk for one in holes_in(secretariat)] == [one.pk for one in decision.points.all()]
    begin_following(point, by=secretariat, party=party("Halden"), due=TODAY)
    choose_no_follow_up(point_of(decision, 2), by=secretariat)
    assert holes_in(secretariat) == []
    assert "har en oppfølging" in reason(choose_no_follow_up, point, by=secretariat)


def test_invariant_6_stands_in_the_database_too(decision: Decision, bodies: Bodies) -> None:
    for who in ({}, {"accountable_party": party("Halden"), "accountable_body": bodies.ssu}):
        with pytest.raises(IntegrityError, match="follow_up_one_accountable"), transaction.atomic():
            FollowUp.objects.create(community=bodies.community, point=point_of(decision), due=TODAY, **who)


# What is said


def test_those_who_answer_begin_and_deliver_and_the_secretariat_confirms(
    halden: FollowUp, director: Actor, secretariat: Actor
) -> None:
    report_follow_up(halden, state=F.STARTED, sentence="Utkastet er skrevet.", by=director)
    report_follow_up(halden, state=F.DELIVERED, by=director)
    assert reason(confirm, halden, by=director)
    confirm(halden, by=secretariat)
    halden.refresh_from_db()
    assert halden.state == F.COMPLETED
    assert [(one.state, one.sentence, one.by_name) for one in halden.reports.order_by("pk")] == [
        (F.STARTED, "Utkastet er skrevet.", "Direktør Halden"),
        (F.DELIVERED, "", "Direktør Halden"),
        (F.COMPLETED, "", "Randi Høgåsen"),
    ]
    assert Case.objects.get(pk=halden.point.decision.case_id).state == CaseState.FOLLOWED_UP


def test_another_municipality_cannot_say_how_it_goes(halden: FollowUp) -> None:
    with pytest.raises(Refused) as refused:
        report_follow_up(halden, state=F.STARTED, by=acting_for("Moss"))
    assert refused.value.code == "follow_up.not_yours"
    assert refused.value.forbidden


def test_a_body_s_member_speaks_for_it(decision: Decision, bodies: Bodies) -> None:
    one = followed(point_of(decision), bodies.ssu)
    report_follow_up(one, state=F.STARTED, by=sitting_in(bodies.ssu))
    one.refresh_from_db()
    assert one.state == F.STARTED


def test_invariant_28_the_log_says_who_when_what_and_on_behalf_of_whom(
    halden: FollowUp, secretariat: Actor
) -> None:
    event = report_follow_up(halden, state=F.STARTED, by=secretariat)
    assert (event.by_name, event.act, event.on_id) == ("Randi Høgåsen", "follow_up.report", halden.pk)
    assert str(event.on_behalf_of) == "Halden"
    assert event.details["before"]["state"] == F.OPEN
    with pytest.raises(Exception, match=r"append_only|permission denied"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(by_name="En annen")


def test_reports_are_only_added(halden: FollowUp, secretariat: Actor) -> None:
    """Invariant 32: history is never removed."""
    report_follow_up(halden, state=F.STARTED, by=secretariat)
    with pytest.raises(Exception, match=r"append_only|permission denied"), transaction.atomic():
        FollowUpReport.objects.all().delete()


def test_needing_help_makes_a_case_for_the_body_that_decided(
    halden: FollowUp, director: Actor, secretariat: Actor
) -> None:
    assert "Skriv hva dere trenger hjelp til" in reason(
        report_follow_up, halden, state=F.NEEDS_HELP, sentence=" ", by=director
    )
    report_follow_up(halden, state=F.NEEDS_HELP, sentence="Vi mangler jurist.", by=director)
    halden.refresh_from_db()
    case = halden.help_case
    assert case is not None
    assert case.state == CaseState.REPORTED
    assert case.title == "Hjelp til å gjennomføre: Halden skriver avtalen."
    assert case.asks == "Vi mangler jurist."
    assert case.proposed_body == halden.point.decision.body
    assert (case.year, case.number) == (2026, 2)
    assert case.reference != halden.point.decision.case.reference  # type: ignore[union-attr]


def test_what_asked_for_help_is_taken_back_with_its_case(halden: FollowUp, director: Actor) -> None:
    event = report_follow_up(halden, state=F.NEEDS_HELP, sentence="Vi mangler jurist.", by=director)
    undo(halden, event_id=event.pk, by=director)
    halden.refresh_from_db()
    assert (halden.state, halden.help_case) == (F.OPEN, None)
    assert Case.objects.get(number=2).state == CaseState.WITHDRAWN
    assert [one.sentence for one in halden.reports.all()] == ["Tatt tilbake", "Vi mangler jurist."]


def test_an_act_is_not_undone_once_something_else_has_happened(
    halden: FollowUp, director: Actor, secretariat: Actor
) -> None:
    event = report_follow_up(halden, state=F.STARTED, by=director)
    report_follow_up(halden, state=F.DELIVERED, by=director)
    assert reason(undo, halden, event_id=event.pk, by=director).startswith("Det er endret igjen")


def test_what_is_delivered_comes_back_with_a_reason(
    halden: FollowUp, director: Actor, secretariat: Actor
) -> None:
    report_follow_up(halden, state=F.DELIVERED, by=director)
    assert "Skriv hva som mangler" in reason(give_back, halden, by=secretariat, sentence="")
    give_back(halden, by=secretariat, sentence="Taushetsplikten mangler.")
    halden.refresh_from_db()
    assert halden.state == F.STARTED


def test_only_a_newer_decision_that_stands_ends_a_follow_up(
    halden: FollowUp, decision: Decision, bodies: Bodies, secretariat: Actor
) -> None:
    def why_not(which: Decision | None) -> str:
        return reason(end_by_decision, halden, state=F.DROPPED, decision=which, by=secretariat)

    older = decided(bodies, day=DECIDED_ON - timedelta(days=90), number=7)
    newer = decided(bodies, day=DECIDED_ON + timedelta(days=30), number=8)
    assert "Bare et vedtak" in why_not(None)
    assert "ikke nyere" in why_not(older)
    Decision.objects.filter(pk=newer.pk).update(state=DecisionState.PROPOSED)
    newer.refresh_from_db()
    assert "står ved lag" in why_not(newer)
    Decision.objects.filter(pk=newer.pk).update(state=DecisionState.ADOPTED)
    newer.refresh_from_db()
    end_by_decision(halden, state=F.REPLACED, decision=newer, by=secretariat)
    halden.refresh_from_db()
    assert (halden.state, halden.dropped_by) == (F.REPLACED, newer)


def test_another_answers_for_it_with_a_reason_that_stands_in_the_history(
    halden: FollowUp, bodies: Bodies, secretariat: Actor
) -> None:
    assert "Skriv hvorfor" in reason(
        assign, halden, by=secretariat, party=party("Moss"), due=TODAY, because=" "
    )
    event = assign(halden, by=secretariat, body=bodies.fsu, due=TODAY, because="Halden har ikke jurist.")
    halden.refresh_from_db()
    assert (halden.accountable_party, halden.accountable_body, halden.due) == (None, bodies.fsu, TODAY)
    assert event.details["because"] == "Halden har ikke jurist."
    undo(halden, event_id=event.pk, by=secretariat)
    halden.refresh_from_db()
    assert halden.accountable_party == party("Halden")


def test_who_answers_is_no_helper_of_itself(halden: FollowUp, bodies: Bodies, secretariat: Actor) -> None:
    set_helpers(halden, helpers=[party("Halden"), party("Moss"), bodies.fsu], by=secretariat)
    assert sorted(map(str, halden.helpers.all())) == ["FSU-P", "Moss"]
    set_helpers(halden, helpers=[bodies.fsu], by=secretariat)
    assert list(map(str, halden.helpers.all())) == ["FSU-P"]


# The table


@given(st.lists(st.sampled_from(list(F)), max_size=12))
def test_whatever_is_said_the_state_follows_the_table_and_what_a_decision_ended_stays_ended(
    said: list[F],
) -> None:
    state, seen = F.OPEN, [F.OPEN]
    for wanted in said:
        allowed = wanted in FOLLOW_UP_TRANSITIONS[state] or (wanted == state and state not in SETTLED)
        refusal = reason(check_report, state, wanted, "Fordi.", has_decision=True)
        assert bool(refusal) != allowed
        if not refusal:
            state = wanted
            seen.append(state)
        if wanted in BY_DECISION:
            assert reason(check_report, seen[0], wanted, "Fordi.")
    ended = [one for one in seen if one in BY_DECISION]
    assert ended in ([], seen[-1:])


@given(
    st.sampled_from(list(F)),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.dates(date(2025, 1, 1), TODAY),
)
def test_what_is_past_its_day_is_never_shown_as_going_well(state: F, due: date, newest: date) -> None:
    shown = shown_follow_up(state, due=due, newest=newest, today=TODAY)
    if due < TODAY and state not in SETTLED and state != F.DELIVERED:
        assert shown == ShownFollowUp.LATE
    if shown in {ShownFollowUp.OPEN, ShownFollowUp.STARTED}:
        assert due >= TODAY
        assert (TODAY - newest).days <= 184


# Lists, tasks, standing item


def test_the_list_stands_by_day_and_its_heading_is_the_message(
    decision: Decision, bodies: Bodies, secretariat: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_kwargs: TODAY)
    followed(point_of(decision), bodies.ssu, due=LATE)
    followed(point_of(decision, 2), party("Halden"), state=F.DELIVERED)
    found = follow_list(FollowChoice(), secretariat)
    assert [(row.when, row.shown) for row in found.rows] == [
        (When.OVERDUE, ShownFollowUp.LATE),
        (When.DELIVERED, ShownFollowUp.DELIVERED),
    ]
    page = text_of(signed_in(secretariat).get("/oppfolging/"))
    assert "Ett punkt er forsinket, og ett venter på svar fra deg." in page
    assert "12 dager over" in page


def test_one_narrows_the_list_by_state_body_who_answers_and_words(
    decision: Decision, bodies: Bodies, secretariat: Actor
) -> None:
    ssu = followed(point_of(decision), bodies.ssu, due=LATE)
    halden = followed(point_of(decision, 2), party("Halden"))

    def shown(query: dict[str, str]) -> list[int]:
        return [row.id for row in follow_list(FollowChoice.read(query), secretariat).chosen]

    assert shown({"tilstand": "forsinket"}) == [ssu.pk]
    assert shown({"ansvarlig": f"party:{party('Halden').pk}"}) == [halden.pk]
    assert shown({"organ": str(bodies.fsu.pk)}) == []
    assert shown({"sok": "avtalen HALDEN"}) == [halden.pk]
    assert shown({"sorter": "ansvarlig"}) == [halden.pk, ssu.pk]
    assert shown({"ansvarlig": "party:x", "organ": "9" * 30}) == [ssu.pk, halden.pk]


def test_silence_for_six_months_is_unknown_and_never_green(
    decision: Decision, bodies: Bodies, secretariat: Actor
) -> None:
    """Invariant 27, for what was decided."""
    old = decided(bodies, day=date(2026, 3, 1), number=9)
    followed(point_of(old), bodies.ssu, state=F.STARTED)
    (row,) = follow_list(FollowChoice(), secretariat).rows
    assert row.shown == ShownFollowUp.UNKNOWN


def test_what_waits_stands_on_the_start_page_of_those_it_waits_for(
    halden: FollowUp, director: Actor, secretariat: Actor
) -> None:
    FollowUp.objects.filter(pk=halden.pk).update(due=LATE)
    (due,) = follow_up_dues(director)
    assert (due.title, due.due) == ("«Halden skriver avtalen.» er forsinket", LATE)
    assert "Ett punkt er forsinket" in [one.title for one in follow_up_dues(secretariat)]
    assert follow_up_dues(acting_for("Moss")) == []


def test_a_search_finds_it_and_another_helsefellesskap_does_not(
    halden: FollowUp, director: Actor, bodies: Bodies
) -> None:
    report_follow_up(halden, state=F.STARTED, by=director)
    assert SearchEntry.objects.get(kind="governance.follow_up").title == "Halden skriver avtalen."
    Decision.objects.update(is_open=False)
    elsewhere = actor("more-og-romsdal", name="Arve Brunvoll", email="arve@example.no")
    with scope(elsewhere):
        assert list(FollowUp.objects.visible_to(elsewhere)) == []
        assert not FollowUp.objects.exists(), "the database keeps it, whatever is asked"


def test_the_standing_item_tells_what_is_done_since_the_last_meeting_what_is_late_and_who_needs_help(
    decision: Decision, bodies: Bodies, secretariat: Actor, director: Actor
) -> None:
    done = followed(point_of(decision), bodies.ssu)
    late = followed(point_of(decision, 2), party("Halden"), due=LATE)
    confirm(done, by=secretariat, sentence="Patruljen kjører.")
    status = status_for(bodies.ssu.pk, secretariat)
    assert status.since == DECIDED_ON
    assert [(one.title, one.sentence) for one in status.completed] == [
        ("Felles kveldspatrulje fra 1. februar.", "Patruljen kjører.")
    ]
    assert [(one.id, one.days_late, one.reference) for one in status.late] == [(late.pk, 12, "1/26")]
    assert status_for(bodies.fsu.pk, secretariat).is_empty


def test_a_case_about_help_gets_the_next_number_of_the_one_row_of_numbers(
    halden: FollowUp, director: Actor, secretariat: Actor
) -> None:
    words = CaseWords("Felles kveldspatrulje", "Hvordan deler vi den?")
    before = report_case(words, by=secretariat)
    with transaction.atomic(), scope(director), connection.cursor() as cursor:
        follow_ups.report_follow_up(halden, state=F.NEEDS_HELP, sentence="Vi mangler jurist.", by=director)
        cursor.execute("SELECT classid FROM pg_locks WHERE locktype = 'advisory' AND granted")
        held = {row[0] for row in cursor.fetchall()}
    halden.refresh_from_db()
    help_case = halden.help_case
    assert help_case is not None
    assert (help_case.year, help_case.number) == (before.year, (before.number or 0) + 1)
    assert report_case(words, by=secretariat).number == (before.number or 0) + 2
    assert NUMBERS_LOCK in held, "two who report at once wait for each other, whatever they report"


# A case is closed when it is told and begun, and offered when all is settled


def test_a_case_is_closed_when_its_decision_is_sent_and_every_point_is_begun(
    decision: Decision, bodies: Bodies, secretariat: Actor, director: Actor
) -> None:
    case = decision.case
    assert case is not None
    meeting = decision.item.meeting
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.HELD)
    assert "ikke sendt" in reason(close_case, case, by=secretariat)
    answer = signed_in(secretariat).post(reverse("governance:case-close", args=[case.pk]))
    assert answer.status_code == 422
    assert "ikke sendt" in text_of(answer), "the page of the case says the same no"
    type(meeting).objects.filter(pk=meeting.pk).update(state=MeetingState.MINUTES_OUT)
    one = followed(point_of(decision), party("Halden"))
    choose_no_follow_up(point_of(decision, 2), by=secretariat)
    assert "1 av punktene" in reason(close_case, case, by=secretariat)
    report_follow_up(one, state=F.STARTED, by=director)
    assert closable(secretariat) == [], "begun, not settled: it may be closed, and is not offered"
    confirm(one, by=secretariat)
    assert closable(secretariat) == [case]
    answer = signed_in(secretariat).post(f"/oppfolging/star-fast/{case.pk}/lukk/")
    assert answer.status_code == 303
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
