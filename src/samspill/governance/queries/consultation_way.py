"""Where the answer to a hearing stands on its way to approval: which body has it, or that none has."""

from collections.abc import Iterable
from dataclasses import dataclass

from samspill.directory.public import Actor, Body
from samspill.governance.models import AgendaItem, Consultation, Mandate, Meeting, Treatment
from samspill.governance.states import MAY_DECIDE, TreatmentState

UNDER_WAY = frozenset({TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA})


@dataclass(frozen=True)
class Way:
    """`now` is the passage under way and `meeting` the one that takes it; `last` the one treated last."""

    now: Treatment | None = None
    last: Treatment | None = None
    meeting: Meeting | None = None

    @property
    def is_stuck(self) -> bool:
        """No body has it, and it is not approved."""
        return self.now is None and self.last is not None


def way_of(consultation: Consultation, actor: Actor) -> Way | None:
    """None before there is a case. At most 2 queries."""
    if consultation.case_id is None:
        return None
    rows = Treatment.objects.visible_to(actor).filter(case_id=consultation.case_id)
    passages = list(rows.select_related("body", "case").order_by("order"))
    now = next((one for one in reversed(passages) if one.state in UNDER_WAY), None)
    last = next((one for one in reversed(passages) if one.state not in UNDER_WAY), None)
    on = AgendaItem.objects.filter(treatment=now, is_removed=False).select_related("meeting") if now else ()
    return Way(now, last, next((item.meeting for item in on), None))


def that_decide(bodies: Iterable[Body], actor: Actor) -> list[Body]:
    """Those of the bodies whose mandate of today lets them decide. 1 query."""
    held = Mandate.objects.filter(body__in=[one.pk for one in bodies], from_day__lte=actor.today)
    newest = {one.body_id: one.authority for one in held.order_by("from_day")}
    return [one for one in bodies if newest.get(one.pk) in MAY_DECIDE]
