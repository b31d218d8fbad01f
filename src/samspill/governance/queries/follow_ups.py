"""Follow-ups as they stand today: where in the list, how late, what was said last, and whom they wait for."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone

from samspill.directory.public import Actor, alphabetical
from samspill.governance.models import DecisionPoint, FollowUp, FollowUpReport
from samspill.governance.permissions import is_secretariat
from samspill.governance.permissions_follow_ups import answers_for
from samspill.governance.queries.follow_up_people import involved
from samspill.governance.queries.speaking import bodies_of
from samspill.governance.queries.waiting import is_among
from samspill.governance.rules.follow_ups import shown_follow_up, when
from samspill.governance.states import (
    SETTLED,
    UNSETTLED,
    CaseKind,
    DecisionKind,
    DecisionState,
    FollowUpState,
)
from samspill.governance.states.follow_ups import ShownFollowUp, When

SHOWN_IN_ADDRESS = {
    "forsinket": ShownFollowUp.LATE,
    "trenger-hjelp": ShownFollowUp.NEEDS_HELP,
    "ukjent": ShownFollowUp.UNKNOWN,
    "ikke-begynt": ShownFollowUp.OPEN,
    "i-gang": ShownFollowUp.STARTED,
    "levert": ShownFollowUp.DELIVERED,
    "fullfort": ShownFollowUp.COMPLETED,
    "avsluttet": ShownFollowUp.ENDED,
}
SORTS = ("ansvarlig", "vedtak")
_ORDER = list(ShownFollowUp)
_ENDED = (ShownFollowUp.COMPLETED, ShownFollowUp.ENDED)
# Of what is settled, so many are shown before somebody asks for them: the list is of what is to be done.
MOST_SETTLED = 50
_DIGITS = 18
_SAID = ("point__decision__body", "point__decision__case", "accountable_party", "accountable_body")
_ITEM = "point__decision__item"


class Said(NamedTuple):
    """What was said of a follow-up, and when."""

    at: datetime
    sentence: str = ""


@dataclass(frozen=True)
class FollowRow:
    """A follow-up on a line. `report` is the newest; `is_mine`: the actor answers for it."""

    follow_up: FollowUp
    shown: ShownFollowUp
    when: When
    report: Said | None
    is_mine: bool
    today: date

    @property
    def id(self) -> int:
        return self.follow_up.pk

    @property
    def days_late(self) -> int:
        return (self.today - self.follow_up.due).days if self.shown == ShownFollowUp.LATE else 0

    @property
    def answerable(self) -> str:
        return str(self.follow_up.accountable_party or self.follow_up.accountable_body)

    @property
    def waits_for_those_who_answer(self) -> bool:
        """Whether those who answer for it should say how it goes now."""
        return asks_for_word(self.shown, self.when)


def asks_for_word(shown: ShownFollowUp, place: When) -> bool:
    """Whether those who answer for what is shown so, there in the list, should say how it goes now."""
    return shown in {ShownFollowUp.LATE, ShownFollowUp.UNKNOWN} or (
        shown == ShownFollowUp.OPEN and place == When.THIS_MONTH
    )


@dataclass(frozen=True)
class FollowChoice:
    """What the address asks for."""

    shown: ShownFollowUp | None = None
    body_id: int | None = None
    answerable: str = ""
    only_mine: bool = False
    words: str = ""
    sort: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "FollowChoice":
        answerable = query.get("ansvarlig", "")
        kind, _colon, number = answerable.partition(":")
        return cls(
            shown=SHOWN_IN_ADDRESS.get(query.get("tilstand", "")),
            body_id=number_in(query.get("organ", "")),
            answerable=answerable if kind in {"party", "body"} and number_in(number) is not None else "",
            only_mine=query.get("vis") == "mine",
            words=query.get("sok", "").strip()[:100],
            sort=query.get("sorter", "") if query.get("sorter", "") in SORTS else "",
        )

    @property
    def is_narrow(self) -> bool:
        return bool(self.shown or self.body_id or self.answerable or self.only_mine or self.words)


def number_in(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < _DIGITS else None


@dataclass
class FollowList:
    """`rows` are what was looked through, `chosen` those asked for; `counts` are over all the actor may see.

    bodies, answering  (key, name) of those who decided, and of those who answer, over all
    is_short           of what is settled, only the last is among `chosen`
    """

    rows: list[FollowRow]
    chosen: list[FollowRow]
    counts: Counter[ShownFollowUp]
    holes: list[DecisionPoint] = field(default_factory=list)
    bodies: list[tuple[str, str]] = field(default_factory=list)
    answering: list[tuple[str, str]] = field(default_factory=list)
    is_short: bool = False

    @property
    def in_order(self) -> list[FollowRow]:
        """The chosen, group after group."""
        return [row for place in When for row in self.chosen if row.when == place]

    def count_in(self, place: When) -> int:
        if place == When.COMPLETED and self.is_short:
            return sum(self.counts[one] for one in _ENDED)
        return sum(row.when == place for row in self.chosen)


def follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups of the actor's own community, with all that a line says."""
    return FollowUp.objects.inside(actor).select_related(*_SAID, _ITEM)


def rows_of(
    found: Iterable[FollowUp], actor: Actor, *, bodies: frozenset[int] | None = None
) -> list[FollowRow]:
    """Lines in the order of their days. 2 queries beyond that of `found`."""
    rows = list(found)
    if not rows:
        return []
    newest = newest_reports(rows, actor)
    speaks_for = bodies_of(actor) if bodies is None else bodies
    return [row_of(one, newest.get(one.pk), actor, speaks_for) for one in rows]


def row_of(one: FollowUp, report: Said | None, actor: Actor, bodies: frozenset[int]) -> FollowRow:
    said = timezone.localdate(report.at) if report else one.point.decision.decided_on
    return FollowRow(
        follow_up=one,
        shown=shown_follow_up(one.state, due=one.due, newest=said, today=actor.today),
        when=when(one.state, due=one.due, today=actor.today),
        report=report,
        is_mine=answers_for(actor, one, bodies),
        today=actor.today,
    )


def shown_at_once(found: QuerySet[FollowUp], actor: Actor) -> list[FollowRow]:
    """Lines of `found` with the newest report's time alone, without whose they are. 1 query."""
    return [_row_at_once(one, actor, frozenset()) for one in _with_said(found, actor)]


def _with_said(found: QuerySet[FollowUp], actor: Actor) -> Iterable[Any]:
    return found.annotate(said_at=said_at(actor))


def said_at(actor: Actor) -> Subquery:
    """When the newest report of a follow-up was made, to be read along with it."""
    return _newest(FollowUpReport.objects.visible_to(actor))


def said_inside(actor: Actor) -> Subquery:
    """The same for follow-ups of the actor's own community."""
    return _newest(FollowUpReport.objects.inside(actor))


def _newest(reports: QuerySet[FollowUpReport]) -> Subquery:
    found = reports.filter(follow_up=OuterRef("pk")).order_by("-at", "-pk")
    return Subquery(found.values("at")[:1])


def _row_at_once(one: Any, actor: Actor, bodies: frozenset[int]) -> FollowRow:
    return row_of(one, Said(one.said_at) if one.said_at else None, actor, bodies)


def newest_reports(rows: Sequence[FollowUp], actor: Actor) -> dict[int, Said]:
    """Follow-up of the actor's own community -> its newest report. 1 query."""
    found = (
        FollowUpReport.objects.inside(actor)
        .filter(follow_up__in=[one.pk for one in rows])
        .order_by("follow_up_id", "-at", "-pk")
        .distinct("follow_up_id")
    )
    return {
        pk: Said(at, sentence) for pk, at, sentence in found.values_list("follow_up_id", "at", "sentence")
    }


def follow_list(choice: FollowChoice, actor: Actor, *, whole: bool = False) -> FollowList:
    """The list as `actor` sees it: what is to be done, and of what is settled the last, or what is asked for.

    `whole` asks for all of it, with the items. 7 queries, 1 more for the items when they are looked through,
    and 1 more for the secretariat's holes, 2 when there are any.
    """
    everything = follow_ups(actor).select_related(None).select_related("point__decision")
    settled = _settled(choice, everything.filter(state__in=SETTLED), whole=whole)
    found = [*everything.filter(state__in=sorted(UNSETTLED)), *settled]
    who = involved(actor)
    who.share(found)
    if whole or choice.words:
        fetch_items(found)
    rows = rows_of(found, actor)
    counts = Counter(row.shown for row in rows if row.shown not in _ENDED)
    for state, count in _settled_counts(actor):
        counts[ShownFollowUp.COMPLETED if state == FollowUpState.COMPLETED else ShownFollowUp.ENDED] += count
    chosen = sorted((row for row in rows if _is_wanted(row, choice)), key=_order(choice.sort))
    return FollowList(
        rows,
        chosen,
        counts,
        holes=holes_in(actor) if is_secretariat(actor) and not choice.is_narrow else [],
        bodies=who.deciding,
        answering=who.answering,
        is_short=not whole and not choice.is_narrow,
    )


def fetch_items(found: Sequence[FollowUp]) -> None:
    """The items of the decisions, for those that are shown. 1 query.

    They are read after the follow-ups: joined, PostgreSQL goes through every item there is.
    """
    prefetch_related_objects(found, _ITEM)


def _settled(choice: FollowChoice, rows: QuerySet[FollowUp], *, whole: bool) -> list[FollowUp]:
    """Settled follow-ups that can be among those asked for; of the list as it opens, the last ones."""
    if choice.shown is not None and choice.shown not in _ENDED:
        return []
    if choice.body_id is not None:
        rows = rows.filter(point__decision__body=choice.body_id)
    kind, _colon, number = choice.answerable.partition(":")
    if choice.answerable:
        rows = rows.filter(**{f"accountable_{kind}": int(number)})
    if not whole and not choice.is_narrow:
        last = rows.select_related(None).order_by("-due", "-pk")[:MOST_SETTLED]
        rows = rows.filter(pk__in=last.values("pk")).order_by("-due", "-pk")
    return list(rows)


def _settled_counts(actor: Actor) -> list[tuple[str, int]]:
    """How many have each of the settled states. 1 query."""
    rows = follow_ups(actor).filter(state__in=SETTLED).select_related(None).order_by()
    return list(rows.values_list("state").annotate(Count("pk")))


def _is_wanted(row: FollowRow, choice: FollowChoice) -> bool:
    one = row.follow_up
    kind, _colon, number = choice.answerable.partition(":")
    answers = {"party": one.accountable_party_id, "body": one.accountable_body_id}
    return (
        (choice.shown is None or row.shown == choice.shown)
        and (choice.body_id is None or one.point.decision.body_id == choice.body_id)
        and (not choice.answerable or answers[kind] == int(number))
        and (not choice.only_mine or row.is_mine)
        and (not choice.words or _has(row, choice.words.casefold().split()))
    )


def _has(row: FollowRow, words: Sequence[str]) -> bool:
    point, decision = row.follow_up.point, row.follow_up.point.decision
    said = f"{point.text} {point.plain} {decision} {decision.item.reference} {row.answerable}".casefold()
    return all(word in said for word in words)


def _order(sort: str):  # type: ignore[no-untyped-def]
    def key(row: FollowRow) -> tuple:
        one = row.follow_up
        first: tuple = ()
        if sort == "ansvarlig":
            first = (alphabetical(row.answerable),)
        elif sort == "vedtak":
            first = (-one.point.decision.decided_on.toordinal(), one.point.decision_id, one.point.order)
        return (*first, one.due, _ORDER.index(row.shown), one.pk)

    return key


def holes_in(actor: Actor) -> list[DecisionPoint]:
    """Points of decisions that stand, with neither follow-up nor the choice that they need none. 1 query."""
    rows = holes_of(actor).select_related("decision__body", "decision__case")
    return list(
        rows.prefetch_related("decision__item").order_by("decision__decided_on", "decision_id", "order")
    )


def holes_of(actor: Actor) -> QuerySet[DecisionPoint]:
    """The rows of `holes_in`, to count them."""
    followed = FollowUp.objects.inside(actor).order_by().values("point")
    binding = Q(decision__case__isnull=True) | Q(decision__case__kind=CaseKind.DECISION)
    return (
        DecisionPoint.objects.inside(actor)
        .exclude(is_among("pk", followed))
        .filter(binding, no_follow_up=False)
        .filter(
            decision__community_id=actor.community_id or 0,
            decision__state=DecisionState.ADOPTED,
            decision__kind=DecisionKind.DECISION,
        )
    )


def for_task_of(rows: Iterable[FollowRow]) -> list[FollowRow]:
    """What waits for the actor to say something."""
    return [row for row in rows if row.is_mine and row.waits_for_those_who_answer]
