"""What the rules of control find in the log of an organisation. Inside `actions.reviewing.control_of`.

A line is the organisation's when it was made by somebody who worked for it, or in its record.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncHour

from samspill.care.access_words import NOTICED
from samspill.care.carrying import deciding
from samspill.care.control_rules import HOURLY, ControlRule, control_rules
from samspill.care.models import AccessLogEntry, AccessReview, Patient, RefusedLook


@dataclass(frozen=True)
class Found:
    """Somebody whom a rule found: how many lines, about how many patients, from when to when."""

    name: str
    team: str
    times: int
    patients: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class RuleFound:
    rule: ControlRule
    title: str
    rows: list[Found]


def lines(tenant_id: int, since: datetime) -> QuerySet[AccessLogEntry]:
    """Lines about one patient; lists are read by everybody in the team, and left out."""
    ours = AccessLogEntry.objects.filter(at__gte=since, patient__isnull=False, by__isnull=False)
    return ours.order_by().filter(tenants__contains=[tenant_id]) | ours.order_by().filter(
        worked_for_id=tenant_id
    )


def found(tenant_id: int, *, now: datetime) -> list[RuleFound]:
    """What each rule found, in the order of the rules; 1 query a rule."""
    rules = control_rules()
    every = lines(tenant_id, now - timedelta(days=rules.days))
    return [RuleFound(one, str(NOTICED[one.id]), _of(one, every)[: rules.most]) for one in rules.rules]


def _of(rule: ControlRule, every: QuerySet[AccessLogEntry]) -> list[Found]:
    return _hourly(rule, every) if rule.kind == HOURLY else _flagged(rule, every)


def _flagged(rule: ControlRule, every: QuerySet[AccessLogEntry]) -> list[Found]:
    by_person = every.filter(flags__contains=[rule.id]).values("by_id", "by_name", "team_name")
    counted = by_person.annotate(
        times=Count("pk", distinct=True),
        seen=Count("patient_id", distinct=True),
        first=Min("at"),
        last=Max("at"),
    )
    return [_found(dict(one)) for one in counted.order_by("-times", "by_name")]


def _hourly(rule: ControlRule, every: QuerySet[AccessLogEntry]) -> list[Found]:
    by_hour = every.annotate(hour=TruncHour("at")).values("hour", "by_id", "by_name", "team_name")
    counted = by_hour.annotate(
        times=Count("pk", distinct=True),
        seen=Count("patient_id", distinct=True),
        first=Min("at"),
        last=Max("at"),
    )
    return [_found(dict(one)) for one in counted.filter(seen__gt=rule.more_than).order_by("-seen", "by_name")]


def _found(one: dict[str, Any]) -> Found:
    return Found(one["by_name"], one["team_name"], one["times"], one["seen"], one["first"], one["last"])


def refused(tenant_id: int, *, now: datetime) -> list[RefusedLook]:
    """Looks that were refused, newest first; at most as many as a table has."""
    rules = control_rules()
    rows = RefusedLook.objects.filter(
        tenants__contains=[tenant_id], minute__gte=now - timedelta(days=rules.days)
    )
    return list(rows[: rules.most])


def name_of(one: AccessReview) -> str:
    """Whom a review is about: who decides on it must be able to ask."""
    with deciding(one.patient_id):
        return str(Patient.objects.filter(pk=one.patient_id).first() or "")
