"""What data sets register: their jobs, and their acts in words."""

from samspill.insight import jobs_data
from samspill.insight.wording.data_acts import TOLD
from samspill.worklist.public import ACTS

JOBS = (jobs_data.check_in_background, jobs_data.refresh_due, jobs_data.count_platform_nightly)
"""Imported here, so that the worker knows them and its timetable."""


def register_data_sets() -> None:
    ACTS.update(TOLD)
