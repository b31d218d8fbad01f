"""Invariants 10–13, 15 and 18: what comes of a case, what a meeting must have, who sits out, and numbers."""

import threading
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factories.bodies import Bodies, make_bodies
from factories.cases import meeting_of, queued_case, reported_case, write_brief
from factories.meetings import (
    DAY,
    SENT,
    called,
    done,
    give_account,
    holder_of,
    meeting_with_cases,
    seat_of,
    substitute,
)
from factories.people import TODAY, actor
from factories.rooms import items, point, under_way
from integration.governance.following import signed_in, text_of
from samspill.directory.public import BodyKind, add_body, scope
from samspill.governance.actions.agenda import add_case, allow_late, fill_agenda, take_away
from samspill.governance.actions.conflicts import Judgement, conclude_conflict, raise_conflict
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.meetings import cancel_meeting
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.passage_states import passage_under_way
from samspill.governance.actions.passages import begin, close, make_ready, put_on, treat
from samspill.governance.actions.standing_items import put_answers_on
from samspill.governance.models import AgendaItem, Case, Forwarding, Meeting, MinutesVersion, Treatment
from samspill.governance.public import close_meeting, decide, note, postpone, send_minutes, start_meeting
from samspill.governance.queries.agenda import live_items
from samspill.governance.queries.impartiality import may_read_closed
from samspill.governance.queries.room import attendances_of, there_at, voters_of
from samspill.governance.states import (
    MEETING_TRANSITIONS,
    Access,
    Answer,
    CaseKind,
    CaseState,
    ConflictConclusion,
    ForwardingKind,
    ForwardingReason,
    ImpartialityGround,
    ItemKind,
    MeetingState,
    Outcome,
    TreatmentState,
)
from samspill.refusal import Refused

PATIENCE_SECONDS = 20
WAYS = st.lists(
    st.sampled_from([Outcome.ESCALATED, Outcome.DELEGATED, Outcome.SENT_BACK, Outcome.POSTPONED]), max_size=7
)
WHY = {
    Outcome.ESCALATED: ForwardingReason.ECONOMY,
    Outcome.DELEGATED: ForwardingReason.EXPERTISE,
    Outcome.SENT_BACK: ForwardingReason.INCOMPLETE,
}


def refusal(act: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


@pytest.mark.slow
@given(WAYS)
@example([Outcome.ESCALATED, Outcome.ESCALATED, Outcome.DELEGATED, Outcome.ESCALATED])
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_invariant_10_whatever_way_a_case_goes_it_is_closed_only_when_every_body_above_has_answered(
    bodies: Bodies, ways: list[Outcome]
) -> None:
    with transaction.atomic():
        below = add_body(
            community=bodies.community, kind=BodyKind.WORKING_GROUP, name="Undergruppe", parent=bodies.fsu,
            by=bodies.by,
        )  # fmt: skip
        treatment = queued_case(bodies, below)
        lifted: set[int] = set()
        for way in ways:
            treatment, here = _taken(bodies, treatment, way), treatment.body_id
            if way == Outcome.ESCALATED and treatment.body_id != here:
                lifted.add(here)
            waiting = Forwarding.objects.filter(answered_by=None).exclude(kind=ForwardingKind.SENT_BACK)
            if waiting.exists():
                assert refusal(close, treatment.case, by=bodies.by) == "case.unanswered"
        while passage_under_way(treatment.case) is not None:
            treatment = _ready(bodies, passage_under_way(treatment.case))
            treat(_put(bodies, treatment), Outcome.DECIDED, by=bodies.by)
        for asked in Forwarding.objects.filter(kind=ForwardingKind.ESCALATED):
            came_back = asked.answered_by.outcome == Outcome.SENT_BACK
            meeting = meeting_of(asked.treatment.body)
            put_answers_on(meeting, by=bodies.by)
            told = AgendaItem.objects.filter(body=asked.treatment.body, answers=asked.answered_by)
            assert told.exists() or came_back
        close(treatment.case, by=bodies.by)
        assert Case.objects.get(pk=treatment.case_id).state == CaseState.CLOSED
        transaction.set_rollback(True)


def _put(bodies: Bodies, treatment: Treatment) -> AgendaItem:
    return put_on(meeting_of(treatment.body), treatment, by=bodies.by)


def _ready(bodies: Bodies, treatment: Treatment) -> Treatment:
    if treatment.state == TreatmentState.PREPARING:
        make_ready(treatment.case, by=bodies.by)
        treatment.refresh_from_db()
    return treatment


def _taken(bodies: Bodies, treatment: Treatment, way: Outcome) -> Treatment:
    """The body treats the case so; what it cannot do (nobody above or below) it puts off."""
    to_body = bodies.fsu if treatment.body_id == bodies.ssu.pk else None
    if way == Outcome.ESCALATED and treatment.body_id == bodies.ssu.pk:
        way = Outcome.POSTPONED
    if way == Outcome.DELEGATED and to_body is None:
        way = Outcome.POSTPONED
    pass_on = (
        PassOn(WHY[way], "Fordi.", to_body if way == Outcome.DELEGATED else None) if way in WHY else None
    )
    following = treat(_put(bodies, _ready(bodies, treatment)), way, by=bodies.by, pass_on=pass_on)
    assert following is not None
    return following


@pytest.mark.parametrize("left", [0, 1, 2])
def test_invariant_11_a_meeting_is_not_held_while_an_item_lacks_its_outcome(
    bodies: Bodies, left: int
) -> None:
    meeting = under_way(bodies, bodies.fsu, ("Første sak", "Andre sak", "Tredje sak"))
    for number, item in enumerate(items(meeting)):
        if number != left:
            note(item, by=bodies.by)
    missing = items(meeting)[left]
    with pytest.raises(Refused, match=missing.treatment.case.title) as refused:
        close_meeting(meeting, by=bodies.by)
    assert refused.value.code == "meeting.without_outcome"
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.UNDER_WAY
    note(missing, by=bodies.by)
    assert close_meeting(meeting, by=bodies.by).state == MeetingState.HELD


@pytest.mark.parametrize("state", list(MeetingState))
def test_invariant_11_cancelling_returns_every_item_to_the_queue_and_what_is_begun_is_not_cancelled(
    bodies: Bodies, state: MeetingState
) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    meeting.state, meeting.cancelled_because = state, "Uvær."
    meeting.save()
    may = MeetingState.CANCELLED in MEETING_TRANSITIONS[state]
    if not may:
        assert refusal(cancel_meeting, meeting, because="Uvær.", by=bodies.by, sent=SENT)
        assert live_items(meeting).exists()
        return
    cancel_meeting(meeting, because="Uvær.", by=bodies.by, sent=SENT)
    assert not live_items(meeting).exists()
    assert set(Treatment.objects.values_list("state", flat=True)) == {TreatmentState.QUEUED}
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.READY}


def test_invariant_12_a_postponed_item_is_on_the_next_agenda_by_itself_and_the_third_time_is_flagged(
    bodies: Bodies,
) -> None:
    queued_case(bodies, bodies.fsu, title="Felles kveldspatrulje")
    secretariat = signed_in(actor("ostfold"))
    for times in (1, 2, 3):
        meeting = meeting_of(bodies.fsu, TODAY + timedelta(days=times))
        fill_agenda(meeting, by=bodies.by)
        found = [item for item in live_items(meeting) if item.treatment]
        assert [item.treatment.postponed for item in found] == [times - 1], "nobody put it on"
        Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.UNDER_WAY)
        postpone(found[0], by=bodies.by)
        stuck = text_of(secretariat.get("/oppfolging/star-fast/"))
        assert ("Felles kveldspatrulje" in stuck) is (times == 3)


@pytest.mark.parametrize("kind", list(CaseKind))
def test_invariant_13_a_case_enters_no_agenda_without_its_brief(bodies: Bodies, kind: CaseKind) -> None:
    case = reported_case(bodies, kind=kind)
    treatment = begin(case, bodies.fsu, by=bodies.by)
    assert refusal(make_ready, case, by=bodies.by) == "case.brief"
    meeting = meeting_of(bodies.fsu)
    assert refusal(put_on, meeting, treatment, by=bodies.by) == "treatment.state"
    fill_agenda(meeting, by=bodies.by)
    assert not live_items(meeting).filter(treatment__isnull=False).exists()
    write_brief(case)
    put_on(meeting, make_ready(case, by=bodies.by), by=bodies.by)


def test_invariant_13_a_late_item_is_marked_and_goes_out_only_with_the_chairs_yes(bodies: Bodies) -> None:
    chair, member = (give_account(holder_of(seat_of(bodies, order))) for order in (0, 1))
    meeting = called(bodies)
    treatment = queued_case(bodies, bodies.fsu, title="Hastesak", number=9)
    assert refusal(add_case, meeting, treatment, by=bodies.by) == "item.late"
    item = add_case(meeting, treatment, by=bodies.by, late_because="Fristen er før jul.")
    assert item.is_late
    page = text_of(signed_in(actor("ostfold")).get(f"/moter/{meeting.pk}/"))
    assert "«Hastesak» kom sent og venter på ja fra leder." in page
    send_changed(meeting, bodies)
    assert not sent_titles(meeting) & {"Hastesak"}
    with pytest.raises(Refused):
        done(allow_late, item, by=member)
    done(allow_late, item, by=chair)
    send_changed(meeting, bodies)
    assert "Hastesak" in sent_titles(meeting)
    newest = meeting.agenda_versions.filter(is_public=True).first()
    assert [line["late"] for line in newest.content if line["title"] == "Hastesak"] == [True]


def send_changed(meeting: Meeting, bodies: Bodies) -> None:
    meeting.refresh_from_db()
    send_notice(meeting, by=bodies.by, sent=SENT)


def sent_titles(meeting: Meeting) -> set[str]:
    newest = meeting.agenda_versions.filter(is_public=True).first()
    return {line["title"] for line in newest.content}


def test_invariant_15_the_disqualified_are_out_of_attendance_vote_and_closed_documents_and_in_the_minutes(
    bodies: Bodies,
) -> None:
    per = give_account(holder_of(seat_of(bodies, 1)))
    kari = give_account(holder_of(seat_of(bodies, 0)))
    substitute(seat_of(bodies, 1), "Vara Først")
    meeting = called(bodies)
    item = live_items(meeting).get(kind=ItemKind.DECISION)
    Case.objects.filter(pk=item.treatment.case_id).update(
        access=Access.BODY, law_reference="offentleglova § 13", public_title="En sak"
    )
    case = Case.objects.get(pk=item.treatment.case_id)
    conflict = done(raise_conflict, item, ground=ImpartialityGround.PARTY, by=per)
    out = Judgement(ConflictConclusion.DISQUALIFIED, "Er søker.", "fvl. § 6 a")
    done(conclude_conflict, conflict, out, meeting=meeting, by=kari, sent=SENT)
    assert not may_read_closed(per, case)
    with scope(bodies.by):
        Meeting.objects.filter(pk=meeting.pk).update(day=TODAY)
        begun = start(meeting, bodies)
        for other in items(begun):
            names = {voter.tenure.name for voter in voters_of(other)}
            here = there_at([other], attendances_of(meeting))[other.pk]
            there = {one.tenure.name for one in here if one.is_there}
            is_it = other.pk == item.pk
            assert ("Per Solbakken" in names | there) is not is_it
            assert ("Vara Først" in names) is is_it
        finish(begun, item, bodies)
        whole = MinutesVersion.objects.get(is_public=False).content
        told = next(one for one in whole["items"] if one["id"] == item.pk)["conflicts"]
        assert [(one["name"], one["because"]) for one in told] == [("Per Solbakken", "Er søker.")]


def start(meeting: Meeting, bodies: Bodies) -> Meeting:
    meeting.attendances.exclude(presence="absent").update(answer=Answer.YES)
    meeting.refresh_from_db()
    return start_meeting(meeting, by=bodies.by)


def finish(meeting: Meeting, item: AgendaItem, bodies: Bodies) -> None:
    for other in items(meeting):
        if other.pk == item.pk:
            decide(other, points=[point(bodies)], by=bodies.by)
        else:
            note(other, by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    send_minutes(meeting, by=bodies.by)


@pytest.mark.slow
@given(st.lists(st.lists(st.sampled_from(["new", "off", "send"]), max_size=5), min_size=1, max_size=3))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_invariant_18_numbers_run_from_one_without_gaps_per_body_and_year_and_never_change(
    bodies: Bodies, meetings: list[list[str]]
) -> None:
    with transaction.atomic():
        given_before: dict[int, tuple[int, int]] = {}
        made = 0
        for place, acts in enumerate(meetings):
            meeting = meeting_of(bodies.fsu, DAY + timedelta(days=place))
            for act in ["new", *acts, "send"]:
                if act == "new":
                    made += 1
                    treatment = queued_case(bodies, bodies.fsu, number=made)
                    put_on(meeting, treatment, by=bodies.by, late_because="Haster.")
                elif act == "off":
                    take_away(meeting, live_items(meeting).values_list("pk", flat=True)[:1], by=bodies.by)
                elif live_items(meeting).exists():
                    _send(meeting, bodies)
                numbered = AgendaItem.objects.filter(body=bodies.fsu, number__isnull=False)
                now = {item.pk: (item.year, item.number) for item in numbered}
                assert sorted(number for _year, number in now.values()) == list(range(1, len(now) + 1))
                assert {pk: now.get(pk) for pk in given_before} == given_before
                given_before = now
        transaction.set_rollback(True)


def _send(meeting: Meeting, bodies: Bodies) -> None:
    """The chair has said yes to what is late; a notice in which nothing is left to send is refused."""
    chair = actor_of_chair(bodies)
    live_items(meeting).filter(is_late=True).update(late_yes_by=chair)
    meeting.refresh_from_db()
    send_notice(meeting, by=bodies.by, sent=SENT)


def actor_of_chair(bodies: Bodies) -> int:
    person = holder_of(seat_of(bodies, 0)).person
    account = getattr(person, "account", None)
    return account.pk if account else give_account(holder_of(seat_of(bodies, 0))).account_id  # type: ignore[return-value]


@pytest.mark.usefixtures("committed")
def test_invariant_18_two_notices_sent_at_the_same_moment_share_no_number_and_leave_no_gap() -> None:
    with transaction.atomic():
        bodies = make_bodies()
        with scope(bodies.by):
            made = [meeting_of(bodies.fsu, day) for day in (date(2026, 12, 9), date(2026, 12, 16))]
            for number in range(6):
                put_on(made[number % 2], queued_case(bodies, bodies.fsu, number=number + 1), by=bodies.by)
    ready, faults = threading.Barrier(2), []

    def send(meeting: Meeting) -> None:
        try:
            ready.wait(PATIENCE_SECONDS)
            with transaction.atomic(), scope(bodies.by):
                send_notice(meeting, by=bodies.by, sent=SENT)
        except (Refused, DatabaseError, threading.BrokenBarrierError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[meeting]) for meeting in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert faults == []
    with transaction.atomic(), scope(bodies.by):
        numbers = AgendaItem.objects.filter(body=bodies.fsu).values_list("number", flat=True)
        assert sorted(numbers) == [1, 2, 3, 4, 5, 6]
