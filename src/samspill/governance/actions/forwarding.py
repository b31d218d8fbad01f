"""A case goes from one body to another with a reason, and the answer goes back the way it came."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Body
from samspill.governance.actions.passage_states import move_case, new_passage
from samspill.governance.models import Case, Forwarding, Treatment
from samspill.governance.queries.bodies import body_above
from samspill.governance.rules.passages import check_forwarding
from samspill.governance.states import CaseState, ForwardingKind, Outcome, TreatmentState
from samspill.refusal import Refused

PASSED = {
    Outcome.ESCALATED: ForwardingKind.ESCALATED,
    Outcome.DELEGATED: ForwardingKind.DELEGATED,
    Outcome.SENT_BACK: ForwardingKind.SENT_BACK,
}


@dataclass(frozen=True)
class PassOn:
    """Where a case goes and why; without `to_body`: to the body above, or back to where it came from."""

    reason: str
    words: str
    to_body: Body | None = None
    recommendation: str = ""
    due: date | None = None


def pass_on_case(case: Case, treatment: Treatment, kind: ForwardingKind, pass_on: PassOn | None) -> Treatment:
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
    return new_passage(case, to_body, state, came_by=forwarding)


def _where(treatment: Treatment, kind: ForwardingKind) -> Body | None:
    if kind == ForwardingKind.ESCALATED:
        return body_above(treatment.body, treatment.treated_on or date.max)
    if kind == ForwardingKind.SENT_BACK:
        return treatment.came_by.treatment.body if treatment.came_by else treatment.body
    return None


def answered(case: Case, treatment: Treatment) -> Treatment | None:
    """The case ends here for now; everybody who waits for this passage has the answer."""
    asked = _waiting_for(treatment)
    for one in asked:
        _give_answer(one, treatment)
    move_case(case, CaseState.TREATED)
    last = asked[-1] if asked else None
    if last is not None and _is_assigned(last, treatment):
        move_case(case, CaseState.READY)
        return new_passage(case, last.treatment.body, TreatmentState.QUEUED)
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
