"""Addresses of data: what figures rest on. They come before a community's slug."""

from django.urls import path

from samspill.insight.views import data_acts, data_sets

urlpatterns = [
    path("tall/data/", data_sets.data_list, name="data-list"),
    path("tall/data/inn/", data_acts.send, name="data-send"),
    path("tall/data/inn/<str:token>/", data_acts.look_at, name="data-look"),
    path("tall/data/<slug:key>/", data_sets.data_set, name="data-set"),
    path("tall/data/<slug:key>/hent/", data_acts.refresh, name="data-refresh"),
    path("tall/data/<slug:key>/<int:number>/", data_sets.data_version, name="data-version"),
    path("tall/data/<slug:key>/<int:number>/feil.csv", data_sets.faults_file, name="data-faults"),
    path("tall/data/<slug:key>/<int:number>/gjor/", data_acts.act, name="data-act"),
]
