"""The search page behind the box on every page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samspill.directory.public import THINGS, search


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    kind = request.GET.get("slag", "")
    hits = search(words, request.actor, kind=kind if kind in THINGS else "")  # type: ignore[attr-defined]
    return render(
        request,
        "web/search.html",
        {"words": words, "hits": hits, "kind": kind, "kinds": THINGS.all()},
    )
