"""Who watches a value of a patient, and by which limits. Called inside `opening` of the patient.

One measurement per record (invariant 8): in the record of each organisation that watches it, a value is held
by one team. Where two teams in the same record watch it, the one whose limits it is farthest outside of has
it, so that nothing outside goes unseen; of equals, the one that is nearest to the patient.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from samspill.care.entered_values import Asked, kept_code
from samspill.care.models import Block, CareEpisode, Invalidation, Measurement, PatientIndicator, ThresholdSet
from samspill.care.plain_values import to_numbers, to_text
from samspill.care.queries.access_facts import Known
from samspill.care.states import BlockedFrom, IndicatorKind, TeamKind
from samspill.rulebook.exact_numbers import exact
from samspill.rulebook.safety_net import Indicator, Plan
from samspill.rulebook.triage import AnswerRules, Version, as_rule, in_force, outcome
from samspill.rulebook.triage.colours import WORSE
from samspill.rulebook.triage.limits import CHANGE, NAMES, WITHIN, Limits, LimitsWithChange

NEAREST = (
    TeamKind.NURSE_SERVICE, TeamKind.HOME_NURSING, TeamKind.GP, TeamKind.OUT_OF_HOURS, TeamKind.ACROSS,
    TeamKind.WARD,
)  # fmt: skip


@dataclass(frozen=True)
class Watch:
    """A team that a value is for: by its indicator, or None when it has not asked for it."""

    episode: CareEpisode
    indicator: PatientIndicator | None = None

    @property
    def code(self) -> str | None:
        return self.indicator.code if self.indicator else None


def nearest(episodes: Iterable[CareEpisode]) -> list[CareEpisode]:
    """Episodes by how near their team is to the patient's day."""
    return sorted(episodes, key=lambda one: (NEAREST.index(TeamKind(one.team.kind)), one.pk))


def unblocked(known: Known, part: str) -> list[CareEpisode]:
    """Open episodes whose team the patient has not blocked: others would not see what is theirs to answer."""
    return [one for one in known.episodes if not any(_stops(block, one, part) for block in known.blocks)]


def _stops(block: Block, episode: CareEpisode, part: str) -> bool:
    is_against = (
        block.against == BlockedFrom.EVERYBODY
        or block.team_id == episode.team_id
        or block.tenant_id == episode.team.tenant_id
    )
    return is_against and (not block.kinds or part in block.kinds)


def watched(episodes: Iterable[CareEpisode]) -> list[Watch]:
    """What the teams of these episodes watch, nearest team first, in the order of each."""
    by_key = {one.pk: one for one in nearest(episodes)}
    rows = PatientIndicator.objects.filter(episode__in=by_key, ends__isnull=True).order_by("order", "pk")
    found = [Watch(by_key[one.episode_id], one) for one in rows]
    return sorted(found, key=lambda one: list(by_key).index(one.episode.pk))


def watchers_of(code: str, every: Iterable[Watch]) -> dict[int, list[Watch]]:
    """Those of `every` that watch the code, by record, nearest first."""
    found: dict[int, list[Watch]] = {}
    for one in every:
        if one.indicator is not None and kept_code(one.indicator.code) == kept_code(code):
            found.setdefault(one.episode.tenant_id, []).append(one)
    return found


def chosen(watches: Collection[Watch], value: Any, effective: datetime) -> Watch:
    """The one of a record that has a value: whose limits it is farthest outside of, nearest first."""
    if len(watches) == 1:
        return next(iter(watches))
    return max(watches, key=lambda one: WORSE[_colour(one, value, effective)])


def _colour(watch: Watch, value: Any, effective: datetime) -> Any:
    indicator = watch.indicator
    limits = limits_at(indicator, effective) if indicator else None
    is_measured = indicator is None or indicator.kind == IndicatorKind.MEASURED
    return outcome(
        to_numbers(limits.rule) if limits else None, to_numbers(value) if is_measured else value
    ).colour


def with_plans(rows: QuerySet[ThresholdSet]) -> QuerySet[ThresholdSet]:
    """Versions of limits with the state of the plan they come from."""
    return rows.select_related("plan").defer("plan__content")


def limits_of(indicators: Collection[int], at: datetime) -> dict[int, ThresholdSet]:
    """The version of the limits that holds at an instant, by indicator.

    Those without one are left out, and those whose limits come from a plan that is taken back.
    """
    rows: dict[int, dict[int, ThresholdSet]] = {}
    for one in with_plans(ThresholdSet.objects.filter(indicator__in=indicators)):
        rows.setdefault(one.indicator_id, {})[one.pk] = one
    found = {}
    for indicator, many in rows.items():
        held = in_force([Version(one.valid_from, None, one.pk) for one in many.values()], at)
        if held is not None and not many[held.number].is_taken_back:
            found[indicator] = many[held.number]
    return found


def limits_at(indicator: PatientIndicator, at: datetime) -> ThresholdSet | None:
    """The version of the limits of one indicator that holds at an instant."""
    return limits_of([indicator.pk], at).get(indicator.pk)


def asked_of(code: str, watches: Collection[Watch], at: datetime) -> Asked:
    """What a value is read as: by the nearest team that watches it, with all answers that there are."""
    indicators = [one.indicator for one in watches if one.indicator is not None]
    if not indicators:
        return Asked(kept_code(code), is_watched=False)
    first = indicators[0]
    is_measured = first.kind == IndicatorKind.MEASURED
    answers = (
        () if is_measured else tuple(dict.fromkeys(said for one in indicators for said in _answers(one, at)))
    )
    return Asked(kept_code(code), first.unit, is_measured, answers)


def _answers(indicator: PatientIndicator, at: datetime) -> tuple[str, ...]:
    limits = limits_at(indicator, at)
    rule = as_rule(limits.rule) if limits and limits.rule else None
    return tuple(str(one) for one in rule.colours) if isinstance(rule, AnswerRules) else ()


@dataclass(frozen=True)
class Beside:
    """Limits that a team has set by hand, which hold beside the plan's; `rule` as it is kept."""

    name: str
    code: str
    team: str
    rule: Any


def limits_beside(plan: Plan, every: Iterable[Watch], now: datetime) -> list[Beside]:
    """Where teams that watch what the plan names hold it to other limits than the plan says."""
    watches = list(every)
    held = limits_of([one.indicator.pk for one in watches if one.indicator], now)
    found = []
    for one in plan.indicators:
        for watch in (one for group in watchers_of(code_of(plan, one), watches).values() for one in group):
            limits = held.get(watch.indicator.pk) if watch.indicator else None
            if limits is not None and limits.plan_id is None and limits.rule != rule_of(one):
                found.append(Beside(one.name, code_of(plan, one), watch.episode.team.name, limits.rule))
    return found


def code_of(plan: Plan, one: Indicator) -> str:
    """The code under which it is watched: LOINC for what is measured, the plan's own for the rest."""
    return kept_code(one.code) if one.code else f"{plan.template}.{one.id}"


def rule_of(one: Indicator) -> dict[str, Any] | None:
    """The limits of a plan's indicator as they are kept, also on change; None where the plan sets none."""
    if one.kind != "measured":
        return {"answers": {level: level for level, text in one.levels.items() if text}}
    found: dict[str, Any] = _numbers(one.limits)
    if one.change is not None and (moved := _numbers(one.change.limits)):
        found[CHANGE] = {WITHIN: one.change.within_days, **moved}
    return found or None


def _numbers(limits: Limits | None) -> dict[str, Any]:
    at = {name: getattr(limits, name, None) for name in NAMES}
    return {name: to_text(exact(value)) for name, value in at.items() if value is not None}


def over_time(rule: object, measurement: Measurement, tenants: Collection[int]) -> Any:
    """A kept number as the rule takes it: with the days before it where it may change only so fast."""
    value = to_numbers(measurement.value)
    change = rule.change if isinstance(rule, LimitsWithChange) else None
    if change is None:
        return value
    at = measurement.effective
    return [
        *days_before(measurement.patient_id, tenants, measurement.code, at, change.within_days),
        (at, value),
    ]


def days_before(
    patient: int, tenants: Collection[int], code: str, at: datetime, days: int | Decimal
) -> list[tuple[datetime, Any]]:
    """What counts of the days before an instant, as (when, number). 1 query."""
    rows = counting(
        Measurement.objects.filter(
            patient_id=patient, tenant_id__in=tenants, code=kept_code(code),
            effective__gte=at - timedelta(days=int(days)), effective__lt=at,
        )
    )  # fmt: skip
    return [(when, to_numbers(said)) for when, said in rows.values_list("effective", "value")]


def counting(rows: QuerySet[Measurement]) -> QuerySet[Measurement]:
    """Those that count: nobody has said last that they do not."""
    later = Invalidation.objects.filter(measurement=OuterRef("measurement"), pk__gt=OuterRef("pk"))
    said_last = Invalidation.objects.filter(measurement=OuterRef("pk"), is_restored=False)
    return rows.exclude(Exists(said_last.exclude(Exists(later))))
