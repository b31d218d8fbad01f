"""People and a plan for the tests of carrying out."""

from django.db import transaction

from factories.people import TODAY, member
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, Community, Membership, Party, acting_as, machine, scope
from samspill.plans.public import Measure, Plan
from samspill.plans.queries.carrying import Carried, carried_out, parties_in

ROWS = (
    ("Innføre felles skjema for samtaler med pårørende", "Kommunene", "30.06.2045"),
    ("Avtale fast telefontid mellom sykehus og legevakt", "Felles", "30.06.2045"),
    ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", "30.06.2045"),
    ("Lage felles kurs i samtaler med ungdom", "SSU", ""),
    ("Gå gjennom legemidler før hjemreise", "Halden", "30.06.2026"),
)


def plan_of(by: Actor) -> Plan:
    """A plan whose measures concern the municipalities, everybody, two, nobody, and Halden, too late."""
    return bring(small_plan(years="2025-2045", rows=ROWS), by).plan


def measures_of(plan: Plan, by: Actor) -> list[Measure]:
    with scope(by):
        return list(Measure.objects.filter(plan=plan).select_related("plan").order_by("order"))


def party(name: str) -> Party:
    return Party.objects.select_related("community").get(community__slug="ostfold", short_name=name)


def acting_for(name: str, role: str = "director") -> Actor:
    """Somebody who acts for the party `name` in Østfold."""
    account = member("ostfold", role, name=f"Direktør {name}", email=f"{role}.{name}@example.no".lower())
    community = Community.objects.get(slug="ostfold")
    with transaction.atomic(), scope(machine(community.pk, TODAY)):
        Membership.objects.filter(account=account).update(party=party(name))
    return acting_as(account, today=TODAY)


def carried(measure: Measure, by: Actor) -> Carried:
    """The measure with its parties, as `by` sees it."""
    with scope(by):
        register = parties_in(Community.objects.get(slug="ostfold"), TODAY)
        found = carried_out([measure.plan], by, register)
        return next(one for one in found if one.measure.pk == measure.pk)


def concerned(measure: Measure, by: Actor) -> set[str]:
    return {str(one.party) for one in carried(measure, by).standings.values()}
