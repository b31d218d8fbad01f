"""«Min side»: who I am here, which community I act in, my password, my sessions and what I have done."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.actions.accounts import change_password as set_new_password
from samspill.directory.forms import ChangePasswordForm
from samspill.directory.models import Account, AuditEvent
from samspill.directory.page_parts import own_page_of
from samspill.directory.queries import COMMUNITY_IN_SESSION, memberships_on
from samspill.directory.views.communities import last_day
from samspill.directory.views.oidc import SIGNED_IN_WITH
from samspill.directory.views.sign_in import providers
from samspill.refusal import Refused

ACTS = {
    "account.sign_in": gettext_lazy("You signed in."),
    "account.choose_password": gettext_lazy("You chose a password."),
    "account.change_password": gettext_lazy("You changed your password."),
    "account.ask_password": gettext_lazy("A new password was asked for on the sign-in page."),
    "account.bind_identity": gettext_lazy("You joined the account to HelseID or ID-porten."),
    "account.sign_out_everywhere": gettext_lazy("You signed out everywhere."),
    "account.new_feed_token": gettext_lazy("You made a new address for your calendar."),
    "membership.add": gettext_lazy("You let %(what)s in."),
    "membership.invite": gettext_lazy("You invited %(what)s again."),
    "membership.end": gettext_lazy("You ended a role of %(what)s."),
    "party.add": gettext_lazy("You added %(what)s to the parties."),
    "body.add": gettext_lazy("You added the body %(what)s."),
}
"""The directory's own acts as their doer reads them; other apps' acts are told by their thing's title."""


@login_required
@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """The account for who works here; for a patient or somebody near, the page that is home to them."""
    if home := own_page_of(request.actor):  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(home))
    return _account_page(request)


@login_required
@require_safe
def account_page(request: HttpRequest) -> HttpResponse:
    return _account_page(request)


def _account_page(request: HttpRequest) -> HttpResponse:
    account, actor = _account(request), request.actor  # type: ignore[attr-defined]
    memberships = memberships_on(account, actor.today)
    prefetch_related_objects(memberships, "party", "body")
    return render(
        request,
        "directory/my_page.html",
        {
            "account": account,
            "memberships": [{"row": row, "last_day": last_day(row.to_day)} for row in memberships],
            "acts": [
                (told(event), event.at)
                for event in AuditEvent.objects.visible_to(actor).filter(by=account)[:12]
            ],
            "provider": dict(providers()).get(request.session.get(SIGNED_IN_WITH, "")),
        },
    )


def told(event: AuditEvent) -> str:
    """What an act was, in a sentence; "" says nothing."""
    if event.act in ACTS:
        return str(ACTS[event.act]) % {"what": event.on_title}
    return _("You worked on «%(what)s».") % {"what": event.on_title}


@login_required
@require_POST
def choose_community(request: HttpRequest) -> HttpResponse:
    """Act in another of my communities from now on."""
    chosen = request.POST.get("community", "")
    if chosen in {str(choice.id) for choice in request.actor.communities}:  # type: ignore[attr-defined]
        request.session[COMMUNITY_IN_SESSION] = int(chosen)
    return HttpResponseRedirect("/", status=303)


@sensitive_post_parameters("old", "password", "again")
@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for who has one. This session goes on, all others end."""
    account = _account(request)
    if not account.has_usable_password():
        raise Refused(
            "password.none",
            _("Your account has no password to change. You sign in with HelseID or ID-porten."),
        )
    form = ChangePasswordForm(request, account, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_new_password(account, form.cleaned_data["password"], by=request.actor)  # type: ignore[attr-defined]
        update_session_auth_hash(request, account)
        messages.success(request, _("Your new password holds from now on."))
        return HttpResponseRedirect(reverse("directory:my-page"), status=303)
    return render(
        request, "directory/change_password.html", {"form": form}, status=422 if form.errors else 200
    )


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101  login_required
    return request.user
