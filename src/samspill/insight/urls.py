"""Addresses of insight, room by room. Words come before a community's slug."""

from samspill.insight import (
    urls_appraisals,
    urls_beds,
    urls_demand,
    urls_memo,
    urls_people,
    urls_scenarios,
    urls_staff,
)

app_name = "insight"
urlpatterns = [
    *urls_appraisals.urlpatterns,
    *urls_beds.urlpatterns,
    *urls_demand.urlpatterns,
    *urls_memo.urlpatterns,
    *urls_scenarios.urlpatterns,
    *urls_staff.urlpatterns,
    *urls_people.urlpatterns,
]
