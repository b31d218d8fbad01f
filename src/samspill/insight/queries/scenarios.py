"""Scenarios as somebody may see them: the list of a community, one with its versions, several to compare."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from samspill.directory.public import Actor, Community, alphabetical
from samspill.insight.models import Scenario, ScenarioVersion


@dataclass(frozen=True)
class Line:
    """A scenario with its newest version."""

    scenario: Scenario
    newest: ScenarioVersion


def scenarios_of(community: Community, actor: Actor, *, is_away: bool = False) -> list[Line]:
    """Those in the list, or those put away, by name; 2 queries."""
    rows = _seen(actor).filter(community=community, archived_at__isnull=not is_away)
    return sorted((_line(one) for one in rows), key=lambda line: alphabetical(line.scenario.name))


def scenario_at(community: Community, number: int, actor: Actor) -> Scenario | None:
    """The scenario with its versions, the newest first; None when there is none to see. 2 queries."""
    return _seen(actor).filter(community=community, pk=number).first()


def scenarios_to_compare(community: Community, numbers: Sequence[int], actor: Actor) -> list[Line]:
    """In the order they were named; those that are not there are left out. 2 queries."""
    rows = {one.pk: one for one in _seen(actor).filter(community=community, pk__in=numbers)}
    return [_line(rows[number]) for number in dict.fromkeys(numbers) if number in rows]


def _seen(actor: Actor) -> QuerySet[Scenario]:
    versions = ScenarioVersion.objects.visible_to(actor).select_related(
        "calculation__pack", "calculation__community"
    )
    ordered = versions.order_by("-number")
    return (
        Scenario.objects.visible_to(actor)
        .select_related("community")
        .prefetch_related(Prefetch("versions", queryset=ordered))
    )


def _line(scenario: Scenario) -> Line:
    return Line(scenario, scenario.versions.all()[0])
