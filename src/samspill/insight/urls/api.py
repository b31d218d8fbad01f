"""Addresses of figures for machines, the page that tells people of them, and of runs."""

from django.urls import path

from samspill.insight.views import api, api_page, runs

_V1 = "api/v1/"

_RUNS = "tall/indikatorer/utregninger/"

urlpatterns = [
    path(_RUNS, runs.run_list, name="runs"),
    path(f"{_RUNS}<int:pk>/", runs.run, name="run"),
    path(f"{_RUNS}<int:pk>/trekk-tilbake/", runs.withdraw, name="withdraw-run"),
    path(f"{_RUNS}<int:pk>/ta-i-bruk/", runs.take_back, name="take-back-run"),
    path("api/", api_page.page, name="api"),
    path(f"{_V1}indicators/", api.indicators, name="api-indicators"),
    path(f"{_V1}indicators/<slug:code>/", api.indicator, name="api-indicator"),
    path(f"{_V1}indicators/<slug:code>/figures/", api.figures, name="api-figures"),
    path(f"{_V1}areas/", api.areas, name="api-areas"),
    path(f"{_V1}runs/", api.runs, name="api-runs"),
    path(f"{_V1}runs/<int:pk>/", api.run, name="api-run"),
]
