"""A case goes through bodies: the chain of its passages, from the first preparation to the last answer.

Here: the states of case, passage and agenda item, moved together. Not here: what is written in a brief, who
is called to a meeting, what a decision says (their own files), nor pages.
"""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body, record
from samspill.governance.actions.consultation_outcomes import onward, tell_consultation
from samspill.governance.actions.indexing_cases import log_title
from samspill.governance.actions.passing_on import PassOn
from samspill.governance.models import AgendaItem, Case, Forwarding, Meeting, Treatment
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.bodies import body_above
from samspill.governance.queries.briefs import standing_texts
from samspill.governance.queries.impartiality import check_not_disqualified
from samspill.governance.rules.moving import check_move
from samspill.governance.rules.passages import (
    check_anchored,
    check_brief,
    check_forwarding,
    check_outcome,
)
from samspill.governance.states import (
    CASE_TRANSITIONS,
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

PASSED = {
    Outcome.ESCALATED: ForwardingKind.ESCALATED,
    Outcome.DELEGATED: ForwardingKind.DELEGATED,
    Outcome.SENT_BACK: ForwardingKind.SENT_BACK,
}


def lock_case(case: Case) -> Case:
    """The case as it stands now, kept from others until the transaction ends."""
    locked = Case.objects.select_for_update().filter(pk=case.pk).first()
    if locked is None:
        raise Refused("case.gone", _("The case is not here any more. Go back to the list."))
    return locked


def move_case(case: Case, after: CaseState) -> None:
    """Give a locked case its next state. Refuses what the table does not allow."""
    if case.state == after:
        return
    check_move(CASE_TRANSITIONS, case.state, after, code="case.state")
    case.state = after
    case.save(update_fields=["state"])


def move_treatment(treatment: Treatment, after: TreatmentState) -> None:
    check_move(TREATMENT_TRANSITIONS, treatment.state, after, code="treatment.state")
    treatment.state = after
    treatment.save(update_fields=["state"])


def passage_under_way(case: Case) -> Treatment | None:
    """The passage that is not over, if there is one."""
    going = {TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA}
    return case.treatments.filter(state__in=going).select_related("body").first()


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
        treatment = _new_passage(case, body, TreatmentState.PREPARING)
        record(by=by, act="case.begin", on=case, title=log_title(case), body=body.pk)
    return treatment


def _new_passage(
    case: Case,
    body: Body,
    state: TreatmentState,
    *,
    came_by: Forwarding | None = None,
    postponed: int = 0,
) -> Treatment:
    last = case.treatments.aggregate(last=Max("order"))["last"] or 0
    return Treatment.objects.create(
        community_id=case.community_id,
        case=case,
        body=body,
        order=last + 1,
        state=state,
        came_by=came_by,
        postponed=postponed,
    )


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
            return _pass_on(case, treatment, PASSED[Outcome(outcome)], pass_on)
        above = onward(item, case, Outcome(outcome))
        if above is not None:
            return lift_answer(case, treatment, above)
        return _answered(case, treatment)


def lift_answer(case: Case, treatment: Treatment, above: PassOn) -> Treatment:
    """What a body could not approve itself goes up, after its own passage is over."""
    return _pass_on(case, treatment, ForwardingKind.ESCALATED, above)


def _close_passage(treatment: Treatment, outcome: Outcome, day: date) -> None:
    check_move(TREATMENT_TRANSITIONS, treatment.state, TreatmentState.TREATED, code="treatment.state")
    treatment.state, treatment.outcome, treatment.treated_on = TreatmentState.TREATED, outcome, day
    treatment.save(update_fields=["state", "outcome", "treated_on"])


def _again(case: Case, treatment: Treatment) -> Treatment:
    move_case(case, CaseState.READY)
    return _new_passage(case, treatment.body, TreatmentState.QUEUED, postponed=treatment.postponed + 1)


def _pass_on(case: Case, treatment: Treatment, kind: ForwardingKind, pass_on: PassOn | None) -> Treatment:
    if pass_on is None:
        raise Refused("forwarding.missing", _("Say where the case goes and why."), field="reason")
    to_body = pass_on.to_body or _where(treatment, kind)
    here = treatment.body_id if kind != ForwardingKind.SENT_BACK else 0
    check_forwarding(kind, pass_on.reason, pass_on.words, here=here, there=to_body.pk if to_body else None)
    assert to_body is not None  # noqa: S101  check_forwarding has refused otherwise
    forwarding = Forwarding.objects.create(
        community_id=case.community_id,
        treatment=treatment,
        kind=kind,
        to_body=to_body,
        reason=pass_on.reason,
        words=pass_on.words,
        recommendation=pass_on.recommendation,
        due=pass_on.due,
    )
    asked = _asked_by(treatment) if kind == ForwardingKind.SENT_BACK else None
    if asked is not None:  # that it comes back is the answer
        _give_answer(asked, treatment)
    is_ready = kind == ForwardingKind.ESCALATED
    move_case(case, CaseState.READY if is_ready else CaseState.PREPARING)
    state = TreatmentState.QUEUED if is_ready else TreatmentState.PREPARING
    return _new_passage(case, to_body, state, came_by=forwarding)


def _where(treatment: Treatment, kind: ForwardingKind) -> Body | None:
    if kind == ForwardingKind.ESCALATED:
        return body_above(treatment.body, treatment.treated_on or date.max)
    if kind == ForwardingKind.SENT_BACK:
        return treatment.came_by.treatment.body if treatment.came_by else treatment.body
    return None


def _answered(case: Case, treatment: Treatment) -> Treatment | None:
    """The case ends here for now; everybody who waits for this passage has the answer."""
    asked = _waiting_for(treatment)
    for one in asked:
        _give_answer(one, treatment)
    move_case(case, CaseState.TREATED)
    last = asked[-1] if asked else None
    if last is not None and _is_assigned(last, treatment):
        move_case(case, CaseState.READY)
        return _new_passage(case, last.treatment.body, TreatmentState.QUEUED)
    return None


def _give_answer(asked: Forwarding, treatment: Treatment) -> None:
    asked.answered_by = treatment
    asked.save(update_fields=["answered_by"])


def _waiting_for(treatment: Treatment) -> list[Forwarding]:
    """Who sent the case here, and, when they had it from somebody themselves, who sent it to them.

    No further than an assignment another body gave: it answers when it has treated the case itself. When the
    case came back to it in another way, as lifted by who had the assignment, it has.
    """
    found: list[Forwarding] = []
    asked = _asked_by(treatment)
    while asked is not None:
        found.append(asked)
        asked = None if _is_assigned(asked, treatment) else _asked_by(asked.treatment)
    return found


def _is_assigned(asked: Forwarding, treatment: Treatment) -> bool:
    """Whether the case goes back to another body, which gave it as an assignment."""
    return asked.kind == ForwardingKind.DELEGATED and asked.treatment.body_id != treatment.body_id


def _asked_by(treatment: Treatment) -> Forwarding | None:
    """The forwarding this passage answers: its own, or that of an earlier passage it goes on from."""
    here: Treatment | None = treatment
    while here is not None:
        if here.came_by is not None and here.came_by.kind != ForwardingKind.SENT_BACK:
            return here.came_by
        here = _goes_on_from(here)
    return None


def _goes_on_from(here: Treatment) -> Treatment | None:
    """The passage before one that was sent back, put off, or has got its assignment back."""
    if here.came_by is not None:
        asked = _asked_by(here.came_by.treatment)
        return asked.treatment if asked else here.came_by.treatment
    before = here.case.treatments.filter(order=here.order - 1).first()
    if before is None or here.postponed:
        return before
    given = Forwarding.objects.filter(answered_by=before, kind=ForwardingKind.DELEGATED).first()
    return given.treatment if given else None


def unanswered(case: Case) -> Forwarding | None:
    """An escalation or assignment of the case that nobody has answered yet."""
    asks = {ForwardingKind.ESCALATED, ForwardingKind.DELEGATED}
    return (
        Forwarding.objects.filter(treatment__case=case, kind__in=asks, answered_by__isnull=True)
        .select_related("to_body")
        .first()
    )


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
