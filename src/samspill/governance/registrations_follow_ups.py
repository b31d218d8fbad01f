"""What governance offers the house: follow ups."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import (
    BINDINGS,
    INDEXERS,
    LINK_KINDS,
    PLATFORM_COUNTS,
    TASK_SOURCES,
    THINGS,
    Actor,
    LinkKind,
    PlatformCounting,
    Resolved,
    SearchEntry,
    ThingKind,
    put_many,
)
from samspill.governance.actions.chasing import remind_of_follow_ups
from samspill.governance.actions.follow_up_cases import CASE, HELP_ASKED_IN
from samspill.governance.actions.follow_up_told import CARRIED_OUT_AS, FOLLOW_UP, entry_of
from samspill.governance.follow_up_links import CARRYING, REPORT_FOLLOW_UP, TELL_CARRYING
from samspill.governance.models import FollowUp
from samspill.governance.queries.counted import count_decisions
from samspill.governance.queries.follow_up_tasks import follow_up_dues
from samspill.governance.queries.follow_ups import shown_at_once
from samspill.governance.views.binding import binding_of
from samspill.worklist.public import ACTS, LINK_ACTS, REMINDERS, Told

MEASURE = "plans.measure"

TOLD = {
    "follow_up.begin": Told(_("%(who)s set who answers for «%(what)s».")),
    "follow_up.report": Told(_("%(who)s said how it goes with «%(what)s».")),
    "follow_up.confirm": Told(_("%(who)s confirmed that «%(what)s» is done.")),
    "follow_up.help": Told(_("%(who)s asked for help with «%(what)s».")),
    "follow_up.end": Told(_("%(who)s ended «%(what)s» by a decision.")),
    "follow_up.assign": Told(_("%(who)s changed who answers for «%(what)s», or by when.")),
    "follow_up.helpers": Told(_("%(who)s set who helps with «%(what)s»."), is_news=False),
    "follow_up.none": Told(_("%(who)s chose that «%(what)s» needs no follow-up."), is_news=False),
    "follow_up.undo": Told(_("%(who)s took back the last change to «%(what)s»."), is_news=False),
    "follow_up.chase": Told(_("%(who)s asked everybody for the answers they owe."), is_news=False),
    "follow_up.chase_back": Told(_("%(who)s took back reminders that were not sent."), is_news=False),
    "carrying.tell": Told(_("%(who)s told how far a party has come with «%(what)s».")),
    "carrying.tell_many": Told(_("%(who)s told how far several parties have come with «%(what)s».")),
    "carrying.binds": Told(_("%(who)s said whom «%(what)s» binds."), is_news=False),
    "carrying.undo": Told(_("%(who)s took back the last change to «%(what)s»."), is_news=False),
}
LINKS = (
    LinkKind(
        CARRIED_OUT_AS,
        pgettext_lazy("link", "Carried out as"),
        pgettext_lazy("link", "Follows from a decision"),
        frozenset({FOLLOW_UP}),
        frozenset({MEASURE}),
    ),
    LinkKind(
        HELP_ASKED_IN,
        pgettext_lazy("link", "Asks for help in"),
        pgettext_lazy("link", "Comes from a follow-up"),
        frozenset({FOLLOW_UP}),
        frozenset({CASE}),
    ),
)


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
    THINGS.register(FOLLOW_UP, ThingKind(FOLLOW_UP, _("Follow-up of a decision"), resolve_follow_ups))
    for link in LINKS:
        LINK_KINDS.register(link.kind, link)
    TASK_SOURCES.register("governance.follow_ups", follow_up_dues)
    INDEXERS.register("governance.follow_ups", index_follow_ups)
    BINDINGS.register("governance", binding_of)
    PLATFORM_COUNTS.register("governance.decisions", PlatformCounting("decision", count_decisions))
    ACTS.update(TOLD)
    LINK_ACTS[FOLLOW_UP] = REPORT_FOLLOW_UP
    LINK_ACTS[CARRYING] = TELL_CARRYING
    REMINDERS["governance.follow_ups"] = remind_of_follow_ups


def resolve_follow_ups(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    rows = (
        FollowUp.objects.visible_to(actor)
        .filter(pk__in=list(ids))
        .select_related("point__decision__body", "accountable_party", "accountable_body")
    )
    return {
        row.id: Resolved(
            str(row.follow_up.point),
            reverse("governance:follow-up", args=[row.id]),
            str(row.shown.label),
            row.answerable,
        )
        for row in shown_at_once(rows, actor)
    }


def index_follow_ups(community_id: int) -> int:
    """Renew the entries of every follow-up of a community; returns how many."""
    rows = FollowUp.objects.filter(community_id=community_id).select_related(
        "point__decision__body", "accountable_party", "accountable_body"
    )
    entries = [
        SearchEntry(kind=FOLLOW_UP, thing_id=row.pk, community_id=community_id, **entry_of(row))
        for row in rows
    ]
    put_many(entries)
    return len(entries)
