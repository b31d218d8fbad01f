"""Addresses of staff: all professions, the calculators, one profession. Words before professions."""

from django.urls import path

from samspill.insight.views import staff, staff_calculators

urlpatterns = [
    path("tall/<slug:slug>/bemanning/", staff.staff, name="staff"),
    path("tall/<slug:slug>/bemanning/fastlegelister/", staff_calculators.gp_lists, name="gp-lists"),
    path("tall/<slug:slug>/bemanning/jordmorbehov/", staff_calculators.midwives, name="midwives"),
    path("tall/<slug:slug>/bemanning/arbeidsmengde/", staff_calculators.workload, name="workload"),
    path("tall/<slug:slug>/bemanning/<slug:name>/", staff.profession, name="staff-profession"),
]
