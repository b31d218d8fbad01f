"""Addresses of access: who looked, emergency access, and the control of it."""

from django.urls import path

from samspill.care.views import control, emergency, looked

ACCESS = [
    path("pasienter/kontroll/<int:tenant>/", control.control, name="control"),
    path("pasienter/kontroll/<int:tenant>/logg.csv", control.control_file, name="control-file"),
    path("pasienter/<int:pk>/innsyn/", looked.looked, name="looked"),
    path("pasienter/<int:pk>/innsyn/innsynslogg.csv", looked.looked_file, name="looked-file"),
    path("pasienter/<int:pk>/nodtilgang/", emergency.emergency, name="emergency"),
    path("pasienter/<int:pk>/nodtilgang/avslutt/", emergency.end, name="emergency-end"),
]
