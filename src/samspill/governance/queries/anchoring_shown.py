"""What the municipalities have answered in a case's newest anchoring round, as a bar and in counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from samspill.directory.public import (
    Actor,
    Party,
    PartyKind,
    RegionMunicipality,
    alphabetical,
    in_force_on,
)
from samspill.governance.models import AnchoringAnswer, AnchoringRound
from samspill.governance.states import AnchoringState, Stance

GLYPHS = {Stance.SUPPORTS: "yes", Stance.WITH_REMARK: "but", Stance.OPPOSES: "no"}


@dataclass(frozen=True)
class Cell:
    """One municipality: its answer as a shape ("silent" while there is none) and in its own words."""

    party: Party
    g: str
    remark: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Group:
    name: str
    cells: Sequence[Cell]
    is_mine: bool = False


@dataclass(frozen=True)
class Anchoring:
    """The round with everybody asked in it."""

    due: date
    is_open: bool
    groups: Sequence[Group]

    @property
    def cells(self) -> list[Cell]:
        return [cell for group in self.groups for cell in group.cells]

    def count(self, g: str) -> int:
        return sum(1 for cell in self.cells if cell.g == g)

    @property
    def counts(self) -> list[tuple[str, int, str]]:
        labels = [*((GLYPHS[stance], str(stance.label)) for stance in Stance)]
        return [(g, self.count(g), label) for g, label in labels]

    @property
    def silent(self) -> int:
        return self.count("silent")

    @property
    def support(self) -> int:
        """Those who support, with a remark or without."""
        return self.count("yes") + self.count("but")

    @property
    def remarks(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.remark]


def anchorings_of(case_ids: Iterable[int], actor: Actor) -> dict[int, Anchoring]:
    """The newest round of each case that is not waived; 4 queries, 1 when nobody was asked."""
    rounds = {
        one.case_id: one
        for one in AnchoringRound.objects.visible_to(actor)
        .filter(case__in=list(case_ids))
        .exclude(state=AnchoringState.WAIVED)
        .order_by("pk")
    }
    if not rounds:
        return {}
    answers: dict[tuple[int, int], AnchoringAnswer] = {}
    for answer in AnchoringAnswer.objects.visible_to(actor).filter(round__in=rounds.values()).order_by("pk"):
        answers[answer.round_id, answer.party_id] = answer
    community_id = next(iter(rounds.values())).community_id
    municipalities = Party.objects.filter(
        community_id=community_id, kind=PartyKind.MUNICIPALITY, left__isnull=True
    )
    parties = sorted(municipalities, key=lambda one: alphabetical(str(one)))
    regions = list(
        RegionMunicipality.objects.filter(in_force_on(actor.today), community_id=community_id).select_related(
            "region"
        )
    )
    return {pk: _anchoring(one, answers, parties, regions, actor) for pk, one in rounds.items()}


def _anchoring(
    asked: AnchoringRound,
    answers: dict[tuple[int, int], AnchoringAnswer],
    parties: Sequence[Party],
    regions: Sequence[RegionMunicipality],
    actor: Actor,
) -> Anchoring:
    named = {one.party_id: (one.region_id, one.region.name) for one in regions}
    grouped: dict[str, list[Cell]] = {}
    for party in parties:
        region_id, name = named.get(party.pk, (None, ""))
        if asked.region_id and asked.region_id != region_id:
            continue
        answer = answers.get((asked.pk, party.pk))
        cell = Cell(
            party,
            GLYPHS[Stance(answer.stance)] if answer else "silent",
            answer.remark if answer else "",
            party.pk in actor.party_ids,
        )
        grouped.setdefault(name, []).append(cell)
    groups = [Group(name, cells, any(cell.is_mine for cell in cells)) for name, cells in grouped.items()]
    return Anchoring(asked.due, asked.state == AnchoringState.OPEN, groups)
