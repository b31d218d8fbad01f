"""Decisions, items and people in a meeting, said in words."""

from samspill.governance.models import Decision


def decision_title(decision: Decision) -> str:
    """The plain line when there is one, else what the case or the item is called."""
    if decision.plain:
        return decision.plain
    return decision.case.title if decision.case else (decision.item.public_title)
