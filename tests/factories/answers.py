"""What has been kept, as the community that keeps it sees it."""

from factories.people import TODAY
from samspill.directory.public import Community, machine, scope
from samspill.insight.public import Calculation


def kept_answers(slug: str = "ostfold", **only: object) -> list[Calculation]:
    """Answers kept in a community; outside a scope the database shows none, whatever is there."""
    here = Community.objects.get(slug=slug)
    with scope(machine(here.pk, TODAY)):
        return list(Calculation.objects.filter(community=here, **only).select_related("pack"))
