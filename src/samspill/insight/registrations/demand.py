"""What demand offers the house: its room, its calculation, its figures for downloads."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import FIGURES
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.demand import DEMAND
from samspill.insight.rooms import ROOMS, Room
from samspill.insight.shown.demand import figure_for

FIGURE = "behov"


def register_demand() -> None:
    CALCULATIONS.register(DEMAND.key, DEMAND)
    ROOMS.register("demand", Room("demand", _("Need"), "insight:demand", order=20))
    FIGURES.register(FIGURE, figure_for)
