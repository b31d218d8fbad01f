"""What governance offers the house: room."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import (
    INDEXERS,
    LINK_KINDS,
    TASK_SOURCES,
    THINGS,
    Actor,
    LinkKind,
    Resolved,
    ThingKind,
)
from samspill.governance.actions.indexing_decisions import DECISION, index_community
from samspill.governance.actions.minutes_out import REMARK
from samspill.governance.link_acts_room import REMARK_BY_MAIL
from samspill.governance.models import Decision
from samspill.governance.queries.adoption_tasks import adoption_dues
from samspill.governance.queries.decision_standing import standing_in_words, what_follows
from samspill.governance.wording_room import decision_title
from samspill.worklist.public import ACTS, LINK_ACTS, Told

ORDERED_BY, MEASURE = "ordered_by", "plans.measure"
TOLD = {
    "meeting.start": Told(_("%(who)s opened the meeting «%(what)s»."), is_news=False),
    "meeting.close": Told(_("%(who)s closed the meeting «%(what)s».")),
    "decision.make": Told(_("%(who)s wrote down what was decided in «%(what)s».")),
    "decision.replace": Told(_("%(who)s let another decision take the place of «%(what)s».")),
    "decision.reverse": Told(_("%(who)s noted that «%(what)s» no longer stands.")),
    "item.take_back": Told(_("%(who)s took back what came of «%(what)s»."), is_news=False),
    "minutes.send": Told(_("%(who)s sent the minutes of «%(what)s».")),
    "minutes.remark": Told(_("%(who)s has a remark to the minutes of «%(what)s».")),
    "minutes.approve": Told(_("%(who)s noted that the minutes of «%(what)s» are approved.")),
    "minutes.addendum": Told(_("%(who)s corrected the approved minutes of «%(what)s».")),
}
ORDERED = LinkKind(
    ORDERED_BY,
    pgettext_lazy("link", "Ordered by"),
    pgettext_lazy("link", "Orders"),
    frozenset({MEASURE}),
    frozenset({DECISION}),
)


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
    THINGS.register(DECISION, ThingKind(DECISION, _("Decision"), resolve_decisions))
    LINK_KINDS.register(ORDERED_BY, ORDERED)
    INDEXERS.register("governance.decisions", index_community)
    TASK_SOURCES.register("governance.adopting", adoption_dues)
    ACTS.update(TOLD)
    LINK_ACTS[REMARK] = REMARK_BY_MAIL


def resolve_decisions(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """The state is how the decision stands, and how far what follows from it has come. 1 query."""
    rows = Decision.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("item", "body", "case")
    found = rows.annotate(follows=what_follows())
    return {
        one.pk: Resolved(
            decision_title(one),
            reverse("governance:decision", args=[one.pk]),
            standing_in_words(one, actor.today),
            f"{one.body} {one.item.reference}".strip(),
        )
        for one in found
    }
