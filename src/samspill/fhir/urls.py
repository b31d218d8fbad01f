"""Addresses of the FHIR face. Every other address under /fhir/ is answered in FHIR as well."""

from django.urls import path, re_path

from samspill.fhir import views, views_receipts, views_smart

app_name = "fhir"
_TYPE = r"/(?P<kind>[A-Z][A-Za-z]{1,63})"
_ID = rf"{_TYPE}/(?P<name>[A-Za-z0-9\-.]{{1,64}})"
urlpatterns = [
    path("", views.bundle, name="base"),
    path("/", views.bundle, name="base-folder"),
    path("/metadata", views.metadata, name="metadata"),
    path("/.well-known/smart-configuration", views_smart.configuration, name="smart-configuration"),
    path("/token", views_smart.token, name="token"),
    path("/jwks", views_smart.jwks, name="jwks"),
    path("/$receipt", views_receipts.receipt, name="receipt"),
    re_path(rf"^{_TYPE}$", views.resource, name="type"),
    re_path(rf"^{_TYPE}/(?P<operation>_search)$", views.resource, name="search"),
    re_path(rf"^{_ID}$", views.resource, name="resource"),
    re_path(rf"^{_ID}/(?P<operation>\$everything)$", views.resource, name="everything"),
    re_path(rf"^{_ID}/(?P<operation>_history)$", views.resource, name="history"),
    re_path(
        rf"^{_ID}/(?P<operation>_history)/(?P<version>[A-Za-z0-9\-.]{{1,64}})$",
        views.resource,
        name="version",
    ),
    path("/<path:rest>", views.elsewhere, name="elsewhere"),
]
