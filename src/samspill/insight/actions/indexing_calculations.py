"""What the search box knows of kept answers and scenarios, in the community's own målform."""

from django.utils.translation import override

from samspill.directory.public import Community, Ref, put
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.models import Calculation, Scenario
from samspill.insight.models.calculations import CALCULATION
from samspill.insight.models.scenarios import SCENARIO
from samspill.insight.retelling import names_in, tell, title_of


def title_in(calculation: Calculation) -> str:
    """What the community calls it: for the search index and the log."""
    with override(calculation.community.written_form):
        return title_of(calculation)


def index_calculation(calculation: Calculation, names: dict[str, str] | None = None) -> None:
    """Write or renew its entry. One of a kind that is no longer known keeps the entry it has."""
    if calculation.kind not in CALCULATIONS:
        return
    language = calculation.community.written_form
    with override(language):
        told = tell(calculation, names)
        title = title_of(calculation, told)
        text = ". ".join([told.lede, *(f"{term}: {words}" for term, words in told.question)])
    put(
        Ref(CALCULATION, calculation.pk),
        community_id=calculation.community_id,
        title=title,
        text=text,
        language=language,
        is_open=calculation.is_open,
    )


def index_scenario(scenario: Scenario) -> None:
    how = CALCULATIONS.get(scenario.kind)
    language = scenario.community.written_form
    notes = [one.note for one in scenario.versions.all() if one.note]
    with override(language):
        text = ". ".join([str(how.label) if how else "", *notes])
    put(
        Ref(SCENARIO, scenario.pk),
        community_id=scenario.community_id,
        title=scenario.name,
        text=text,
        language=language,
        is_open=scenario.is_open,
    )


def index_answers(community_id: int) -> int:
    """Renew the entries of a community's kept answers and scenarios, inside its scope; returns how many."""
    community = Community.objects.get(pk=community_id)
    kept = list(Calculation.objects.filter(community=community).select_related("community", "pack"))
    with override(community.written_form):
        names = names_in(kept)
    for calculation in kept:
        index_calculation(calculation, names)
    scenarios = list(Scenario.objects.filter(community=community).prefetch_related("versions"))
    for scenario in scenarios:
        index_scenario(scenario)
    return len(kept) + len(scenarios)
