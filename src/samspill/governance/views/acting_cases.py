"""An act from a page about a case: do it, say it, go on; or show the page again with the reason."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from samspill.refusal import Refused


def do(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    said: object,
    to: str,
    again: Callable[[Refused], HttpResponse],
    undo: str = "",
) -> HttpResponse:
    """303 to `to` with `said`, or what `again` draws (422) with the refusal. What is forbidden is a 403."""
    try:
        act()
    except Refused as refused:
        if refused.forbidden:
            raise
        return again(refused)
    messages.success(request, str(said), extra_tags=undo)
    return HttpResponseRedirect(to, status=303)
