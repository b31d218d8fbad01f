"""The page behind a signed link in a mail: what will happen, and one button. No sign-in is needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samspill.refusal import Refused
from samspill.worklist.actions.links import find_link, open_link, use_link
from samspill.worklist.registries import LONGEST_SAID, SAID

GONE, FORBIDDEN, UNPROCESSABLE = 410, 403, 422


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET tells, POST does: mail programs that look at links beforehand change nothing."""
    written_form = _written_form(token)
    with translation.override(written_form):
        try:
            context = _told(request, token)
            status = UNPROCESSABLE if context["error"] else 200
        except Refused as refused:
            context, status = {"refused": refused.sentence}, FORBIDDEN if refused.forbidden else GONE
        response = render(request, "worklist/link.html", context, status=status)
    response["Content-Language"] = written_form
    response["X-Robots-Tag"] = "noindex"
    return response


def _told(request: HttpRequest, token: str) -> dict[str, object]:
    visitor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    opened = open_link(token, visitor=visitor, now=now)
    said, done, error = request.POST.get(SAID, ""), "", ""
    if request.method == "POST":
        try:
            done = use_link(token, visitor=visitor, now=now, said=said)
        except Refused as refused:
            if refused.field != SAID:
                raise
            error = refused.sentence
    return {
        "asked": opened.asked,
        "asks_for": opened.asks_for,
        "longest": LONGEST_SAID,
        "name": opened.actor.name,
        "done": done,
        "said": said,
        "error": error,
    }


def _written_form(token: str) -> str:
    """That of the one it was sent to, like the mail it stood in."""
    found = find_link(token)
    return found.account.written_form or found.community.written_form if found else settings.LANGUAGE_CODE
