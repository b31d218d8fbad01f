"""Sign in with HelseID or ID-porten, and be signed out by them.

Thin: the protocol stands in `directory.oidc`. Here: the session between the two halves, whose account it is,
and what people are told. A sign-in begins with a link: our `form-action` lets no form leave the site.
"""

import json
import logging
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.actions.accounts import account_for_identity, record_sign_in
from samspill.directory.actions.invitations import bind_identity
from samspill.directory.models import Account
from samspill.directory.oidc import Identity, Pending, Provider, RelyingParty
from samspill.directory.queries import LEVEL_IN_SESSION
from samspill.refusal import Refused

log = logging.getLogger(__name__)

UNDER_WAY = "oidc_under_way"  # in the session: state -> what `finish` needs
SIGNED_IN_WITH = "oidc_provider"
INVITATION = "samspill_invitation"  # in the session: the signed link somebody came by
MOST_UNDER_WAY = 5  # windows in which one browser may be signing in at once
BACKEND = "django.contrib.auth.backends.ModelBackend"

AGREE = _(
    "Samspill and %(label)s do not agree on how to sign in. Sign in with your password, and give your "
    "secretariat the code %(code)s."
)
SENTENCES = {
    "oidc.unreachable": _(
        "%(label)s did not answer. Wait a minute and start again, or sign in with your password."
    ),
    "oidc.state": _("This sign-in began in another browser, or took more than ten minutes. Start again."),
    "oidc.cancelled": _(
        "You cancelled at %(label)s, so nobody is signed in. Start again when you are ready."
    ),
    "oidc.level": _(
        "Signing in here needs security level %(level)s. Start again and choose BankID or Buypass."
    ),
    "oidc.settings": AGREE,
    "oidc.discovery": AGREE,
    "oidc.rejected": AGREE,
    "oidc.answer": AGREE,
}
NOT_TRUSTED = _(
    "The answer from %(label)s could not be trusted, so nobody is signed in. Start again. If it happens "
    "twice, give your secretariat the code %(code)s."
)


@never_cache
@require_safe
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the browser to the provider; where one was going is kept in `next`.

    With `invitasjon` the identity is bound to the account of the invitation, and only then: who signs in
    in the ordinary way binds nothing, whatever link was opened in this browser before.
    """
    party = _party(provider)
    try:
        begun = party.begin(_callback_url(provider), ui_locales=get_language() or "")
    except Refused as refused:
        raise _told(provider, refused) from refused
    under_way = list(request.session.get(UNDER_WAY, {}).items())[1 - MOST_UNDER_WAY :]
    waiting = {
        "provider": provider,
        "next": _next(request),
        "pending": begun.pending.to_dict(),
        "invitation": request.session.get(INVITATION) if "invitasjon" in request.GET else None,
    }
    request.session[UNDER_WAY] = dict([*under_way, (begun.pending.state, waiting)])
    return HttpResponseRedirect(begun.url)


@never_cache
@require_safe
def callback(request: HttpRequest, provider: str) -> HttpResponse:
    """The browser is back: find out who it is, and open that account. Each answer is good for one try."""
    party = _party(provider)
    under_way = request.session.get(UNDER_WAY, {})
    waiting = under_way.pop(request.GET.get("state", ""), None)
    request.session[UNDER_WAY] = under_way
    try:
        if waiting is None or waiting["provider"] != provider:
            raise Refused("oidc.state", "No such sign-in is under way in this browser.")
        signed_in = party.finish(Pending.from_dict(waiting["pending"]), request.GET.dict())
    except Refused as refused:
        raise _told(provider, refused) from refused
    account = _account(waiting, signed_in.identity)
    login(request, account, backend=BACKEND)
    record_sign_in(account, how=provider, today=timezone.localdate())
    request.session.pop(INVITATION, None)
    request.session[SIGNED_IN_WITH] = provider
    request.session[LEVEL_IN_SESSION] = signed_in.identity.security_level
    if signed_in.sid:
        _remember(request, _pointer(signed_in.identity.issuer, signed_in.sid))
    return HttpResponseRedirect(waiting["next"])


@csrf_exempt  # the provider calls, not a browser; what counts is the signature of its token
@never_cache
@require_POST
def backchannel_logout(request: HttpRequest, provider: str) -> HttpResponse:
    """The provider says that a session has ended (OpenID Connect Back-Channel Logout 1.0)."""
    party = _party(provider)
    try:
        sid = party.ended_session(request.POST.get("logout_token"))
    except Refused as refused:
        log.warning("log-out notice from %s refused: %s %s", provider, refused.code, refused.sentence)
        return JsonResponse({"error": "invalid_request", "error_description": refused.code}, status=400)
    _end(request, _pointer(party.provider.issuer, sid))
    return HttpResponse()


@never_cache
@require_safe
def frontchannel_logout(request: HttpRequest, provider: str) -> HttpResponse:
    """The same, said through a hidden frame. Our cookie stays at home there: the provider's `sid` decides."""
    party = _party(provider)
    if request.GET.get("iss") == party.provider.issuer and request.GET.get("sid"):
        _end(request, _pointer(party.provider.issuer, request.GET["sid"]))
    return HttpResponse()


@never_cache
@require_safe
def sign_out_there(request: HttpRequest, provider: str) -> HttpResponse:
    """On to the provider, to end the session there too: a shared computer must not let the next one in."""
    party = _party(provider)
    try:
        url = party.sign_out_url(f"{settings.ORIGIN}/")
    except Refused as refused:
        raise _told(provider, refused) from refused
    return HttpResponseRedirect(url or "/")


def _account(waiting: dict[str, Any], identity: Identity) -> Account:
    if token := waiting.get("invitation"):
        return bind_identity(token, identity, now=timezone.now())
    return account_for_identity(identity)


def _party(name: str) -> RelyingParty:
    if name not in settings.OIDC_PROVIDERS:
        raise Http404
    try:
        return _party_of(name, json.dumps(settings.OIDC_PROVIDERS[name], sort_keys=True))
    except Refused as refused:
        raise _told(name, refused) from refused


@lru_cache(maxsize=16)
def _party_of(name: str, values: str) -> RelyingParty:
    """One for each provider and process: it keeps the provider's addresses and keys."""
    return RelyingParty(Provider.from_settings(name, json.loads(values)))


def _callback_url(provider: str) -> str:
    return f"{settings.ORIGIN}{reverse('directory:oidc-callback', args=[provider])}"


def _next(request: HttpRequest) -> str:
    url = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if is_ours else str(settings.LOGIN_REDIRECT_URL)


def _told(provider: str, refused: Refused) -> Refused:
    """The refusal as people read it; the log has the rest."""
    log.warning("sign-in with %s refused: %s %s", provider, refused.code, refused.sentence)
    values = settings.OIDC_PROVIDERS[provider]
    sentence = SENTENCES.get(refused.code, NOT_TRUSTED) % {
        "label": values.get("label", provider),
        "level": values.get("required_level", Provider.required_level),
        "code": refused.code,
    }
    return Refused(refused.code, sentence, forbidden=refused.code == "oidc.level")


# Which of our sessions belongs to a session at the provider is kept as a session of its own, under a key that
# nobody can make who does not know ours: nothing to migrate, and swept away with the others.


def _pointer(issuer: str, sid: str) -> str:
    return salted_hmac("samspill.oidc.sid", f"{issuer}\n{sid}", algorithm="sha256").hexdigest()[:40]


def _remember(request: HttpRequest, pointer: str) -> None:
    ours = {"session": request.session.session_key}
    Session.objects.save(pointer, ours, request.session.get_expiry_date())


def _end(request: HttpRequest, pointer: str) -> None:
    kept = Session.objects.filter(pk=pointer).first()
    if kept is not None:
        request.session.delete(kept.get_decoded().get("session"))
        request.session.delete(pointer)
