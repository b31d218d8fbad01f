"""Addresses of governance: meetings."""

from django.urls import path

from samspill.governance.views import meetings

urlpatterns = [
    path("moter/", meetings.meeting_list, name="meeting-list"),
]
