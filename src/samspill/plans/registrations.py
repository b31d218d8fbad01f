"""What plans offer the house: things, a kind of link, the pillar, tasks, search, acts in words."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import (
    ADOPTABLES,
    FIGURES,
    INDEXERS,
    LINK_KINDS,
    PILLARS,
    PLATFORM_COUNTS,
    QUESTION_READERS,
    STATED,
    STATUS_TAKERS,
    TASK_SOURCES,
    THINGS,
    Actor,
    LinkKind,
    Pillar,
    PlatformCounting,
    Resolved,
    Stated,
    ThingKind,
)
from samspill.plans import jobs
from samspill.plans.actions.changing import INDICATOR, MEASURED_BY
from samspill.plans.actions.indexing import MEASURE, PLAN, index_community
from samspill.plans.actions.projects import CARRIED_OUT_BY, PROJECT, index_projects
from samspill.plans.actions.reporting import take_status
from samspill.plans.actions.transfer import tell_of_adoptions
from samspill.plans.adoption_case import ADOPTION
from samspill.plans.fund_registrations import register_funds
from samspill.plans.link_acts import REPORT, REPORT_STATUS, ask_for_status
from samspill.plans.models import Measure, Plan, PlanDocument
from samspill.plans.queries.adoption import DECISION
from samspill.plans.queries.counted import count_measures
from samspill.plans.queries.projects import resolve_projects
from samspill.plans.queries.rows import ADOPTED_BY
from samspill.plans.queries.tasks import plan_dues
from samspill.plans.question_sets import read_question_set
from samspill.plans.report.making import figure_for
from samspill.plans.review_reminders import remind_of_reviews
from samspill.plans.wording import period_in_words
from samspill.worklist.public import ACTS, LINK_ACTS, REMINDERS, Told

JOBS = (jobs.work_on_table,)
"""Named here so that starting the app is enough for a worker to know them."""

TOLD = {
    "plan.revise": Told(_("%(who)s began the revision «%(what)s».")),
    "plan.import": Told(_("%(who)s read in «%(what)s».")),
    "plan.adopt": Told(_("%(who)s marked «%(what)s» as adopted.")),
    "plan.publish": Told(_("%(who)s opened «%(what)s» to everybody.")),
    "table.take": Told(_("%(who)s took in the table «%(what)s».")),
    "table.undo": Told(_("%(who)s undid the table «%(what)s».")),
    "measure.status": Told(_("%(who)s said how it goes with «%(what)s».")),
    "measure.take_up": Told(_("%(who)s took «%(what)s» in use from another helsefellesskap.")),
    "measure.taken_up": Told(_("%(who)s took your measure «%(what)s» in use.")),
    "measure.given_back": Told(_("%(who)s took «%(what)s» out of use again.")),
    "measure.dropped_elsewhere": Told(_("%(who)s gave up «%(what)s», which came from you.")),
    "implementation.tell": Told(_("%(who)s told how far a party has come with «%(what)s».")),
    "implementation.tell_many": Told(_("%(who)s told how far several parties have come with «%(what)s».")),
    "project.create": Told(_("%(who)s made the project «%(what)s».")),
    "project.move": Told(_("%(who)s moved the project «%(what)s» on.")),
    "project.publish": Told(_("%(who)s opened the project «%(what)s» to everybody.")),
}


LINKS = (
    LinkKind(
        MEASURED_BY,
        _("Measured by"),
        pgettext_lazy("link", "Measures"),
        frozenset({MEASURE}),
        frozenset({INDICATOR}),
    ),
    LinkKind(
        ADOPTED_BY,
        pgettext_lazy("link", "Adopted by"),
        pgettext_lazy("link", "Adopts"),
        frozenset({PLAN}),
        frozenset({DECISION}),
    ),
    LinkKind(
        CARRIED_OUT_BY,
        _("Carried out by"),
        pgettext_lazy("link", "Carries out"),
        frozenset({MEASURE}),
        frozenset({PROJECT}),
    ),
)
PATHS = ("/planer/", "/min-kommune/", "/kommuner/", "/prosjekter/")


def register() -> None:
    THINGS.register(PLAN, ThingKind(PLAN, _("Plan"), resolve_plans))
    THINGS.register(MEASURE, ThingKind(MEASURE, _("Measure"), resolve_measures))
    THINGS.register(PROJECT, ThingKind(PROJECT, _("Project"), resolve_projects))
    for link in LINKS:
        LINK_KINDS.register(link.kind, link)
    PILLARS.register("plans", Pillar(_("Plan"), "plans:plan-list", order=30, prefixes=PATHS))
    TASK_SOURCES.register("plans", plan_dues)
    PLATFORM_COUNTS.register("plans", PlatformCounting("measure", count_measures))
    STATED.register("plans", stated_in)
    STATUS_TAKERS.register(MEASURE, take_status)
    ADOPTABLES.register(PLAN, ADOPTION)
    QUESTION_READERS.register("plans", read_question_set)
    FIGURES.register("plan", figure_for)
    INDEXERS.register("plans", index_community)
    INDEXERS.register("plans.projects", index_projects)
    ACTS.update(TOLD)
    LINK_ACTS[REPORT] = REPORT_STATUS
    REMINDERS["plans"] = ask_for_status
    REMINDERS["plans.review"] = remind_of_reviews
    REMINDERS["plans.transfer"] = tell_of_adoptions
    register_funds()


def resolve_plans(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    plans = Plan.objects.visible_to(actor).filter(pk__in=list(ids))
    return {
        plan.pk: Resolved(plan.title, reverse("plans:plan", args=[plan.pk]), period_in_words(plan))
        for plan in plans
    }


def stated_in(community_id: int, actor: Actor) -> list[Stated]:
    """What the newest documents of the community's plans say about its population."""
    documents = (
        PlanDocument.objects.filter(plan__in=Plan.objects.visible_to(actor), community_id=community_id)
        .exclude(stated=[])
        .select_related("plan")
        .only("stated", "plan__title")
    )
    return [
        Stated(
            one["low"],
            one["high"],
            one["year"],
            one["persons"],
            document.plan.title,
            reverse("plans:plan", args=[document.plan_id]),
        )
        for document in documents
        for one in document.stated
    ]


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
