"""What every open address has in common: it is answered as to a visitor, whoever asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from samspill.directory.public import nobody, scope

View = Callable[..., HttpResponseBase]


def as_visitor(view: View) -> View:
    """The view reads as a visitor: everybody gets the same, and the database sees to it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with scope(nobody(request.actor.today)):  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return answer
