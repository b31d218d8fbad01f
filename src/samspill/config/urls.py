"""Addresses: one line per app; each app's own paths stand in its `urls`."""

from django.urls import include, path

urlpatterns = [
    path("fhir", include("samspill.fhir.urls")),  # first: machines ask a hundred times for each page
    path("", include("samspill.web.urls")),
    path("", include("samspill.directory.urls")),
    path("", include("samspill.worklist.urls")),
    path("", include("samspill.insight.urls")),
    path("", include("samspill.governance.urls")),  # ends with every other address under /api/v1/
    path("", include("samspill.plans.urls")),
    path("", include("samspill.care.urls")),
]

handler400 = "samspill.web.views.errors.bad_request"
handler403 = "samspill.web.views.errors.forbidden"
handler404 = "samspill.web.views.errors.not_found"
handler500 = "samspill.config.errors.server_error"
