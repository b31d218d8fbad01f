"""What the pages about a patient have in common: who may see them, and that they are kept nowhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control

from samspill.care.actions.deciding import REFUSED
from samspill.care.actions.opening import Opened
from samspill.refusal import Refused

View = Callable[..., HttpResponse]


def about_patient(view: View) -> View:
    """For those who are signed in; no copy of the answer is kept on the way or in the browser."""

    @login_required
    @cache_control(no_store=True, private=True)
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return shown


def is_at_work(opened: Opened) -> bool:
    return any(one.team_id for one in opened.decisions)


def check_at_work(opened: Opened) -> None:
    """Refuses the patient and those near, who have pages of their own."""
    if not is_at_work(opened):
        raise Refused(
            "care.own_page", _("This page is for those who work with the patient. Yours is «Min side»."),
            forbidden=True,
        )  # fmt: skip


def check_shows(opened: Opened, part: str) -> None:
    """Refuses (`access.blocked`) a page about what the patient has blocked."""
    if opened.hides(part):
        raise Refused("access.blocked", REFUSED["access.blocked"], forbidden=True)


def to_own_page() -> HttpResponse:
    """The patient, or somebody near, is led to the page that is theirs."""
    try:
        address = reverse("care:own")
    except NoReverseMatch:
        raise Refused(
            "care.own_page", _("This page is for those who work with the patient. Yours is «Min side»."),
            forbidden=True,
        ) from None  # fmt: skip
    return HttpResponseRedirect(address, status=303)


def back_to(pk: int, place: str = "") -> HttpResponse:
    """Done: to the page of the patient, at the part it was about."""
    return HttpResponseRedirect(reverse("care:patient", args=[pk]) + place, status=303)
