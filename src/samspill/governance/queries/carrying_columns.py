"""Who stands in the columns of the implementation matrix: municipalities by region, the hospital last."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from samspill.directory.public import (
    Actor,
    Community,
    Party,
    PartyKind,
    RegionMunicipality,
    alphabetical,
    in_force_on,
    parties_of,
)


@dataclass(frozen=True)
class Column:
    party: Party
    region: str


def parties_in(community: Community, day: date) -> list[Party]:
    """Municipalities by name as Norwegians sort, then the hospital. 1 query."""
    kinds = list(PartyKind)
    return sorted(
        parties_of(community, day), key=lambda one: (kinds.index(PartyKind(one.kind)), alphabetical(str(one)))
    )


def columns_of(community_id: int | None, actor: Actor) -> list[Column]:
    """Municipalities by region in the order of the alphabet, then those in no region, then the hospital."""
    community = Community.objects.filter(pk=community_id or 0).first()
    if community is None:
        return []
    regions = _regions(community, actor)
    columns = [Column(one, regions.get(one.pk, "")) for one in parties_in(community, actor.today)]
    return sorted(
        columns, key=lambda one: (one.party.kind != PartyKind.MUNICIPALITY, one.region == "", one.region)
    )


def _regions(community: Community, actor: Actor) -> dict[int, str]:
    """Party -> its region, of the kind that holds most municipalities when there are several kinds."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    rows = RegionMunicipality.objects.visible_to(actor).filter(
        in_force_on(actor.today), region__community=community
    )
    for one in rows.select_related("region").order_by("region__kind", "region__name"):
        found[one.region.kind][one.party_id] = one.region.name
    return max(found.values(), key=len, default={})
