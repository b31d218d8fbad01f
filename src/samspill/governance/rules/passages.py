"""When a case may go on to a meeting, and what an outcome makes of it. Plain values in, a refusal out."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from samspill.governance.states import (
    REASONS,
    REQUIRED_PARTS,
    AnchoringState,
    BriefPart,
    CaseKind,
    ForwardingKind,
    ForwardingReason,
    Outcome,
)
from samspill.refusal import Refused

TOO_OFTEN = 3
"""A case put off this many times in a row is shown as stuck."""


def missing_parts(kind: str, written: Collection[str]) -> list[BriefPart]:
    """Parts of the brief that must be there for a case of `kind` and are not, in their order."""
    required = REQUIRED_PARTS[CaseKind(kind)]
    return [part for part in BriefPart if part in required and part not in written]


def check_brief(kind: str, written: Collection[str]) -> None:
    """A case of kind decision enters no agenda without a whole brief."""
    missing = missing_parts(kind, written)
    if missing:
        names = ", ".join(f"«{part.label}»" for part in missing)
        raise Refused("case.brief", _("The brief is not whole. Write %(parts)s first.") % {"parts": names})


def check_anchored(needs_anchoring: bool, rounds: Collection[str]) -> None:
    """What must be anchored waits until every round is closed or waived; `rounds` are their states."""
    if not needs_anchoring:
        return
    if not rounds:
        raise Refused(
            "case.anchoring",
            _("The municipalities are to be asked first. Begin an anchoring round, or waive it with reason."),
        )
    if AnchoringState.OPEN in rounds:
        raise Refused(
            "case.anchoring",
            _("The municipalities have not answered yet. Close the round, or waive it with a reason."),
        )


def is_stuck(postponed: int) -> bool:
    return postponed >= TOO_OFTEN


def check_forwarding(kind: str, reason: str, words: str, *, here: int, there: int | None) -> None:
    """A case goes to another body, for a reason of the list and with a word about it."""
    if there is None:
        raise Refused("forwarding.body", _("Choose the body that the case goes to."), field="to_body")
    if there == here:
        raise Refused(
            "forwarding.same", _("The case is in that body already. Choose another."), field="to_body"
        )
    if reason not in ForwardingReason.values or ForwardingReason(reason) not in REASONS[ForwardingKind(kind)]:
        raise Refused("forwarding.reason", _("Choose why the case goes on."), field="reason")
    if not words.strip():
        raise Refused(
            "forwarding.words",
            _("Write a sentence about why, so that those who get the case need not ask."),
            field="words",
        )


def check_outcome(outcome: str, *, has_case: bool) -> None:
    """An item without a case is noted or decided; it cannot go anywhere."""
    if outcome not in Outcome.values:
        raise Refused("item.outcome", _("Choose what came of the item."), field="outcome")
    if not has_case and outcome not in {Outcome.DECIDED, Outcome.NOTED, Outcome.WITHDRAWN, Outcome.POSTPONED}:
        raise Refused(
            "item.no_case",
            _("This item is no case, so it cannot be passed on. Choose «%(noted)s» or «%(decided)s».")
            % {"noted": Outcome.NOTED.label, "decided": Outcome.DECIDED.label},
            field="outcome",
        )
