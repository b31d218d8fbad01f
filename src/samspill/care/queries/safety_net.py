"""Plans of «Hva er innafor»: as the rulebook has them, who can receive them, and what they answer.

All are called inside `care.actions.opening.opening` of the patient, and see what its decisions open.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from samspill.care.models import CareTeam, MedicationList, PlanRecipient, RelatedPerson, SafetyNetPlan
from samspill.care.queries.access_facts import Known
from samspill.care.safety_net_states import PlanState, RecipientKind
from samspill.care.states import BlockedFrom, TeamKind
from samspill.refusal import Refused
from samspill.rulebook.safety_net import (
    Contact,
    Fault,
    LanguageCheck,
    Medication,
    Placed,
    Plan,
    Recipient,
    contacts_at,
    faults,
    from_plain,
    place,
    to_plain,
)
from samspill.rulebook.safety_net.roles import LEVELS
from samspill.rulebook.triage import Colour
from samspill.worklist.public import is_workday

CONFIRMED_WITHIN = timedelta(hours=24)
"""How long a recipient has before the sender's team is told."""
PART = "safety_net"
"""What a patient's block of this kind of information is called."""
ROLE_OF_TEAM: Mapping[str, str] = {
    TeamKind.WARD: "ward",
    TeamKind.HOME_NURSING: "home_care",
    TeamKind.NURSE_SERVICE: "follow_up_service",
    TeamKind.GP: "gp",
}
"""Whom a plan can name -> the kind of team whose number that is. 113 and 116 117 are the country's."""
_IN_COLUMNS = ("medication", "language_check", "recipients")


@dataclass(frozen=True)
class Possible:
    """Somebody a plan could be sent to. `record` is where they read it; `why_not` "" when they can."""

    kind: str
    pk: int
    name: str
    record: int
    why_not: str = ""

    @property
    def key(self) -> str:
        """As a form has it: "team:3", "related:4", "patient:5"."""
        return f"{self.kind}:{self.pk}"


def content_of(plan: Plan) -> dict[str, Any]:
    """What is kept in `SafetyNetPlan.content`: all but what has columns of its own."""
    return {name: value for name, value in to_plain(plan).items() if name not in _IN_COLUMNS}


def as_plan(row: SafetyNetPlan) -> Plan:
    """The plan as the rulebook has it. No queries for one of `find_plan`."""
    said = from_plain(row.content)
    checked, signed = row.language_checked_by, row.medication_signed_by
    return dataclasses.replace(
        said,
        # the database keeps no order of names
        levels={name: said.levels[name] for name in LEVELS if name in said.levels},
        language=row.language,
        medication=Medication(
            reconciled_by=row.medication_reconciled_by,
            reason=row.medication_reason,
            signed_by=str(signed) if signed else "",
        ),
        language_check=LanguageCheck(str(checked), row.language_checked_at) if checked else None,
        recipients=tuple(Recipient(one.name, one.sent_at is not None) for one in row.recipients.all()),
    )


def find_plan(plan_id: int, patient_id: int) -> SafetyNetPlan:
    """Refuses (`safety_net.not_here`) a plan that is none of the patient's, or not open to who looks."""
    named = (
        "team", "tenant", "language_checked_by", "medication_signed_by", "medication_list"
    )  # fmt: skip
    recipients = Prefetch("recipients", PlanRecipient.objects.select_related("team", "related"))
    rows = SafetyNetPlan.objects.select_related(*named).prefetch_related(recipients)
    row = rows.filter(pk=plan_id, patient_id=patient_id).first()
    if row is None:
        raise Refused(
            "safety_net.not_here", _("There is no such plan here. Choose one of the patient's."),
            forbidden=True,
        )  # fmt: skip
    return row


def sent_plans(patient_id: int) -> list[SafetyNetPlan]:
    """Those in force first, then those they replaced; drafts and mistakes are not among them."""
    rows = SafetyNetPlan.objects.filter(
        patient_id=patient_id, state__in=[PlanState.SENT, PlanState.SUPERSEDED]
    ).select_related("team", "tenant")
    return sorted(rows, key=lambda one: (not one.is_in_force, one.problem, -one.version))


def possible_recipients(known: Known, row: SafetyNetPlan) -> list[Possible]:
    """Teams that follow the patient, those near, and the patient; as it was when the patient was opened."""
    return [*_teams(known, row), *_near(known, row), _patient(known, row)]


def _teams(known: Known, row: SafetyNetPlan) -> Iterable[Possible]:
    seen: set[int] = {row.team_id}
    for episode in sorted(known.episodes, key=lambda one: (one.team.name, one.pk)):
        if episode.team_id not in seen:
            seen.add(episode.team_id)
            why_not = _blocked(known, team=episode.team)
            yield Possible(RecipientKind.TEAM, episode.team_id, episode.team.name, episode.tenant_id, why_not)


def _near(known: Known, row: SafetyNetPlan) -> Iterable[Possible]:
    for one in sorted(known.related, key=lambda one: (not one.is_next_of_kin, one.name)):
        yield Possible(RecipientKind.RELATED, one.pk, one.name, row.tenant_id, _why_not(one, known))


def _why_not(one: RelatedPerson, known: Known) -> str:
    if one.account_id is None:
        return str(_("does not sign in here: give the sheet of paper"))
    if not one.may_see:
        return str(_("the patient has not let them see: ask the patient"))
    return _blocked(known, account=one.account_id)


def _patient(known: Known, row: SafetyNetPlan) -> Possible:
    who = known.patient
    why_not = "" if who.account_id else str(_("does not sign in here: give the sheet of paper"))
    return Possible(RecipientKind.PATIENT, who.pk, str(who), row.tenant_id, why_not)


def _blocked(known: Known, *, team: CareTeam | None = None, account: int | None = None) -> str:
    for one in known.blocks:
        is_against = (
            one.against == BlockedFrom.EVERYBODY
            or (account is not None and one.account_id == account)
            or (team is not None and (one.team_id == team.pk or one.tenant_id == team.tenant_id))
        )
        if is_against and (not one.kinds or PART in one.kinds):
            return str(_("the patient has blocked it for them"))
    return ""


def phones_of(known: Known) -> dict[str, str]:
    """Numbers by whom a plan can name, of the teams that follow the patient; the first that has one."""
    found: dict[str, str] = {}
    teams = [one.team for one in known.episodes]
    gp = known.patient.gp_team
    for team in [*([gp] if gp else []), *teams]:
        role = ROLE_OF_TEAM.get(team.kind)
        if role and team.phone:
            found.setdefault(role, team.phone)
    return found


def check_sending(
    row: SafetyNetPlan, possible: Iterable[Possible], listed: MedicationList | None
) -> tuple[Fault, ...]:
    """Every reason why the draft cannot be sent now, at once; empty when it can.

    `listed` is the signed medication list that would go with it.
    """
    able = {(one.kind, one.pk) for one in possible if not one.why_not}
    named = tuple(Recipient(one.name, recipient_key(one) in able) for one in row.recipients.all())
    plan = as_plan(row)
    medication = plan.medication
    if listed is not None:
        medication = Medication(reconciled_by=listed.signed_by_name)
    return faults(dataclasses.replace(plan, recipients=named, medication=medication))


def recipient_key(one: PlanRecipient) -> tuple[str, int]:
    return one.kind, one.team_id or one.related_id or one.patient_id


def unconfirmed(now: datetime, *, after: timedelta = CONFIRMED_WITHIN) -> list[PlanRecipient]:
    """Who was sent a plan more than `after` ago and has not said that it is received, longest ago first.

    Inside `opening_list`, of all that the team has sent; inside `opening`, of that patient. A plan that is
    no longer in force is not waited for.
    """
    rows = PlanRecipient.objects.filter(
        sent_at__lt=now - after, received_at__isnull=True, is_awaited=True
    ).select_related("from_team", "team")
    return list(rows.order_by("sent_at", "pk"))


def answer_value(row: SafetyNetPlan, indicator: str, value: object, now: datetime) -> Placed:
    """Inside or outside, what to do, and whom to call now, as `rulebook.safety_net.place` answers.

    Public holidays are days when contacts answer as on a Sunday. Refuses `safety_net.not_in_force` a plan
    that is a draft, superseded or a mistake, and what `place` refuses.
    """
    return answer_values(row, {indicator: value}, now)


def answer_values(row: SafetyNetPlan, values: Mapping[str, object], now: datetime) -> Placed:
    """As `answer_value`, for several at once: the worst decides."""
    if not row.is_in_force:
        raise Refused(
            "safety_net.not_in_force",
            _("This plan is not in force. Look for the newest plan of the patient."),
        )
    return place(as_plan(row), values, now, closed_days=_closed_days(now))


def at_level(row: SafetyNetPlan, placed: Placed, level: str, now: datetime) -> Placed:
    """What the plan says of another level than its own limits give: when a team's limits are narrower."""
    plan = as_plan(row)
    told = plan.levels[level]
    call = contacts_at(told.contacts, now, closed_days=_closed_days(now))
    return dataclasses.replace(
        placed, colour=Colour(level), title=told.title, do=told.do, why=told.why, own_step=told.own_step,
        call=call,
    )  # fmt: skip


def _closed_days(now: datetime) -> frozenset[date]:
    """The public holidays around now: a window of the evening before may reach into today."""
    days = [now.date() + timedelta(days=step) for step in (-2, -1, 0, 1)]
    return frozenset(day for day in days if day.weekday() < 5 and not is_workday(day))


def whom_now(plan: Plan, level: str, now: datetime) -> tuple[Contact, ...]:
    """Who answers now for a level of the plan and has a number, in the plan's order."""
    said = plan.levels.get(level)
    found = contacts_at(said.contacts, now, closed_days=_closed_days(now)) if said else ()
    return tuple(one for one in found if one.number)
