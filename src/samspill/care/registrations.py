"""What care offers the house."""

from django.utils.translation import gettext_lazy as _

from samspill.care import jobs, jobs_log
from samspill.care.actions.agreeing import coordinator_dues
from samspill.care.actions.control_gaps import gap_dues
from samspill.care.actions.escalating import escalated_dues
from samspill.care.actions.noting import reminder_dues
from samspill.care.actions.refused_looks import keep_refused, way_by_emergency
from samspill.care.actions.reviewing import review_dues
from samspill.care.actions.safety_net_waiting import plan_dues
from samspill.care.queries.outbox import dead_letters
from samspill.care.views.emergency import emergency_notice
from samspill.directory.public import (
    OWN_PAGES,
    PAGE_NOTICES,
    PILLARS,
    REFUSAL_EARS,
    TASK_SOURCES,
    Pillar,
    RefusalEar,
    RoleCode,
)

AT_WORK = frozenset({RoleCode.HEALTH_WORKER})
JOBS = (
    jobs.watch,
    jobs.escalate_in,
    jobs.miss_in,
    jobs.count_in,
    jobs_log.seal_log,
    jobs_log.seal_log_in,
)
"""Named here so that starting the app is enough for a worker to know its timetable."""


def register() -> None:
    TASK_SOURCES.register("care.alerts", escalated_dues)
    TASK_SOURCES.register("care.safety_net", plan_dues)
    TASK_SOURCES.register("care.reminders", reminder_dues)
    PILLARS.register(
        "care",
        Pillar(
            _("Patients"), "care:board", order=60, prefixes=("/pasienter/",), is_open=False, roles=AT_WORK
        ),
    )
    TASK_SOURCES.register("care.access", review_dues)
    TASK_SOURCES.register("care.control", gap_dues)
    TASK_SOURCES.register("care.coordinator", coordinator_dues)
    PAGE_NOTICES.register("care.emergency", emergency_notice)
    REFUSAL_EARS.register("care", RefusalEar(keep_refused, way_by_emergency))
    OWN_PAGES.register(RoleCode.CITIZEN, "care:own")
    TASK_SOURCES.register("care.outbox", dead_letters)
