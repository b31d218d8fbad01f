"""Where the parties stand with the points of decisions: the implementation matrix, and one party of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import (
    Actor,
    Party,
    alphabetical,
)
from samspill.governance.models import Decision, DecisionParty, DecisionPoint, FollowUp
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.carrying_columns import Column, columns_of
from samspill.governance.queries.follow_ups import number_in
from samspill.governance.queries.waiting import WAITS, is_among, points_that_stand, standing_counts, standings
from samspill.governance.rules.follow_ups import Progress, next_states, shown_party
from samspill.governance.states import SETTLED, CarryingState, DecisionState
from samspill.governance.states.follow_ups import ShownParty

PARTY_IN_ADDRESS = {
    "forsinket": ShownParty.LATE,
    "ikke-svart": ShownParty.UNKNOWN,
    "ikke-startet": ShownParty.NOT_STARTED,
    "planlagt": ShownParty.PLANNED,
    "i-gang": ShownParty.STARTED,
    "pa-plass": ShownParty.IN_PLACE,
    "evaluert": ShownParty.EVALUATED,
    "ikke-aktuelt": ShownParty.NOT_RELEVANT,
}
_SHOWN = list(ShownParty)
STANDS = [DecisionState.ADOPTED]


@dataclass(frozen=True)
class PartyStanding:
    """One party and one point that binds it, as it stands today."""

    row: DecisionParty
    party: Party
    point: DecisionPoint
    due: date | None
    shown: ShownParty

    @property
    def is_told(self) -> bool:
        return self.row.told_at is not None

    @property
    def words(self) -> str:
        """«I gang», or «Forsinket: i gang» where the day has passed."""
        if self.shown != ShownParty.LATE:
            return str(self.shown.label)
        state = str(CarryingState(self.row.state).label if self.is_told else ShownParty.UNKNOWN.label)
        return f"{self.shown.label}: {state[:1].lower()}{state[1:]}"

    @property
    def waits(self) -> bool:
        """Whether the party should say how it goes: never told, not for half a year, or past the day."""
        return self.shown in WAITS

    @property
    def steps(self) -> list[CarryingState]:
        return next_states(self.row.state, is_told=self.is_told)


@dataclass
class PointRow:
    """A point with where each party it binds stands, by the party's number."""

    point: DecisionPoint
    due: date | None
    standings: dict[int, PartyStanding] = field(default_factory=dict)

    @property
    def progress(self) -> Progress:
        return Progress.count(one.row.state for one in self.standings.values())


@dataclass(frozen=True)
class MatrixChoice:
    """What the address asks for: one state, one party, the decisions of one body, of one year."""

    shown: ShownParty | None = None
    party_id: int | None = None
    body_id: int | None = None
    year: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "MatrixChoice":
        return cls(
            PARTY_IN_ADDRESS.get(query.get("tilstand", "")),
            number_in(query.get("part", "")),
            number_in(query.get("organ", "")),
            number_in(query.get("ar", "")),
        )


@dataclass
class DecisionMatrix:
    """`rows` are points in the order of their decisions, the newest first. The hospital stands last.

    With `counted` they are those of a page, and the counts are over all: (of each party, points that bind).
    """

    columns: list[Column]
    rows: list[PointRow]
    choice: MatrixChoice
    may_tell_for: frozenset[int]
    is_keeper: bool
    counted: tuple[Mapping[int, Counter[ShownParty]], int] | None = None

    @property
    def party(self) -> Party | None:
        return next((one.party for one in self.columns if one.party.pk == self.choice.party_id), None)

    @cached_property
    def by_party(self) -> Mapping[int, Counter[ShownParty]]:
        """How many points each party stands so with."""
        if self.counted is not None:
            return self.counted[0]
        found: dict[int, Counter[ShownParty]] = defaultdict(Counter)
        for row in self.rows:
            for pk, one in row.standings.items():
                found[pk][one.shown] += 1
        return found

    @property
    def binding(self) -> int:
        """How many points bind anybody."""
        return self.counted[1] if self.counted else sum(bool(row.standings) for row in self.rows)

    @cached_property
    def shown(self) -> Counter[ShownParty]:
        counts = self.by_party
        return sum(
            (one for pk, one in counts.items() if self.party is None or pk == self.party.pk), start=Counter()
        )

    @property
    def wanted(self) -> list[PointRow]:
        """Rows with a cell that is asked for."""
        return [row for row in self.rows if self._is_wanted(row)]

    def _is_wanted(self, row: PointRow) -> bool:
        here = [one for one in row.standings.values() if self.party is None or one.party.pk == self.party.pk]
        if self.choice.shown:
            return any(one.shown == self.choice.shown for one in here)
        return bool(here) or (self.party is None and self.is_keeper)

    @property
    def by_decision(self) -> list[tuple[Decision, list[PointRow]]]:
        groups: dict[int, list[PointRow]] = defaultdict(list)
        for row in self.wanted:
            groups[row.point.decision_id].append(row)
        return [(rows[0].point.decision, rows) for rows in groups.values()]

    @property
    def regions(self) -> list[tuple[str, int]]:
        """(name, how many columns) in order; none when no municipality is in a region."""
        spans: list[tuple[str, int]] = []
        for column in self.columns:
            if spans and spans[-1][0] == column.region:
                spans[-1] = (column.region, spans[-1][1] + 1)
            else:
                spans.append((column.region, 1))
        return spans if any(name for name, _count in spans) else []


def standing(
    row: DecisionParty, party: Party, point: DecisionPoint, due: date | None, today: date
) -> PartyStanding:
    told_on = timezone.localdate(row.told_at) if row.told_at else None
    return PartyStanding(
        row, party, point, due, shown_party(row.state, told_on=told_on, due=due, today=today)
    )


def points_in(actor: Actor, where: Q, only: Q | None = None) -> list[PointRow]:
    """Points of decisions that stand, with their parties or `only` some, the newest first. 2 queries."""
    points = (
        DecisionPoint.objects.visible_to(actor)
        .filter(where, decision__state__in=STANDS)
        .select_related("decision__body", "decision__item", "decision__case", "follow_up")
        .order_by("-decision__decided_on", "-decision_id", "order")
    )
    rows = {point.pk: PointRow(point, due_of(point)) for point in points}
    _fill(rows, actor, only)
    return list(rows.values())


def point_row(point: DecisionPoint, actor: Actor) -> PointRow:
    """The row of a point with its decision and follow-up at hand; no parties unless it stands. 1 query."""
    row = PointRow(point, due_of(point))
    if point.decision.state in STANDS:
        _fill({point.pk: row}, actor)
    return row


def _fill(rows: Mapping[int, PointRow], actor: Actor, only: Q | None = None) -> None:
    """Where the parties stand, in the order of the alphabet, at each of the points."""
    told = DecisionParty.objects.visible_to(actor).filter(only or Q(), point__in=rows).select_related("party")
    place: dict[int, str] = {}  # a name is spelt once, however many points bind its party
    for one in told:
        place.setdefault(one.party_id, alphabetical(str(one.party)))
    for one in sorted(told, key=lambda one: place[one.party_id]):
        row = rows[one.point_id]
        row.standings[one.party_id] = standing(one, one.party, row.point, row.due, actor.today)


def due_of(point: DecisionPoint) -> date | None:
    """The day the point is to be carried out; none when nothing is followed up, or it is settled."""
    follow_up: FollowUp | None = getattr(point, "follow_up", None)
    return follow_up.due if follow_up and follow_up.state not in SETTLED else None


def decision_matrix(
    choice: MatrixChoice, actor: Actor, *, decision: Decision | None = None, page: Sequence[int] | None = None
) -> DecisionMatrix:
    """The matrix of one decision, or of those of a body and a year in the actor's community. 5 queries.

    `page` are the decisions whose rows are wanted, of `decisions_in`; what is counted is over all. 7 queries.
    """
    community_id = decision.community_id if decision else actor.community_id
    where = Q(decision=decision) if decision else _chosen(choice, actor)
    rows = points_in(actor, where if page is None else where & Q(decision__in=page))
    keeps = is_secretariat(actor) and actor.community_id == community_id
    columns = columns_of(community_id, actor)
    mine = {one.party.pk for one in columns} if keeps else set(actor.party_ids)
    counted = None if page is None else standing_counts(actor, _chosen(choice, actor))
    return DecisionMatrix(columns, rows, choice, frozenset(mine), keeps, counted)


def _chosen(choice: MatrixChoice, actor: Actor) -> Q:
    """Of points."""
    where = Q(community_id=actor.community_id)
    if choice.body_id is not None:
        where &= Q(decision__body_id=choice.body_id)
    if choice.year is not None:
        where &= Q(decision__decided_on__year=choice.year)
    return where


def decisions_in(choice: MatrixChoice, actor: Actor) -> list[int]:
    """The decisions of the matrix, the newest first: all, or those where somebody stands as is asked for.

    For others than the secretariat, who may fill the holes, without those that bind nobody. 1 query.
    """
    points = points_that_stand(actor, _chosen(choice, actor))
    if choice.shown is not None or choice.party_id is not None or not is_secretariat(actor):
        rows = standings(actor)
        if choice.shown is not None:
            rows = rows.filter(shown=choice.shown)
        if choice.party_id is not None:
            rows = rows.filter(party=choice.party_id)
        points = points.filter(is_among("pk", rows.values("point")))
    found = Decision.objects.inside(actor).filter(pk__in=points.order_by().values("decision"))
    return list(found.order_by("-decided_on", "-pk").values_list("pk", flat=True))


def bound_by(party_id: int, actor: Actor) -> list[PartyStanding]:
    """What decisions bind a party to, what asks for most first. 2 queries."""
    rows = points_in(actor, Q(parties__party=party_id))
    mine = [row.standings[party_id] for row in rows if party_id in row.standings]
    return sorted(
        mine, key=lambda one: (_SHOWN.index(one.shown), one.due or date.max, -one.point.decision_id)
    )
