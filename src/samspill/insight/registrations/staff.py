"""What the staff room offers the house: its link in the row, and its kinds of calculations."""

from django.utils.translation import gettext_lazy as _

from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.gps import GP_LISTS
from samspill.insight.calculations.midwives import MIDWIVES
from samspill.insight.calculations.staff import STAFF
from samspill.insight.calculations.workload import WORKLOAD
from samspill.insight.rooms import ROOMS, Room


def register_staff() -> None:
    ROOMS.register("staff", Room("staff", _("Staff"), "insight:staff", order=40))
    for kind in (STAFF, GP_LISTS, MIDWIVES, WORKLOAD):
        CALCULATIONS.register(kind.key, kind)
