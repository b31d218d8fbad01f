"""Ask those who have not answered: by hand («Purr alle»), and by Samspill on mornings.

One notice for each thing that waits, each with the answers it takes; the worklist sends a person all of
theirs in one mail. What has not been sent can be taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Account, Actor, AuditEvent, Community, alphabetical, record
from samspill.governance.follow_up_links import CARRYING, FOLLOW_UP, asks_about_follow_up, asks_about_party
from samspill.governance.models import DecisionParty
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.carrying import PartyStanding, points_in
from samspill.governance.queries.follow_ups import FollowRow, follow_ups, rows_of
from samspill.governance.queries.speaking import people_for
from samspill.governance.queries.waiting import MAY_WAIT
from samspill.governance.rules.days import long_day
from samspill.governance.states import SETTLED
from samspill.governance.states.follow_ups import ShownFollowUp, ShownParty
from samspill.refusal import Refused
from samspill.worklist.public import Ask, Words, notify, take_back

CHASE, TAKE_BACK = "follow_up.chase", "follow_up.chase_back"
TITLE_FITS = 80
MONDAY, FRIDAY = 0, 4


@dataclass(frozen=True)
class Unanswered:
    """Something one party or body has not answered: `who` is «party:3» or «body:4»."""

    who: str
    name: str
    kind: str
    id: int
    title: str
    text: str
    path: str
    asks: tuple[Ask, ...]
    due: date | None
    is_late: bool
    is_silent: bool


@dataclass
class Chased:
    """Who got a mail, with how many things; who has nobody with an account; who was told today already."""

    told: dict[str, int] = field(default_factory=dict)
    people: int = 0
    unreachable: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    event: AuditEvent | None = None


def unanswered(actor: Actor) -> list[Unanswered]:
    """Everything in the actor's community that somebody owes an answer, by who and day. 6 queries."""
    open_ones = follow_ups(actor).exclude(state__in=SETTLED)
    found = [_of_follow_up(row) for row in rows_of(open_ones, actor, bodies=frozenset()) if owes(row)]
    waiting = DecisionParty.objects.filter(MAY_WAIT, community_id=actor.community_id or 0)
    points = points_in(
        actor, Q(community_id=actor.community_id, pk__in=waiting.values("point")), only=MAY_WAIT
    )
    found += [_of_party(one) for row in points for one in row.standings.values() if one.waits]
    return sorted(found, key=lambda one: (alphabetical(one.name), one.due or date.max, one.kind, one.id))


def owes(row: FollowRow) -> bool:
    return row.shown in {ShownFollowUp.LATE, ShownFollowUp.UNKNOWN}


def _of_follow_up(row: FollowRow) -> Unanswered:
    one = row.follow_up
    party = one.accountable_party_id
    return Unanswered(
        who=f"party:{party}" if party else f"body:{one.accountable_body_id}",
        name=row.answerable,
        kind=FOLLOW_UP,
        id=one.pk,
        title=str(one.point),
        text=str(one.point.decision.body),
        path=reverse("governance:follow-up", args=[one.pk]),
        asks=asks_about_follow_up(one),
        due=one.due,
        is_late=row.shown == ShownFollowUp.LATE,
        is_silent=row.shown == ShownFollowUp.UNKNOWN,
    )


def _of_party(one: PartyStanding) -> Unanswered:
    return Unanswered(
        who=f"party:{one.party.pk}",
        name=str(one.party),
        kind=CARRYING,
        id=one.row.pk,
        title=str(one.point),
        text=str(one.point.decision.body),
        path=reverse("governance:carrying-cell", args=[one.point.decision_id, one.point.pk, one.party.pk]),
        asks=asks_about_party(one.row),
        due=one.due,
        is_late=one.shown == ShownParty.LATE,
        is_silent=one.shown == ShownParty.UNKNOWN,
    )


def chase_parties(*, by: Actor, only: str = "") -> Chased:
    """Everybody who owes an answer, or `only` one («party:3»), is asked for all of it, at most once a day."""
    if by.community_id is None:
        raise Refused("follow_up.community", gettext_lazy("Choose a helsefellesskap to act in first."))
    community = Community.objects.get(pk=by.community_id)
    check_may_act(by, "follow_ups.manage")
    with transaction.atomic():
        chased, keys = Chased(), list[str]()
        everybody: set[int] = set()
        waiting = [one for one in unanswered(by) if only in ("", one.who)]
        for who in dict.fromkeys(one.who for one in waiting):
            things = [one for one in waiting if one.who == who]
            people = [one for one in _people(who, by) if one.pk != by.account_id]
            if not people:
                chased.unreachable.append(things[0].name)
                continue
            new = [one for one in things if _tell(one, people, _key(one, by), by)]
            keys += [_key(one, by) for one in new]
            if new:
                chased.told[things[0].name] = len(new)
                everybody |= {one.pk for one in people}
            else:
                chased.already.append(things[0].name)
        chased.people = len(everybody)
        if chased.told:
            chased.event = record(
                by=by, act=CHASE, on=community, keys=keys, told=chased.told, people=chased.people
            )
    return chased


def take_back_chase(event_id: int, *, by: Actor) -> int:
    """What of a chase has not been sent is not sent; returns how many notices."""
    check_may_act(by, "follow_ups.manage")
    with transaction.atomic():
        event = AuditEvent.objects.visible_to(by).filter(pk=event_id, act=CHASE, community_id=by.community_id)
        found = event.first()
        if found is None:
            raise Refused("undo.unknown", gettext_lazy("There is nothing to undo here."))
        count = take_back(found.details["keys"], by=by).unsent
        if not count:
            raise Refused(
                "undo.sent", gettext_lazy("The mails have been sent, so they cannot be taken back.")
            )
        record(by=by, act=TAKE_BACK, on=Community.objects.get(pk=by.community_id or 0), count=count)
    return count


def _people(who: str, by: Actor) -> list[Account]:
    assert by.community_id is not None  # noqa: S101  asked for by those who act in a community
    kind, _colon, number = who.partition(":")
    numbers = {"party": (), "body": ()} | {kind: (int(number),)}
    return people_for(
        parties=numbers["party"], bodies=numbers["body"], community_id=by.community_id, day=by.today
    )


def _key(one: Unanswered, by: Actor) -> str:
    return f"governance.chase:{one.kind}:{one.id}:{by.today}"


def _tell(one: Unanswered, people: Iterable[Account], key: str, by: Actor) -> int:
    return notify(to=people, key=key, words=partial(_words, one), by=by, path=one.path, asks=one.asks)


def _words(one: Unanswered) -> Words:
    title = Truncator(one.title).chars(TITLE_FITS)
    if one.kind == CARRYING:
        said = _("How far has %(who)s come with «%(what)s»?") % {"who": one.name, "what": title}
    elif one.is_late:
        said = _("«%(what)s» is late") % {"what": title}
    else:
        said = _("How does it go with «%(what)s»?") % {"what": title}
    if not one.due:
        return Words(said, _("Decided by %(body)s.") % {"body": one.text})
    pattern = (
        _("Decided by %(body)s. It was to be done by %(day)s.")
        if one.is_late
        else _("Decided by %(body)s. It is to be done by %(day)s.")
    )
    return Words(said, pattern % {"body": one.text, "day": long_day(one.due)})


def remind_of_follow_ups(*, by: Actor) -> int:
    """Put the questions of this morning in the outbox; returns how many are new. `by` is Samspill at work.

    Asked are those who answer: the workday before the day, the day after it, each Monday while it is late,
    and once a month when nobody has said anything, or not for six months.
    """
    assert by.community_id is not None  # noqa: S101  a machine works in a community
    new = 0
    people: dict[str, list[Account]] = {}
    for one in [*unanswered(by), *_coming(by)]:
        key = morning_key(one, by.today)
        if key:
            if one.who not in people:
                people[one.who] = _people(one.who, by)
            new += _tell(one, people[one.who], key, by)
    return new


def _coming(by: Actor) -> list[Unanswered]:
    """Follow-ups that are due on the next workday."""
    rows = rows_of(follow_ups(by), by, bodies=frozenset())
    open_rows = {ShownFollowUp.OPEN, ShownFollowUp.STARTED, ShownFollowUp.NEEDS_HELP}
    return [
        _of_follow_up(row)
        for row in rows
        if row.shown in open_rows and is_due_next(row.follow_up.due, by.today)
    ]


def is_due_next(due: date, today: date) -> bool:
    """Whether `due` is the next workday, or a day before it."""
    ahead = timedelta(days=3 if today.weekday() == FRIDAY else 1)
    return today < due <= today + ahead


def morning_key(one: Unanswered, today: date) -> str:
    """What the question of this morning is called, "" when none is asked.

    About a follow-up's day it is the name the worklist gives its own reminder, so that one mail has not both.
    """
    if one.due and one.is_late:
        is_asked = (today - one.due).days == 1 or today.weekday() == MONDAY
        return f"remind:{one.kind}:{one.id}:due:{today}" if is_asked else ""
    if one.due and is_due_next(one.due, today):
        return f"remind:{one.kind}:{one.id}:due:{today}"
    if one.is_silent:
        return f"{one.kind}:{one.id}:silent:{today:%Y-%m}"
    return ""
