"""What the head of a meeting's page says of the body: where it meets, who leads it, and who comes.

The same for all who are called, and kept until a seat, somebody in it or their answer is another.
"""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspill.directory.public import Bloc
from samspill.governance.meeting_wording import many, votes
from samspill.governance.models import Meeting, Tenure
from samspill.governance.queries.attendance import Expected, expected_at
from samspill.governance.queries.leading import LEADS
from samspill.governance.queries.stamps import Stamps, stamps_of
from samspill.governance.states import Role
from samspill.governance.views.kept import Kept

KEPT = Kept(most=200)


@dataclass(frozen=True)
class Seats:
    """In words of the written form of the moment. `leaders`: people who lead the body on the day."""

    facts: tuple[str, ...]
    leaders: frozenset[int]


def seats_at(meeting: Meeting, stamps: Stamps) -> Seats:
    """For a reader of the meeting's own helsefellesskap. No query when it is kept, else 4."""
    key = (meeting.pk, stamps.seats, get_language())
    kept = KEPT.find(key)
    if isinstance(kept, Seats):
        return kept
    expected = expected_at(meeting)
    holders = [one.holder for one in expected.composition.seats if one.holder]
    seats = Seats(
        facts=tuple(facts_of(meeting, expected.composition.holder_of(Role.CHAIR), expected)),
        leaders=frozenset(one.person_id for one in holders if one.role in LEADS and one.person_id),
    )
    if stamps_of(meeting).seats == stamps.seats:  # else somebody has written meanwhile
        KEPT.keep(key, seats)
    return seats


def facts_of(meeting: Meeting, chair: Tenure | None, expected: Expected | None = None) -> list[str]:
    """`expected` is for those of the helsefellesskap: others are not told who comes."""
    facts = [meeting.place] if meeting.place else []
    if chair is not None:
        facts.append(_("%(name)s is chair") % {"name": chair.name})
    if expected is not None:
        facts.append(votes(expected.votes(Bloc.MUNICIPAL), expected.votes(Bloc.HOSPITAL)))
        empty = [str(one.seat) for one in expected.empty]
        if empty:
            facts.append(_("Empty: %(seats)s") % {"seats": many(empty)})
    return facts
