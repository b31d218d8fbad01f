"""The states of a case and of its passages, each moved by its table; and the next passage of a case.

`passages`, `forwarding` and `taking_back` say when. Nothing else sets a state of these.
"""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Body
from samspill.governance.models import Case, Forwarding, Treatment
from samspill.governance.rules.moving import check_move
from samspill.governance.states import CASE_TRANSITIONS, TREATMENT_TRANSITIONS, CaseState, TreatmentState
from samspill.refusal import Refused


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


def new_passage(
    case: Case,
    body: Body,
    state: TreatmentState,
    *,
    came_by: Forwarding | None = None,
    postponed: int = 0,
) -> Treatment:
    """The next passage of a locked case."""
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
