"""A plan and the one that comes after it, written for these tests."""

from integration.plans.small_plans import small_plan
from samspill.directory.public import Actor
from samspill.plans.actions.revising import set_fate
from samspill.plans.public import Plan
from samspill.plans.queries.revision import Revision, revision_of
from samspill.plans.states import Fate

OLD = small_plan(
    years="2025-2026",
    rows=(
        ("Avtale fast telefontid mellom BUP og skolene", "SSU", "31.12.2027"),
        ("Lage felles kurs i samtaler med pårørende", "SSU", ""),
        ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
        ("Kartlegge ventetider for unge", "", ""),
    ),
)
NEW = small_plan(
    years="2027-2028",
    rows=(
        ("Avtale fast telefontid mellom BUP og skolene", "", ""),
        ("Lage og holde felles kurs i samtaler med pårørende to ganger i året", "Moss", ""),
        ("Opprette ambulant team for unge", "", ""),
    ),
    adopted="",
)


def seen(plan: Plan, by: Actor) -> Revision:
    found = revision_of(Plan.objects.get(pk=plan.pk), by)
    assert found is not None
    return found


def map_all(plan: Plan, by: Actor) -> None:
    """Yes to every proposal, and an end to the rest."""
    for line in seen(plan, by).waiting:
        if line.proposal and line.proposal.new:
            set_fate(plan, old=line.id, fate=line.proposal.fate, new=line.proposal.new, by=by)
        else:
            set_fate(plan, old=line.id, fate=Fate.ENDED, reason="Kommunene gjør dette selv.", by=by)
