"""A case goes through bodies with one number; what is put off or lifted comes back by itself."""

from datetime import date

import pytest

from factories.bodies import Bodies
from factories.cases import meeting_of, queued_case, reported_case, write_brief
from samspill.directory.public import AuditEvent
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.passages import (
    back_to_preparing,
    begin,
    cancel,
    close,
    make_ready,
    put_on,
    take_off,
    treat,
)
from samspill.governance.models import AnchoringRound, Case, Forwarding, Treatment
from samspill.governance.states import (
    Access,
    AnchoringState,
    BriefPart,
    CaseState,
    ForwardingKind,
    ForwardingReason,
    MeetingState,
    Outcome,
    TreatmentState,
)
from samspill.refusal import Refused

UP = PassOn(
    ForwardingReason.ECONOMY, "Det koster 3,4 millioner kroner i året.", recommendation="Start i februar."
)


def on_agenda(bodies: Bodies, **kwargs: object) -> Treatment:
    treatment = queued_case(bodies, bodies.fsu, **kwargs)
    put_on(meeting_of(bodies.fsu), treatment, by=bodies.by)
    return treatment


def test_what_is_done_with_a_screened_case_stands_in_the_log_under_its_public_title(bodies: Bodies) -> None:
    """Invariant 19: everybody in the helsefellesskap may read the log."""
    closed = {"access": Access.BODY, "law_reference": "offentleglova § 23", "public_title": "Tilskudd"}
    case = reported_case(bodies, title="Tilskudd til Fjordly", **closed)
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case)
    make_ready(case, by=bodies.by)
    back_to_preparing(case, by=bodies.by)
    treatment = make_ready(case, by=bodies.by)
    put_on(meeting_of(bodies.fsu), treatment, by=bodies.by)
    treat(item_of(treatment), Outcome.DECIDED, by=bodies.by)
    close(case, by=bodies.by)
    told = AuditEvent.objects.values_list("act", "on_title")
    assert {title for act, title in told if act.startswith("case.")} == {"2026/1 Tilskudd"}
    assert not [title for _act, title in told if "Fjordly" in title]


def item_of(treatment: Treatment):  # type: ignore[no-untyped-def]
    return treatment.items.get(is_removed=False)


def test_a_case_has_one_number_through_every_body_and_each_passage_is_kept(bodies: Bodies) -> None:
    """Invariant 9."""
    treatment = on_agenda(bodies)
    above = treat(item_of(treatment), Outcome.ESCALATED, by=bodies.by, pass_on=UP)
    assert above is not None
    item = put_on(meeting_of(bodies.ssu), above, by=bodies.by)
    treat(item, Outcome.DECIDED, by=bodies.by)
    case = Case.objects.get()
    assert case.reference == "2026/1"
    assert [(one.body, one.outcome) for one in case.treatments.order_by("order")] == [
        (bodies.fsu, Outcome.ESCALATED),
        (bodies.ssu, Outcome.DECIDED),
    ]


def test_a_lifted_case_cannot_be_closed_before_the_body_above_has_answered(bodies: Bodies) -> None:
    """Invariant 10."""
    treatment = on_agenda(bodies)
    above = treat(item_of(treatment), Outcome.ESCALATED, by=bodies.by, pass_on=UP)
    assert above is not None
    with pytest.raises(Refused) as refused:
        close(treatment.case, by=bodies.by)
    assert refused.value.code == "case.unanswered"
    treat(put_on(meeting_of(bodies.ssu), above, by=bodies.by), Outcome.DECIDED, by=bodies.by)
    assert Forwarding.objects.get().answered_by == above
    close(treatment.case, by=bodies.by)
    assert Case.objects.get().state == CaseState.CLOSED


def test_a_lifted_case_that_is_put_off_above_is_answered_by_the_later_passage(bodies: Bodies) -> None:
    above = treat(item_of(on_agenda(bodies)), Outcome.ESCALATED, by=bodies.by, pass_on=UP)
    assert above is not None
    again = treat(put_on(meeting_of(bodies.ssu), above, by=bodies.by), Outcome.POSTPONED, by=bodies.by)
    assert again is not None
    assert Forwarding.objects.get().answered_by is None
    treat(put_on(meeting_of(bodies.ssu), again, by=bodies.by), Outcome.DECIDED, by=bodies.by)
    assert Forwarding.objects.get().answered_by == again


def test_an_assignment_comes_back_to_the_body_that_gave_it(bodies: Bodies) -> None:
    treatment = queued_case(bodies, bodies.ssu)
    down = PassOn(ForwardingReason.EXPERTISE, "Regn ut hva det koster.", bodies.fsu, due=date(2027, 1, 15))
    below = treat(
        put_on(meeting_of(bodies.ssu), treatment, by=bodies.by), Outcome.DELEGATED, by=bodies.by, pass_on=down
    )
    assert below is not None
    assert below.state == TreatmentState.PREPARING
    make_ready(below.case, by=bodies.by)
    below.refresh_from_db()
    back = treat(put_on(meeting_of(bodies.fsu), below, by=bodies.by), Outcome.RECOMMENDED, by=bodies.by)
    assert back is not None
    assert (back.body, back.state) == (bodies.ssu, TreatmentState.QUEUED)
    assert Forwarding.objects.get(kind=ForwardingKind.DELEGATED).answered_by == below


def test_a_postponed_item_is_in_the_queue_again_by_itself_and_counts(bodies: Bodies) -> None:
    """Invariant 12."""
    treatment = queued_case(bodies, bodies.fsu)
    for times in (1, 2, 3):
        item = put_on(meeting_of(bodies.fsu), treatment, by=bodies.by)
        again = treat(item, Outcome.POSTPONED, by=bodies.by)
        assert again is not None
        assert (again.state, again.postponed) == (TreatmentState.QUEUED, times)
        treatment = again
    assert Case.objects.get().state == CaseState.READY


@pytest.mark.parametrize("left_out", [BriefPart.RECOMMENDATION, BriefPart.USER_VIEW, BriefPart.ECONOMIC])
def test_a_case_for_decision_needs_a_whole_brief(bodies: Bodies, left_out: BriefPart) -> None:
    """Invariant 13."""
    case = reported_case(bodies)
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case, leave_out=frozenset({left_out}))
    with pytest.raises(Refused, match=str(left_out.label)):
        make_ready(case, by=bodies.by)
    write_brief(case)
    assert make_ready(case, by=bodies.by).state == TreatmentState.QUEUED


def test_what_must_be_anchored_waits_for_the_round_or_a_reason(bodies: Bodies) -> None:
    """Invariant 14."""
    case = reported_case(bodies, needs_anchoring=True)
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case)
    with pytest.raises(Refused) as refused:
        make_ready(case, by=bodies.by)
    assert refused.value.code == "case.anchoring"
    asked = AnchoringRound.objects.create(
        community=bodies.community, case=case, question="Skal vi begynne?", due=date(2026, 12, 1)
    )
    with pytest.raises(Refused):
        make_ready(case, by=bodies.by)
    asked.state, asked.waived_because = AnchoringState.WAIVED, "Alle har sagt ja muntlig."
    asked.save()
    assert make_ready(case, by=bodies.by).state == TreatmentState.QUEUED


def test_cancelling_a_meeting_puts_every_case_back_in_the_queue(bodies: Bodies) -> None:
    """Invariant 11, the second half."""
    meeting = meeting_of(bodies.fsu)
    for number in (1, 2):
        put_on(meeting, queued_case(bodies, bodies.fsu, number=number), by=bodies.by)
    cancel(meeting, because="Uvær.", by=bodies.by)
    assert set(Treatment.objects.values_list("state", flat=True)) == {TreatmentState.QUEUED}
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.READY}


def test_a_late_item_says_why_it_cannot_wait(bodies: Bodies) -> None:
    treatment = queued_case(bodies, bodies.fsu)
    called = meeting_of(bodies.fsu, state=MeetingState.CALLED)
    with pytest.raises(Refused) as refused:
        put_on(called, treatment, by=bodies.by)
    assert refused.value.code == "item.late"
    assert put_on(called, treatment, by=bodies.by, late_because="Fristen er før jul.").is_late


def test_an_item_with_an_outcome_stays_on_the_agenda(bodies: Bodies) -> None:
    item = item_of(on_agenda(bodies))
    treat(item, Outcome.DECIDED, by=bodies.by)
    with pytest.raises(Refused):
        take_off(item, by=bodies.by)


def test_a_case_is_lifted_once(bodies: Bodies) -> None:
    item = item_of(on_agenda(bodies))
    treat(item, Outcome.ESCALATED, by=bodies.by, pass_on=UP)
    item.treatment.refresh_from_db()
    with pytest.raises(Refused):
        treat(item, Outcome.ESCALATED, by=bodies.by, pass_on=UP)
    assert Forwarding.objects.count() == 1


def test_a_case_is_sent_back_to_where_it_came_from(bodies: Bodies) -> None:
    above = treat(item_of(on_agenda(bodies)), Outcome.ESCALATED, by=bodies.by, pass_on=UP)
    assert above is not None
    item = put_on(meeting_of(bodies.ssu), above, by=bodies.by)
    why = PassOn(ForwardingReason.INCOMPLETE, "Vi vet ikke hva det koster.")
    back = treat(item, Outcome.SENT_BACK, by=bodies.by, pass_on=why)
    assert back is not None
    assert (back.body, back.state) == (bodies.fsu, TreatmentState.PREPARING)


def test_a_case_goes_on_only_with_a_reason_in_words(bodies: Bodies) -> None:
    item = item_of(on_agenda(bodies))
    with pytest.raises(Refused) as refused:
        treat(item, Outcome.ESCALATED, by=bodies.by, pass_on=PassOn(ForwardingReason.ECONOMY, " "))
    assert refused.value.field == "words"
    item.refresh_from_db()
    assert item.outcome == ""
