"""Where an act leads back to, addresses with a query, and files the browser saves: the same on every page."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the act was done: `neste` when it is an address of ours, else `otherwise`."""
    wanted = request.GET.get("neste") or request.POST.get("neste", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return otherwise


def address(path: str, query: Mapping[str, str]) -> str:
    """`path` with `query` added to the query it has."""
    where, _mark, present = path.partition("?")
    together = QueryDict(present, mutable=True)
    for key, value in query.items():
        together[key] = value
    return f"{where}?{together.urlencode()}" if together else where


def saved_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file that the browser saves as `name`."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
