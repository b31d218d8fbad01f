"""Choices a visitor makes about the pages: målform."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from samspill.directory.public import Account, choose_written_form
from samspill.web.middleware import CODES


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the målform for a year and go back to the page it was chosen on.

    Who is signed in gets mails in it too, and meets it on other machines.
    """
    next_url = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()}):
        next_url = "/"
    response = HttpResponseRedirect(next_url, status=303)
    code = request.POST.get("language", "")
    if code in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 60 * 60,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        if isinstance(request.user, Account):
            choose_written_form(request.user, code)
    return response
