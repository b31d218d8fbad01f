"""Sign in with a local account, sign out, sign out everywhere."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.actions.accounts import sign_out_everywhere as end_all_sessions
from samspill.directory.demo_accounts import listed
from samspill.directory.forms import SignInForm
from samspill.directory.models import Account


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; where one was going is kept in `next`."""
    form = SignInForm(request, data=request.POST or None)
    next_url = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return HttpResponseRedirect(next_url, status=303)
    return render(
        request,
        "directory/sign_in.html",
        {"form": form, "next": next_url, "providers": settings.OIDC_PROVIDERS, "demo_accounts": listed()},
        status=422 if request.method == "POST" else 200,
    )


def _safe(request: HttpRequest, url: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if is_ours else settings.LOGIN_REDIRECT_URL


def locked_out(request: HttpRequest, credentials: dict, *args: object, **kwargs: object) -> HttpResponse:
    """Five wrong passwords close the door for a quarter of an hour."""
    sentence = _(
        "Five wrong passwords. To keep others out, the account is closed for 15 minutes. "
        "Wait, or ask your secretariat for a new password."
    )
    return render(request, "422.html", {"sentence": sentence, "title": _("Too many attempts")}, status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect("/", status=303)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """For a lost phone or a shared computer: every session ends, also this one."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    end_all_sessions(request.user, by=request.actor)  # type: ignore[attr-defined]
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL, status=303)
