"""Kept answers as somebody may see them: one by its key, and the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from samspill.directory.public import Actor, Community, search
from samspill.insight.models import Calculation
from samspill.insight.models.calculations import CALCULATION

NEWEST, OLDEST = "nyest", "eldst"
SORTS = (NEWEST, OLDEST)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for: words, a kind, and the order."""

    words: str = ""
    kind: str = ""
    sort: str = NEWEST


def calculation_at(key: str, actor: Actor) -> Calculation | None:
    """The calculation with this key that the actor may see; their own community's when several have it."""
    own_first = Case(
        When(community_id=actor.community_id or 0, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Calculation.objects.visible_to(actor).filter(key=key).select_related("community", "pack")
    return rows.order_by(own_first, "pk").first()


def calculations_of(community: Community, wanted: Wanted, actor: Actor) -> QuerySet[Calculation]:
    """Those of a community that the actor may see; 1 query more when words are looked for."""
    rows = Calculation.objects.visible_to(actor).filter(community=community)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.words:
        hits = search(wanted.words, actor, kind=CALCULATION).hits
        rows = rows.filter(pk__in=[hit.id for hit in hits])
    order = ("made_at", "pk") if wanted.sort == OLDEST else ("-made_at", "-pk")
    return rows.select_related("community", "pack").order_by(*order)


def kinds_of(community: Community, actor: Actor) -> Sequence[str]:
    """The kinds of which there is an answer to see."""
    rows = Calculation.objects.visible_to(actor).filter(community=community)
    return list(rows.order_by("kind").values_list("kind", flat=True).distinct())
