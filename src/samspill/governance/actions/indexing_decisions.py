"""What the search box knows of decisions."""

from samspill.directory.public import Ref, put
from samspill.governance.models import Decision

DECISION = "governance.decision"


def index_decision(decision: Decision) -> None:
    """Renew a decision's entry: its plain line or the case's title, and its points."""
    points = list(decision.points.values_list("text", flat=True))
    title = decision.case.title if decision.case else (decision.plain or str(decision.item))
    put(
        Ref(DECISION, decision.pk),
        community_id=decision.community_id,
        title=title[:500],
        text="\n".join([decision.plain, *points, str(decision.body)]).strip(),
        language=decision.language,
        is_open=decision.is_open,
    )


def index_community(community_id: int) -> int:
    """Renew the entries of every decision of a community; returns how many."""
    decisions = Decision.objects.filter(community_id=community_id).select_related("case", "body", "item")
    for decision in decisions:
        index_decision(decision)
    return len(decisions)
