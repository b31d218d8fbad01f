"""Where an act leads back to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back_to(request: HttpRequest, otherwise: str) -> str:
    """Where the act was done: `neste` when it is an address of ours, else `otherwise`."""
    wanted = request.GET.get("neste") or request.POST.get("neste", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return otherwise
