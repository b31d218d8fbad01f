"""Sign in with a local account, sign out, sign out everywhere."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.actions.accounts import record_sign_in
from samspill.directory.actions.accounts import sign_out_everywhere as end_all_sessions
from samspill.directory.demo_accounts import listed
from samspill.directory.forms import SignInForm
from samspill.directory.models import Account
from samspill.directory.views.oidc import BACKEND, SIGNED_IN_WITH


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; where one was going is kept in `next`."""
    form = SignInForm(request, data=request.POST or None)
    next_url = _safe(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid() and form.account:
        login(request, form.account, backend=BACKEND)
        record_sign_in(form.account, how="password", today=timezone.localdate())
        return HttpResponseRedirect(next_url, status=303)
    return render(
        request,
        "directory/sign_in.html",
        {"form": form, "next": next_url, "providers": providers(), "demo_accounts": listed()},
        status=422 if request.method == "POST" else 200,
    )


def providers() -> list[tuple[str, str]]:
    """(name, label) of each identity provider, in the order of the settings."""
    return [(name, str(values.get("label") or name)) for name, values in settings.OIDC_PROVIDERS.items()]


def _safe(request: HttpRequest, url: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if is_ours else settings.LOGIN_REDIRECT_URL


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Five wrong passwords close the door for a quarter of an hour."""
    sentence = _(
        "Five wrong passwords. To keep others out, the account is closed to you for 15 minutes. "
        "Wait, and try again. If you have forgotten the password, ask for a new one on the sign-in page then."
    )
    return render(request, "directory/locked_out.html", {"sentence": sentence}, status=429)


def caller(request: HttpRequest) -> str:
    """The address a request comes from; behind the proxy, the one that the proxy itself has written last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.AXES_IPWARE_PROXY_COUNT else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out of Samspill. Who came from HelseID or ID-porten is told that they may be signed in there still."""
    provider = request.session.get(SIGNED_IN_WITH)
    logout(request)
    if provider in settings.OIDC_PROVIDERS:
        return HttpResponseRedirect(f"{reverse('directory:signed-out')}?fra={provider}", status=303)
    return HttpResponseRedirect("/", status=303)


@never_cache
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    name = request.GET.get("fra", "")
    labels = dict(providers())
    if name not in labels:
        return HttpResponseRedirect("/")
    return render(request, "directory/signed_out.html", {"provider": name, "label": labels[name]})


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """For a lost phone or a shared computer: every session ends, also this one."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    end_all_sessions(request.user, by=request.actor)  # type: ignore[attr-defined]
    return sign_out(request)
