"""What a meeting does with the case of a hearing is done to the hearing: approved, sent back, or lifted.

Called where a case's passage moves (`passages.treat`, `taking_back`). Not here: how the case is made
(`approving_consultations`).
"""

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body, record
from samspill.governance.actions.forwarding import PassOn
from samspill.governance.actions.moving_consultations import lock_consultation, move_consultation
from samspill.governance.models import AgendaItem, Case, Consultation, DecisionPoint, Treatment
from samspill.governance.queries.bodies import decides_above
from samspill.governance.states import HANDED_IN, ConsultationState, ForwardingReason, Outcome
from samspill.refusal import Refused

BACK = frozenset({Outcome.SENT_BACK, Outcome.WITHDRAWN, Outcome.REJECTED})


def onward(item: AgendaItem, case: Case, outcome: Outcome) -> PassOn | None:
    """Where an answer goes that a body could only recommend: up to one that may approve it.

    None for other cases and outcomes, and when no body above has authority: then the secretariat is asked
    (`lifting_consultations`).
    """
    found = Consultation.objects.filter(case=case, state=ConsultationState.FOR_APPROVAL).first()
    if found is None or outcome != Outcome.RECOMMENDED:
        return None
    above = decides_above(item.meeting.body, item.meeting.day)
    return onward_to(found, item.meeting.body, above, item) if above else None


def onward_to(found: Consultation, body: Body, to_body: Body, item: AgendaItem | None) -> PassOn:
    with translation.override(found.language):
        words = gettext("%(body)s recommends the answer, and %(above)s has the authority to approve it.")
        said = DecisionPoint.objects.filter(decision__item=item).order_by("order") if item else ()
        return PassOn(
            ForwardingReason.AUTHORITY,
            words % {"body": body, "above": to_body},
            to_body,
            recommendation="\n".join(point.text for point in said),
        )


def tell_consultation(case: Case, treatment: Treatment, outcome: Outcome, *, by: Actor) -> None:
    """Decided: the hearing is approved by that body. Sent back: its joint text is written again. 1 query."""
    found = _of(case, ConsultationState.FOR_APPROVAL)
    if found is None:
        return
    if outcome == Outcome.DECIDED:
        move_consultation(found, ConsultationState.APPROVED)
        found.approved_by_body_id = treatment.body_id
        found.save(update_fields=["approved_by_body"])
        record(by=by, act="consultation.approve", on=found, words=str(treatment.body))
    elif outcome in BACK:
        move_consultation(found, ConsultationState.COMPILED)
        record(by=by, act="consultation.sent_back", on=found, words=str(treatment.body))


def untell_consultation(case: Case, outcome: str, *, by: Actor) -> None:
    """The meeting takes back what came of the case. Refuses when the answer has been delivered since."""
    after = {Outcome.DECIDED: ConsultationState.APPROVED, **dict.fromkeys(BACK, ConsultationState.COMPILED)}
    was = after.get(Outcome(outcome))
    found = Consultation.objects.filter(case=case).first() if was else None
    if found is None:
        return
    if was == ConsultationState.APPROVED and found.state in HANDED_IN:
        raise Refused(
            "consultation.delivered",
            _("The answer to the hearing has been delivered, so the decision cannot be taken back."),
        )
    if found.state == was:
        found = lock_consultation(found)
        move_consultation(found, ConsultationState.FOR_APPROVAL)
        found.approved_by_body = None
        found.save(update_fields=["approved_by_body"])
        record(by=by, act="consultation.unapprove", on=found)


def _of(case: Case, state: ConsultationState) -> Consultation | None:
    found = Consultation.objects.filter(case=case, state=state).first()
    return lock_consultation(found) if found else None
