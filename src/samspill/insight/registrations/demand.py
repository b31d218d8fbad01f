"""What demand offers the house: its room and its calculation."""

from django.utils.translation import gettext_lazy as _

from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.demand import DEMAND
from samspill.insight.rooms import ROOMS, Room


def register_demand() -> None:
    CALCULATIONS.register(DEMAND.key, DEMAND)
    ROOMS.register("demand", Room("demand", _("Need"), "insight:demand", order=20))
