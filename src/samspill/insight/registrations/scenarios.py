"""What kept answers and scenarios offer the house: things, links, figures, search, acts in words."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import FIGURES, INDEXERS, LINK_KINDS, THINGS, Actor, Resolved, ThingKind
from samspill.insight.actions.indexing_calculations import index_answers
from samspill.insight.actions.linking import RESTS_ON, USED_BY
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.comparison import COMPARISON
from samspill.insight.models import Calculation, Scenario
from samspill.insight.models.calculations import CALCULATION
from samspill.insight.models.scenarios import SCENARIO
from samspill.insight.retelling import codes_in, names_in, tell, title_of
from samspill.insight.rooms import ROOMS, Room
from samspill.insight.shown.answers import FIGURE, figure_in_answer
from samspill.insight.wording.acts import TOLD
from samspill.worklist.public import ACTS


def register_scenarios() -> None:
    THINGS.register(CALCULATION, ThingKind(CALCULATION, _("Answer from the figures"), resolve_calculations))
    THINGS.register(SCENARIO, ThingKind(SCENARIO, _("Scenario"), resolve_scenarios))
    LINK_KINDS.register(USED_BY, RESTS_ON)
    FIGURES.register(FIGURE, figure_in_answer)
    INDEXERS.register("insight.answers", index_answers)
    CALCULATIONS.register(COMPARISON.key, COMPARISON)
    ROOMS.register("scenarios", Room("scenarios", _("Scenarios"), "insight:scenario-list", order=50))
    ACTS.update(TOLD)


def resolve_calculations(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """1 query, and 1 more when somebody asked of municipalities by number, which then have names.

    One whose figures were withdrawn says so wherever it is pointed at.
    """
    rows = Calculation.objects.visible_to(actor).filter(pk__in=list(ids))
    found = list(rows.select_related("community", "pack"))
    names = names_in(found) if any(codes_in(one.asked) for one in found) else {}
    return {one.pk: _calculation(one, names) for one in found}


def _calculation(one: Calculation, names: Mapping[str, str]) -> Resolved:
    told = tell(one, names) if one.kind in CALCULATIONS else None
    state = str(_("its figures were withdrawn")) if one.pack.is_withdrawn else ""
    return Resolved(title_of(one, told), reverse("insight:calculation", args=[one.key]), state)


def resolve_scenarios(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """1 query."""
    rows = Scenario.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("community")
    return {
        one.pk: Resolved(
            one.name,
            reverse("insight:scenario", args=[one.community.slug, one.pk]),
            str(_("put away")) if one.archived_at else "",
        )
        for one in rows
    }
