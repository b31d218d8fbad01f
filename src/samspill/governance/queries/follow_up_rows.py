"""Follow-ups that are not settled, as a list of tasks needs them: read along with what else waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf, Substr
from django.utils import timezone

from samspill.directory.public import Actor, Body, Facts, Wanted
from samspill.governance.permissions import is_secretariat
from samspill.governance.permissions_follow_ups import is_answered_by
from samspill.governance.queries.follow_ups import asks_for_word, follow_ups, said_inside
from samspill.governance.queries.speaking import led_by
from samspill.governance.rules.follow_ups import shown_follow_up, when
from samspill.governance.states import UNSETTLED, FollowUpState
from samspill.governance.states.follow_ups import ShownFollowUp, When

SHOWN = 300  # characters of a point, more than a task shows


@dataclass(frozen=True)
class WaitingRow:
    """A follow-up of what the body decided. `is_mine`: the actor answers for it."""

    pk: int
    state: str
    due: date
    shown: ShownFollowUp
    when: When
    is_mine: bool
    point: str
    body: str

    @property
    def asks_for_word(self) -> bool:
        return asks_for_word(self.shown, self.when)


_DECIDED_BY = Body.objects.filter(pk=OuterRef("point__decision__body")).values(
    called=Coalesce(NullIf("short_name", Value("")), "name")
)
"""What the body is called, looked up for each row: joined, PostgreSQL goes through every body there is."""


def what_is_open(actor: Actor) -> Wanted:
    """What is not settled in the actor's community, and what `open_rows` needs of it.

    Of what the actor does not answer for only that which waits for the secretariat: it is past its day, or
    delivered.
    """
    mine = Q(accountable_party__in=actor.party_ids) | Q(accountable_body__in=actor.body_ids) | Q(is_led=True)
    waits = (
        mine | Q(due__lt=actor.today) | Q(state=FollowUpState.DELIVERED) if is_secretariat(actor) else mine
    )
    led = Exists(led_by(actor).filter(seat__body=OuterRef("accountable_body")))
    rows = (
        follow_ups(actor)
        .select_related(None)
        .filter(state__in=sorted(UNSETTLED))
        .annotate(is_led=led)
        .filter(waits)
    )
    facts: dict[str, str | Combinable] = {
        "state": "state",
        "due": "due",
        "party": "accountable_party_id",
        "answers": "accountable_body_id",
        "is_led": "is_led",
        "said_at": said_inside(actor),
        "decided_on": "point__decision__decided_on",
        "plain": "point__plain",
        "text": Substr("point__text", 1, SHOWN),
        "body": Subquery(_DECIDED_BY),
    }
    return Wanted(rows, facts)


def open_rows(found: Iterable[Facts], actor: Actor) -> list[WaitingRow]:
    """Of what was found by `what_is_open`, by day. No query."""
    return sorted((_row(one, actor) for one in found), key=lambda row: (row.due, row.pk))


def _row(one: Facts, actor: Actor) -> WaitingRow:
    due, decided_on, at = date.fromisoformat(one["due"]), one.day("decided_on"), one.at("said_at")
    newest = timezone.localdate(at) if at else decided_on or date.min
    bodies = actor.body_ids | ({one["answers"]} if one["is_led"] else set())
    return WaitingRow(
        pk=one.pk,
        state=one["state"],
        due=due,
        shown=shown_follow_up(one["state"], due=due, newest=newest, today=actor.today),
        when=when(one["state"], due=due, today=actor.today),
        is_mine=is_answered_by(actor, one["party"], one["answers"], bodies),
        point=one["plain"] or one["text"],
        body=one["body"],
    )
