"""Addresses of insight."""

from django.urls import path, re_path

from samspill.insight.views import indicators, profiles

app_name = "insight"
urlpatterns = [
    path("tall/", profiles.mine, name="mine"),
    path("tall/alle/", profiles.everyone, name="all"),
    path("tall/indikatorer/", indicators.indicator_list, name="indicator-list"),
    path("tall/indikatorer/<slug:code>/", indicators.indicator, name="indicator"),
    path("tall/<slug:slug>/", profiles.profile, name="profile"),
    re_path(r"^tall/(?P<slug>[-\w]+)/(?P<code>\d{4})/$", profiles.municipality, name="municipality"),
]
