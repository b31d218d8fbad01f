"""The profile of one's own community with the oldest alone: the start page asks for it every time."""

from datetime import datetime

from django.db.models import Subquery
from django.db.models.expressions import Combinable

from samspill.directory.public import Actor, Community, Facts, Wanted, read_for
from samspill.insight.models import DataPack, PopulationRun, PopulationSeries
from samspill.insight.queries.profiles import PARTY, Profile, profile_from

OLD = "80+"
_FACTS: dict[str, str | Combinable] = {
    "area": "area",
    "years": "years",
    "persons": "persons",
    "party": PARTY,
    "made_at": "run__made_at",
    "jump_off": "run__jump_off",
    "to": "run__to",
    "credit": "run__pack__credit",
    "slug": "run__community__slug",
    "name": "run__community__name",
}


def own_profile(actor: Actor) -> Profile | None:
    """The newest run with `OLD`, without what is uncertain of it; None before the first. 1 query."""
    found = read_for(_wants, actor)["series"]
    if not found:
        return None
    return profile_from(_run(found[0]), {one["area"]: one["party"] for one in found}, map(_series, found))


def _wants(actor: Actor) -> dict[str, Wanted]:
    runs = PopulationRun.objects.filter(
        community=actor.community_id or 0, pack__withdrawn_at__isnull=True
    ).values("pk")
    return {"series": Wanted(PopulationSeries.objects.filter(run=Subquery(runs[:1]), group=OLD), _FACTS)}


def _run(one: Facts) -> PopulationRun:
    return PopulationRun(
        community=Community(slug=one["slug"], name=one["name"]),
        pack=DataPack(credit=one["credit"]),
        jump_off=one["jump_off"],
        to=one["to"],
        made_at=datetime.fromisoformat(one["made_at"]),
    )


def _series(one: Facts) -> PopulationSeries:
    return PopulationSeries(area=one["area"], group=OLD, years=one["years"], persons=one["persons"])
