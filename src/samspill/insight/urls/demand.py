"""Addresses of demand: all services, one of them, what may make it less, how it is reckoned."""

from django.urls import path

from samspill.insight.views import demand, demand_trial

urlpatterns = [
    path("tall/<slug:slug>/behov/", demand.overview, name="demand"),
    path("tall/<slug:slug>/behov/prov/", demand_trial.trial, name="demand-trial"),
    path("tall/<slug:slug>/behov/metode/", demand.method, name="demand-method"),
    path("tall/<slug:slug>/behov/<slug:service>/", demand.service, name="demand-service"),
]
