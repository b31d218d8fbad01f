"""Addresses of indicators of services: profiles, comparing any areas, variation."""

from django.urls import path, re_path

from samspill.insight.views import comparing_areas, services, variations

_ONE = r"^tall/(?P<slug>[-\w]+)/(?P<code>\d{4})/tjenester/"

urlpatterns = [
    path("tall/sammenlign/", comparing_areas.compare, name="compare-areas"),
    path("tall/sammenlign/tabell.csv", comparing_areas.as_csv, name="compare-areas-csv"),
    path("tall/sammenlign/tabell.xlsx", comparing_areas.as_xlsx, name="compare-areas-xlsx"),
    path("tall/variasjon/", variations.variation, name="variation"),
    path("tall/variasjon/tabell.csv", variations.as_csv, name="variation-csv"),
    path("tall/<slug:slug>/tjenester/", services.services, name="services"),
    path("tall/<slug:slug>/tjenester/tabell.csv", services.as_csv, name="services-csv"),
    path("tall/<slug:slug>/tjenester/tabell.xlsx", services.as_xlsx, name="services-xlsx"),
    re_path(f"{_ONE}$", services.services, name="municipality-services"),
    re_path(rf"{_ONE}tabell\.csv$", services.as_csv, name="municipality-services-csv"),
    re_path(rf"{_ONE}tabell\.xlsx$", services.as_xlsx, name="municipality-services-xlsx"),
]
