"""Addresses of insight, room by room. Words come before a community's slug."""

from samspill.insight.urls import (
    api,
    appraisals,
    beds,
    boards,
    data_sets,
    demand,
    effects,
    memo,
    people,
    scenarios,
    services,
    staff,
)

app_name = "insight"
urlpatterns = [
    *effects.urlpatterns,
    *api.urlpatterns,
    *appraisals.urlpatterns,
    *beds.urlpatterns,
    *data_sets.urlpatterns,
    *demand.urlpatterns,
    *memo.urlpatterns,
    *scenarios.urlpatterns,
    *staff.urlpatterns,
    *boards.urlpatterns,
    *services.urlpatterns,
    *people.urlpatterns,
]
