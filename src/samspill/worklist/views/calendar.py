"""The calendar feed, and the page that gives its address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Account, acting_as, scope
from samspill.worklist.actions.feed import new_feed_token
from samspill.worklist.calendar import to_icalendar
from samspill.worklist.queries.agenda import rows_for

FRESH_SECONDS = 300  # a calendar that asks more often than that gets what it got


@require_safe
@cache_control(private=True, max_age=FRESH_SECONDS)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Deadlines from all the person's communities. The address is the key: no session is asked for."""
    account = Account.objects.filter(feed_token=token, is_active=True).first()
    if account is None:
        raise Http404
    now = timezone.now()
    here = acting_as(account, today=timezone.localdate(now))
    written_form = account.written_form or (
        here.community.written_form if here.community else settings.LANGUAGE_CODE
    )
    with translation.override(written_form):
        rows = []
        for choice in here.communities:
            actor = acting_as(account, today=here.today, community_id=choice.id)
            with scope(actor):
                rows += rows_for(actor)
        body = to_icalendar(
            rows, name=_("Deadlines in Samspill"), language=written_form, origin=settings.ORIGIN, now=now
        )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="samspill.ics"'
    response["Content-Language"] = written_form
    response["X-Robots-Tag"] = "noindex"
    return response


@login_required
@require_safe
def calendar_page(request: HttpRequest) -> HttpResponse:
    """How to get the deadlines into one's own calendar."""
    address = settings.ORIGIN + reverse("worklist:feed", args=[_account(request).feed_token])
    subscribe = "webcal://" + address.partition("://")[2]
    return render(request, "worklist/calendar.html", {"address": address, "subscribe": subscribe})


@login_required
@require_POST
def new_address(request: HttpRequest) -> HttpResponse:
    new_feed_token(_account(request), by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("You have a new address. The old one no longer works."))
    return HttpResponseRedirect(reverse("worklist:calendar"), status=303)


def _account(request: HttpRequest) -> Account:
    return get_object_or_404(Account, pk=request.user.pk)
