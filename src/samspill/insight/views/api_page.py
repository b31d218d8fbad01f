"""How to fetch the figures with a program: examples one can paste, with the address of this installation."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import as_visitor
from samspill.insight.api.parameters import OF_FIGURES
from samspill.insight.models import IndicatorAnswer

EXAMPLE = "readmissions-67-plus"


@require_safe
@as_visitor
def page(request: HttpRequest) -> HttpResponse:
    standing = IndicatorAnswer.objects.filter(run__withdrawn_at__isnull=True).select_related("indicator")
    known = (
        standing.filter(indicator__code=EXAMPLE).order_by("-run").first() or standing.order_by("-run").first()
    )
    code = known.indicator.code if known else EXAMPLE
    path = reverse("insight:api-figures", args=[code])
    return render(
        request,
        "insight/api.html",
        {
            "origin": settings.ORIGIN,
            "code": code,
            "example": settings.ORIGIN + path,
            "has_figures": known is not None,
            "parameters": OF_FIGURES,
        },
    )
