"""The page behind a signed link: choose a password, or sign in with HelseID or ID-porten once.

The link is put into the session and the browser sent on, so that the address bar and the logs of the next
pages do not hold it.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from samspill.directory.actions.accounts import record_sign_in
from samspill.directory.actions.invitations import account_of, ask_new_password, choose_password, has_key
from samspill.directory.forms import ForgottenPasswordForm, NewPasswordForm
from samspill.directory.views.oidc import BACKEND, INVITATION
from samspill.directory.views.sign_in import providers
from samspill.refusal import Refused


@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing is used up here: mail scanners open links too."""
    try:
        account_of(token, now=timezone.now())
    except Refused as refused:
        return _refused(request, refused)
    request.session[INVITATION] = token
    return HttpResponseRedirect(reverse("directory:invitation"))


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Choose a password and be signed in, or go on to the identity provider."""
    token = request.session.get(INVITATION)
    if not token:
        return HttpResponseRedirect(reverse("directory:sign-in"))
    now = timezone.now()
    try:
        account = account_of(token, now=now)
    except Refused as refused:
        del request.session[INVITATION]
        return _refused(request, refused)
    form = NewPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_first = not has_key(account)
        account = choose_password(token, form.cleaned_data["password"], now=now)
        login(request, account, backend=BACKEND)
        request.session.pop(INVITATION, None)
        record_sign_in(account, how="password", today=timezone.localdate(now))
        messages.success(
            request, _("Welcome to Samspill.") if is_first else _("Your new password holds from now on.")
        )
        return HttpResponseRedirect("/", status=303)
    context = {"account": account, "form": form, "is_first": not has_key(account), "providers": providers()}
    return _page(request, context, status=422 if request.method == "POST" else 200)


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return _page(request, {"refused": refused.sentence}, status=422)


def _page(request: HttpRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "directory/invitation.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer tells nobody who has an account."""
    form = ForgottenPasswordForm(request.POST or None)
    asked = ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["email"]
        ask_new_password(asked, now=timezone.now())
    return render(
        request,
        "directory/forgotten.html",
        {"form": form, "asked": asked},
        status=422 if form.errors else 200,
    )
