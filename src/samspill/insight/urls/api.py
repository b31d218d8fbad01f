"""Addresses of figures for machines, and the page that tells people of them."""

from django.urls import path

from samspill.insight.views import api, api_page

_V1 = "api/v1/"

urlpatterns = [
    path("api/", api_page.page, name="api"),
    path(f"{_V1}indicators/", api.indicators, name="api-indicators"),
    path(f"{_V1}indicators/<slug:code>/", api.indicator, name="api-indicator"),
    path(f"{_V1}indicators/<slug:code>/figures/", api.figures, name="api-figures"),
    path(f"{_V1}areas/", api.areas, name="api-areas"),
    path(f"{_V1}runs/", api.runs, name="api-runs"),
    path(f"{_V1}runs/<int:pk>/", api.run, name="api-run"),
]
