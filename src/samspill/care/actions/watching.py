"""A plan that a team has confirmed is watched by that team: what is outside becomes its alert.

Responsibility follows the yes: the team that confirms watches, by the limits of the plan, from then on. When
no team was to have the plan, the one that sent it watches.

Limits that the team has set by hand stay when a plan comes, and the page of the plan shows them. A value is
held to both, and the worse decides, for the reader and for the service (`queries.plan_colours`). Of two plans
the limits are those of the one that the team confirmed last.

A new version holds from when the team confirms it, and never back in time; the first limits of something new
hold from the morning of the plan's first day, so that a weight of that morning has them too.
"""

from collections.abc import Iterable
from datetime import datetime, time

from django.utils.translation import gettext as _

from samspill.care.actions.measuring import set_limits
from samspill.care.actions.opening import Opened
from samspill.care.models import (
    CareEpisode,
    Measurement,
    PatientIndicator,
    PlanRecipient,
    SafetyNetPlan,
    ThresholdSet,
)
from samspill.care.queries.watching import code_of, rule_of
from samspill.care.states import Right
from samspill.directory.public import Actor
from samspill.rulebook.safety_net import Indicator, Plan, from_plain
from samspill.rulebook.vital_signs import find
from samspill.rulebook.wall_clock import instant


def watch_for(
    row: SafetyNetPlan, confirmed: Iterable[PlanRecipient], opened: Opened, *, by: Actor, now: datetime
) -> None:
    """The teams among those who have confirmed the plan watch what it names. Again, it changes nothing."""
    if not row.is_in_force:
        return
    for one in confirmed:
        episode = opened.known.episode_for([one.team_id], one.record_id) if one.team_id else None
        if episode is not None and _may_measure(episode):
            _watch(row, episode, by=by, now=now)


def watch_ourselves(
    row: SafetyNetPlan, sent: Iterable[PlanRecipient], opened: Opened, *, by: Actor, now: datetime
) -> None:
    """The sender watches when no team is to have the plan; else nobody would."""
    if any(one.team_id for one in sent):
        return
    episode = opened.known.episode_for([row.team_id], row.tenant_id)
    if episode is not None:
        _watch(row, episode, by=by, now=now)


def _may_measure(episode: CareEpisode) -> bool:
    return episode.agreement is None or Right.MEASURE in episode.agreement.rights


def _watch(row: SafetyNetPlan, episode: CareEpisode, *, by: Actor, now: datetime) -> None:
    plan = from_plain(row.content)
    for place, one in enumerate(plan.indicators):
        indicator = _indicator(plan, one, episode, place)
        PatientIndicator.objects.select_for_update().get(pk=indicator.pk)  # two may confirm at once
        newest = ThresholdSet.objects.filter(indicator=indicator).order_by("-version").first()
        if newest is not None and (newest.plan_id is None or newest.plan_id == row.pk):
            continue
        begins = _begins(plan, now) if newest is None and not _is_measured(indicator) else now
        said = _("From the plan of %(team)s") % {"team": row.team.name}
        set_limits(indicator, rule_of(one), valid_from=begins, why=said, by=by, plan=row)
    _leave_out(row, plan, episode, by=by)


def _indicator(plan: Plan, one: Indicator, episode: CareEpisode, place: int) -> PatientIndicator:
    """The one that the team watches already, or a new one with the plan's words."""
    code = code_of(plan, one)
    said = {
        "kind": one.kind,
        "name": one.name[:120],
        "unit": find(code).unit if one.code else "",
        "order": place,
    }
    return PatientIndicator.objects.get_or_create(
        episode=episode,
        code=code,
        ends=None,
        defaults={
            **said,
            "community_id": episode.community_id,
            "tenant_id": episode.tenant_id,
            "patient_id": episode.patient_id,
        },
    )[0]


def _is_measured(indicator: PatientIndicator) -> bool:
    return Measurement.objects.filter(indicator=indicator).exists()


def _begins(plan: Plan, now: datetime) -> datetime:
    """The first morning of the plan, or tomorrow's of one that begins later; now when it does not say."""
    return instant(plan.valid_from, time()) if plan.valid_from else now


def _leave_out(row: SafetyNetPlan, plan: Plan, episode: CareEpisode, *, by: Actor) -> None:
    """What a former plan for the same named, and this one does not, is watched no more."""
    here = {code_of(plan, one) for one in plan.indicators}
    from_plans = ThresholdSet.objects.filter(plan__problem=row.problem, plan__kind=row.kind)
    gone = PatientIndicator.objects.filter(
        episode=episode, ends=None, pk__in=from_plans.values("indicator")
    ).exclude(code__in=here)
    others = ThresholdSet.objects.exclude(pk__in=from_plans.values("pk")).values("indicator")
    for one in gone.exclude(pk__in=others):
        one.ends = by.today
        one.save(update_fields=["ends"])
