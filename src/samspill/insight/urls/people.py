"""Addresses of people: the profile, municipalities, indicators."""

from django.urls import path, re_path

from samspill.insight.views import (
    accuracy,
    indicator_list,
    indicator_pages,
    long_trials,
    profile_files,
    profiles,
    regions,
)

urlpatterns = [
    path("tall/", profiles.mine, name="mine"),
    path("tall/alle/", profiles.everyone, name="all"),
    path("tall/indikatorer/", indicator_list.indicator_list, name="indicator-list"),
    path("tall/indikatorer/definisjoner/", indicator_list.definitions, name="indicator-definitions"),
    path("tall/indikatorer/<slug:code>/", indicator_pages.indicator, name="indicator"),
    path("tall/indikatorer/<slug:code>/innfelt/", indicator_pages.embedded, name="indicator-embedded"),
    path("tall/treffsikkerhet/", accuracy.accuracy, name="accuracy"),
    path("tall/<slug:slug>/", profiles.profile, name="profile"),
    path("tall/<slug:slug>/omrade/", regions.region, name="region"),
    path("tall/<slug:slug>/treffsikkerhet/", accuracy.tried_here, name="backtest"),
    path("tall/<slug:slug>/treffsikkerhet/prov/", long_trials.work_out, name="work-out-backtest"),
    path("tall/<slug:slug>/treffsikkerhet/regner/<slug:key>/", long_trials.at_work, name="backtest-at-work"),
    path("tall/<slug:slug>/folketall.csv", profile_files.as_csv, name="profile-csv"),
    path("tall/<slug:slug>/folketall.xlsx", profile_files.as_xlsx, name="profile-xlsx"),
    re_path(r"^tall/(?P<slug>[-\w]+)/(?P<code>\d{4})/$", profiles.municipality, name="municipality"),
    re_path(
        r"^tall/(?P<slug>[-\w]+)/(?P<code>\d{4})/(?P<district>\d{6})/$", profiles.district, name="district"
    ),
]
