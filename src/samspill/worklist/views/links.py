"""The page behind a signed link in a mail: what will happen, and one button. No sign-in is needed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samspill.refusal import Refused
from samspill.worklist.actions.links import find_link, open_link, use_link

GONE, FORBIDDEN = 410, 403


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """GET tells, POST does: mail programs that look at links beforehand change nothing."""
    written_form = _written_form(token)
    with translation.override(written_form):
        try:
            context, status = _told(request, token), 200
        except Refused as refused:
            context, status = {"refused": refused.sentence}, FORBIDDEN if refused.forbidden else GONE
        response = render(request, "worklist/link.html", context, status=status)
    response["Content-Language"] = written_form
    response["X-Robots-Tag"] = "noindex"
    return response


def _told(request: HttpRequest, token: str) -> dict[str, object]:
    visitor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    opened = open_link(token, visitor=visitor, now=now)
    done = use_link(token, visitor=visitor, now=now) if request.method == "POST" else ""
    return {"asked": opened.asked, "name": opened.actor.name, "done": done}


def _written_form(token: str) -> str:
    """That of the one it was sent to, like the mail it stood in."""
    found = find_link(token)
    return found.account.written_form or found.community.written_form if found else settings.LANGUAGE_CODE
