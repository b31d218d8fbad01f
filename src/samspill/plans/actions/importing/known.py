"""The helsefellesskap a document may belong to, as the plan reader wants them."""

from collections import defaultdict

from samspill.directory.public import Community, Party, PartyKind
from samspill.plans.reading import KnownCommunity


def known_communities() -> list[KnownCommunity]:
    """Every community with its names, its health trust's names and its municipalities. 2 queries."""
    trusts: dict[int, list[str]] = defaultdict(list)
    municipalities: dict[int, list[str]] = defaultdict(list)
    for party in Party.objects.filter(left__isnull=True).order_by("pk"):
        if party.kind == PartyKind.HEALTH_TRUST:
            trusts[party.community_id] += [party.name, party.short_name]
        else:
            municipalities[party.community_id].append(party.short_name)
    return [
        KnownCommunity(
            code=one.code,
            name=one.name,
            full_names=(one.full_name,),
            trust_names=tuple(filter(None, trusts[one.pk])),
            municipalities=tuple(filter(None, municipalities[one.pk])),
        )
        for one in Community.objects.all()
    ]
