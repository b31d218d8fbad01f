"""For machines that walk the web, and the page about why something is closed."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspill.directory.public import Community, as_visitor
from samspill.governance.models import OpenEntry
from samspill.governance.permissions import may_act
from samspill.governance.queries.open_addresses import path_of_entry
from samspill.governance.queries.open_wanted import read
from samspill.governance.queries.secretariat import access_email
from samspill.governance.rules.closed_grounds import GROUNDS
from samspill.governance.states import OpenKind

IN_ONE = 20_000
DAY_SECONDS = 24 * 60 * 60
PAGES = ("governance:open", "governance:open-calendar", "governance:open-access", "governance:api-page")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@require_safe
@cache_control(public=True, max_age=DAY_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything open may be found by searching; what a link in a mail leads to may not."""
    closed = ("/apent/folg/", "/lenke/", "/logg-inn/", "/min-side/", "/sok/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.ORIGIN}{reverse('governance:sitemap')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
@as_visitor
def sitemap(request: HttpRequest) -> HttpResponse:
    """An index of parts: a part holds at most 20 000 addresses (the protocol allows 50 000)."""
    count = OpenEntry.objects.count()
    parts = range(1, max(1, -(-count // IN_ONE)) + 1)
    said = "".join(
        f"<sitemap><loc>{settings.ORIGIN}{reverse('governance:sitemap-part', args=[number])}</loc></sitemap>"
        for number in parts
    )
    return HttpResponse(
        f"{_HEAD}<sitemapindex {_SPACE}>{said}</sitemapindex>", content_type="application/xml"
    )


@require_safe
@cache_control(public=True, max_age=3600)
@as_visitor
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    rows = OpenEntry.objects.order_by("pk").only("kind", "thing_id", "meeting", "changed")
    here = list(rows[(number - 1) * IN_ONE : number * IN_ONE]) if number else []
    if not here and number != 1:
        raise Http404
    said = "".join(_addresses(here, with_pages=number == 1))
    return HttpResponse(f"{_HEAD}<urlset {_SPACE}>{said}</urlset>", content_type="application/xml")


def _addresses(rows: list[OpenEntry], *, with_pages: bool) -> Iterator[str]:
    if with_pages:
        yield from (f"<url><loc>{settings.ORIGIN}{reverse(page)}</loc></url>" for page in PAGES)
    for one in rows:
        address = escape(settings.ORIGIN + path_of_entry(one))
        yield f"<url><loc>{address}</loc><lastmod>{one.changed.date().isoformat()}</lastmod></url>"


@require_safe
@as_visitor
def access_page(request: HttpRequest) -> HttpResponse:
    """What is open, what is not and why, and whom to ask."""
    wanted = read(request.GET)
    chosen = Community.objects.filter(pk=wanted.community_id).first() if wanted.community_id else None
    case = (
        OpenEntry.objects.filter(kind=OpenKind.CASE, thing_id=wanted.case_id).first()
        if wanted.case_id
        else None
    )
    context = {
        "grounds": GROUNDS,
        "communities": [(one.slug, one.full_name, one == chosen) for one in Community.objects.all()],
        "chosen": chosen,
        "email": access_email(chosen.pk, request.actor) if chosen else "",  # type: ignore[attr-defined]
        "may_change": may_act(request.actor, "access.choose"),  # type: ignore[attr-defined]
        "subject": _("Request for access: %(title)s") % {"title": case.title if case else ""},
    }
    return render(request, "governance/open/access.html", context)
