"""Signals of a community: for the list, for «Mine oppgaver», and beside a chart."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.analysis.effects import by_chance
from samspill.directory.public import (
    Account,
    Actor,
    Due,
    FactSource,
    FoundFacts,
    Membership,
    RoleCode,
    Wanted,
    address,
    in_force_on,
)
from samspill.insight.models import Indicator, IndicatorResponsible, IndicatorSignal
from samspill.insight.queries.measured import newest
from samspill.insight.states import Level, Period
from samspill.worklist.public import number_in_words

MOST = 200
OUTER = 0.002  # of areas that lie outside 99.8 per cent limits by chance
_FACTS = {"run": "run_id", "indicator": "indicator_id"}


@dataclass(frozen=True)
class Filter:
    """What the list is asked for. `state` is "open", "said" or "all"."""

    state: str = "open"
    kind: str = ""
    indicator: str = ""
    run: int | None = None


def signals_in(actor: Actor, chosen: Filter) -> list[IndicatorSignal]:
    """Of the actor's own community, the newest first; at most 200. 1 query."""
    rows = IndicatorSignal.objects.inside(actor).select_related("indicator", "run")
    if chosen.state != "all":
        rows = rows.filter(meaning="") if chosen.state == "open" else rows.exclude(meaning="")
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.indicator:
        rows = rows.filter(indicator__code=chosen.indicator)
    if chosen.run is not None:
        rows = rows.filter(run=chosen.run)
    return list(rows[:MOST])


def counted(actor: Actor) -> dict[str, int]:
    """How many wait, and how many there are. 1 query."""
    rows = IndicatorSignal.objects.inside(actor)
    return rows.aggregate(open=Count("pk", filter=Q(meaning="")), all=Count("pk"))


def signals_on(indicator: Indicator, areas: Collection[str], actor: Actor) -> list[IndicatorSignal]:
    """What was seen, and said of it: for beside a chart. 1 query."""
    rows = IndicatorSignal.objects.inside(actor).filter(indicator=indicator, area__in=list(areas))
    return list(rows.order_by("-period", "pk"))


def indicators_with_signals(actor: Actor) -> list[Indicator]:
    rows = Indicator.objects.filter(pk__in=IndicatorSignal.objects.inside(actor).values("indicator"))
    return sorted(rows, key=lambda one: one.title())


def responsibles(actor: Actor) -> dict[int, str]:
    """Indicator -> the name of who follows it here. 1 query."""
    rows = IndicatorResponsible.objects.inside(actor)
    return dict(rows.values_list("indicator_id", "account__name"))


def who_may_follow(actor: Actor) -> list[Account]:
    """Everybody with a role in the actor's community today. 1 query."""
    return list(_active(actor).order_by("name"))


def expected_by_chance() -> tuple[int, float]:
    """(charts watched, alarms to expect of them by chance) in all communities, at each refresh. 2 queries."""
    counted_in = Count("series", filter=Q(series__level=Level.COMMUNITY))
    charts = [
        len(periods)
        for period in Period
        for periods, many in newest(period).annotate(many=counted_in).values_list("periods", "many")
        for _area in range(many)
    ]
    return len(charts), by_chance(charts)


def _open_to(actor: Actor) -> QuerySet[IndicatorSignal]:
    """Those that wait for the actor: who follows the indicator, else analysts, else the secretariat."""
    followed = IndicatorResponsible.objects.filter(
        community=OuterRef("community"), indicator=OuterRef("indicator")
    )
    held = Membership.objects.filter(in_force_on(actor.today), community=OuterRef("community"))
    mine = Q(Exists(followed.filter(account=actor.account_id)))
    nobody = ~Exists(followed.filter(account__in=_active(actor)))
    if actor.has_role(RoleCode.ANALYST):
        mine |= Q(nobody)
    elif actor.has_role(RoleCode.SECRETARIAT):
        mine |= Q(nobody, ~Exists(held.filter(role=RoleCode.ANALYST)))
    return IndicatorSignal.objects.inside(actor).filter(mine, meaning="", run__withdrawn_at__isnull=True)


def _active(actor: Actor) -> QuerySet[Account]:
    """Accounts that hold a role in the actor's community today."""
    return Account.objects.filter(pk__in=_roles_here(actor).values("account"), is_active=True)


def _roles_here(actor: Actor) -> QuerySet[Membership]:
    return Membership.objects.filter(in_force_on(actor.today), community_id=actor.community_id or 0)


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not actor.is_known:
        return {}
    return {"signals": Wanted(_open_to(actor), _FACTS)}


def _tells(found: FoundFacts, _actor: Actor) -> Iterator[Due]:
    """One for each run, however many indicators changed in it."""
    by_run: dict[int, set[int]] = {}
    for one in found.get("signals", ()):
        by_run.setdefault(one["run"], set()).add(one["indicator"])
    for run, indicators in by_run.items():
        yield Due(
            key=f"insight.signals:{run}",
            title=title_of(len(indicators)),
            text=_("Look at them, and say what it is."),
            url=address(reverse("insight:signals"), {"kjoring": str(run)}),
            act_label=_("Look at them"),
            weight=45,
        )


signal_dues = FactSource(_wants, _tells)


def title_of(many: int) -> str:
    return ngettext(
        "One indicator has changed more than by chance",
        "%(count)s indicators have changed more than by chance",
        many,
    ) % {"count": number_in_words(many).capitalize()}
