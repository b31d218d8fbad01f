"""What figures give to machines: their part of the OpenAPI document."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import OPEN_API, OpenApiPart
from samspill.insight.api.openapi import links, paths, schemas


def register_api() -> None:
    OPEN_API.register(
        "insight", OpenApiPart(_("Figures for your own program"), "insight:api", links, paths, schemas)
    )
