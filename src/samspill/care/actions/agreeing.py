"""What the patient agrees to, and who coordinates an individual plan.

Rows of consent are only added: the newest about a thing is the one that holds. An individual plan that is in
use has one coordinator; when nobody is, the coordinating unit has a task (invariant 16).
"""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.care.access_states import ConsentBy, ConsentHow, ConsentTo, PlanLife
from samspill.care.actions.finding import teams_of
from samspill.care.actions.opening import Opened, opening_list, write_listed
from samspill.care.models import CareTeam, Consent, Coordinator, IndividualPlan, TeamMembership
from samspill.care.states import Basis, TeamKind
from samspill.directory.public import Actor, Due, RoleCode
from samspill.refusal import Refused

CONSENT, COORDINATOR = "care.consent", "care.coordinator"
LONGEST = 500


def say(
    opened: Opened, to: str, *, is_given: bool, by: Actor, given_by: str = ConsentBy.PATIENT,
    how: str = ConsentHow.SIGNED_IN, words: str = "",
) -> list[Consent]:  # fmt: skip
    """A yes, or a no that takes it back, in every record that is open.

    The patient says it signed in; who follows the patient writes down what was said. Refuses what nobody
    asks for (`consent.to`), who cannot give it (`consent.by`), and «signed in» from somebody at work
    (`consent.how`).
    """
    is_own = all(one.basis == Basis.OWN for one in opened.decisions)
    is_near = any(one.basis == Basis.RELATIVE for one in opened.decisions)
    if to not in ConsentTo.values:
        raise Refused("consent.to", _("Choose what it is about."), field="to")
    if given_by not in ConsentBy.values or (is_own and given_by != ConsentBy.PATIENT) or is_near:
        raise Refused(
            "consent.by", _("Only the patient, or who follows the patient, writes this."), forbidden=is_near
        )
    if how not in ConsentHow.values or (how == ConsentHow.SIGNED_IN) != is_own:
        raise Refused("consent.how", _("Say how it was given: said, or on paper."), field="how")
    return [
        Consent.objects.create(
            community_id=opened.patient.community_id,
            tenant_id=tenant,
            patient_id=opened.patient.pk,
            to=to,
            is_given=is_given,
            given_by=given_by,
            how=how,
            words=words.strip()[:LONGEST],
            by_id=by.account_id or 0,
            by_name=by.name,
        )
        for tenant in sorted(opened.tenants)
    ]


def holds(patient_id: int) -> dict[str, Consent]:
    """By what it is about, the newest of those that are open. 1 query."""
    newest: dict[str, Consent] = {}
    for one in Consent.objects.filter(patient_id=patient_id).order_by("-at", "-pk"):
        newest.setdefault(one.to, one)
    return newest


def begin_plan(opened: Opened, unit_id: int, *, by: Actor) -> IndividualPlan:
    """An individual plan from today, coordinated by a unit of an organisation whose record is open.

    Refuses another team (`plan.unit`), and a second plan (`plan.twice`).
    """
    unit = units_of(opened).filter(pk=unit_id).first()
    if unit is None:
        raise Refused("plan.unit", _("Choose the coordinating unit."), field="unit")
    if active_plan(opened.patient.pk) is not None:
        raise Refused("plan.twice", _("The patient has an individual plan already."))
    return IndividualPlan.objects.create(
        community_id=opened.patient.community_id,
        tenant_id=unit.tenant_id,
        patient_id=opened.patient.pk,
        unit=unit,
        from_day=by.today,
    )


def units_of(opened: Opened) -> QuerySet[CareTeam]:
    """Coordinating units of the organisations whose records are open."""
    return CareTeam.objects.filter(tenant_id__in=opened.tenants, kind=TeamKind.COORDINATING)


def active_plan(patient_id: int) -> IndividualPlan | None:
    return (
        IndividualPlan.objects.filter(patient_id=patient_id, state=PlanLife.ACTIVE)
        .select_related("unit", "tenant")
        .first()
    )


def possible(plan: IndividualPlan, opened: Opened, *, by: Actor) -> QuerySet[TeamMembership]:
    """Who can coordinate: those who work in the unit, or in a team that follows the patient."""
    teams = {plan.unit_id, *(one.team_id for one in opened.known.episodes)}
    return _working(by).filter(team_id__in=teams).select_related("account", "team").order_by("account__name")


def _working(by: Actor) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=by.today), from_day__lte=by.today
    )


def appoint(opened: Opened, account_id: int, *, by: Actor) -> Coordinator:
    """One coordinator in place of the one before, in one step: at no moment are there two.

    Refuses when there is no plan (`plan.none`), and somebody who does not work there (`plan.whom`).
    """
    plan = active_plan(opened.patient.pk)
    if plan is None:
        raise Refused("plan.none", _("There is no individual plan in use. Begin one first."))
    who = possible(plan, opened, by=by).filter(account_id=account_id).first()
    if who is None:
        raise Refused("plan.whom", _("Choose somebody who works in the unit, or follows the patient."))
    with transaction.atomic():
        Coordinator.objects.filter(plan=plan, to_day__isnull=True).update(to_day=by.today)
        return Coordinator.objects.create(
            community_id=plan.community_id,
            tenant_id=plan.tenant_id,
            patient_id=plan.patient_id,
            plan=plan,
            unit_id=plan.unit_id,
            account_id=account_id,
            name=who.account.name,
            from_day=by.today,
        )


def end_plan(opened: Opened, *, by: Actor) -> None:
    """The plan is no longer in use, and nobody coordinates it. Refuses (`plan.none`) when there is none."""
    plan = active_plan(opened.patient.pk)
    if plan is None:
        raise Refused("plan.none", _("There is no individual plan in use. Begin one first."))
    with transaction.atomic():
        Coordinator.objects.filter(plan=plan, to_day__isnull=True).update(to_day=by.today)
        plan.state, plan.to_day = PlanLife.ENDED, by.today
        plan.save(update_fields=["state", "to_day"])


def current(plan: IndividualPlan, *, by: Actor) -> Coordinator | None:
    """Who coordinates it today: None when nobody is appointed, or the one who was works nowhere any more."""
    one = Coordinator.objects.filter(plan=plan, to_day__isnull=True).first()
    is_here = one is not None and _working(by).filter(account_id=one.account_id).exists()
    return one if is_here else None


def coordinator_dues(actor: Actor) -> Iterator[Due]:
    """Plans nobody coordinates, for those who work in the coordinating unit. No name of a patient is told."""
    if not actor.has_role(RoleCode.HEALTH_WORKER):
        return
    for unit in teams_of(actor):
        if unit.kind == TeamKind.COORDINATING:
            with opening_list(unit, by=actor) as decision:
                gaps = list(_gaps(unit, by=actor))
                write_listed(decision, [one.patient_id for one in gaps], what=COORDINATOR)
            yield from _dues(gaps, unit)


def _gaps(unit: CareTeam, *, by: Actor) -> Iterator[IndividualPlan]:
    plans = IndividualPlan.objects.filter(unit=unit, state=PlanLife.ACTIVE).order_by("from_day", "pk")
    held = Coordinator.objects.filter(unit=unit, to_day__isnull=True).values_list("plan_id", "account_id")
    working = set(_working(by).values_list("account_id", flat=True))
    has_one = {plan for plan, account in held if account in working}
    return (one for one in plans if one.pk not in has_one)


def _dues(gaps: Iterable[IndividualPlan], unit: CareTeam) -> Iterator[Due]:
    for one in gaps:
        yield Due(
            key=f"care.coordinator:{one.pk}",
            title=gettext("An individual plan has no coordinator"),
            text=gettext("%(unit)s appoints one. The patient has a right to it.") % {"unit": unit.name},
            url=reverse("care:coordinator", args=[one.patient_id]),
            act_label=gettext("Appoint a coordinator"),
            due=one.from_day,
            weight=30,
        )
