"""The shell's part of every request: which målform, and how a refusal looks."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from samspill.directory.public import REFUSAL_EARS, scope
from samspill.refusal import Refused
from samspill.web.views import errors

CODES = frozenset(code for code, _name in settings.LANGUAGES)


class WrittenForm:
    """The visitor's choice, else bokmål. A browser's language list says nothing about målform."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in CODES else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


class OwnWrittenForm:
    """Who has not chosen on this machine meets the målform they chose elsewhere, or their community's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        community = request.actor.community  # type: ignore[attr-defined]
        own = getattr(request.user, "written_form", "") or (community.written_form if community else "")
        if not own or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in CODES:
            return self.get_response(request)
        request.LANGUAGE_CODE = own
        with translation.override(own):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", own)
        return response


class HeardRefusals:
    """What was refused is told to the apps that listen, when all else of the request is undone.

    Outside `ActingMiddleware`: what they write stands in a transaction of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        refusal = getattr(request, "refused", None)
        if refusal is not None and request.actor.is_known:  # type: ignore[attr-defined]
            actor = request.actor  # type: ignore[attr-defined]
            for ear in REFUSAL_EARS.all():
                with transaction.atomic(), scope(actor):
                    ear.keep(refusal, request.path, actor)
        return response


class RefusalMiddleware:
    """A `Refused` that a view lets through becomes a page with its sentence: 403 or 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        request.refused = exception  # type: ignore[attr-defined]
        page = errors.refused(request, exception)
        transaction.set_rollback(True)  # after the page: its queries need a transaction that still answers
        return page
