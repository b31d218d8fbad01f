"""Two plans with a measure worth taking in use, and how it is taken."""

from integration.plans.test_comparing import plan_in
from samspill.directory.public import Actor, scope
from samspill.plans.actions.transfer import take_up
from samspill.plans.models import FocusArea, Measure, MeasureAdoption, Plan

OWN = (
    ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2027"),
    ("Prøve ut besøk første uke etter utskriving", "Halden, Moss", ""),
)
THEIRS = (
    ("Gje pårørande eit kurs i å halde ut", "SSU", "30.06.2027"),
    ("Besøkje pasienten første veka etter utskriving", "SSU", ""),
)


def own_plan() -> Plan:
    return plan_in("ostfold", "Helsefellesskapet Østfold", OWN, is_open=False)


def plan_of_others() -> Plan:
    return plan_in("more-og-romsdal", "Helsefellesskap Møre og Romsdal", THEIRS, is_open=True)


def area_of(plan: Plan, by: Actor) -> FocusArea:
    with scope(by):
        return FocusArea.objects.get(plan=plan)


def taken(source: Measure, plan: Plan, by: Actor, **words: str) -> MeasureAdoption:
    area = area_of(plan, by)
    with scope(by):
        found = Measure.objects.select_related("plan__community", "document").get(pk=source.pk)
        adoption, _is_new = take_up(found, plan=plan, area=area, by=by, **words)
        return MeasureAdoption.objects.select_related("measure__document").get(pk=adoption.pk)
