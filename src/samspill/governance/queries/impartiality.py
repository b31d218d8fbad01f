"""Who may not read what is closed of a case: their impartiality is in doubt, or they are disqualified."""

from collections.abc import Iterable

from samspill.directory.public import Actor
from samspill.governance.models import Case, ConflictAssessment
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.states import Access, ConflictConclusion

SHUTS = frozenset({ConflictConclusion.RAISED, ConflictConclusion.DISQUALIFIED})


def shut_for(actor: Actor, case_ids: Iterable[int]) -> set[int]:
    """Those of the cases whose closed papers are shut for the actor. 1 query."""
    if actor.account_id is None:
        return set()
    return set(
        ConflictAssessment.objects.visible_to(actor)
        .filter(
            case_id__in=list(case_ids),
            tenure__person__account=actor.account_id,
            conclusion__in=sorted(SHUTS),
        )
        .values_list("case_id", flat=True)
    )


def may_read_closed(actor: Actor, case: Case) -> bool:
    """Whether the actor may read what is not public of the case: by its access state and by impartiality.

    Everybody may read what is public, in other words: this asks only about the rest. At most 2 queries.
    """
    if actor.community_id != case.community_id or shut_for(actor, [case.pk]):
        return False
    if is_secretariat(actor) or case.access in {Access.PUBLIC, Access.PARTIES}:
        return True
    if case.access == Access.SECRETARIAT:
        return False
    bodies = {tenure.seat.body_id for tenure in tenures_of(actor)}
    return case.treatments.filter(body_id__in=bodies).exists()
