"""Decided minimetodevurderinger whose day to be assessed again is near: for tasks and for reminders."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import (
    Actor,
    Due,
    Facts,
    FactSource,
    FoundFacts,
    Membership,
    RoleCode,
    Wanted,
    in_force_on,
)
from samspill.insight.models import Assessment
from samspill.insight.states.assessments import AssessmentState

DAYS_BEFORE = 30
"""A month ahead there is time to ask for figures and to find a peer."""
TITLE_FITS = 70
_FACTS = {"title": "title", "day": "day", "slug": "community__slug", "owner": "owner_id"}


def to_reassess(actor: Actor) -> QuerySet[Assessment]:
    """Those of the actor's community that are decided, with `day` ("2027-06-30") at most a month away."""
    day = KeyTextTransform("reassess", KeyTextTransform("recommendation", "content"))
    soon = (actor.today + timedelta(days=DAYS_BEFORE)).isoformat()
    rows = Assessment.objects.inside(actor).filter(state=AssessmentState.FINISHED)
    return rows.annotate(day=day).filter(day__lte=soon)


def answered_for(day: date) -> Exists:
    """Whether the one who answers for an assessment still has a role in its helsefellesskap."""
    here = Membership.objects.filter(in_force_on(day), account__is_active=True)
    return Exists(here.filter(account=OuterRef("owner"), community=OuterRef("community")))


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not actor.is_known:
        return {}
    mine = Q(owner=actor.account_id)
    if actor.has_role(RoleCode.SECRETARIAT):
        mine |= ~Q(answered_for(actor.today))
    return {"again": Wanted(to_reassess(actor).filter(mine), _FACTS)}


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    """For who answers for it; for the secretariat when nobody does any longer."""
    for one in found.get("again", ()):
        yield _due(one, actor)


reassessment_dues = FactSource(_wants, _tells)


def _due(one: Facts, actor: Actor) -> Due:
    day = date.fromisoformat(one["day"])
    return Due(
        key=f"insight.assessment:{one.pk}:reassess",
        title=title_of(one["title"], day, actor.today),
        text="" if one["owner"] == actor.account_id else _("Nobody answers for it any longer."),
        url=reverse("insight:assessment", args=[one["slug"], one.pk]),
        act_label=_("Look at it"),
        due=day,
        weight=36,
    )


def title_of(title: str, day: date, today: date) -> str:
    pattern = (
        _("«%(title)s» should have been assessed again")
        if day < today
        else _("«%(title)s» is to be assessed again")
    )
    return pattern % {"title": Truncator(title).chars(TITLE_FITS)}
