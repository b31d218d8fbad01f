"""Decisions, items and people in a meeting, said in words."""

from samspill.governance.models import Case, Decision


def decision_title(decision: Decision) -> str:
    """The plain line when there is one, else what the case or the item is called."""
    if decision.plain:
        return decision.plain
    return decision.case.title if decision.case else (decision.item.public_title)


def case_title(case: Case) -> str:
    """What everybody may be told that a case is: of a screened one, its public title."""
    return (case.public_title or case.title) if case.is_screened else case.title
