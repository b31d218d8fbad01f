"""What plans offer the house: things, a kind of link, the pillar, tasks, search, acts in words."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import (
    INDEXERS,
    LINK_KINDS,
    PILLARS,
    TASK_SOURCES,
    THINGS,
    Actor,
    LinkKind,
    Pillar,
    Resolved,
    ThingKind,
)
from samspill.plans.actions.changing import INDICATOR, MEASURED_BY
from samspill.plans.actions.indexing import MEASURE, PLAN, index_community
from samspill.plans.models import Measure, Plan
from samspill.plans.queries.tasks import dues
from samspill.plans.wording import period_in_words
from samspill.worklist.public import ACTS, Told

TOLD = {
    "plan.import": Told(_("%(who)s read in «%(what)s».")),
    "plan.adopt": Told(_("%(who)s marked «%(what)s» as adopted.")),
    "plan.publish": Told(_("%(who)s opened «%(what)s» to everybody.")),
    "measure.status": Told(_("%(who)s said how it goes with «%(what)s».")),
}


def register() -> None:
    THINGS.register(PLAN, ThingKind(PLAN, _("Plan"), resolve_plans))
    THINGS.register(MEASURE, ThingKind(MEASURE, _("Measure"), resolve_measures))
    LINK_KINDS.register(
        MEASURED_BY,
        LinkKind(
            MEASURED_BY,
            _("Measured by"),
            pgettext_lazy("link", "Measures"),
            frozenset({MEASURE}),
            frozenset({INDICATOR}),
        ),
    )
    PILLARS.register("plans", Pillar(_("Plan"), "plans:plan-list", order=30, prefixes=("/planer/",)))
    TASK_SOURCES.register("plans", dues)
    INDEXERS.register("plans", index_community)
    ACTS.update(TOLD)


def resolve_plans(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    plans = Plan.objects.visible_to(actor).filter(pk__in=list(ids))
    return {
        plan.pk: Resolved(plan.title, reverse("plans:plan", args=[plan.pk]), period_in_words(plan))
        for plan in plans
    }


def resolve_measures(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    measures = Measure.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("plan")
    return {
        measure.pk: Resolved(
            measure.name,
            reverse("plans:measure", args=[measure.plan_id, measure.pk]),
            measure.plan.title,
        )
        for measure in measures.defer("verbatim")
    }
