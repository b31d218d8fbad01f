"""What the room of beds registers: itself, and its kinds of calculations."""

from django.utils.translation import gettext_lazy as _

from samspill.insight import jobs
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.beds import BEDS_KIND
from samspill.insight.calculations.flow import FLOW
from samspill.insight.calculations.shared_beds import SHARED_BEDS
from samspill.insight.calculations.week import WEEK
from samspill.insight.rooms import ROOMS, Room

JOBS = (jobs.simulate_in_background,)
"""Imported here, so that the worker knows them."""


def register_beds() -> None:
    ROOMS.register("beds", Room("beds", _("Beds"), "insight:beds", order=30))
    for kind in (BEDS_KIND, SHARED_BEDS, WEEK, FLOW):
        CALCULATIONS.register(kind.key, kind)
