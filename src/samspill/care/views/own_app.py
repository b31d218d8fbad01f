"""«Min side» as an app on the phone: its manifest, its worker, the page without network, and what it sends.

The page without network knows nobody. What it shows is on the phone, put there when its owner asked for it.
"""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from samspill.care.actions.entering import LONGEST_KEY, WHAT, enter, outcomes
from samspill.care.actions.opening import opening
from samspill.care.queries.replies import replies
from samspill.care.states import Entered
from samspill.care.views.safety_net import actor_of
from samspill.directory.public import Actor
from samspill.refusal import Refused

SCOPE = "/min-side/"
LONGEST_BODY = 20_000


@require_safe
@cache_control(max_age=0)
def own_manifest(request: HttpRequest) -> HttpResponse:
    """What the phone needs to install it. The phone asks as a visitor, so the address says the language."""
    with override(_language(request)):
        return _manifest()


def _language(request: HttpRequest) -> str:
    """`maal` of the address, else what is chosen on the machine."""
    said = request.GET.get("maal", "")
    return said if said in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def _manifest() -> HttpResponse:
    icons = [
        {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable any"},
    ]
    said = {
        "id": SCOPE,
        "name": f"Samspill – {_('My health')}",
        "short_name": "Samspill",
        "lang": (get_language() or "nb")[:2],
        "start_url": reverse("care:own"),
        "scope": SCOPE,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f4c64",
        "icons": icons,
    }
    return JsonResponse(said, content_type="application/manifest+json")


@require_safe
@cache_control(max_age=0)
def own_script(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "care/own_worker.js",
        {"shell": reverse("care:own-shell")},
        content_type="text/javascript; charset=utf-8",
    )


@require_safe
def own_shell(request: HttpRequest) -> HttpResponse:
    """The page without network, kept as a visitor sees it. Nothing about anybody stands in it."""
    with override(_language(request)):
        return render(request, "care/own_shell.html")


@require_POST
@cache_control(no_store=True, private=True)
def own_sync(request: HttpRequest) -> JsonResponse:
    """One entry from the phone: kept once by its key, and answered in plain values.

    401 when the session is over, or somebody else's: the phone keeps it and asks its owner to sign in.
    """
    actor = actor_of(request)
    if not actor.is_known:
        return JsonResponse({"state": "sign_in"}, status=401)
    try:
        said = _read(request.body)
        if said["who"] != actor.account_id:  # somebody else has signed in on the phone
            return JsonResponse({"state": "sign_in"}, status=401)
        return JsonResponse(_taken_in(said, actor))
    except Refused as refused:
        return JsonResponse({"state": "refused", "said": refused.sentence}, status=422)


def _taken_in(said: dict[str, Any], actor: Actor) -> dict[str, Any]:
    patient, now = said["patient"], timezone.now()
    with opening(patient, by=actor, what=WHAT) as opened:
        is_own = opened.patient.account_id == actor.account_id
        result = enter(
            patient,
            said["values"],
            by=actor,
            effective=said["effective"],
            entered=Entered.PATIENT if is_own else Entered.RELATIVE,
            key=said["key"],
            now=now,
        )
        told = replies(patient, result.kept, now)
        answers = [{"colour": one.colour, "title": one.placed.title if one.placed else ""} for one in told]
    state = "repeat" if result.is_repeat else "sent"
    return {"state": state, "values": outcomes(result), "answers": answers}


def _read(body: bytes) -> dict[str, Any]:
    """Refuses (`entering.unreadable`) what the app never sends."""
    try:
        said = json.loads(body) if len(body) <= LONGEST_BODY else None
        is_whole = (
            isinstance(said, dict)
            and isinstance(said["values"], dict)
            and isinstance(said["key"], str)
            and 0 < len(said["key"]) <= LONGEST_KEY
            and isinstance(said["effective"], str)
            and _is_number(said["patient"])
            and _is_number(said["who"])
            and all(isinstance(one, str) for one in said["values"].values())
        )
    except (ValueError, KeyError, RecursionError):
        is_whole = False
    if not is_whole:
        raise Refused("entering.unreadable", _("What the phone sent could not be read. Enter it again."))
    assert isinstance(said, dict)  # noqa: S101  looked at above
    return said


def _is_number(said: object) -> bool:
    return isinstance(said, int) and not isinstance(said, bool) and 0 < said < 2**63
