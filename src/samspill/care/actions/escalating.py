"""An alert nobody takes is told further: to everybody in the team, and then to who leads it (invariant 4).

It stands among their tasks as long as nobody has taken it, and in the outbox, which it leaves day and night:
to the team in its duty time (`duty_time`), to who leads it at once. What is told names what the alert is
about and the team, and no patient.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.care.actions.alerting import escalated_by_clock
from samspill.care.actions.opening import opening_list, write_listed
from samspill.care.alert_wording import in_words, waited, what_it_says
from samspill.care.duty_time import DutyTime, on_duty_from
from samspill.care.models import Alert, AlertStep, CareTeam, ListRow, TeamMembership
from samspill.care.queries.board import teams_of
from samspill.care.states import AlertAct, TeamFunction
from samspill.directory.public import Account, Actor, Due, RoleCode, address
from samspill.worklist.public import Letter, Words, is_workday, notify_each

WHAT = "care.escalated"
TO_LEADERS = 2
"""From this level it is told to who leads the team; before it, to all who work there."""
FIRST, AT_ONCE = 10, 5  # places among the tasks of a day: the lowest is first


def escalate(*, now: datetime, by: Actor, most: int | None = None) -> int:
    """Tell every alert whose clock has run out to the next level; how many. For Samspill on duty."""
    moved = escalated_by_clock(now=now, by=by, most=most)
    letters = [letter for alert in moved for letter in _letters(alert, now, by)]
    if letters:
        notify_each(letters, by=by)
    return len(moved)


def _letters(alert: Alert, now: datetime, by: Actor) -> Iterator[Letter]:
    times = AlertStep.objects.filter(alert=alert, act=AlertAct.ESCALATED).count()
    leaves = leaves_from(alert, now)
    for account in who_is_told(alert, by):
        yield Letter(
            to=account,
            key=f"care.alert:{alert.pk}:{times}",
            words=partial(_words, alert, now),
            path=_list_of(alert.team_id),
            leaves_from=leaves,
        )


def leaves_from(alert: Alert, now: datetime) -> datetime:
    """An alert is about a patient and waits for no working day; the team's own duty time decides."""
    if alert.level >= TO_LEADERS:
        return now
    team = alert.team
    duty = DutyTime(team.duty_from, team.duty_until, team.duty_weekends)
    return on_duty_from(now, duty, is_workday)


def who_is_told(alert: Alert, by: Actor) -> list[Account]:
    """Everybody in the team; on the last levels who leads it, and everybody where nobody does."""
    holds = Q(from_day__lte=by.today) & (Q(to_day__isnull=True) | Q(to_day__gt=by.today))
    members = TeamMembership.objects.filter(holds, team=alert.team_id).select_related("account")
    held = list(members.order_by("account__name", "pk"))
    leads = [one for one in held if one.function == TeamFunction.LEADER]
    told = leads if alert.level >= TO_LEADERS and leads else held
    return list({one.account_id: one.account for one in told}.values())


def _words(alert: Alert, now: datetime) -> Words:
    said = {"team": alert.team.name, "time": waited(alert.raised, now)}
    return Words(
        in_words(what_it_says(alert), now),
        _("It has waited for %(time)s, and nobody in %(team)s has taken it.") % said,
    )


def _list_of(team_id: int) -> str:
    return address(reverse("care:board"), {"team": str(team_id)})


def escalated_dues(actor: Actor) -> Iterator[Due]:
    """A task for each alert that was told further and is still nobody's, for those it was told to."""
    if actor.account_id is None or not actor.has_role(RoleCode.HEALTH_WORKER):
        return
    now = timezone.now()
    for team in teams_of(actor):
        with opening_list(team, by=actor) as decision:
            rows = [row for row in ListRow.objects.filter(team=team) if any(_told(row))]
            write_listed(decision, [row.patient_id for row in rows], what=WHAT)
        for row in rows:
            for alert in _told(row):
                yield _due(alert, team, now)


def _told(row: ListRow) -> Iterable[dict[str, object]]:
    return [one for one in row.about if one["level"] and one["owner"] is None and not one["from_team"]]


def _due(alert: dict, team: CareTeam, now: datetime) -> Due:
    since = datetime.fromisoformat(alert["raised"])
    said = {"team": team.name, "time": waited(since, now)}
    return Due(
        key=f"care.alert:{alert['alert']}",
        title=in_words(alert, now),
        text=_("It has waited for %(time)s, and nobody in %(team)s has taken it.") % said,
        url=_list_of(team.pk),
        act_label=_("Open the list"),
        due=timezone.localtime(since).date(),
        weight=AT_ONCE if alert["level"] >= TO_LEADERS else FIRST,
    )
