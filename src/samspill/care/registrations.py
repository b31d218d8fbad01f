"""What care offers the house."""

from django.utils.translation import gettext_lazy as _

from samspill.care.actions.noting import reminder_dues
from samspill.care.actions.safety_net_waiting import unconfirmed_dues
from samspill.directory.public import PILLARS, TASK_SOURCES, Pillar, RoleCode

AT_WORK = frozenset({RoleCode.HEALTH_WORKER})


def register() -> None:
    TASK_SOURCES.register("care.safety_net", unconfirmed_dues)
    TASK_SOURCES.register("care.reminders", reminder_dues)
    PILLARS.register(
        "care",
        Pillar(
            _("Patients"), "care:board", order=60, prefixes=("/pasienter/",), is_open=False, roles=AT_WORK
        ),
    )
