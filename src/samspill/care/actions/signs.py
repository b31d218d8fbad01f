"""What is watched of a patient: begun, ended, and its limits and due times changed, each with its versions.

Nothing that was measured gets another colour by any of it.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.measuring import set_limits
from samspill.care.actions.missing import settle_missing
from samspill.care.actions.working import Work, working
from samspill.care.known_signs import known_signs, name_of, unit_of
from samspill.care.models import (
    CareEpisode,
    MeasurementSchedule,
    PatientIndicator,
    SafetyNetPlan,
    ScheduleVersion,
    ThresholdSet,
)
from samspill.care.queries.watching import code_of, rule_of
from samspill.care.states import IndicatorKind, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.safety_net import Indicator, Plan, from_plain, template
from samspill.rulebook.triage import as_schedule

WHAT, PART = "care.watch", "measurements"
LONGEST_WHY = 300
LATE = timedelta(minutes=5)
"""How long a form may have been open: limits that begin that little before now begin when they are saved."""


def watch(patient_id: int, code: str, *, by: Actor) -> PatientIndicator:
    """Begin to watch something the rulebook takes in, in the episode of the actor's team.

    What is watched already is given back. Refused: as `working`; `watch.unknown`.
    """
    if code not in {one.code for one in known_signs()}:
        raise Refused("watch.unknown", _("This cannot be watched. Choose from the list."), field="code")
    with working(patient_id, by=by, what=WHAT, right=Right.PLAN, part=PART) as work:
        return _watched(work.episode, IndicatorKind.MEASURED, code, name_of(code), unit_of(code))


def watch_plan(
    patient_id: int, row: SafetyNetPlan, *, by: Actor, now: datetime, why: str
) -> list[PatientIndicator]:
    """Watch all that a plan of «Hva er innafor» watches, with its limits and when its template measures.

    What is watched already is left as it is.
    """
    plan = from_plain(row.content)
    with working(patient_id, by=by, what=WHAT, right=Right.PLAN, part=PART) as work:
        held = PatientIndicator.objects.filter(episode=work.episode, ends__isnull=True)
        known = set(held.values_list("code", flat=True))
        new = [one for one in plan.indicators if code_of(plan, one) not in known]
        return [_of_plan(work, one, (row, plan), by=by, now=now, why=why) for one in new]


def _of_plan(
    work: Work, one: Indicator, whole: tuple[SafetyNetPlan, Plan], *, by: Actor, now: datetime, why: str
) -> PatientIndicator:
    row, plan = whole
    code = code_of(plan, one)
    unit = unit_of(code) if one.kind == IndicatorKind.MEASURED else ""
    made = _watched(work.episode, one.kind, code, one.name[:120], unit)
    if (rule := rule_of(one)) is not None:
        set_limits(made, rule, valid_from=now, why=why[:LONGEST_WHY], by=by, plan=row)
    measuring = template(plan.template).measuring
    _scheduled(
        made,
        {
            "times": [f"{at:%H:%M}" for at in measuring.times],
            "first_day": by.today.isoformat(),
            "every_days": measuring.every_days,
            "weekdays": list(measuring.weekdays),
            "grace": int(measuring.grace.total_seconds() // 60),
        },
        why=why,
        by=by,
        now=now,
    )
    return made


def _watched(episode: CareEpisode, kind: str, code: str, name: str, unit: str) -> PatientIndicator:
    said: dict[str, Any] = {"episode": episode, "code": code, "ends": None}
    try:
        with transaction.atomic():
            made, _is_new = PatientIndicator.objects.get_or_create(
                **said,
                defaults={
                    "community_id": episode.community_id,
                    "tenant_id": episode.tenant_id,
                    "patient_id": episode.patient_id,
                    "kind": kind,
                    "name": name,
                    "unit": unit,
                },
            )
    except IntegrityError:  # somebody else began in the same moment
        made = PatientIndicator.objects.get(**said)
    return made


def stop_watching(patient_id: int, indicator_id: int, *, by: Actor, now: datetime) -> PatientIndicator:
    """From today it is not watched; what was measured stays. What was missed until now is told first."""
    with working(patient_id, by=by, what=WHAT, right=Right.PLAN, part=PART):
        held = find_indicator(patient_id, indicator_id, for_change=True)
        schedule = MeasurementSchedule.objects.filter(indicator=held).select_related("indicator__episode")
        for one in schedule:
            settle_missing(one, now=now, by=by)
        if held.ends is None:
            held.ends = by.today
            held.save(update_fields=["ends"])
    return held


def find_indicator(patient_id: int, indicator_id: int, *, for_change: bool = False) -> PatientIndicator:
    """Inside `working` or `opening`. Refuses (`watch.not_here`) what is not open, or watched no more."""
    rows = PatientIndicator.objects.filter(pk=indicator_id, patient_id=patient_id, ends__isnull=True)
    rows = rows.select_related("episode__team")
    found = (rows.select_for_update(of=("self",)) if for_change else rows).first()
    if found is None:
        raise Refused(
            "watch.not_here", _("This is not watched here. Choose among what is watched of the patient."),
            forbidden=True,
        )  # fmt: skip
    return found


def change_limits(
    patient_id: int,
    indicator_id: int,
    rule: Any,
    *,
    valid_from: datetime,
    why: str,
    by: Actor,
    now: datetime,
) -> ThresholdSet:
    """A new version of the limits from `valid_from`, now or later; None takes them away.

    Refused: as `working` and `check_limits`; `watch.not_here`; `limits.why`; `limits.past` from before now,
    for what has been measured keeps its colour; `limits.same_start` when a version begins then already.
    """
    if not why.strip():
        raise Refused("limits.why", _("Say why the limits change, in a few words."), field="why")
    if valid_from < now - LATE:
        raise Refused(
            "limits.past",
            _("Limits hold from now or later: what is measured keeps its colour. Choose a later time."),
            field="valid_from",
        )
    with working(patient_id, by=by, what=WHAT, right=Right.PLAN, part=PART):
        held = find_indicator(patient_id, indicator_id, for_change=True)
        try:
            with transaction.atomic():
                starts = max(valid_from, now)
                return set_limits(held, rule, valid_from=starts, why=why.strip()[:LONGEST_WHY], by=by)
        except IntegrityError as problem:
            if "threshold_starts_once" not in str(problem):
                raise
            raise Refused(
                "limits.same_start",
                _("Other limits begin at the same moment. Choose another time."),
                field="valid_from",
            ) from problem


def change_schedule(
    patient_id: int,
    indicator_id: int,
    plan: Mapping[str, Any] | None,
    *,
    why: str,
    by: Actor,
    now: datetime,
) -> ScheduleVersion:
    """When it is to come from now on; None: at no set times. The plan of before stays in the versions.

    Refused: as `working` and `as_schedule`; `watch.not_here`; `schedule.why`.
    """
    if not why.strip():
        raise Refused("schedule.why", _("Say why the times change, in a few words."), field="why")
    if plan is not None:
        as_schedule(plan)
    with working(patient_id, by=by, what=WHAT, right=Right.PLAN, part=PART):
        held = find_indicator(patient_id, indicator_id, for_change=True)
        return _scheduled(held, plan, why=why, by=by, now=now)


def _scheduled(
    held: PatientIndicator, plan: Mapping[str, Any] | None, *, why: str, by: Actor, now: datetime
) -> ScheduleVersion:
    """What was due until now is told of by the plan that held; the new one answers from now."""
    own = {"community_id": held.community_id, "tenant_id": held.tenant_id, "patient_id": held.patient_id}
    former = MeasurementSchedule.objects.filter(indicator=held).select_related("indicator__episode").first()
    if former is not None:
        with suppress(Refused):  # a plan that cannot be read has no due times, and is mended by this
            settle_missing(former, now=now, by=by)
    if plan is None:
        MeasurementSchedule.objects.filter(indicator=held).delete()
    else:
        MeasurementSchedule.objects.update_or_create(
            indicator=held, defaults={**own, "plan": dict(plan), "answered_to": now}
        )
    return ScheduleVersion.objects.create(
        **own,
        indicator=held,
        plan=None if plan is None else dict(plan),
        valid_from=now,
        why=why.strip()[:LONGEST_WHY],
        by_id=by.account_id,
        by_name=by.name,
    )
