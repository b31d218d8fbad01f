"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from samspill.directory.public import PILLARS, Actor, nobody, notices_on, own_page_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The actor, the pillars of the navigation and the languages. No queries, but what `notices` ask for.

    `own_home` is the route of the page that is home to a patient or somebody near, "" for all others.
    """
    actor = getattr(request, "actor", None) or nobody(timezone.localdate())
    home = own_page_of(actor)
    return {
        "actor": actor,
        "community": actor.community,
        "notices": SimpleLazyObject(lambda: notices_on(request.path, actor)),
        "pillars": [] if home else _pillars(request.path, actor),
        "own_home": home,
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
        # Django's own masks it anew each time it is asked for, and a page may have a hundred forms.
        "csrf_token": SimpleLazyObject(lambda: get_token(request)),
    }


def _pillars(path: str, actor: Actor) -> list[dict[str, Any]]:
    shown = sorted((one for one in PILLARS.all() if one.is_for(actor)), key=lambda one: one.order)
    return [
        {
            "label": one.label,
            "route": one.route,
            "current": any(
                path == prefix or (prefix != "/" and path.startswith(prefix)) for prefix in one.prefixes
            ),
        }
        for one in shown
    ]
