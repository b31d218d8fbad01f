"""The rows of a decision: points with who and when, whom they bind, votes, and words beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Body, Party
from samspill.governance.models import (
    Decision,
    DecisionParty,
    DecisionPoint,
    Dissent,
    FollowUp,
    FollowUpHelper,
    Tenure,
    Vote,
)
from samspill.governance.queries.room import Voter
from samspill.governance.states import DissentKind
from samspill.refusal import Refused


@dataclass(frozen=True)
class NewPoint:
    """A point of a decision.

    owner         who answers for it, "party:3" or "body:2"; helpers the same, several
    due           by which day
    no_follow_up  somebody has chosen that nothing follows from it
    parties       numbers of the parties it binds
    """

    text: str
    owner: str = ""
    due: date | None = None
    no_follow_up: bool = False
    parties: tuple[int, ...] = ()
    helpers: tuple[str, ...] = ()
    plain: str = ""


@dataclass(frozen=True)
class NewDissent:
    """What somebody wants beside a decision; a disagreement, or words for the minutes."""

    text: str
    tenure: Tenure | None = None
    kind: str = DissentKind.NOTE
    bloc: str = ""


def check_points(points: Sequence[NewPoint], *, community_id: int, must_follow_up: bool) -> None:
    """Each point has words; each point of a decision one who answers and a day, or «no follow-up»."""
    if not any(point.text.strip() for point in points):
        raise Refused("decision.text", _("Write what is decided."), field="points")
    for number, point in enumerate(points, 1):
        if not point.text.strip():
            raise Refused(
                "decision.text",
                _("Point %(number)d has no words. Write it, or take it away.") % {"number": number},
                field=f"point-{number}",
            )
        if must_follow_up and not point.no_follow_up:
            _check_follow_up(point, number)
    _check_here(points, community_id)


def _check_follow_up(point: NewPoint, number: int) -> None:
    values = {"number": number}
    if not point.owner:
        raise Refused(
            "decision.owner",
            _("Point %(number)d has nobody who answers for it. Choose one, or «no follow-up».") % values,
            field=f"owner-{number}",
        )
    if point.due is None:
        raise Refused(
            "decision.due",
            _("Point %(number)d has no deadline. Choose a day, or «no follow-up».") % values,
            field=f"due-{number}",
        )


def _check_here(points: Iterable[NewPoint], community_id: int) -> None:
    """Nobody answers for, or is bound by, what another helsefellesskap decides."""
    keys = {key for point in points for key in (point.owner, *point.helpers) if key}
    parties = {pk for point in points for pk in point.parties}
    parties |= {number(key) for key in keys if key.startswith("party:")}
    bodies = {number(key) for key in keys if key.startswith("body:")}
    here = Party.objects.filter(community_id=community_id, pk__in=parties).count() == len(parties)
    here &= Body.objects.filter(community_id=community_id, pk__in=bodies).count() == len(bodies)
    if not here or not all(key.startswith(("party:", "body:")) for key in keys):
        raise Refused("decision.who", _("Choose a body or a party of this helsefellesskap."), field="points")


def number(key: str) -> int:
    """The number in "party:3"."""
    value = key.partition(":")[2]
    if not (value.isascii() and value.isdigit()):
        raise Refused("decision.who", _("Choose a body or a party of this helsefellesskap."), field="points")
    return int(value)


def answers_for(key: str) -> dict[str, int | None]:
    """The two columns of who answers, one filled and one empty."""
    is_party = key.startswith("party:")
    return {"party": number(key) if is_party else None, "body": None if is_party else number(key)}


def add_points(decision: Decision, points: Sequence[NewPoint], *, is_decision: bool) -> None:
    """Follow-ups are made of a decision only: what is recommended waits for the body above."""
    for order, new in enumerate(points, 1):
        point = DecisionPoint.objects.create(
            community_id=decision.community_id,
            decision=decision,
            order=order,
            text=" ".join(new.text.split()),
            plain=new.plain.strip(),
            no_follow_up=new.no_follow_up if is_decision else False,
        )
        if is_decision:
            _carry_out(point, new)


def _carry_out(point: DecisionPoint, new: NewPoint) -> None:
    DecisionParty.objects.bulk_create(
        DecisionParty(community_id=point.community_id, point=point, party_id=pk)
        for pk in sorted(set(new.parties))
    )
    if new.no_follow_up:
        return
    assert new.due is not None  # noqa: S101  check_points has refused otherwise
    who = answers_for(new.owner)
    follow_up = FollowUp.objects.create(
        community_id=point.community_id,
        point=point,
        accountable_party_id=who["party"],
        accountable_body_id=who["body"],
        due=new.due,
    )
    for key in dict.fromkeys(new.helpers):
        if key != new.owner:
            helper = answers_for(key)
            FollowUpHelper.objects.create(
                community_id=point.community_id,
                follow_up=follow_up,
                party_id=helper["party"],
                body_id=helper["body"],
            )


def add_votes(decision: Decision, votes: Mapping[int, str], may_vote: Iterable[Voter]) -> None:
    by_seat = {voter.seat_id: voter for voter in may_vote}
    Vote.objects.bulk_create(
        Vote(
            community_id=decision.community_id,
            decision=decision,
            seat_id=seat,
            tenure=by_seat[seat].tenure,
            bloc=by_seat[seat].bloc,
            choice=choice,
        )
        for seat, choice in votes.items()
    )


def add_dissents(decision: Decision, dissents: Iterable[NewDissent]) -> None:
    for new in dissents:
        if new.text.strip():
            Dissent.objects.create(
                community_id=decision.community_id,
                decision=decision,
                tenure=new.tenure,
                bloc=new.bloc or (new.tenure.seat.bloc if new.tenure else ""),
                kind=new.kind,
                text=new.text.strip(),
            )
