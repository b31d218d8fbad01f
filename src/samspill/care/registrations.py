"""What care offers the house."""

from samspill.care.actions.noting import reminder_dues
from samspill.care.actions.safety_net_waiting import unconfirmed_dues
from samspill.directory.public import TASK_SOURCES


def register() -> None:
    TASK_SOURCES.register("care.safety_net", unconfirmed_dues)
    TASK_SOURCES.register("care.reminders", reminder_dues)
