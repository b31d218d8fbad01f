"""An answer that a body could only recommend, or only heard, is sent to a body that may approve it.

A meeting does it by itself where there is one above (`passages.treat`). Here: the secretariat does it, when
there is none, or when the meeting came to something else.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Body, record
from samspill.governance.actions.consultation_outcomes import onward_to
from samspill.governance.actions.forwarding import pass_on_case
from samspill.governance.actions.moving_consultations import check_is_in, lock_consultation
from samspill.governance.actions.passage_states import lock_case
from samspill.governance.models import AgendaItem, Case, Consultation
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.bodies import mandate_on
from samspill.governance.queries.consultation_way import way_of
from samspill.governance.states import MAY_DECIDE, Authority, ConsultationState, ForwardingKind
from samspill.refusal import Refused


def lift_for_approval(consultation: Consultation, body: Body, *, by: Actor) -> Case:
    """The case goes on to the body's queue. Refuses while a body has it, and a body without authority."""
    check_may_act(by, "consultations.manage", consultation)
    _check_may_approve(consultation, body, by)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        check_is_in(consultation, {ConsultationState.FOR_APPROVAL})
        way = way_of(consultation, by)
        if way is None or way.last is None or not way.is_stuck:
            raise Refused(
                "consultation.under_way", _("A body has the answer already. Wait for what it says.")
            )
        case = lock_case(way.last.case)
        item = AgendaItem.objects.filter(treatment=way.last, is_removed=False).first()
        above = onward_to(consultation, way.last.body, body, item)
        pass_on_case(case, way.last, ForwardingKind.ESCALATED, above)
        record(by=by, act="consultation.lift", on=consultation, words=str(body), case=case.pk)
    return case


def _check_may_approve(consultation: Consultation, body: Body, by: Actor) -> None:
    mandate = mandate_on(body.pk, by.today)
    if body.community_id != consultation.community_id or not mandate:
        raise Refused(
            "consultation.body", _("Choose a body of this helsefellesskap that has a mandate."), field="organ"
        )
    if Authority(mandate.authority) not in MAY_DECIDE:
        raise Refused(
            "consultation.body_recommends",
            _("%(body)s only advises. Choose a body that decides.") % {"body": body},
            field="organ",
        )
