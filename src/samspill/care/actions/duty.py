"""When a team is told of alerts that nobody takes: its own duty time, set by who runs the helsefellesskap."""

from django.utils.translation import gettext_lazy as _

from samspill.care.actions.clients import MANAGE
from samspill.care.duty_time import DutyTime
from samspill.care.models import CareTeam
from samspill.directory.public import Actor, check_may, record
from samspill.refusal import Refused


def set_duty(team: CareTeam, duty: DutyTime, *, by: Actor) -> CareTeam:
    """From the next alert. Refused: `duty.whole` only one of start and end, or both the same."""
    check_may(by, MANAGE)
    if (duty.starts is None) != (duty.until is None) or (duty.starts and duty.starts == duty.until):
        raise Refused(
            "duty.whole", _("Say both when the duty begins and when it ends, or neither for day and night.")
        )
    team.duty_from, team.duty_until, team.duty_weekends = duty.starts, duty.until, duty.weekends
    team.save()
    record(by=by, act="team.duty", on=team)
    return team
