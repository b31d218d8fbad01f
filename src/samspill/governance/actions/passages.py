"""A case goes through bodies: the chain of its passages, from the first preparation to the last answer.

Here: the states of case, passage and agenda item, moved together; `passage_states` moves one of them, and
`forwarding` takes a case to another body and the answer back. Not here: what is written in a brief, who is
called to a meeting, what a decision says (their own files), nor pages.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body, record
from samspill.governance.actions.consultation_outcomes import onward, tell_consultation
from samspill.governance.actions.forwarding import PASSED, PassOn, answered, pass_on_case, unanswered
from samspill.governance.actions.indexing_cases import log_title
from samspill.governance.actions.passage_states import (
    lock_case,
    move_case,
    move_treatment,
    new_passage,
    passage_under_way,
)
from samspill.governance.models import AgendaItem, Case, Meeting, Treatment
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.briefs import standing_texts
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.rules.moving import check_move
from samspill.governance.rules.passages import (
    check_anchored,
    check_brief,
    check_outcome,
)
from samspill.governance.states import (
    COMING,
    ITEM_OF_CASE,
    MINUTES_FOR,
    OPEN_AGENDA,
    TREATMENT_TRANSITIONS,
    CaseKind,
    CaseState,
    ForwardingKind,
    MeetingState,
    Outcome,
    TreatmentState,
)
from samspill.refusal import Refused


def begin(case: Case, body: Body, *, by: Actor) -> Treatment:
    """The secretariat takes a case up for a body: preparation begins. Refuses a case already on its way."""
    check_may_act(by, "cases.prepare", case)
    with transaction.atomic():
        case = lock_case(case)
        if passage_under_way(case) is not None:
            raise Refused(
                "case.under_way", _("The case is on its way through a body already. Finish that first.")
            )
        move_case(case, CaseState.PREPARING)
        treatment = new_passage(case, body, TreatmentState.PREPARING)
        record(by=by, act="case.begin", on=case, title=log_title(case), body=body.pk)
    return treatment


def written_parts(case: Case) -> set[str]:
    """Codes of the brief's parts that hold words now."""
    texts = standing_texts([case.pk]).get(case.pk, {})
    return {part for part, text in texts.items() if text.strip()}


def check_enters(case: Case) -> None:
    """A meeting takes a case only with its brief, and when those who must be asked have answered."""
    check_brief(case.kind, written_parts(case))
    check_anchored(case.needs_anchoring, list(case.anchoring_rounds.values_list("state", flat=True)))


def make_ready(case: Case, *, by: Actor) -> Treatment:
    """The case may be taken by the next meeting. Refuses an unfinished brief and open anchoring."""
    check_may_act(by, "cases.prepare", case)
    check_not_disqualified(by, [case.pk])
    with transaction.atomic():
        case = lock_case(case)
        treatment = _preparing(case)
        check_enters(case)
        move_treatment(treatment, TreatmentState.QUEUED)
        move_case(case, CaseState.READY)
        record(by=by, act="case.ready", on=case, title=log_title(case))
    return treatment


def _preparing(case: Case) -> Treatment:
    treatment = passage_under_way(case)
    if treatment is None or treatment.state != TreatmentState.PREPARING:
        raise Refused("case.not_preparing", _("The case is not being prepared now. Look at where it stands."))
    return treatment


def back_to_preparing(case: Case, *, by: Actor) -> Treatment:
    """Take a case out of the queue to work more on it."""
    check_may_act(by, "cases.prepare", case)
    with transaction.atomic():
        case = lock_case(case)
        treatment = passage_under_way(case)
        if treatment is None:
            raise Refused("case.not_under_way", _("The case is not on its way through a body now."))
        move_treatment(treatment, TreatmentState.PREPARING)
        move_case(case, CaseState.PREPARING)
        record(by=by, act="case.back_to_preparing", on=case, title=log_title(case))
    return treatment


def put_on(meeting: Meeting, treatment: Treatment, *, by: Actor, late_because: str = "") -> AgendaItem:
    """A case that is ready stands on an agenda, last in it. After the notice it is late and says why.

    A late item has no yes until the chair gives it. Refuses another body's case, a meeting that is over, and
    a case whose brief or anchoring is not whole any more.
    """
    check_may_act(by, "meetings.manage", meeting)
    is_late = MeetingState(meeting.state) not in OPEN_AGENDA
    _check_takes(meeting, treatment, late_because if is_late else "-")
    with transaction.atomic():
        case = lock_case(treatment.case)
        treatment.refresh_from_db(fields=["state"])
        move_treatment(treatment, TreatmentState.ON_AGENDA)
        check_enters(case)
        move_case(case, CaseState.ON_AGENDA)
        kind = ITEM_OF_CASE[CaseKind(case.kind)]
        item = AgendaItem.objects.create(
            community_id=meeting.community_id,
            meeting=meeting,
            body_id=meeting.body_id,
            treatment=treatment,
            kind=kind,
            order=(meeting.items.aggregate(last=Max("order"))["last"] or 0) + 1,
            public_title=case.public_title or case.title,
            minutes_wanted=MINUTES_FOR[kind],
            is_late=is_late,
            late_because=late_because if is_late else "",
        )
        record(by=by, act="meeting.put_on", on=meeting, item=item.pk, case=case.pk)
    return item


def _check_takes(meeting: Meeting, treatment: Treatment, late_because: str) -> None:
    if MeetingState(meeting.state) not in COMING:
        raise Refused("meeting.over", _("The meeting is over. Choose one that is to come."))
    if meeting.body_id != treatment.body_id:
        raise Refused("meeting.other_body", _("The case is in another body. Choose one of its meetings."))
    if not late_because.strip():
        raise Refused(
            "item.late",
            _("The notice has been sent. Say why the case cannot wait, so that the chair can say yes or no."),
            field="late_because",
        )


def take_off(item: AgendaItem, *, by: Actor) -> None:
    """An item leaves the agenda; its case is in the queue again. Refuses what has an outcome."""
    check_may_act(by, "meetings.manage", item)
    if item.outcome:
        raise Refused("item.treated", _("The item has been treated, so it stays on the agenda."))
    with transaction.atomic():
        item.is_removed = True
        item.save(update_fields=["is_removed"])
        if item.treatment is not None:
            case = lock_case(item.treatment.case)
            move_treatment(item.treatment, TreatmentState.QUEUED)
            move_case(case, CaseState.READY)
        record(by=by, act="meeting.take_off", on=item.meeting, item=item.pk)


def cancel(meeting: Meeting, *, because: str, by: Actor) -> None:
    """The meeting is not held: every item goes back to the queue. The state is the caller's to check."""
    with transaction.atomic():
        for item in meeting.items.filter(is_removed=False).select_related("treatment", "treatment__case"):
            take_off(item, by=by)
        meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, because
        meeting.save(update_fields=["state", "cancelled_because"])
        record(by=by, act="meeting.cancel", on=meeting, because=because)


def treat(item: AgendaItem, outcome: str, *, by: Actor, pass_on: PassOn | None = None) -> Treatment | None:
    """What came of an item, and where its case goes: returns the next passage, or None when it ends here.

    Postponed: in the queue of the same body again. Lifted: in the queue of the body above. Given down or
    sent back: prepared there. An answer from above or below is joined to the passage that asked for it.
    """
    check_may_act(by, "meetings.write", item)
    check_outcome(outcome, has_case=item.treatment_id is not None)
    with transaction.atomic():
        item.outcome = outcome
        item.save(update_fields=["outcome"])
        record(by=by, act="item.treat", on=item, outcome=outcome)
        if item.treatment is None:
            return None
        case = lock_case(item.treatment.case)
        treatment = item.treatment
        _close_passage(treatment, Outcome(outcome), item.meeting.day)
        tell_consultation(case, treatment, Outcome(outcome), by=by)
        if outcome == Outcome.POSTPONED:
            return _again(case, treatment)
        if Outcome(outcome) in PASSED:
            return pass_on_case(case, treatment, PASSED[Outcome(outcome)], pass_on)
        above = onward(item, case, Outcome(outcome))
        if above is not None:
            return pass_on_case(case, treatment, ForwardingKind.ESCALATED, above)
        return answered(case, treatment)


def _close_passage(treatment: Treatment, outcome: Outcome, day: date) -> None:
    check_move(TREATMENT_TRANSITIONS, treatment.state, TreatmentState.TREATED, code="treatment.state")
    treatment.state, treatment.outcome, treatment.treated_on = TreatmentState.TREATED, outcome, day
    treatment.save(update_fields=["state", "outcome", "treated_on"])


def _again(case: Case, treatment: Treatment) -> Treatment:
    move_case(case, CaseState.READY)
    return new_passage(case, treatment.body, TreatmentState.QUEUED, postponed=treatment.postponed + 1)


def close(case: Case, *, by: Actor) -> None:
    """Nobody waits for the case any more. Refuses while another body owes it an answer."""
    check_may_act(by, "cases.prepare", case)
    with transaction.atomic():
        case = lock_case(case)
        waiting = unanswered(case)
        if waiting is not None:
            raise Refused(
                "case.unanswered",
                _("%(body)s has not answered yet. The case can be closed when it has.")
                % {"body": waiting.to_body},
            )
        move_case(case, CaseState.CLOSED)
        record(by=by, act="case.close", on=case, title=log_title(case))
