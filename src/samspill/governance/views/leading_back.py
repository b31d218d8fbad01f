"""Where an act leads back to, and addresses with a query."""

from collections.abc import Mapping

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme


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
