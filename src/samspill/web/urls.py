"""Addresses of the shell."""

from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from samspill.web.views import figures, preferences, privacy, search, start

app_name = "web"
urlpatterns = [
    path("", start.start, name="start"),
    path("sok/", search.results, name="search"),
    path("figur/<slug:source>/<slug:key>.<slug:form>", figures.download, name="figure"),
    path("maalform/", preferences.set_language, name="set-language"),
    path(
        "byggeklosser/",
        require_safe(TemplateView.as_view(template_name="web/building_blocks.html")),
        name="blocks",
    ),
    path(
        "tilgjengelighet/",
        require_safe(TemplateView.as_view(template_name="web/accessibility.html")),
        name="accessibility",
    ),
    path("personvern/", privacy.privacy, name="privacy"),
]
