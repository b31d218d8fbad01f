"""What a team's list can say of all that is not on it: counted by Samspill on duty, kept with when it was."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from samspill.care.models import (
    AlertStep,
    CareEpisode,
    CareTeam,
    ListRow,
    Measurement,
    PassiveInterval,
    TeamCount,
)
from samspill.care.states import SEEN_WHILE, AlertAct, Right
from samspill.directory.public import Actor

_BY_TEAM = "indicator__episode__team"


def count_teams(*, now: datetime, by: Actor) -> int:
    """Count for every team of the community; how many. For Samspill on duty. A few queries for a team."""
    day = timezone.localtime(now).date()
    since = datetime.combine(day, time.min, timezone.get_default_timezone())
    came = Measurement.objects.filter(at__gte=since)
    measured = _by_team(came, _BY_TEAM) + _asked_by_nobody(since)
    unassessed = _by_team(came.filter(triage__isnull=True), _BY_TEAM)
    followed = _patients(_followed_on(day).values_list("team", "patient"))
    held = Q(starts__lte=now) & (Q(ends__isnull=True) | Q(ends__gt=now))
    paused = _patients(PassiveInterval.objects.filter(held).values_list("episode__team", "patient"))
    waits = _patients(ListRow.objects.values_list("team", "patient"))
    teams = list(CareTeam.objects.filter(community=by.community_id or 0).values_list("pk", flat=True))
    for team in teams:
        here = followed[team]
        TeamCount.objects.update_or_create(
            team_id=team,
            defaults={
                "community_id": by.community_id or 0,
                "day": day,
                "measured": measured[team],
                "unassessed": unassessed[team],
                "followed": len(here),
                "paused": len(here & paused[team]),
                "inside": len(here - paused[team] - waits[team]),
                "counted": now,
            },
        )
    return len(teams)


def _followed_on(day: date) -> QuerySet[CareEpisode]:
    """By the organisation's own team, or by an agreement that lets the team read (invariant 20)."""
    rights = {"agreement__rights__contains": [Right.READ], "agreement__from_day__lte": day}
    goes_on = Q(agreement__to_day__isnull=True) | Q(agreement__to_day__gt=day)
    return CareEpisode.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gte=day),
        Q(agreement__isnull=True) | (Q(**rights) & goes_on),
        state__in=SEEN_WHILE,
        from_day__lte=day,
    )


def _by_team(came: QuerySet[Measurement], team: str) -> Counter[int]:
    counted = came.filter(**{f"{team}__isnull": False}).values_list(team).annotate(count=Count("pk"))
    return Counter(dict(counted))


def _asked_by_nobody(since: datetime) -> Counter[int]:
    """Those no sign was watched for: they went to the team that got an alert of them."""
    told = AlertStep.objects.filter(
        act__in=[AlertAct.RAISED, AlertAct.MEASURED_AGAIN],
        measurement__at__gte=since,
        measurement__indicator__isnull=True,
    )
    counted = told.values_list(F("alert__team")).annotate(count=Count("measurement", distinct=True))
    return Counter(dict(counted))


def _patients(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for team, patient in rows:
        found[team].add(patient)
    return found
