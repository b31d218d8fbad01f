"""The open data of governance over HTTP, and the document that tells of all open data here."""

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import OPEN_API, as_visitor, for_machines, tagged
from samspill.governance.models import OpenEntry
from samspill.governance.open_api.document import openapi
from samspill.governance.open_api.paging import CURSOR, page_of
from samspill.governance.open_api.resources import RESOURCES
from samspill.governance.open_api.shapes import Resource


@for_machines
def index(request: HttpRequest) -> HttpResponse:
    """What there is."""
    links = {
        one.name: settings.ORIGIN + reverse("governance:api-list", args=[one.name])
        for one in RESOURCES.values()
    }
    others = {name: settings.ORIGIN + path for part in OPEN_API.all() for name, path in part.links().items()}
    openapi = {"openapi": settings.ORIGIN + reverse("governance:api-openapi")}
    return tagged(request, {"links": links | others | openapi})


@for_machines
def document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    said = openapi(settings.ORIGIN)
    return tagged(request, said, content_type="application/vnd.oai.openapi+json;version=3.1")


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
    response = tagged(
        request, {"data": data, "links": links}, changed=_changed(resource, [row.pk for row in page.rows])
    )
    if page.next_cursor:
        response.headers["Link"] = f'<{links["next"]}>; rel="next"'
    return response


@for_machines
def detail(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    resource = _resource(name)
    row = resource.rows().filter(pk=pk).first()
    if row is None:
        raise Http404
    return tagged(request, resource.values(row, settings.ORIGIN), changed=_changed(resource, [pk]))


@for_machines
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """No such address; one that lacks its last stroke is led on."""
    if not rest.endswith("/"):
        return HttpResponseRedirect(request.get_full_path(force_append_slash=True))
    raise Http404


def _resource(name: str) -> Resource:
    if name not in RESOURCES:
        raise Http404
    return RESOURCES[name]


def _changed(resource: Resource, ids: list[int]) -> datetime | None:
    """When the newest of them changed, if that is known."""
    if not resource.kind or not ids:
        return None
    rows = OpenEntry.objects.filter(kind=resource.kind, thing_id__in=ids)
    return rows.aggregate(last=Max("changed"))["last"]


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
        "others": OPEN_API.all(),
    }
    return render(request, "governance/open/api.html", context)
