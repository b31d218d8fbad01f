"""Addresses of insight, room by room. Words come before a community's slug."""

from samspill.insight.urls import (
    appraisals,
    beds,
    data_sets,
    demand,
    effects,
    memo,
    people,
    scenarios,
    staff,
)

app_name = "insight"
urlpatterns = [
    *effects.urlpatterns,
    *appraisals.urlpatterns,
    *beds.urlpatterns,
    *data_sets.urlpatterns,
    *demand.urlpatterns,
    *memo.urlpatterns,
    *scenarios.urlpatterns,
    *staff.urlpatterns,
    *people.urlpatterns,
]
