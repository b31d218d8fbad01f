"""Access decisions: looked up, decided by the one function (`directory.trust.decision_rules`), and kept.

A decision is kept before anything is read by it. The same person's decision about the same record, for the
same purpose and on the same basis, is used again until it has little time left.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db.models import DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.care.models import AccessDecision, AccessLogEntry, CareTeam, ServiceAgreement
from samspill.care.queries.access_facts import Asking, Known, asking, asking_from, facts_of, known_about
from samspill.care.states import Act, Basis, Purpose, Right
from samspill.directory.public import Actor, parties_of
from samspill.directory.trust.decision_facts import Context, PatientFacts, Verdict
from samspill.directory.trust.decision_rules import decide as decide_by_rules
from samspill.directory.trust.purposes import CITIZEN, PROFESSIONAL, access_rules
from samspill.refusal import Refused

LEAST_LEFT = timedelta(minutes=5)
DUTY_HOLDS = timedelta(minutes=10)
SEARCH = "care.find"
"""What a search is called in the log: a list that one has asked for oneself."""
_CITIZENS = (Purpose.OWN, Purpose.RELATIVE)
REFUSED = {
    "access.purpose": _("This purpose is not one you can have here. Choose the purpose you look for."),
    "access.level": _("You must sign in at the level «høyt» (4) to see this."),
    "access.list": _("This purpose opens one patient at a time. Choose the patient."),
    "access.right": _("This purpose does not let you do this."),
    "access.break_glass": _("Emergency access is for its own purpose, and for no other. Confirm it."),
    "access.reason": _(
        "Emergency access needs a reason from the list, and the reason in your own words (ten letters)."
    ),
    "access.deceased": _("The patient is dead. Apply to the organisation that has the record."),
    "access.no_relation": _("You have no registered relation to this patient that lets you see this."),
    "access.blocked": _("The patient has blocked this for you. Only emergency access opens it."),
}
_WORTH = {code: place for place, code in enumerate(("access.blocked", "access.reason", "access.right"))}
"""Which refusal is told, of those that the records give: the most telling first."""


@dataclass(frozen=True)
class Wish:
    """Why somebody wants to look: for what, in which way, and with which words when it is an emergency.

    `purpose` "" is what the relation gives: treatment for those who work with the patient, one's own record
    for the patient. `is_chosen` tells that the user chose the patient and was not led there.
    """

    purpose: str = ""
    right: str = "read"
    part: str = ""
    is_chosen: bool = True
    reason_code: str = ""
    reason: str = ""


READ = Wish()


def decide(patient_id: int, *, by: Actor, wish: Wish = READ) -> list[AccessDecision]:
    """The decisions, one per record, by which `by` may see the patient now. Refuses when there is none.

    Refused: `access.no_relation` and the other codes of `decision_rules`; an unknown patient is refused with
    the same sentence, so that nobody learns who is here.
    """
    return decide_on_facts(patient_id, by=by, wish=wish)[1]


def decide_on_facts(
    patient_id: int, *, by: Actor, wish: Wish = READ, number: str = ""
) -> tuple[Known, list[AccessDecision]]:
    """As `decide`, with the facts the decisions rest on; of the one with the national number, where given."""
    known = known_about(patient_id, by, LEAST_LEFT, number)
    found = [] if known is None else _verdicts(known, by, wish)
    if known is not None:
        allowed = [one for one in found if one[2].allowed]
        kept = [_kept(known, tenant, who, verdict, by, wish) for tenant, who, verdict in allowed]
        if not kept or any(one.hidden_parts for one in kept):
            kept += _in_force(known.patient.pk, by, wish)
        if kept:
            return known, kept
    verdicts = [one[2] for one in found]
    raise _refusal(min(verdicts, key=lambda one: _WORTH.get(one.code, len(_WORTH)), default=None))


def emergency_in_force(patient_id: int, *, by: Actor) -> list[AccessDecision]:
    """The emergency access to the patient that `by` has opened, until it expires or is ended; with `left`,
    the time until then by the database's clock. 1 query."""
    rows = AccessDecision.objects.filter(
        by_id=by.account_id or 0, patient_id=patient_id, basis=Basis.BREAK_GLASS, end__isnull=True
    )
    left = ExpressionWrapper(F("expires_at") - Now(), DurationField())
    held = rows.filter(expires_at__gt=Now()).annotate(left=left)
    return list(held.select_related("team__tenant").order_by("expires_at"))


def _in_force(patient_id: int, by: Actor, wish: Wish) -> list[AccessDecision]:
    """While emergency access lasts, every page that only reads rests on it, and asks for no reason again."""
    may = not wish.purpose and wish.right == Right.READ and by.is_known
    return emergency_in_force(patient_id, by=by) if may else []


def no_relation() -> Refused:
    """What is told of who is not here, in no other words than of whom one may not see."""
    return _refusal(None)


def _refusal(verdict: Verdict | None) -> Refused:
    code = "access.no_relation" if verdict is None else verdict.code
    return Refused(code, REFUSED[code], forbidden=True)


def _verdicts(known: Known, by: Actor, wish: Wish) -> list[tuple[int, Asking, Verdict]]:
    """By record, the best that somebody's hats give there: what is allowed before what is not."""
    context = Context(
        now=timezone.now(),
        right=wish.right,
        part=wish.part,
        break_glass=wish.purpose == Purpose.BREAK_GLASS,
        reason_code=wish.reason_code,
        reason=wish.reason,
    )
    hats = [(who, purpose) for who in asking_from(by, known.works) for purpose in _purposes(who, wish)]
    best: dict[int, tuple[int, Asking, Verdict]] = {}
    for tenant in sorted(known.records | _home(wish, hats)):
        for who, purpose in hats:
            verdict = _verdict(who, facts_of(known, tenant), purpose, context)
            if tenant not in best or (verdict.allowed and not best[tenant][2].allowed):
                best[tenant] = (tenant, who, verdict)
    return list(best.values())


def _verdict(who: Asking, facts: PatientFacts, purpose: str, context: Context) -> Verdict:
    """As the rules say; a page about one part hides what is blocked of the others all the same."""
    verdict = decide_by_rules(who.subject, facts, purpose, context)
    if not verdict.allowed or not context.part or not facts.blocks:
        return verdict
    whole = decide_by_rules(who.subject, facts, purpose, replace(context, part=""))
    return replace(verdict, hidden_parts=verdict.hidden_parts | whole.hidden_parts)


def _home(wish: Wish, hats: list[tuple[Asking, str]]) -> set[int]:
    """Emergency access opens one's own organisation's record, whoever follows the patient there."""
    if wish.purpose != Purpose.BREAK_GLASS:
        return set()
    return {int(who.subject.tenant) for who, _purpose in hats if who.subject.tenant}


def _purposes(who: Asking, wish: Wish) -> tuple[str, ...]:
    is_citizen = who.subject.acts_as == CITIZEN
    if wish.purpose:
        fits = (wish.purpose in _CITIZENS) == is_citizen
        return (wish.purpose,) if fits else ()
    return _CITIZENS if is_citizen else (Purpose.TREATMENT,)


def _kept(known: Known, tenant: int, who: Asking, verdict: Verdict, by: Actor, wish: Wish) -> AccessDecision:
    """The decision of before that says the same, or a new one."""
    team = _team(known, tenant, who)
    episode = known.episode_for([team], tenant) if team else None
    says: dict[str, Any] = {
        "community_id": known.patient.community_id,
        "by_id": by.account_id,
        "patient_id": known.patient.pk,
        "team_id": team,
        "purpose": verdict.purpose,
        "basis": verdict.basis,
        "episode_id": episode.pk if episode else None,
        "agreement_id": episode.agreement_id if episode else None,
        "relative_id": _relative(known, by) if verdict.basis == Basis.RELATIVE else None,
        "tenants": [tenant],
        "reason": wish.reason,
        "reason_code": wish.reason_code,
        "hidden_parts": sorted(verdict.hidden_parts),
        "hidden_fields": sorted(verdict.hidden_fields),
        "flags": sorted(verdict.flags),
    }
    same = next((one for one in known.before if _says(one, says)), None)
    holds = (verdict.expires_at or timezone.now()) - timezone.now()
    kept = same or AccessDecision.objects.create(
        **says,
        by_name=by.name,
        is_chosen=verdict.user_selected or (wish.is_chosen and not (team and _was_led(known, by))),
        expires_at=Now() + holds,
    )
    if episode is not None:
        kept.team = episode.team  # it is read already, with its organisation
    return kept


def _says(before: AccessDecision, says: dict[str, Any]) -> bool:
    """Whether a decision of before says all of this."""
    return all(getattr(before, name) == value for name, value in says.items())


def _team(known: Known, tenant: int, who: Asking) -> int | None:
    """The team by which the person follows the patient there, or simply works."""
    if who.subject.acts_as != PROFESSIONAL:
        return None
    teams = [one.team_id for one in who.teams]
    episode = known.episode_for(teams, tenant)
    return episode.team_id if episode else teams[0]


def _was_led(known: Known, by: Actor) -> bool:
    """The patient stood on a list that the person was shown within the hour; a search is one's own choice."""
    shown = AccessLogEntry.objects.filter(
        by_id=by.account_id,
        act=Act.LIST,
        patients__contains=[known.patient.pk],
        at__gt=Now() - access_rules().ordinary,
    )
    return shown.exclude(what__startswith=SEARCH).exists()


def _relative(known: Known, by: Actor) -> int | None:
    return next((one.pk for one in known.related if one.may_see and one.account_id == by.account_id), None)


def on_duty(*, by: Actor) -> AccessDecision:
    """Samspill itself, at what the clock or a message starts: it sees every record of the community.

    The one of before is used again while it has time left: what is done every minute writes few.
    """
    community = by.community_id or 0
    says: dict[str, Any] = {
        "community_id": community,
        "by_id": None,
        "by_name": by.name,
        "purpose": Purpose.DUTY,
        "basis": Basis.DUTY,
        "tenants": list(parties_of(community, by.today).values_list("pk", flat=True)),
    }
    same = AccessDecision.objects.filter(**says, expires_at__gt=Now() + LEAST_LEFT).order_by("-pk").first()
    return same or AccessDecision.objects.create(**says, is_chosen=False, expires_at=Now() + DUTY_HOLDS)


def team_list(team: CareTeam, *, by: Actor) -> AccessDecision:
    """The narrow list of a team one works in: of its own patients, and of those it serves by agreement."""
    holds = Q(from_day__lte=by.today) & (Q(to_day__isnull=True) | Q(to_day__gt=by.today))
    served = ServiceAgreement.objects.filter(holds, team=team, rights__contains=[Right.READ])
    tenants = sorted({team.tenant_id, *served.values_list("tenant_id", flat=True)})
    if not any(one.team_id == team.pk for who in asking(by) for one in who.teams):
        raise _refusal(None)
    says: dict[str, Any] = {
        "community_id": by.community_id,
        "by_id": by.account_id,
        "team": team,
        "purpose": Purpose.TREATMENT,
        "basis": Basis.LIST,
        "tenants": tenants,
    }
    same = AccessDecision.objects.filter(**says, patient=None, expires_at__gt=Now() + LEAST_LEFT)
    return same.order_by("-pk").first() or AccessDecision.objects.create(
        **says, by_name=by.name, is_chosen=False, expires_at=Now() + access_rules().ordinary
    )
