"""Open data over HTTP: GET only, for every origin, with ETag, and problems as problem+json (RFC 9457).

Every app that answers machines does it in this way. What an app adds to the one OpenAPI document of the
installation is an `OpenApiPart`.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.functional import Promise
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from samspill.directory.actor import nobody
from samspill.directory.isolation import scope
from samspill.directory.registries import Registry
from samspill.refusal import Refused

JSON, PROBLEM = "application/json", "application/problem+json"
FRESH_SECONDS = 300
LEAST_TO_PRESS = 1000  # bytes; less is not worth the reader's time
STATUS_OF = {"api.not_there": HTTPStatus.NOT_FOUND, "api.withdrawn": HTTPStatus.GONE}
"""Refusals that are no fault in the question; all others are 400."""

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class OpenApiPart:
    """What an app adds to the open data: addresses by name, and its part of the OpenAPI document.

    `paths` and `schemas` are made when the document is asked for, in English. `page` names the route of the
    page for people.
    """

    title: str | Promise
    page: str
    links: Callable[[], Mapping[str, str]]
    paths: Callable[[], Mapping[str, Any]]
    schemas: Callable[[], Mapping[str, Any]]


OPEN_API: Registry[OpenApiPart] = Registry()


def as_visitor(view: View) -> View:
    """The view reads as a visitor: everybody gets the same, and the database sees to it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with scope(nobody(request.actor.today)):  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

    return answer


def for_machines(view: View) -> View:
    """GET and HEAD from anywhere, without cookies; every refusal is a problem document."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.setdefault("Content-Language", "en")
        response.headers.setdefault("Cache-Control", f"public, max-age={FRESH_SECONDS}")
        return _pressed(request, response)

    return csrf_exempt(answer)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        response = HttpResponse(status=HTTPStatus.NO_CONTENT)
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        return response
    if request.method not in {"GET", "HEAD"}:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED, "This is read only.")
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
        return response
    try:
        return as_visitor(view)(request, *args, **kwargs)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, _("There is nothing open at this address."))
    except Refused as refused:
        status = STATUS_OF.get(refused.code, HTTPStatus.BAD_REQUEST)
        return problem(status, refused.sentence, code=refused.code, parameter=refused.field)


def problem(status: HTTPStatus, detail: str, **where: str) -> HttpResponse:
    """What is wrong and how to mend it; `where`: a stable `code`, and the `parameter` it is about."""
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    said |= {name: value for name, value in where.items() if value}
    response = HttpResponse(json.dumps(said, ensure_ascii=False), content_type=PROBLEM, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def tagged(
    request: HttpRequest,
    said: Any,
    *,
    content_type: str = JSON,
    tag: str = "",
    changed: datetime | None = None,
) -> HttpResponse:
    """The answer with its fingerprint (`tag`, or that of its bytes) and when it last changed; or 304.

    `said` is bytes, or what JSON can hold.
    """
    body = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = tag or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return unchanged(request, response.headers["ETag"]) or response


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304, when the reader has what `tag` stands for.

    The fingerprint decides alone: what a thing is may follow from the day, which no change of a row tells of.
    """
    if not request.headers.get("If-None-Match"):
        return None
    found = get_conditional_response(request, etag=tag)
    if not isinstance(found, HttpResponse):
        return None
    found.headers["ETag"] = tag
    return found


def _pressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Gzip for who takes it. Nothing here is secret, so the same answer is the same bytes each time."""
    if not isinstance(response, HttpResponse) or len(response.content) < LEAST_TO_PRESS:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return response
    response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    if response.headers.get("ETag", "").startswith('"'):
        response.headers["ETag"] = f"W/{response.headers['ETag']}"
    return response
