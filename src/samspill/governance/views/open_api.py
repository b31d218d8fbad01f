"""The open data over HTTP: GET only, for every origin, with ETag, and problems as problem+json (RFC 9457)."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from samspill.governance.models import OpenEntry
from samspill.governance.open_api.document import JSON, PROBLEM, openapi
from samspill.governance.open_api.paging import CURSOR, page_of
from samspill.governance.open_api.resources import RESOURCES
from samspill.governance.open_api.shapes import Resource
from samspill.governance.views.open_reading import as_visitor
from samspill.refusal import Refused

FRESH_SECONDS = 300
View = Callable[..., HttpResponseBase]


def for_machines(view: View) -> View:
    """GET and HEAD from anywhere, without cookies; every refusal is a problem document."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Content-Language"] = "en"
        response.headers.setdefault("Cache-Control", f"public, max-age={FRESH_SECONDS}")
        return response

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
        return problem(HTTPStatus.NOT_FOUND, "There is nothing open at this address.")
    except Refused as refused:
        return problem(HTTPStatus.BAD_REQUEST, str(refused.sentence))


def problem(status: HTTPStatus, detail: str) -> HttpResponse:
    said = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    response = HttpResponse(json.dumps(said, ensure_ascii=False), content_type=PROBLEM, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@for_machines
def index(request: HttpRequest) -> HttpResponse:
    """What there is."""
    links = {
        one.name: settings.ORIGIN + reverse("governance:api-list", args=[one.name])
        for one in RESOURCES.values()
    }
    return _tagged(
        request, {"links": links | {"openapi": settings.ORIGIN + reverse("governance:api-openapi")}}
    )


@for_machines
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return _tagged(
        request, openapi(settings.ORIGIN), content_type="application/vnd.oai.openapi+json;version=3.1"
    )


@for_machines
def listed(request: HttpRequest, name: str) -> HttpResponse:
    resource = _resource(name)
    page = page_of(resource, request.GET.dict())
    here = settings.ORIGIN + reverse("governance:api-list", args=[name])
    asked = request.GET.dict()
    links = {"self": here + (f"?{urlencode(asked)}" if asked else "")}
    if page.next_cursor:
        links["next"] = f"{here}?{urlencode(asked | {CURSOR: page.next_cursor})}"
    data = [resource.values(row, settings.ORIGIN) for row in page.rows]
    response = _tagged(request, {"data": data, "links": links}, resource, [row.pk for row in page.rows])
    if page.next_cursor:
        response.headers["Link"] = f'<{links["next"]}>; rel="next"'
    return response


@for_machines
def detail(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    resource = _resource(name)
    row = resource.rows().filter(pk=pk).first()
    if row is None:
        raise Http404
    return _tagged(request, resource.values(row, settings.ORIGIN), resource, [pk])


def _resource(name: str) -> Resource:
    if name not in RESOURCES:
        raise Http404
    return RESOURCES[name]


def _tagged(
    request: HttpRequest,
    said: dict[str, Any],
    resource: Resource | None = None,
    ids: list[int] | None = None,
    content_type: str = JSON,
) -> HttpResponse:
    """The answer with its fingerprint, and when it last changed if that is known; or 304."""
    body = json.dumps(said, ensure_ascii=False, sort_keys=False).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    changed = None
    if resource and resource.kind and ids:
        rows = OpenEntry.objects.filter(kind=resource.kind, thing_id__in=ids)
        changed = rows.aggregate(last=Max("changed"))["last"]
    response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = tag
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    # The fingerprint decides alone: «late» may come with a new day, which no change of a row tells of.
    if request.headers.get("If-None-Match"):
        return get_conditional_response(request, etag=tag, response=response) or response
    return response


@require_safe
@as_visitor
def page(request: HttpRequest) -> HttpResponse:
    """The open data for people who make things of it."""
    context = {
        "resources": [
            {
                "name": one.name,
                "title": one.title,
                "means": one.means,
                "url": reverse("governance:api-list", args=[one.name]),
                "fields": [(name, field.means) for name, field in one.fields.items()],
                "filters": [(name, each.means) for name, each in one.filters.items()],
            }
            for one in RESOURCES.values()
        ],
        "origin": settings.ORIGIN,
    }
    return render(request, "governance/open/api.html", context)
