"""The anchoring rounds of a case: who is asked, who has answered what, and how a round is drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from samspill.directory.public import Actor, Party, PartyKind, RegionMunicipality, alphabetical, in_force_on
from samspill.governance.models import AnchoringAnswer, AnchoringRound, Case, Meeting
from samspill.governance.queries.voices import municipalities_of
from samspill.governance.rules.anchoring import tally
from samspill.governance.states import COMING, AnchoringState

OTHERS = "others"


@dataclass(frozen=True)
class Cell:
    """A municipality and its newest answer; None while it has not answered."""

    party: Party
    answer: AnchoringAnswer | None = None
    is_mine: bool = False

    @property
    def stance(self) -> str:
        return self.answer.stance if self.answer else ""


@dataclass(frozen=True)
class Group:
    """The municipalities of a region that are asked; `name` is empty for those in no region."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def is_mine(self) -> bool:
        return any(cell.is_mine for cell in self.cells)


@dataclass(frozen=True)
class Bar:
    """A round as it stands on a day. A plain value: the meeting draws it as the case does."""

    round: AnchoringRound
    groups: tuple[Group, ...]
    today: date
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        return [cell for group in self.groups for cell in group.cells]

    @property
    def silent(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.answer is None]

    @property
    def is_open(self) -> bool:
        return self.round.state == AnchoringState.OPEN and self.round.due >= self.today

    @property
    def mine(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_mine]


def bars_of(case: Case, actor: Actor, mine: frozenset[int] = frozenset()) -> list[Bar]:
    """Every round of a case, the newest first; `mine` are the parties the actor answers for. 3 queries."""
    rounds = list(
        AnchoringRound.objects.visible_to(actor).filter(case=case).select_related("region").order_by("-pk")
    )
    return _bars(rounds, actor.today, mine) if rounds else []


def newest_bars(case_ids: Iterable[int], actor: Actor, mine: frozenset[int] | None = None) -> dict[int, Bar]:
    """The newest round of each case that is not waived, by case. 4 queries, 1 when nobody was asked.

    3 when it is known what the actor answers for, as `mine`.
    """
    rows = AnchoringRound.objects.visible_to(actor).filter(case__in=list(case_ids))
    rows = rows.exclude(state=AnchoringState.WAIVED).select_related("region")
    rounds = {one.case_id: one for one in rows.order_by("pk")}
    if not rounds:
        return {}
    if mine is None:
        mine = municipalities_of(actor) if actor.is_known else frozenset()
    return {bar.round.case_id: bar for bar in _bars(list(rounds.values()), actor.today, mine)}


def bar_of(found: AnchoringRound, today: date, mine: frozenset[int] = frozenset()) -> Bar:
    """One round. 2 queries."""
    return _bars([found], today, mine)[0]


def _bars(rounds: list[AnchoringRound], today: date, mine: frozenset[int]) -> list[Bar]:
    community_id = rounds[0].community_id
    parties = municipalities(community_id, today)
    regions = {party.pk: [_Region(**one) for one in party.regions_told] for party in parties}
    newest: dict[tuple[int, int], AnchoringAnswer] = {}
    for answer in AnchoringAnswer.objects.filter(round__in=rounds).order_by("pk"):
        newest[answer.round_id, answer.party_id] = answer
    bars = []
    for one in rounds:
        cells = [
            Cell(party, newest.get((one.pk, party.pk)), party.pk in mine)
            for party in parties
            if one.region_id is None or any(row.pk == one.region_id for row in regions[party.pk])
        ]
        groups = _grouped(cells, regions, one.region_id)
        bars.append(Bar(one, groups, today, tally(cell.stance for cell in cells)))
    return bars


class _Region(NamedTuple):
    """A region that a municipality is in."""

    pk: int
    name: str


def _grouped(
    cells: Iterable[Cell], regions: Mapping[int, list[_Region]], only: int | None
) -> tuple[Group, ...]:
    """By the region of the round, or else by the first kind of region that each municipality has."""
    by_name: dict[str, list[Cell]] = {}
    for cell in cells:
        held = [row for row in regions[cell.party.pk] if only is None or row.pk == only]
        by_name.setdefault(held[0].name if held else "", []).append(cell)
    names = sorted(by_name, key=lambda one: (not one, alphabetical(one)))
    return tuple(Group(name, tuple(by_name[name])) for name in names)


def municipalities(community_id: int, day: date) -> list[Any]:
    """The municipalities of a community by name; `regions_told` are those each is in on a day. 1 query."""
    regions = (
        RegionMunicipality.objects.filter(in_force_on(day), community_id=community_id, party=OuterRef("pk"))
        .order_by("region__kind", "region__name")
        .values_list(JSONObject(pk="region_id", name="region__name"))
    )
    rows = Party.objects.filter(community_id=community_id, kind=PartyKind.MUNICIPALITY, left__isnull=True)
    told = rows.annotate(regions_told=ArraySubquery(regions))
    return sorted(told, key=lambda one: alphabetical(str(one)))


def regions_to_ask(actor: Actor, mine: frozenset[int], *, every: bool) -> list[tuple[int, str]]:
    """Regions the actor may ask, own ones first: (number, name). 1 query."""
    rows = (
        RegionMunicipality.objects.filter(in_force_on(actor.today), community_id=actor.community_id or 0)
        .select_related("region")
        .order_by("region__kind", "region__name")
    )
    own = {row.region_id: row.region.name for row in rows if row.party_id in mine}
    others = {row.region_id: row.region.name for row in rows if every and row.region_id not in own}
    return [*own.items(), *others.items()]


def parties_asked(found: AnchoringRound, today: date) -> list[Party]:
    """The municipalities a round asks. 1 query."""
    parties = municipalities(found.community_id, today)
    if found.region_id is None:
        return parties
    return [one for one in parties if any(region["pk"] == found.region_id for region in one.regions_told)]


def next_meeting_day(body_id: int | None, today: date) -> date | None:
    """When a body meets next. 1 query, none without a body."""
    if body_id is None:
        return None
    coming = Meeting.objects.filter(body_id=body_id, day__gt=today, state__in=sorted(COMING))
    return coming.order_by("day").values_list("day", flat=True).first()
