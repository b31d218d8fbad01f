"""What waits for the secretariat when a decision was made in a case that put a plan forward."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Wanted, begins, ends
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.actions.indexing_decisions import DECISION
from samspill.governance.models import Decision
from samspill.governance.permissions import may_act
from samspill.governance.queries.putting_forward import ADOPTED_BY, PUTS_FORWARD
from samspill.governance.queries.screening_facts import TITLE_OF_CASE, title_of
from samspill.governance.states import DecisionKind, DecisionState
from samspill.worklist.public import long_day

ASKED_FOR = timedelta(days=90)
"""So long it is asked about: afterwards nobody forgot it, they meant something else."""
TITLE_FITS = 70
_FACTS = {**TITLE_OF_CASE, "day": "decided_on", "body": "body__name"}


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not actor.is_known or not may_act(actor, "meetings.write"):
        return {}
    return {"adopting": Wanted(_adopting(actor), _FACTS)}


def _adopting(actor: Actor) -> QuerySet[Decision]:
    """Decisions that stand in cases that put something forward, while nothing is said to be adopted."""
    rows = Decision.objects.inside(actor).filter(
        kind=DecisionKind.DECISION,
        state=DecisionState.ADOPTED,
        decided_on__gte=actor.today - ASKED_FOR,
    )
    return rows.filter(begins(CASE, PUTS_FORWARD, at="case")).exclude(ends(DECISION, ADOPTED_BY))


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    for one in found.get("adopting", ()):
        yield _due(one, actor)


def _due(one: Facts, actor: Actor) -> Due:
    day = one.day("day")
    return Due(
        key=f"governance.decision:{one.pk}:adopts",
        title=_("Did the decision adopt the plan?"),
        text=_("%(body)s treated «%(case)s» %(day)s.")
        % {
            "body": one["body"],
            "case": Truncator(title_of(one)).chars(TITLE_FITS),
            "day": long_day(day, actor.today) if day else "",
        },
        url=reverse("governance:decision", args=[one.pk]),
        act_label=_("Say if it did"),
        weight=20,
    )


adoption_dues = FactSource(_wants, _tells)
