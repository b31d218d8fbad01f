"""What weighing offers the house: a kind of calculation, minimetodevurderinger as things, their room."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import INDEXERS, THINGS, Actor, Resolved, ThingKind
from samspill.insight.actions.assessments import ASSESSMENT, index_assessments
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.appraisals import APPRAISAL
from samspill.insight.models import Assessment
from samspill.insight.rooms import ROOMS, Room


def register_appraisals() -> None:
    CALCULATIONS.register(APPRAISAL.key, APPRAISAL)
    THINGS.register(ASSESSMENT, ThingKind(ASSESSMENT, _("Minimetodevurdering"), resolve_assessments))
    INDEXERS.register(ASSESSMENT, index_assessments)
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
