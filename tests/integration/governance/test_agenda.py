"""The agenda is filled in one act, put in order, and everything can be taken back."""

from datetime import date

import pytest

from factories.bodies import Bodies
from factories.cases import meeting_of, queued_case
from factories.meetings import DAY, SENT, called, done, give_account, holder_of, meeting_with_cases, seat_of
from samspill.governance.actions.agenda import (
    Changes,
    add_case,
    allow_late,
    change_item,
    fill_agenda,
    order_items,
    put_back,
    take_away,
)
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.passages import put_on, treat
from samspill.governance.models import AgendaItem, AgendaVersion, Meeting, Treatment
from samspill.governance.queries.agenda import live_items
from samspill.governance.states import (
    ForwardingReason,
    ItemKind,
    MeetingState,
    Outcome,
    TreatmentState,
)
from samspill.refusal import Refused


def kinds(meeting: Meeting) -> list[str]:
    return list(live_items(meeting).values_list("kind", flat=True))


def test_everything_that_is_ready_stands_in_its_order_after_one_act(bodies: Bodies) -> None:
    held = meeting_of(bodies.fsu, date(2026, 10, 22), MeetingState.MINUTES_OUT)
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    assert kinds(meeting) == [
        ItemKind.APPROVAL,
        ItemKind.DECISION,
        ItemKind.DISCUSSION,
        ItemKind.INFORMATION,
        ItemKind.DECISION_STATUS,
        ItemKind.OTHER_BUSINESS,
    ]
    assert live_items(meeting)[0].about == held
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.DRAFT


def test_filling_again_adds_only_what_is_new_and_keeps_what_was_moved(bodies: Bodies) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    ids = list(live_items(meeting).values_list("pk", flat=True))
    order_items(meeting, ids[::-1], by=bodies.by)
    new = queued_case(bodies, bodies.fsu, title="Enda en sak", number=9)
    (item,) = fill_agenda(meeting, by=bodies.by)
    assert item.treatment == new
    rest = [one.pk for one in live_items(meeting) if one.pk != item.pk]
    assert rest == ids[::-1]


def test_a_postponed_case_is_on_the_next_agenda_by_itself(bodies: Bodies) -> None:
    """Invariant 12."""
    first = meeting_of(bodies.fsu)
    item = put_on(first, queued_case(bodies, bodies.fsu), by=bodies.by)
    again = treat(item, Outcome.POSTPONED, by=bodies.by)
    following = meeting_of(bodies.fsu, DAY)
    fill_agenda(following, by=bodies.by)
    assert again in [one.treatment for one in live_items(following)]


def test_an_answer_from_the_body_above_is_brought_once(bodies: Bodies) -> None:
    """Invariant 10, the second half."""
    below = put_on(meeting_of(bodies.fsu), queued_case(bodies, bodies.fsu), by=bodies.by)
    up = PassOn(ForwardingReason.ECONOMY, "Det koster 3,4 millioner.")
    above = treat(below, Outcome.ESCALATED, by=bodies.by, pass_on=up)
    assert above is not None
    treat(put_on(meeting_of(bodies.ssu), above, by=bodies.by), Outcome.DECIDED, by=bodies.by)
    for day, found in ((DAY, 1), (date(2027, 1, 20), 0)):
        meeting = meeting_of(bodies.fsu, day)
        fill_agenda(meeting, by=bodies.by)
        assert live_items(meeting).filter(kind=ItemKind.ANSWER, answers=above).count() == found


def test_the_minutes_of_the_last_meeting_are_asked_about_once(bodies: Bodies) -> None:
    """Invariant 17, the last part."""
    meeting_of(bodies.fsu, date(2026, 10, 22), MeetingState.HELD)
    for day, found in ((DAY, 1), (date(2027, 1, 20), 0)):
        meeting = meeting_of(bodies.fsu, day)
        fill_agenda(meeting, by=bodies.by)
        assert kinds(meeting).count(ItemKind.APPROVAL) == found


def test_what_is_taken_off_is_in_the_queue_and_can_be_put_back_where_it_was(bodies: Bodies) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    before = [one.pk for one in live_items(meeting)]
    take_away(meeting, before[:1], by=bodies.by)
    item = AgendaItem.objects.get(pk=before[0])
    assert item.treatment.state == TreatmentState.QUEUED
    put_back(item, by=bodies.by)
    assert [one.pk for one in live_items(meeting)] == before
    item.treatment.refresh_from_db()
    assert item.treatment.state == TreatmentState.ON_AGENDA


def test_an_order_with_another_item_in_it_is_refused(bodies: Bodies) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    ids = list(live_items(meeting).values_list("pk", flat=True))
    with pytest.raises(Refused) as refused:
        order_items(meeting, [*ids[1:], 999_999], by=bodies.by)
    assert refused.value.code == "agenda.order"


def test_a_discussion_is_not_taken_in_one_stroke(bodies: Bodies) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    discussion = live_items(meeting).get(kind=ItemKind.DISCUSSION)
    with pytest.raises(Refused):
        change_item(discussion, Changes(10, is_consent=True), by=bodies.by)
    change_item(discussion, Changes(45, presenter="Kari Nordli"), by=bodies.by)
    discussion.refresh_from_db()
    assert (discussion.minutes_wanted, discussion.presenter) == (45, "Kari Nordli")


def test_a_late_item_needs_the_chairs_yes_and_is_marked(bodies: Bodies) -> None:
    """Invariant 13."""
    chair = give_account(holder_of(seat_of(bodies, 0)))
    other = give_account(holder_of(seat_of(bodies, 1)))
    meeting = called(bodies)
    late = queued_case(bodies, bodies.fsu, title="Det som haster", number=9)
    with pytest.raises(Refused) as refused:
        fill_agenda(meeting, by=bodies.by)
    assert refused.value.code == "meeting.called"
    item = add_case(meeting, late, by=bodies.by, late_because="Fristen er før jul.")
    send_notice(meeting, by=bodies.by, sent=SENT)
    item.refresh_from_db()
    assert item.reference == ""
    for nobody in (other, bodies.by):
        with pytest.raises(Refused) as refused:
            done(allow_late, item, by=nobody)
        assert refused.value.code == "meeting.chair_only"
    done(allow_late, item, by=chair)
    send_notice(meeting, by=bodies.by, sent=SENT)
    item.refresh_from_db()
    assert (item.reference, item.is_late, item.late_yes_by_id) == ("6/26", True, chair.account_id)
    newest = AgendaVersion.objects.filter(meeting=meeting, is_public=True).latest("version")
    assert [one["number"] for one in newest.content if one["late"]] == ["6/26"]


def test_only_the_secretariat_makes_the_agenda(bodies: Bodies) -> None:
    member = give_account(holder_of(seat_of(bodies, 1)))
    meeting = meeting_with_cases(bodies)
    with pytest.raises(Refused):
        fill_agenda(meeting, by=member)
    assert not Treatment.objects.filter(state=TreatmentState.ON_AGENDA).exists()
