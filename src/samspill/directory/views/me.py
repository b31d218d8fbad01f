"""«Min side»: who I am here, which community I act in, my sessions and my calendar feed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from samspill.directory.models import Account, AuditEvent
from samspill.directory.queries import COMMUNITY_IN_SESSION, memberships_on


@login_required
@require_GET
def my_page(request: HttpRequest) -> HttpResponse:
    account, actor = request.user, request.actor  # type: ignore[attr-defined]
    assert isinstance(account, Account)  # noqa: S101  login_required
    return render(
        request,
        "directory/my_page.html",
        {
            "account": account,
            "memberships": memberships_on(account, actor.today),
            "acts": AuditEvent.objects.visible_to(actor).filter(by=account)[:20],
        },
    )


@login_required
@require_POST
def choose_community(request: HttpRequest) -> HttpResponse:
    """Act in another of my communities from now on."""
    chosen = request.POST.get("community", "")
    if chosen in {str(choice.id) for choice in request.actor.communities}:  # type: ignore[attr-defined]
        request.session[COMMUNITY_IN_SESSION] = int(chosen)
    return HttpResponseRedirect("/", status=303)
