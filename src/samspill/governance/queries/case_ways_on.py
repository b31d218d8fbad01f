"""Where a case goes on: the meetings that took it, what follows from it, and what it rests on."""

from samspill.directory.public import Actor, Joined, Ref, joined
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.models import Case, FollowUp, Meeting
from samspill.governance.states import MeetingState

RESTS_ON = "rests_on"  # a way to be joined that the app with the figures offers


def meetings_of(case: Case, actor: Actor) -> list[Meeting]:
    """The meetings with the case on their agenda, the oldest first. 1 query."""
    rows = Meeting.objects.visible_to(actor).filter(items__treatment__case=case, items__is_removed=False)
    rows = rows.exclude(state=MeetingState.CANCELLED).select_related("body")
    return list(rows.distinct().order_by("day", "pk"))


def follow_ups_of(case: Case, actor: Actor) -> list[FollowUp]:
    """Follow-ups of the points of its decisions, by their day. 1 query."""
    rows = FollowUp.objects.visible_to(actor).filter(point__decision__case=case)
    rows = rows.select_related("point", "accountable_party", "accountable_body")
    return list(rows.order_by("due", "pk"))


def figures_under(case: Case, actor: Actor) -> list[Joined]:
    """The answers from the figures that the case rests on, which stand in another part of the house.

    For those of its helsefellesskap. `case` is as `find_case` gives it; no query when nobody has joined one.
    """
    if actor.community_id != case.community_id or not case.has_figures:  # type: ignore[attr-defined]
        return []
    ref = Ref(CASE, case.pk)
    return [one for one in joined([ref], actor)[ref] if one.kind == RESTS_ON and one.target is not None]
