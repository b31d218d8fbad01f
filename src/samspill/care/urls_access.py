"""Addresses of access: who looked, emergency access, and the control of it."""

from django.urls import path

from samspill.care.views import choosing, control, emergency, finding, following, looked

ACCESS = [
    path("pasienter/kontroll/<int:tenant>/", control.control, name="control"),
    path("pasienter/kontroll/<int:tenant>/logg.csv", control.control_file, name="control-file"),
    path("pasienter/<int:pk>/innsyn/", looked.looked, name="looked"),
    path("pasienter/<int:pk>/innsyn/innsynslogg.csv", looked.looked_file, name="looked-file"),
    path("pasienter/<int:pk>/nodtilgang/", emergency.emergency, name="emergency"),
    path("pasienter/<int:pk>/nodtilgang/avslutt/", emergency.end, name="emergency-end"),
    path("pasienter/finn/", finding.find, name="find"),
    path("pasienter/ny/", finding.register, name="register"),
    path("pasienter/<int:pk>/oppfolging/", following.episodes, name="episodes"),
    path("pasienter/<int:pk>/parorende/", following.near, name="near"),
    path("pasienter/<int:pk>/sperringer/", choosing.blocks, name="blocks"),
    path("pasienter/<int:pk>/samtykke/", choosing.consent, name="consent"),
    path("pasienter/<int:pk>/koordinator/", choosing.coordinator, name="coordinator"),
]
