"""Who may vote, and what the votes come to. Plain values; no database.

A tie is no majority. Those who abstain are there, but count for neither side of the question.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samspill.governance.states import VOTED, DecisionMethod, VoteChoice
from samspill.refusal import Refused


@dataclass(frozen=True)
class Ballot:
    """One vote: the side it counts for, and what it says."""

    bloc: str
    choice: str


@dataclass(frozen=True)
class Count:
    """Votes for, against and abstaining."""

    yes: int = 0
    no: int = 0
    abstains: int = 0

    @property
    def is_majority(self) -> bool:
        return self.yes > self.no


@dataclass(frozen=True)
class Result:
    """`carried` says whether the proposal stands; `sides` how each side voted; `total` all of them."""

    carried: bool
    total: Count
    sides: Mapping[str, Count]


def count(ballots: Iterable[Ballot]) -> Count:
    found = Counter(ballot.choice for ballot in ballots)
    return Count(found[VoteChoice.FOR], found[VoteChoice.AGAINST], found[VoteChoice.ABSTAINS])


def result(ballots: Iterable[Ballot], method: str, blocs: Iterable[str]) -> Result:
    """What the votes come to. `blocs` are the sides that must each have a majority when the rule says so."""
    cast = list(ballots)
    sides = {bloc: count(one for one in cast if one.bloc == bloc) for bloc in blocs}
    total = count(cast)
    if method == DecisionMethod.MAJORITY_PER_BLOC:
        carried = bool(sides) and all(side.is_majority for side in sides.values())
    else:
        carried = total.is_majority
    return Result(carried, total, sides)


def is_voted(method: str) -> bool:
    return method in VOTED


def check_quorum(present: Mapping[str, int], least: int, names: Mapping[str, str]) -> None:
    """Refuses when fewer than `least` voting members of a side are there; `present` counts them by side."""
    short = [bloc for bloc, there in present.items() if there < least]
    if short:
        raise Refused(
            "decision.quorum",
            _(
                "The body cannot decide now: %(sides)s must have at least %(least)d there with a vote. "
                "Postpone the item, or note who has come."
            )
            % {"sides": ", ".join(str(names[bloc]) for bloc in short), "least": least},
        )


def check_votes(votes: Mapping[int, str], may: Iterable[int]) -> None:
    """Refuses a vote of a seat that has none now, and a vote nobody has given."""
    allowed = set(may)
    if set(votes) - allowed:
        raise Refused(
            "vote.not_allowed",
            _(
                "Only seats with a vote whose holder or called substitute is there, and may take part, "
                "can vote. Take the other votes away."
            ),
            field="votes",
        )
    if allowed - set(votes):
        raise Refused("vote.missing", _("Note how everybody with a vote voted."), field="votes")
    if any(choice not in VoteChoice.values for choice in votes.values()):
        raise Refused("vote.choice", _("Choose for, against or abstains for each."), field="votes")


def check_carried(outcome: Result) -> None:
    """A proposal that fell is no decision."""
    if not outcome.carried:
        raise Refused(
            "decision.fell",
            _(
                "The proposal fell with %(yes)d votes for and %(no)d against. "
                "Change the text and vote again, or postpone, lift or send back the case."
            )
            % {"yes": outcome.total.yes, "no": outcome.total.no},
            field="votes",
        )
