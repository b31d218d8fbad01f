"""Measures counted by municipality, for the indicators of the platform itself."""

from collections.abc import Iterator

from samspill.directory.public import Actor, Community, Party, PartyKind, PlatformCount, begins
from samspill.plans.models import Measure, Plan
from samspill.plans.queries.carrying import Carried, carried_out, parties_in
from samspill.plans.queries.rows import MEASURE, MEASURED_BY
from samspill.plans.states import CLOSED, ShownStatus


def count_measures(actor: Actor) -> Iterator[PlatformCount]:
    """A measure counts under every municipality that carries it out, answers for it or helps. 8 queries.

    In plans that bind and whose period has not ended.
    """
    community = Community.objects.get(pk=actor.community_id or 0)
    register = parties_in(community, actor.today)
    plans = [
        plan
        for plan in Plan.objects.visible_to(actor).filter(Plan.in_use(), community=community)
        if plan.period_end is None or plan.period_end >= actor.today
    ]
    carried = carried_out(plans, actor, register) if plans else []
    measured = set(
        Measure.objects.visible_to(actor)
        .filter(begins(MEASURE, MEASURED_BY), plan__in=plans)
        .values_list("pk", flat=True)
    )
    for party in register:
        if party.kind == PartyKind.MUNICIPALITY:
            yield _count(party, [one for one in carried if party.pk in one.standings], measured)


def _count(party: Party, mine: list[Carried], measured: set[int]) -> PlatformCount:
    return PlatformCount(
        party.municipality_code,
        total=len(mine),
        late=sum(one.row.shown.status == ShownStatus.LATE for one in mine),
        closed=sum(one.measure.state in CLOSED for one in mine),
        with_indicator=sum(one.measure.pk in measured for one in mine),
    )
