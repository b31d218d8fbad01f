"""Where the parties stand with measures: whom each concerns, what was told, and the milestones on the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from samspill.directory.public import Actor, Community, Party, PartyKind, alphabetical, parties_of
from samspill.plans.models import (
    Measure,
    MeasureParty,
    MeasureResponsible,
    Milestone,
    PartyImplementation,
    Plan,
)
from samspill.plans.queries.at_once import AtOnce
from samspill.plans.queries.rows import Row, rows_without_holes
from samspill.plans.rules.carrying_out import (
    Parties,
    Progress,
    concerned,
    concerned_by_default,
    shown_carrying,
    shown_milestone,
)
from samspill.plans.states import ImplementationState, MeasureState, MilestoneState, ShownCarrying

# What lives on in another plan or was given up is carried out by nobody here.
_GONE = frozenset({MeasureState.CARRIED_FORWARD, MeasureState.ENDED})


@dataclass(frozen=True)
class Standing:
    """One party and one measure that concerns it. `told` is None when nobody has told."""

    party: Party
    measure: Measure
    told: PartyImplementation | None
    shown: ShownCarrying

    @property
    def state(self) -> str | None:
        return self.told.state if self.told else None

    @property
    def words(self) -> str:
        """«I gang», or «Forsinket: i gang» where the deadline has passed."""
        if self.shown != ShownCarrying.LATE:
            return str(self.shown.label)
        state = str(ImplementationState(self.told.state).label if self.told else ShownCarrying.UNKNOWN.label)
        return f"{self.shown.label}: {state[:1].lower()}{state[1:]}"

    @property
    def waits(self) -> bool:
        """Whether somebody should say how it goes: never told, or not for half a year."""
        return self.shown == ShownCarrying.UNKNOWN or (self.shown == ShownCarrying.LATE and self.told is None)


@dataclass
class Carried:
    """A measure of a plan with where each party it concerns stands, in the order of the parties."""

    row: Row
    standings: dict[int, Standing]
    milestones: list[Milestone] = field(default_factory=list)

    @property
    def measure(self) -> Measure:
        return self.row.measure

    @property
    def progress(self) -> Progress:
        return Progress.count(one.state for one in self.standings.values())


def parties_in(community: Community, day: date) -> list[Party]:
    """Municipalities by name as Norwegians sort, then the hospital."""
    kinds = list(PartyKind)
    return sorted(
        parties_of(community, day), key=lambda one: (kinds.index(PartyKind(one.kind)), alphabetical(str(one)))
    )


def as_parties(register: Iterable[Party]) -> Parties:
    register = list(register)
    return Parties(
        frozenset(one.pk for one in register),
        frozenset(one.pk for one in register if one.kind == PartyKind.MUNICIPALITY),
    )


def default_of(responsibles: Iterable[MeasureResponsible], parties: Parties) -> frozenset[int]:
    return concerned_by_default(((one.party_id, one.side) for one in responsibles), parties)


def carried_out(plans: Sequence[Plan], actor: Actor, register: Sequence[Party]) -> list[Carried]:
    """Measures of plans of one community, with the standing of its parties `register`. 5 queries."""
    rows = [row for row in rows_without_holes(plans, actor) if row.measure.state not in _GONE]
    told: dict[int, dict[int, PartyImplementation]] = defaultdict(dict)
    for one in PartyImplementation.objects.visible_to(actor).filter(plan__in=plans):
        told[one.measure_id][one.party_id] = one
    said: dict[int, dict[int, bool]] = defaultdict(dict)
    for word in MeasureParty.objects.visible_to(actor).filter(plan__in=plans):
        said[word.measure_id][word.party_id] = word.is_concerned
    parties = as_parties(register)
    return [_carried(row, told[row.id], said[row.id], register, parties, actor.today) for row in rows]


def carried_at_once(found: Iterable[AtOnce], register: Sequence[Party], today: date) -> list[Carried]:
    """The same of what was read at once, for parties that were asked for then. No query."""
    parties = as_parties(register)
    return [
        _carried(one.row, one.told, one.said, register, parties, today)
        for one in found
        if one.row.measure.state not in _GONE
    ]


def _carried(
    row: Row,
    told: Mapping[int, PartyImplementation],
    said: Mapping[int, bool],
    register: Sequence[Party],
    parties: Parties,
    today: date,
) -> Carried:
    whom = concerned(default_of(row.responsibles, parties), said, parties)
    return Carried(row, _standings(row.measure, whom, told, register, today))


def _standings(
    measure: Measure,
    whom: frozenset[int],
    told: Mapping[int, PartyImplementation],
    register: Sequence[Party],
    today: date,
) -> dict[int, Standing]:
    return {
        party.pk: standing(measure, party, told.get(party.pk), today)
        for party in register
        if party.pk in whom
    }


def standing(measure: Measure, party: Party, told: PartyImplementation | None, today: date) -> Standing:
    shown = shown_carrying(
        told.state if told else None,
        told_on=timezone.localdate(told.told_at) if told else None,
        deadline=measure.deadline,
        measure_state=measure.state,
        today=today,
    )
    return Standing(party, measure, told, shown)


def concerned_by(measure: Measure, register: Sequence[Party]) -> frozenset[int]:
    """Whom one measure concerns now. 2 queries."""
    parties = as_parties(register)
    said = dict(MeasureParty.objects.filter(measure=measure).values_list("party_id", "is_concerned"))
    default = default_of(MeasureResponsible.objects.filter(measure=measure), parties)
    return concerned(default, said, parties)


def told_of(measure: Measure, party: Party) -> PartyImplementation | None:
    return PartyImplementation.objects.filter(measure=measure, party=party).first()


@dataclass(frozen=True)
class Told:
    """One step in the history of a party and a measure."""

    state: ImplementationState
    day: date
    note: str
    told_on: date
    by_name: str
    is_on_behalf: bool


def history_of(told: PartyImplementation | None, actor: Actor) -> list[Told]:
    """Every step that was told, newest first. Kept inside the community by the database. 1 query."""
    if told is None or actor.community_id != told.community_id:
        return []
    events = told.events.order_by("-pgh_id")  # type: ignore[attr-defined]
    return [
        Told(
            ImplementationState(one.state),
            one.day,
            one.note,
            timezone.localdate(one.told_at),
            one.by_name,
            one.is_on_behalf,
        )
        for one in events
    ]


def milestones_of(plan: Plan, actor: Actor) -> dict[int, list[Milestone]]:
    """Measure id -> its milestones by day. 1 query."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    for one in Milestone.objects.visible_to(actor).filter(plan=plan).order_by("due", "pk"):
        found[one.measure_id].append(one)
    return dict(found)


def milestone_state(one: Milestone, today: date) -> MilestoneState:
    return shown_milestone(one.due, one.done_on, today)
