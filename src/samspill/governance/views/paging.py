"""A long list page by page: its filters and its order stay in the address."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], on_page: int) -> dict[str, Any]:
    """What `governance/parts/pages.html` prints, with the page the address asks for as `page`.

    A page there is none of is the nearest there is.
    """
    page = Paginator(rows, on_page).get_page(request.GET.get("side"))
    return {
        "page": page,
        "pages": {
            "before": _address(request, page.number - 1) if page.has_previous() else "",
            "after": _address(request, page.number + 1) if page.has_next() else "",
        },
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["side"] = str(number)
    return f"?{query.urlencode()}"
