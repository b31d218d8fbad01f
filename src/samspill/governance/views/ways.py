"""The lists of governance in one row above each of them: a table of routes and what they are called."""

from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from samspill.directory.public import Actor


class Way(NamedTuple):
    """A route without arguments, and its word; `for_known`: only for those who are signed in."""

    route: str
    label: str | Promise
    for_known: bool = False


WAYS: tuple[Way, ...] = (
    Way("governance:meeting-list", pgettext_lazy("page of governance", "Meetings")),
    Way("governance:case-list", pgettext_lazy("page of governance", "Cases")),
    Way("governance:decision-list", pgettext_lazy("page of governance", "Decisions")),
    Way("governance:follow-up-list", pgettext_lazy("page of governance", "Follow-up"), for_known=True),
    Way("governance:consultation-list", pgettext_lazy("page of governance", "Hearings")),
    Way("governance:body-list", pgettext_lazy("page of governance", "Bodies")),
)


def ways(actor: Actor, current: str) -> list[dict[str, object]]:
    """What `governance/parts/ways.html` prints; `current` is the route of the page it stands on."""
    return [
        {"url": url, "label": way.label, "is_here": way.route == current}
        for way in WAYS
        if (actor.is_known or not way.for_known) and (url := _address(way.route))
    ]


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
