"""What runs of indicators offer the house: a task when one leaks, the nightly audit, acts in words."""

from samspill.directory.public import TASK_SOURCES
from samspill.insight import jobs_runs
from samspill.insight.queries.leaks import leak_dues
from samspill.insight.wording.run_acts import TOLD
from samspill.worklist.public import ACTS

JOBS = (jobs_runs.audit_published,)
"""Imported here, so that the worker knows it and its timetable."""


def register_runs() -> None:
    TASK_SOURCES.register("insight.runs", leak_dues)
    ACTS.update(TOLD)
