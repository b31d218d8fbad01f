"""An outcome is taken back while nobody has gone on with it; history keeps what was said."""

import pytest

from factories.bodies import Bodies
from factories.cases import meeting_of
from factories.rooms import first_item, point, under_way
from integration.governance.test_room import MONEY, refusal
from samspill.governance.actions.passages import put_on
from samspill.governance.models import (
    Case,
    Decision,
    DecisionPoint,
    FollowUp,
    Forwarding,
    Treatment,
)
from samspill.governance.public import (
    close_meeting,
    decide,
    lift,
    note,
    postpone,
    send_back,
    take_back,
)
from samspill.governance.states import (
    CaseState,
    FollowUpState,
    ForwardingReason,
    Outcome,
    TreatmentState,
)


def test_a_decision_is_taken_back_and_made_again_and_history_keeps_both(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    decide(item, points=[point(bodies, parties=())], by=bodies.by)
    take_back(item, by=bodies.by)
    item.refresh_from_db()
    assert item.outcome == ""
    assert (Case.objects.get().state, Treatment.objects.get().state) == (CaseState.ON_AGENDA, "on_agenda")
    assert not Decision.objects.exists()
    assert Decision.pgh_event_model.objects.exists()
    decide(item, points=[point(bodies, "Ansett to.")], by=bodies.by)
    assert DecisionPoint.objects.get().text == "Ansett to."


@pytest.mark.parametrize("outcome", ["postpone", "lift", "send_back", "note"])
def test_each_outcome_can_be_taken_back_while_what_followed_is_untouched(
    bodies: Bodies, outcome: str
) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    acts = {
        "postpone": lambda: postpone(item, by=bodies.by),
        "note": lambda: note(item, by=bodies.by),
        "lift": lambda: lift(item, reason=MONEY, words="Dyrt.", points=[point(bodies)], by=bodies.by),
        "send_back": lambda: send_back(item, reason=ForwardingReason.INCOMPLETE, words="Mer.", by=bodies.by),
    }
    acts[outcome]()
    take_back(item, by=bodies.by)
    assert [one.state for one in Treatment.objects.all()] == [TreatmentState.ON_AGENDA]
    assert not Forwarding.objects.exists()
    acts["lift"]()
    assert Forwarding.objects.count() == 1


def test_what_the_next_body_has_begun_with_is_not_taken_back(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    above = lift(item, reason=MONEY, words="Dyrt.", by=bodies.by)
    put_on(meeting_of(bodies.ssu), above, by=bodies.by)
    assert refusal(take_back, item, by=bodies.by).code == "item.gone_on"
    item.refresh_from_db()
    assert item.outcome == Outcome.ESCALATED


def test_what_somebody_carries_out_is_not_taken_back(bodies: Bodies) -> None:
    item = first_item(under_way(bodies, bodies.fsu))
    decide(item, points=[point(bodies)], by=bodies.by)
    FollowUp.objects.update(state=FollowUpState.STARTED)
    assert refusal(take_back, item, by=bodies.by).code == "decision.begun"
    assert Decision.objects.exists()


def test_nothing_is_taken_back_when_the_meeting_is_over(bodies: Bodies) -> None:
    meeting = under_way(bodies, bodies.fsu)
    item = first_item(meeting)
    note(item, by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    assert refusal(take_back, item, by=bodies.by).code == "item.meeting_over"
