"""An outcome is taken back while the meeting is under way and nobody has done anything with what followed.

Nothing leaves the history: every row that goes is kept there by the database, and the log tells what it said.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Ref, forget, machine, record, scope
from samspill.governance.actions.consultation_outcomes import untell_consultation
from samspill.governance.actions.indexing_decisions import DECISION
from samspill.governance.actions.moving_meetings import lock_meeting
from samspill.governance.actions.passage_states import lock_case, move_case
from samspill.governance.actions.standing_items import take_answer_off
from samspill.governance.models import (
    AgendaItem,
    Case,
    CaseText,
    Decision,
    DecisionParty,
    FollowUp,
    FollowUpReport,
    Forwarding,
    Treatment,
)
from samspill.governance.permissions import check_may_act
from samspill.governance.states import (
    CarryingState,
    CaseState,
    FollowUpState,
    MeetingState,
    TreatmentState,
)
from samspill.refusal import Refused

# A passage that has come no further than it was put.
UNTOUCHED = frozenset({TreatmentState.QUEUED, TreatmentState.PREPARING})


def take_back(item: AgendaItem, *, by: Actor) -> None:
    """The item has no outcome again, and its case is on this agenda. What was written stays as a draft.

    Refuses when the meeting is over, when the next passage is on an agenda or has been worked on, and when
    somebody has told how it goes with what was decided.
    """
    check_may_act(by, "meetings.write", item)
    with transaction.atomic():
        meeting = lock_meeting(item.meeting)
        item.refresh_from_db(fields=["outcome"])
        if meeting.state != MeetingState.UNDER_WAY:
            raise Refused(
                "item.meeting_over",
                _("The meeting is over, so what came of the item stands. A later decision can change it."),
            )
        if not item.outcome:
            raise Refused("item.not_treated", _("Nothing has come of this item yet."))
        said = _drop_decision(item)
        outcome, item.outcome = item.outcome, ""
        item.save(update_fields=["outcome"])
        if item.treatment is not None:
            case = lock_case(item.treatment.case)
            untell_consultation(case, outcome, by=by)
            _return_case(case, item.treatment, item, by)
        record(by=by, act="item.take_back", on=item, outcome=outcome, said=said)


def _drop_decision(item: AgendaItem) -> list[str]:
    """The decision goes with everything below it; returns its points. Refuses one that has begun."""
    decision = Decision.objects.filter(item=item).first()
    if decision is None:
        return []
    follow_ups = FollowUp.objects.filter(point__decision=decision)
    parties = DecisionParty.objects.filter(point__decision=decision)
    begun = follow_ups.exclude(state=FollowUpState.OPEN).exists()
    begun = begun or FollowUpReport.objects.filter(follow_up__in=follow_ups).exists()
    if begun or parties.exclude(state=CarryingState.NOT_STARTED).exists():
        raise Refused(
            "decision.begun", _("Somebody has begun to carry this out, so it cannot be taken back.")
        )
    said = list(decision.points.values_list("text", flat=True))
    follow_ups.delete()
    parties.delete()
    decision.votes.all().delete()
    decision.dissents.all().delete()
    decision.points.all().delete()
    forget(Ref(DECISION, decision.pk))
    decision.delete()
    return said


def _return_case(case: Case, treatment: Treatment, item: AgendaItem, by: Actor) -> None:
    following = case.treatments.filter(order__gt=treatment.order).order_by("order")
    for later in following:
        _check_untouched(later, item, by)
    if not take_answer_off(treatment):
        raise Refused("item.heard", _("The body below has heard the answer, so it cannot be taken back."))
    _forget_answers(treatment)
    following.delete()
    Forwarding.objects.filter(treatment=treatment).delete()
    treatment.refresh_from_db()
    treatment.state, treatment.outcome, treatment.treated_on = TreatmentState.ON_AGENDA, "", None
    treatment.save(update_fields=["state", "outcome", "treated_on"])
    _back_on_agenda(case)


def _check_untouched(later: Treatment, item: AgendaItem, by: Actor) -> None:
    """Nobody has put it on an agenda, passed it on, or written in the brief since."""
    treated = (
        AuditEvent.objects.filter(act="item.treat", on_kind=AgendaItem._meta.label_lower, on_id=item.pk)
        .order_by("-pk")
        .first()
    )
    with scope(machine(by.community_id, by.today)):  # also what the secretary may not read
        written = treated and CaseText.objects.filter(case=later.case_id, at__gt=treated.at).exists()
    if later.state not in UNTOUCHED or later.items.exists() or written:
        raise Refused(
            "item.gone_on",
            _("%(body)s has begun with the case, so it cannot be taken back. They can send it back.")
            % {"body": later.body},
        )


def _forget_answers(treatment: Treatment) -> None:
    for asked in Forwarding.objects.filter(answered_by=treatment):
        asked.answered_by = None
        asked.save(update_fields=["answered_by"])


def _back_on_agenda(case: Case) -> None:
    """By the ways the table has: what is treated is taken up again, ready, and on the agenda."""
    if case.state == CaseState.PREPARING or case.state in {CaseState.TREATED, CaseState.FOLLOWED_UP}:
        move_case(case, CaseState.READY)
    move_case(case, CaseState.ON_AGENDA)
