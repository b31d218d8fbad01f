"""Addresses of beds: how many, shared ones, the week to come, from hospital to municipality."""

from django.urls import path

from samspill.insight.views import beds, flow, week

urlpatterns = [
    path("tall/<slug:slug>/senger/", beds.need, name="beds"),
    path("tall/<slug:slug>/senger/deles/", beds.shared, name="shared-beds"),
    path("tall/<slug:slug>/senger/uka/", week.week, name="week"),
    path("tall/<slug:slug>/senger/uka/eksempel.csv", week.example, name="week-example"),
    path("tall/<slug:slug>/senger/uka/tall/", week.counts, name="week-counts"),
    path("tall/<slug:slug>/senger/flyt/", flow.flow, name="flow"),
    path("tall/<slug:slug>/senger/flyt/modell/", flow.written, name="flow-written"),
    path("tall/<slug:slug>/senger/flyt/grundig/", flow.thorough, name="flow-thorough"),
    path("tall/<slug:slug>/senger/flyt/regner/<slug:key>/", flow.at_work, name="flow-at-work"),
]
