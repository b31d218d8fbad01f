"""«Hva er innafor» from a template to a receipt: begin, save, send, confirm, take back.

A draft takes whatever is written, so that nothing is lost; what is missing is told by `check` and refused by
`send`. All are called in the actor's `scope`; `now` is the moment it is done.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.outbox import queue_plan
from samspill.care.actions.plan_taken_back import tell_taken_back
from samspill.care.actions.watching import watch_for, watch_ourselves
from samspill.care.models import AccessDecision, CareTeam, MedicationList, PlanRecipient, SafetyNetPlan
from samspill.care.queries.access_facts import asking
from samspill.care.queries.medication import PART as MEDICATION
from samspill.care.queries.medication import own_list
from samspill.care.queries.safety_net import (
    PART,
    Possible,
    as_plan,
    check_sending,
    content_of,
    find_plan,
    phones_of,
    possible_recipients,
    recipient_key,
)
from samspill.care.safety_net_states import PlanState, RecipientKind
from samspill.care.states import Act, Basis, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook import safety_net
from samspill.rulebook.safety_net import Fault, Plan

WHAT = "care.safety_net"
LOOK = Wish(part=PART)
MAKE = Wish(part=PART, right=Right.PLAN)


@dataclass(frozen=True)
class Signed:
    """What a person vouches for in a draft.

    is_read  a person has read the texts as they stand, as the reader will
    reason   why the medication list is not gone through, signed by who saves it; without one, the list that
             is signed in the same record goes with the plan
    """

    is_read: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Draft:
    """A draft that is open, with the patient, and whom the plan could be sent to."""

    opened: Opened
    row: SafetyNetPlan

    @property
    def possible(self) -> list[Possible]:
        return possible_recipients(self.opened.known, self.row)

    @cached_property
    def signed_list(self) -> MedicationList | None:
        """The medication list in use in the same record; none when the patient has blocked it."""
        row = self.row
        return None if self.opened.hides(MEDICATION) else own_list(row.patient_id, row.tenant_id)

    @property
    def medication(self) -> MedicationList | None:
        """The list that goes with the plan: none when somebody signs why not."""
        return None if self.row.medication_reason else self.signed_list

    @property
    def faults(self) -> tuple[Fault, ...]:
        return check_sending(self.row, self.possible, self.medication)


@contextmanager
def _making(patient_id: int, *, by: Actor, act: str) -> Iterator[Opened]:
    """The patient open to somebody who may change plans."""
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=act, wish=MAKE) as opened:
        yield opened


def answers_for(opened: Opened) -> tuple[AccessDecision, CareTeam]:
    """The decision and team by which a plan is made: one's own organisation's before others'."""
    by_team = sorted(
        (one for one in opened.decisions if one.team_id), key=lambda one: one.basis == Basis.AGREEMENT
    )
    for one in by_team:
        if one.team is not None:
            return one, one.team
    raise Refused(
        "safety_net.not_in_a_team",
        _("A plan is made by a team that follows the patient. Ask the team to make it."),
        forbidden=True,
    )


def begin(
    patient_id: int, problem: str, *, by: Actor, now: datetime, language: str = "",
    kind: str = "safety_net", baselines: Mapping[str, object] | None = None,
) -> SafetyNetPlan:  # fmt: skip
    """A draft from a template, with the numbers of the teams that follow the patient filled in.

    The draft that the organisation has begun for the same problem is given back as it is; when a plan is in
    force, its texts are begun with. `language` "" is the patient's; `baselines` as `safety_net.begin`.

    Refused: as `opening`; `safety_net.unknown_template`, `safety_net.language`, `safety_net.kind`.
    """
    made_from = safety_net.template(problem)
    with _making(patient_id, by=by, act=Act.WRITE) as opened:
        decision, team = answers_for(opened)
        here = SafetyNetPlan.objects.filter(patient_id=patient_id, problem=problem, kind=kind)
        mine = here.filter(tenant_id__in=decision.tenants)
        if (draft := mine.filter(state=PlanState.DRAFT).first()) is not None:
            return draft
        former = here.filter(state=PlanState.SENT).first()
        plan = safety_net.begin(
            made_from,
            language=language or (former.language if former else opened.patient.language),
            person=opened.patient.given_name,
            valid_from=by.today,
            kind=kind,
            baselines=baselines,
            phones=phones_of(opened.known),
        )
        if former is not None and former.language == plan.language and not baselines:
            plan = replace(as_plan(former), valid_from=by.today, valid_to=None)
        made = SafetyNetPlan(
            community_id=opened.patient.community_id,
            tenant_id=decision.tenants[0],
            patient=opened.patient,
            team=team,
            kind=kind,
            problem=problem,
            version=(mine.aggregate(last=Max("version"))["last"] or 0) + 1,
            language=plan.language,
            content=content_of(plan),
            made_by_id=by.account_id or 0,
            made_at=now,
        )
        return _kept_once(made, mine)


def _kept_once(made: SafetyNetPlan, mine: QuerySet[SafetyNetPlan]) -> SafetyNetPlan:
    """Somebody else may have begun in the same moment; then it is theirs that is gone on with."""
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        begun = mine.filter(state=PlanState.DRAFT).first()
        if begun is None:
            raise
        return begun
    return made


@contextmanager
def opening_draft(plan_id: int, patient_id: int, *, by: Actor, act: str = Act.READ) -> Iterator[Draft]:
    """The draft, to be shown, or to be changed by nobody else meanwhile.

    Refuses `safety_net.not_a_draft` a plan that is sent.
    """
    with _making(patient_id, by=by, act=act) as opened:
        row = find_plan(plan_id, patient_id) if act == Act.READ else _locked(plan_id, patient_id)
        if not row.is_draft:
            raise Refused(
                "safety_net.not_a_draft",
                _("This plan is sent, and does not change. Begin a new one: it takes this one's place."),
            )
        yield Draft(opened, row)


def _locked(plan_id: int, patient_id: int) -> SafetyNetPlan:
    """As `find_plan`, and nobody else changes it meanwhile. The row alone is locked, before it is read."""
    list(SafetyNetPlan.objects.select_for_update().filter(pk=plan_id).values_list("pk"))
    return find_plan(plan_id, patient_id)


def save(
    plan_id: int, patient_id: int, plan: Plan, *, by: Actor, now: datetime,
    signed: Signed | None = None, recipients: Collection[str] | None = None,
) -> SafetyNetPlan:  # fmt: skip
    """Keep what is written, whatever is missing.

    plan        its texts, limits and contacts; medication, language check and recipients come from the others
    signed      None leaves what was signed; a text that has changed takes the language check away
    recipients  keys of `Possible`; None leaves them

    Refused: as `opening_draft`; `safety_net.another_template`; `safety_net.recipient` somebody who is not
    near the patient and follows them in no team.
    """
    with opening_draft(plan_id, patient_id, by=by, act=Act.WRITE) as draft:
        row = draft.row
        if plan.template != row.problem or plan.kind != row.kind:
            raise Refused(
                "safety_net.another_template",
                _("This draft is for another problem. Begin a new draft for it."),
            )
        content = content_of(plan)
        if content != row.content or plan.language != row.language:
            row.language_checked_by, row.language_checked_at = None, None
        row.content, row.language = content, plan.language
        if signed is not None:
            _sign(row, signed, by=by, now=now)
        row.save()
        if recipients is not None:
            _name(draft, recipients)
        return _as_kept(plan_id)


def _sign(row: SafetyNetPlan, signed: Signed, *, by: Actor, now: datetime) -> None:
    """The time is that of the first signing of the same words."""
    if not signed.is_read:
        row.language_checked_by, row.language_checked_at = None, None
    elif row.language_checked_at is None:
        row.language_checked_by_id, row.language_checked_at = by.account_id, now
    if (reason := signed.reason.strip()) != row.medication_reason:
        row.medication_reason = reason
        row.medication_signed_by_id = by.account_id if reason else None
        row.medication_signed_at = now if reason else None


def _name(draft: Draft, keys: Collection[str]) -> None:
    wanted, possible = set(keys), {one.key: one for one in draft.possible}
    if unknown := wanted - possible.keys():
        raise Refused(
            "safety_net.recipient",
            _("A plan is sent to teams that follow the patient, to those near, and to the patient."),
            field="recipients",
            facts={"unknown": sorted(unknown)},
        )
    named = {f"{kind}:{pk}": one for one in draft.row.recipients.all() for kind, pk in [recipient_key(one)]}
    for key, one in named.items():
        if key not in wanted:
            one.delete()
    for key in possible:  # in the order they are shown
        if key in wanted and key not in named:
            _add(draft.row, possible[key])


def _add(row: SafetyNetPlan, who: Possible) -> None:
    columns = {RecipientKind.TEAM: "team_id", RecipientKind.RELATED: "related_id"}
    somebody = {columns[RecipientKind(who.kind)]: who.pk} if who.kind in columns else {}
    PlanRecipient.objects.create(
        community_id=row.community_id, tenant_id=row.tenant_id, patient_id=row.patient_id, plan=row,
        from_team_id=row.team_id, kind=who.kind, record_id=who.record, name=who.name, **somebody,
    )  # fmt: skip


def check(plan_id: int, patient_id: int, *, by: Actor) -> tuple[Fault, ...]:
    """Every reason why the draft cannot be sent now, at once; empty when it can."""
    with opening_draft(plan_id, patient_id, by=by) as draft:
        return draft.faults


def send(plan_id: int, patient_id: int, *, by: Actor, now: datetime) -> SafetyNetPlan:
    """To those named who can receive it; the others have it on paper. It takes the former one's place.

    Refused: `safety_net.not_ready` with every reason in `facts["faults"]`; `safety_net.patient_is_dead`;
    `safety_net.in_force_elsewhere` another organisation has a plan in force that was not sent to us.
    """
    with opening_draft(plan_id, patient_id, by=by, act=Act.WRITE) as draft:
        row, possible = draft.row, draft.possible
        if draft.opened.patient.died_on is not None:
            raise Refused("safety_net.patient_is_dead", _("The patient is dead. No plan is sent any more."))
        if found := draft.faults:
            told = " ".join(one.sentence for one in found)
            raise Refused("safety_net.not_ready", told, facts={"faults": found})
        able = {(one.kind, one.pk): one.record for one in possible if not one.why_not}
        sent = [one for one in row.recipients.all() if recipient_key(one) in able]
        for one in sent:
            one.record_id = able[recipient_key(one)]
            one.sent_at, one.is_awaited = now, True
            one.save()
        _with_list(row, draft.medication)
        row.supersedes = _superseded(row, by=by, now=now)
        row.recipient_tenants = sorted({one.record_id for one in sent})
        row.state, row.sent_at, row.sent_by_id = PlanState.SENT, now, by.account_id
        _put_in_force(row)
        watch_ourselves(row, sent, draft.opened, by=by, now=now)
        queue_plan(row, now=now)
        return _as_kept(plan_id)


def _with_list(row: SafetyNetPlan, listed: MedicationList | None) -> None:
    """The medication list as it is now; a later one does not change a plan that is sent."""
    row.medication_list = listed
    row.medication_reconciled_by = listed.signed_by_name if listed else ""
    row.medication_reconciled_at = listed.signed_at if listed else None


def _as_kept(plan_id: int) -> SafetyNetPlan:
    """Read anew; whom it is for is read when it is asked for."""
    return SafetyNetPlan.objects.select_related("team", "tenant", "supersedes").get(pk=plan_id)


def _superseded(row: SafetyNetPlan, *, by: Actor, now: datetime) -> SafetyNetPlan | None:
    """The one in force steps back; it stays readable."""
    former = (
        SafetyNetPlan.objects.select_for_update()
        .filter(patient_id=row.patient_id, problem=row.problem, kind=row.kind, state=PlanState.SENT)
        .first()
    )
    if former is not None:
        former.state, former.ended_at, former.ended_by_id = PlanState.SUPERSEDED, now, by.account_id
        former.save()
    return former


def _put_in_force(row: SafetyNetPlan) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as problem:
        if "safety_net_one_in_force" not in str(problem):
            raise
        raise Refused(
            "safety_net.in_force_elsewhere",
            _("Another organisation has a plan in force for this. Ask them to send it to you, or to end it."),
        ) from problem


def confirm(plan_id: int, patient_id: int, *, by: Actor, now: datetime) -> list[PlanRecipient]:
    """The plan is received by whom it was sent to: a member says it for a team, the others for themselves.

    What was received before is left as it was. Refuses (`safety_net.not_for_you`) who is no recipient.
    """
    with transaction.atomic(), opening(patient_id, by=by, what=WHAT, act=Act.WRITE, wish=LOOK) as opened:
        row = find_plan(plan_id, patient_id)
        mine = mine_of(row, opened, by=by)
        if not mine:
            raise Refused(
                "safety_net.not_for_you",
                _("The plan was not sent to you. Who it was sent to confirms that it is received."),
                forbidden=True,
            )
        for one in mine:
            if not one.is_received:
                one.received_by_id, one.received_at = by.account_id, now
                one.save()
        watch_for(row, mine, opened, by=by, now=now)
    return mine


def mine_of(row: SafetyNetPlan, opened: Opened, *, by: Actor) -> list[PlanRecipient]:
    """The recipients that the actor is: as a member of a team, as somebody near, as the patient."""
    at_work = any(one.team_id for one in opened.decisions)
    teams = {one.team_id for who in asking(by) for one in who.teams} if at_work else set()
    return [
        one
        for one in row.recipients.all()
        if one.sent_at is not None
        and (
            (one.team_id and one.team_id in teams)
            or (one.related is not None and one.related.account_id == by.account_id)
            or (one.kind == RecipientKind.PATIENT and opened.patient.account_id == by.account_id)
        )
    ]


def take_back(plan_id: int, patient_id: int, *, reason: str, by: Actor, now: datetime) -> SafetyNetPlan:
    """The plan was made in error: for another patient, or with a wrong limit. It is kept, and not in force.

    By the organisation that made it; those who have confirmed it are told. Refuses (`safety_net.reason`)
    without a reason.
    """
    if not reason.strip():
        raise Refused("safety_net.reason", _("Say what is wrong with the plan."), field="reason")
    with _making(patient_id, by=by, act=Act.WRITE) as opened:
        row = _locked(plan_id, patient_id)
        if row.tenant_id not in opened.tenants:
            raise Refused(
                "safety_net.not_yours",
                _("Another organisation made this plan. Ask them to take it back."),
                forbidden=True,
            )
        if row.state != PlanState.MISTAKE:
            row.state, row.ended_at, row.ended_by_id = PlanState.MISTAKE, now, by.account_id
            row.end_reason = reason.strip()[:500]
            row.save()
            tell_taken_back(row, opened, by=by, now=now)
    return row
