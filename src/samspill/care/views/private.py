"""What pages about a patient have in common: nobody keeps them, and who asks is the request's actor."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from samspill.directory.public import Actor

View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def number_of(given: str) -> int:
    """What a hidden field says, 0 for what is no number of ours."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def private(view: View) -> View:
    """No browser and no proxy keeps the answer."""

    @wraps(view)
    def without_a_copy(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    return without_a_copy
