"""What insight offers the house: indicators, the pillar, figures, boxes on other apps' pages, search."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import (
    BRIEFS,
    FIGURES,
    INDEXERS,
    PILLARS,
    THINGS,
    Actor,
    Brief,
    Community,
    Pillar,
    Resolved,
    ThingKind,
)
from samspill.insight.actions.indexing import PROFILE, index_community
from samspill.insight.actions.indexing_indicators import INDICATOR, index_indicators
from samspill.insight.briefs import beside_a_plan, of_the_day, on_the_community_page
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.backtest import BACKTEST
from samspill.insight.calculations.people import PEOPLE
from samspill.insight.models import Indicator, PopulationRun
from samspill.insight.registrations.api import register_api
from samspill.insight.registrations.appraisals import register_appraisals
from samspill.insight.registrations.beds import register_beds
from samspill.insight.registrations.boards import register_boards
from samspill.insight.registrations.data_sets import register_data_sets
from samspill.insight.registrations.demand import register_demand
from samspill.insight.registrations.effects import register_effects
from samspill.insight.registrations.measuring import register_measuring
from samspill.insight.registrations.memo import register_memo
from samspill.insight.registrations.runs import register_runs
from samspill.insight.registrations.scenarios import register_scenarios
from samspill.insight.registrations.staff import register_staff
from samspill.insight.rooms import ROOMS, Room
from samspill.insight.shown.people_drawn import figure_for

FIGURE = "befolkning"
BRIEF_OF = {
    "plans.plan": beside_a_plan,
    "web.start": of_the_day,
    "directory.community": on_the_community_page,
}


def register() -> None:
    THINGS.register(
        INDICATOR,
        ThingKind(INDICATOR, _("Indicator"), resolve_indicators, is_for_all=True, offered=indicators_in_use),
    )
    THINGS.register(PROFILE, ThingKind(PROFILE, _("Figures"), resolve_profiles))
    PILLARS.register("insight", Pillar(_("Figures"), "insight:mine", order=50, prefixes=("/tall/", "/api/")))
    FIGURES.register(FIGURE, figure_for)
    BRIEFS.register("insight", brief)
    INDEXERS.register("insight", index_community)
    INDEXERS.register("insight.indicators", index_indicators)
    CALCULATIONS.register(PEOPLE.key, PEOPLE)
    register_scenarios()
    CALCULATIONS.register(BACKTEST.key, BACKTEST)
    ROOMS.register("people", Room("people", _("People"), "insight:profile", order=10))
    register_beds()
    register_appraisals()
    register_measuring()
    register_memo()
    register_demand()
    register_data_sets()
    ROOMS.register("services", Room("services", _("Services"), "insight:services", order=15))
    register_boards()
    register_staff()
    register_effects()
    register_api()
    register_runs()


def brief(kind: str, community_id: int, actor: Actor) -> Brief | None:
    return BRIEF_OF[kind](community_id, actor) if kind in BRIEF_OF else None


def resolve_indicators(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    return _resolved(Indicator.objects.visible_to(actor).filter(pk__in=list(ids), is_in_use=True))


def indicators_in_use(actor: Actor) -> Mapping[int, Resolved]:
    return _resolved(Indicator.objects.visible_to(actor).filter(is_in_use=True))


def _resolved(indicators: Iterable[Indicator]) -> Mapping[int, Resolved]:
    language = get_language() or "nb"
    return {
        one.pk: Resolved(
            one.title(language),
            reverse("insight:indicator", args=[one.code]),
            words=" ".join(one.definition["words"]),
        )
        for one in indicators
    }


def resolve_profiles(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """A profile has the number of its community."""
    known = PopulationRun.objects.visible_to(actor).values_list("community_id")
    communities = Community.objects.filter(pk__in=list(ids)).filter(pk__in=known)
    return {
        one.pk: Resolved(
            str(_("How many we become: %(community)s") % {"community": one.name}),
            reverse("insight:profile", args=[one.slug]),
        )
        for one in communities
    }
