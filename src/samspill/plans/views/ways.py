"""The pages of one plan, in one row above each of them: a table of routes and what they are called."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from samspill.directory.public import Actor
from samspill.plans.models import Plan
from samspill.plans.queries.rows import is_keeper


class Way(NamedTuple):
    """A route that takes the plan's number, and its word; `for_keepers`: nobody else is led there."""

    route: str
    label: str | Promise
    for_keepers: bool = False


WAYS: tuple[Way, ...] = (
    Way("plans:plan", pgettext_lazy("page of a plan", "Measures")),
    Way("plans:matrix", pgettext_lazy("page of a plan", "Municipalities")),
    Way("plans:timeline", pgettext_lazy("page of a plan", "Timeline")),
    Way("plans:board", pgettext_lazy("page of a plan", "Board")),
    Way("plans:plan-report", pgettext_lazy("page of a plan", "Report")),
    Way("plans:contents", pgettext_lazy("page of a plan", "Contents")),
    Way("plans:source", pgettext_lazy("page of a plan", "Document")),
    Way("plans:bring-in", pgettext_lazy("page of a plan", "Table"), for_keepers=True),
    Way("plans:revision", pgettext_lazy("page of a plan", "Revision"), for_keepers=True),
    Way("plans:review", pgettext_lazy("page of a plan", "Review of the reading"), for_keepers=True),
)


def ways(plan: Plan, actor: Actor, current: str) -> list[dict[str, object]]:
    """What `plans/parts/ways.html` prints; `current` is the route of the page it stands on."""
    keeper = is_keeper(plan, actor)
    return [
        {
            "url": reverse(way.route, args=[plan.pk]),
            "label": way.label,
            "is_here": way.route == current,
            "for_keepers": way.for_keepers,
        }
        for way in WAYS
        if keeper or not way.for_keepers
    ]
