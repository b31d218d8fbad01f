"""Anchoring rounds as facts: whom a round asks and who is silent, for tasks and boxes that need no bar.

The same as `anchoring.bar_of`, for every round at once.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from samspill.directory.public import (
    Actor,
    Facts,
    Party,
    PartyKind,
    RegionMunicipality,
    Wanted,
    alphabetical,
    in_force_on,
)
from samspill.governance.models import AnchoringAnswer, AnchoringRound
from samspill.governance.queries.bodies import held_by
from samspill.governance.queries.screening_facts import TITLE_OF_CASE
from samspill.governance.states import AnchoringState


def rounds_that_wait(actor: Actor) -> Wanted:
    """Open rounds with the municipalities the actor answers for that have not answered."""
    rounds = AnchoringRound.objects.inside(actor).filter(state=AnchoringState.OPEN, due__gte=actor.today)
    seats = held_by(actor).filter(seat__party=OuterRef("pk"))
    mine = _silent(actor).filter(Q(pk__in=actor.party_ids) | Q(Exists(seats)))
    party = JSONObject(name="name", short="short_name", region=_region(actor))
    return Wanted(
        rounds,
        {
            **TITLE_OF_CASE,
            "case": "case_id",
            "question": "question",
            "due": "due",
            "silent": ArraySubquery(mine.values_list(party)),
        },
    )


def silent_in(one: Facts) -> list[str]:
    """Names of those who have not answered, by region as a round is drawn."""
    named = [(party["region"], party["short"] or party["name"]) for party in one["silent"]]
    ordered = sorted(named, key=lambda it: (not it[0], alphabetical(it[0]), alphabetical(it[1])))
    return [name for _region, name in ordered]


def newest_counts(case_ids: Iterable[int], actor: Actor) -> dict[int, Any]:
    """By case its newest round that is not waived, with how many it asks and how many are silent. 1 query."""
    rows = AnchoringRound.objects.visible_to(actor).filter(case__in=list(case_ids))
    found = rows.exclude(state=AnchoringState.WAIVED).annotate(
        asked=_count(_asked(actor)), silent=_count(_silent(actor))
    )
    return {one.case_id: one for one in found.order_by("pk")}


def _asked(actor: Actor) -> QuerySet[Party]:
    """The municipalities of a round: all of its community, or those of its region."""
    inside = RegionMunicipality.objects.filter(
        in_force_on(actor.today),
        community=OuterRef("community"),
        party=OuterRef("pk"),
        region=OuterRef(OuterRef("region")),
    )
    everywhere = AnchoringRound.objects.filter(pk=OuterRef(OuterRef("pk")), region__isnull=True)
    return Party.objects.filter(
        Q(Exists(everywhere)) | Q(Exists(inside)),
        community=OuterRef("community"),
        kind=PartyKind.MUNICIPALITY,
        left__isnull=True,
    )


def _silent(actor: Actor) -> QuerySet[Party]:
    answered = AnchoringAnswer.objects.filter(round=OuterRef(OuterRef("pk")), party=OuterRef("pk"))
    return _asked(actor).exclude(Exists(answered))


def _region(actor: Actor) -> Coalesce:
    """Where a municipality stands in a round: in its region, else in the first kind that it has one of."""
    held = RegionMunicipality.objects.filter(
        in_force_on(actor.today), community=OuterRef("community"), party=OuterRef("pk")
    )
    here = held.filter(region=OuterRef(OuterRef("region")))
    first = held.order_by("region__kind", "region__name")
    found = (Subquery(rows.values("region__name")[:1]) for rows in (here, first))
    return Coalesce(*found, Value(""))


def _count(rows: QuerySet[Party]) -> Coalesce:
    counted = rows.order_by().values("community").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), Value(0))
