"""Addresses of governance, a file for each part of it."""

from samspill.governance import (
    urls_bodies,
    urls_cases,
    urls_consultations,
    urls_follow_ups,
    urls_meetings,
    urls_open,
    urls_room,
)

app_name = "governance"
urlpatterns = [
    *urls_meetings.urlpatterns,
    *urls_room.urlpatterns,
    *urls_cases.urlpatterns,
    *urls_follow_ups.urlpatterns,
    *urls_bodies.urlpatterns,
    *urls_consultations.urlpatterns,
    *urls_open.urlpatterns,
]
