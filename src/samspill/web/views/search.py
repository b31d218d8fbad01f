"""The search page behind the box on every page."""

from collections import Counter
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import THINGS, Found, search

SHOWN = 50  # as many as `search` gives


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The best hits, of all kinds or of one; the kinds among the hits are links that keep the words."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    kind = request.GET.get("slag", "")
    kind = kind if kind in THINGS else ""
    every = search(words, request.actor)  # type: ignore[attr-defined]
    of_kind = search(words, request.actor, kind=kind) if kind else every  # type: ignore[attr-defined]
    return render(
        request,
        "web/search.html",
        {
            "words": words,
            "hits": of_kind.hits,
            "instead": ", ".join(f"«{word}»" for word in of_kind.instead),
            "is_cut": len(of_kind.hits) >= SHOWN,
            "filters": _filters(words, kind, every.hits),
        },
    )


def _filters(words: str, chosen: str, every: list[Found]) -> list[dict[str, object]]:
    """One for each kind among the hits, the chosen one too when it has none; nothing to choose among one."""
    count = Counter(hit.kind for hit in every)
    if chosen:
        count.setdefault(chosen, 0)
    if len(count) < 2:
        return []
    return [
        {
            "label": THINGS[kind].label,
            "url": f"{reverse('web:search')}?{urlencode({'q': words, 'slag': kind})}",
            "is_chosen": kind == chosen,
        }
        for kind in sorted(count, key=lambda kind: (-count[kind], kind))
    ]
