"""The implementation matrix of a plan: measures down, the parties of its community across."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from samspill.directory.public import Actor, Party, PartyKind, RegionMunicipality, in_force_on
from samspill.plans.models import FocusArea, Plan
from samspill.plans.queries.carrying import Carried, carried_out, milestones_of, parties_in
from samspill.plans.queries.rows import is_keeper
from samspill.plans.rules.carrying_out import Progress
from samspill.plans.states import ImplementationState, ShownCarrying

STATE_IN_ADDRESS = {
    "forsinket": ShownCarrying.LATE,
    "ikke-svart": ShownCarrying.UNKNOWN,
    "ikke-startet": ShownCarrying.NOT_STARTED,
    "planlagt": ShownCarrying.PLANNED,
    "i-gang": ShownCarrying.IN_PROGRESS,
    "innfort": ShownCarrying.INTRODUCED,
    "evaluert": ShownCarrying.EVALUATED,
    "ikke-aktuelt": ShownCarrying.NOT_RELEVANT,
}
_DIGITS = 18


@dataclass(frozen=True)
class MatrixChoice:
    """What the address asks for: one state, one party, and which areas are folded."""

    shown: ShownCarrying | None = None
    party_id: int | None = None
    folded: frozenset[int] = frozenset()

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "MatrixChoice":
        return cls(
            shown=STATE_IN_ADDRESS.get(query.get("tilstand", "")),
            party_id=number_in(query.get("part", "")),
            folded=frozenset(
                number for one in query.get("lukket", "").split(",") if (number := number_in(one)) is not None
            ),
        )


def number_in(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < _DIGITS else None


@dataclass(frozen=True)
class Column:
    party: Party
    region: str


@dataclass
class MatrixArea:
    """A focus area with its measures. `area` is None for measures outside all areas."""

    area: FocusArea | None
    rows: list[Carried] = field(default_factory=list)
    is_folded: bool = False

    @property
    def number(self) -> int:
        """What the address calls it."""
        return self.area.pk if self.area else 0

    @property
    def progress(self) -> Progress:
        return progress_of(self.rows)

    def progress_at(self, party: Party) -> Progress:
        return progress_of(self.rows, party)


@dataclass
class Matrix:
    """`rows` are all measures, `areas` those asked for. `columns` follow regions, the hospital last."""

    plan: Plan
    choice: MatrixChoice
    columns: list[Column]
    rows: list[Carried]
    is_keeper: bool
    areas: list[MatrixArea] = field(default_factory=list)

    @property
    def party(self) -> Party | None:
        return next((one.party for one in self.columns if one.party.pk == self.choice.party_id), None)

    @property
    def shown(self) -> Counter[ShownCarrying]:
        """How many of each, of the party that is chosen or of all."""
        return Counter(
            one.shown
            for row in self.rows
            for one in row.standings.values()
            if self.party is None or one.party == self.party
        )

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


def progress_of(rows: Iterable[Carried], party: Party | None = None) -> Progress:
    return Progress.count(
        one.state
        for row in rows
        for one in row.standings.values()
        if party is None or one.party.pk == party.pk
    )


def matrix(plan: Plan, choice: MatrixChoice, actor: Actor) -> Matrix:
    """The plan's matrix as `actor` sees it on `actor.today`. 8 queries."""
    columns = _columns(plan, actor)
    rows = carried_out([plan], actor, [one.party for one in columns])
    milestones = milestones_of(plan, actor)
    for row in rows:
        row.milestones = milestones.get(row.measure.pk, [])
    found = Matrix(plan, choice, columns, rows, is_keeper(plan, actor))
    areas: dict[int, MatrixArea] = {}
    for row in rows:
        if _wanted(row, found):
            area = row.measure.area
            key = area.pk if area else 0
            areas.setdefault(key, MatrixArea(area, is_folded=key in choice.folded)).rows.append(row)
    found.areas = sorted(
        areas.values(), key=lambda one: (one.area is None, one.area.order if one.area else 0)
    )
    return found


def _wanted(row: Carried, found: Matrix) -> bool:
    standings = [
        one for one in row.standings.values() if found.party is None or one.party.pk == found.party.pk
    ]
    if found.choice.shown:
        return any(one.shown == found.choice.shown for one in standings)
    # Whom a measure shall concern is asked of its keepers; others read what is carried out.
    return bool(standings) or (found.party is None and found.is_keeper)


def _columns(plan: Plan, actor: Actor) -> list[Column]:
    """Municipalities by region in the order of the alphabet, then those in no region, then the hospital."""
    register = parties_in(plan.community, actor.today)
    regions = _regions(plan, actor)
    columns = [Column(one, regions.get(one.pk, "")) for one in register]
    return sorted(
        columns, key=lambda one: (one.party.kind != PartyKind.MUNICIPALITY, one.region == "", one.region)
    )


def _regions(plan: Plan, actor: Actor) -> dict[int, str]:
    """Party -> its region, of the kind that holds most municipalities when there are several kinds."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    rows = RegionMunicipality.objects.visible_to(actor).filter(
        in_force_on(actor.today), region__community=plan.community
    )
    for one in rows.select_related("region").order_by("region__kind", "region__name"):
        found[one.region.kind][one.party_id] = one.region.name
    return max(found.values(), key=len, default={})


def not_begun_anywhere(rows: Iterable[Carried]) -> list[Carried]:
    """Measures that no party has told to have begun, of those that concern somebody."""
    quiet = {None, ImplementationState.NOT_STARTED, ImplementationState.PLANNED}
    return [
        row
        for row in rows
        if row.progress.of
        and all(
            one.state in quiet or one.state == ImplementationState.NOT_RELEVANT
            for one in row.standings.values()
        )
    ]
