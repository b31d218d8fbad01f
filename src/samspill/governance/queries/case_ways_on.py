"""Where a case goes on: the meetings that took it or will, and what follows from its decisions."""

from samspill.directory.public import Actor
from samspill.governance.models import Case, FollowUp, Meeting
from samspill.governance.states import MeetingState


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
