"""What cases put forward for adoption, and what a decision may adopt."""

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.directory.public import ADOPTABLES, Actor, Joined, Ref, joined
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.models import Case, Decision
from samspill.governance.states import DecisionKind, DecisionState

PUTS_FORWARD, ADOPTED_BY = "puts_forward", "adopted_by"


@dataclass(frozen=True)
class Waiting:
    """A thing that a decision may adopt.

    is_put_forward  the case asked for it
    address         where one sees what it lacks
    """

    ref: Ref
    title: str
    address: str
    is_put_forward: bool


def read_ref(said: str) -> Ref | None:
    """ "plans.plan:12" from an address, when a decision can adopt such a thing."""
    kind, _colon, number = said.partition(":")
    if kind not in ADOPTABLES or not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    return Ref(kind, int(number))


def put_forward_in(case: Case | None, actor: Actor) -> list[Joined]:
    """What the case puts forward, as far as one may see it. No query for a case as `find_case` gives it that
    puts nothing forward."""
    if case is None or not getattr(case, "has_put_forward", True):
        return []
    ref = Ref(CASE, case.pk)
    return [one for one in joined([ref], actor)[ref] if one.kind == PUTS_FORWARD and one.target]


def cases_about(thing: Ref, actor: Actor) -> list[int]:
    """Numbers of the cases that put a thing forward."""
    return [one.other.id for one in joined([thing], actor)[thing] if one.kind == PUTS_FORWARD]


def waiting_for(decision: Decision, actor: Actor) -> Sequence[Waiting]:
    """What the actor may say that the decision adopts; what its case put forward comes first."""
    stands = (decision.state, decision.kind) == (DecisionState.ADOPTED, DecisionKind.DECISION)
    if not stands or decision.community_id != actor.community_id or not actor.is_known:
        return []
    offered = [
        (Ref(one.kind, number), title, one.address(number))
        for one in ADOPTABLES.all()
        for number, title in one.waiting(actor, decision.decided_on).items()
    ]
    asked = {one.other for one in put_forward_in(decision.case, actor)} if offered else set()
    found = [Waiting(ref, title, address, ref in asked) for ref, title, address in offered]
    return sorted(found, key=lambda one: not one.is_put_forward)
