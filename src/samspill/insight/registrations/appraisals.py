"""What weighing offers the house: a kind of calculation, minimetodevurderinger with tasks, their room."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import (
    INDEXERS,
    LINK_KINDS,
    TASK_SOURCES,
    THINGS,
    Actor,
    Resolved,
    ThingKind,
)
from samspill.insight.actions.assessments import ASSESSMENT, index_assessments
from samspill.insight.actions.deciding import DECIDED_BY, DECIDES
from samspill.insight.assessments.reminders import remind_of_reassessments
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.appraisals import APPRAISAL
from samspill.insight.models import Assessment
from samspill.insight.queries.reassessing import reassessment_dues
from samspill.insight.rooms import ROOMS, Room
from samspill.worklist.public import REMINDERS


def register_appraisals() -> None:
    CALCULATIONS.register(APPRAISAL.key, APPRAISAL)
    THINGS.register(ASSESSMENT, ThingKind(ASSESSMENT, _("Minimetodevurdering"), resolve_assessments))
    INDEXERS.register(ASSESSMENT, index_assessments)
    LINK_KINDS.register(DECIDED_BY, DECIDES)
    TASK_SOURCES.register("insight.assessments", reassessment_dues)
    REMINDERS["insight.assessments"] = remind_of_reassessments
    ROOMS.register("assessments", Room("assessments", _("Assessments"), "insight:assessments", order=60))


def resolve_assessments(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    found = Assessment.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("community")
    return {
        one.pk: Resolved(
            one.title,
            reverse("insight:assessment", args=[one.community.slug, one.pk]),
            state=str(one.get_state_display()),
        )
        for one in found
    }
