"""On what basis somebody may look at a record: one function for each, in the table `BASES`.

A function answers with the last moment the basis holds, `ALWAYS` when it has no end of its own, or None when
it does not hold.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samspill.directory.trust.decision_facts import Agreement, Context, Episode, PatientFacts, Subject
from samspill.directory.trust.purposes import MACHINE, access_rules

NORWAY = ZoneInfo("Europe/Oslo")
ALWAYS = datetime.max.replace(tzinfo=UTC)

Basis = Callable[[Subject, PatientFacts, Context], datetime | None]


def care_team(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """A member of a team that follows the patient, in the organisation whose record it is."""
    return ALWAYS if _is_at_home(subject, patient) and subject.teams & patient.teams else None


def care_episode(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """An active episode at the subject's unit or team, in the organisation whose record it is."""
    follows = any(_follows(episode, subject) for episode in patient.episodes)
    return ALWAYS if _is_at_home(subject, patient) and follows else None


def stay(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """The patient stays at the subject's unit."""
    is_there = any(one.tenant == subject.tenant and one.unit in subject.units for one in patient.stays)
    return ALWAYS if _is_at_home(subject, patient) and is_there else None


def service_agreement(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """Another organisation's record: an agreement *and* an episode that both name the subject's service."""
    ends = [
        _end(one)
        for one in _agreements(subject, patient, context.right, context.now)
        if any(_names(episode, subject, one) for episode in patient.episodes)
    ]
    return max(ends, default=None)


def break_glass(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """The own organisation's records; another's only when an agreement has foreseen it."""
    if _is_at_home(subject, patient):
        return ALWAYS
    right = access_rules().break_glass_right
    return max((_end(one) for one in _agreements(subject, patient, right, context.now)), default=None)


def own_record_patient(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """The patient."""
    return ALWAYS if subject.person and subject.person == patient.person else None


def guardian_or_relative(subject: Subject, patient: PatientFacts, context: Context) -> datetime | None:
    """A guardian, or a relative whom the patient has let in."""
    return ALWAYS if subject.person and subject.person in patient.representatives else None


BASES: dict[str, Basis] = {
    "care_team": care_team,
    "care_episode": care_episode,
    "stay": stay,
    "service_agreement": service_agreement,
    "break_glass": break_glass,
    "own_record_patient": own_record_patient,
    "guardian_or_relative": guardian_or_relative,
}


def basis_of(
    names: tuple[str, ...], subject: Subject, patient: PatientFacts, context: Context
) -> tuple[str, datetime] | None:
    """The first of the bases that holds, and until when; None when none does."""
    for name in names:
        if (until := BASES[name](subject, patient, context)) is not None:
            return name, until
    return None


def day_in_norway(now: datetime) -> date:
    return now.astimezone(NORWAY).date()


def _is_at_home(subject: Subject, patient: PatientFacts) -> bool:
    return bool(subject.tenant) and subject.tenant == patient.tenant


def _follows(episode: Episode, subject: Subject) -> bool:
    """A machine works for the whole organisation, a person for units and teams."""
    is_here = episode.tenant == subject.tenant
    is_mine = subject.acts_as == MACHINE or bool(episode.unit and episode.unit in subject.units)
    return (is_here and is_mine) or bool(episode.team and episode.team in subject.teams)


def _names(episode: Episode, subject: Subject, agreement: Agreement) -> bool:
    return episode.team == agreement.team if agreement.team else _follows(episode, subject)


def _agreements(subject: Subject, patient: PatientFacts, right: str, now: datetime) -> list[Agreement]:
    if not subject.tenant or subject.tenant == patient.tenant:
        return []
    return [
        one
        for one in patient.agreements
        if (one.giver, one.receiver) == (patient.tenant, subject.tenant)
        and right in one.rights
        and one.is_active_on(day_in_norway(now))
        and (not one.team or one.team in subject.teams)
    ]


def _end(agreement: Agreement) -> datetime:
    """Midnight after the last day."""
    if agreement.ends is None or agreement.ends >= date.max - timedelta(days=1):
        return ALWAYS
    return datetime.combine(agreement.ends + timedelta(days=1), time(), NORWAY)
