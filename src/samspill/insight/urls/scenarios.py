"""Addresses of kept answers and scenarios."""

from django.urls import path, re_path

from samspill.insight.views import (
    calculation_acts,
    calculations,
    scenario_acts,
    scenarios,
)

_KEY = "tall/utregning/<slug:key>/"
_ROOM = "tall/<slug:slug>/scenarier/"
_ONE = f"{_ROOM}<int:number>/"

urlpatterns = [
    path(_KEY, calculations.calculation, name="calculation"),
    path(f"{_KEY}kontroll/", calculations.check_again, name="check-calculation"),
    re_path(
        r"^tall/utregning/(?P<key>[-\w]+)/svar\.(?P<form>xlsx|pdf|docx)$",
        calculations.calculation_file,
        name="calculation-file",
    ),
    path(f"{_KEY}ny/", calculation_acts.renew, name="renew-calculation"),
    path(f"{_KEY}apne/", calculation_acts.open_calculation, name="open-calculation"),
    path(f"{_KEY}bruk/", calculation_acts.use, name="use-calculation"),
    path(f"{_KEY}bruk/<int:link>/bort/", calculation_acts.stop, name="stop-using-calculation"),
    path("tall/<slug:slug>/utregninger/", calculations.calculation_list, name="calculation-list"),
    path("tall/<slug:slug>/utregninger/ta-vare-pa/", calculation_acts.keep, name="keep"),
    path(_ROOM, scenarios.scenario_list, name="scenario-list"),
    path(f"{_ROOM}sammenlign/", scenarios.compare, name="compare-scenarios"),
    path(f"{_ROOM}ny/", scenario_acts.make, name="make-scenario"),
    path(_ONE, scenarios.scenario, name="scenario"),
    path(f"{_ONE}navn/", scenario_acts.rename, name="rename-scenario"),
    path(f"{_ONE}ny-versjon/", scenario_acts.renew, name="renew-scenario"),
    path(f"{_ONE}kopi/", scenario_acts.copy, name="copy-scenario"),
    path(f"{_ONE}legg-bort/", scenario_acts.archive, name="archive-scenario"),
    path(f"{_ONE}hent-fram/", scenario_acts.bring_back, name="bring-back-scenario"),
    path(f"{_ONE}apne/", scenario_acts.open_scenario, name="open-scenario"),
]
