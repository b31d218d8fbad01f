"""What triage comes to, whatever happens: nothing that was measured is without an outcome, and no fault is
silent.

A measurement without a usable rule is for a person to look at, and so is one on which the rule itself fails
(invariant 2 of the care model). Not here: the alert that is made of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from samspill.refusal import Refused
from samspill.rulebook.triage.colours import Judgement, judge
from samspill.rulebook.triage.limits import Colour


class OutcomeKind(StrEnum):
    INSIDE = "inside"
    OUTSIDE = "outside"
    NOT_TRIAGED = "not_triaged"
    MACHINE_FAILURE = "machine_failure"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`judgement` is None when the rule failed; then `code` and `sentence` say how."""

    kind: OutcomeKind
    judgement: Judgement | None = None
    code: str = ""
    sentence: str = ""

    @property
    def needs_a_person(self) -> bool:
        """Everything but inside."""
        return self.kind is not OutcomeKind.INSIDE

    @property
    def colour(self) -> Colour:
        return self.judgement.colour if self.judgement else Colour.NONE


def outcome(limits: object, value: object) -> Outcome:
    """As `judge`, but a rule or value that is refused, or that breaks the rule, is an outcome too."""
    try:
        told = judge(limits, value)
    except Refused as refused:
        return Outcome(OutcomeKind.MACHINE_FAILURE, None, refused.code, refused.sentence)
    except Exception as problem:  # noqa: BLE001  a fault in a rule must end as an alert, whatever it is
        sentence = (
            f"The rule could not be used ({type(problem).__name__}). Look at the value, and mend the rule."
        )
        return Outcome(OutcomeKind.MACHINE_FAILURE, None, "triage.failed", sentence)
    kinds = {Colour.GREEN: OutcomeKind.INSIDE, Colour.NONE: OutcomeKind.NOT_TRIAGED}
    return Outcome(kinds.get(told.colour, OutcomeKind.OUTSIDE), told)
