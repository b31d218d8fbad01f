"""Take in a patient: who it is, which team follows them and why, who is near them; and how it goes.

A patient is once in a community. Who is there already is followed by one team more, and their name is not
written anew.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samspill.care.actions.deciding import decide
from samspill.care.actions.finding import number_refused, read_number
from samspill.care.actions.opening import write_log
from samspill.care.carrying import carrying, deciding
from samspill.care.models import Alert, CareEpisode, CareTeam, Patient, RelatedPerson, ServiceAgreement
from samspill.care.queries.access_facts import asking
from samspill.care.queries.by_number import patient_by_number
from samspill.care.states import EPISODE_MOVES, Act, AlertState, EpisodeState, NumberKind, Relation, Right
from samspill.directory.public import Account, Actor, Party, parties_of
from samspill.refusal import Refused
from samspill.rulebook.national_number import NationalNumber, check_use

WHAT = "care.register"
EPISODE = "care.episode"
NEAR = "care.contacts"


@dataclass(frozen=True)
class NewPatient:
    """Who is taken in. `number` "" for somebody nobody knows the number of yet."""

    given_name: str
    family_name: str
    number: str = ""
    birth_date: date | None = None
    municipality: int | None = None
    language: str = "nb"
    phone: str = ""


@dataclass(frozen=True)
class Place:
    """Where a patient can be taken in: a team, in the record of an organisation it works for."""

    team: CareTeam
    tenant: Party
    agreement: int | None

    @property
    def key(self) -> str:
        """As a form has it."""
        return f"{self.team.pk}:{self.tenant.pk}"

    @property
    def name(self) -> str:
        return self.team.name if self.agreement is None else f"{self.team.name} – {self.tenant}"


def places_of(by: Actor) -> list[Place]:
    """The teams one works in, for their own organisation first, then for those by agreement. 2 queries."""
    teams = {one.team_id: one.team for who in asking(by) for one in who.teams}
    agreed = ServiceAgreement.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gt=by.today),
        team_id__in=teams,
        from_day__lte=by.today,
        rights__contains=[Right.READ, Right.PLAN],
    ).select_related("tenant")
    own = [Place(team, team.tenant, None) for team in teams.values()]
    others = [Place(teams[one.team_id], one.tenant, one.pk) for one in agreed]
    return sorted(own, key=lambda one: one.name) + sorted(others, key=lambda one: one.name)


def take_in_patient(
    new: NewPatient, *, place: str, reason: str, by: Actor, production: bool
) -> tuple[Patient, CareEpisode]:
    """The patient, new or there already, and the episode by which the team follows them from today.

    Refuses what is no number and a number of the wrong kind of world (`number_…`), a place where one does
    not work (`register.place`), no name (`register.name`) or reason (`register.reason`), a number whose
    person has another name (`register.other_name`), a municipality outside the community
    (`register.municipality`), and a team that follows the patient for that reason already
    (`register.followed`).
    """
    where = next((one for one in places_of(by) if one.key == place), None)
    if where is None:
        raise Refused("register.place", _("Choose a team you work in."), field="place", forbidden=not place)
    if not reason.strip():
        raise Refused("register.reason", _("Say why the patient is followed."), field="reason")
    with transaction.atomic():
        patient = _patient(new, by, production=production)
        with deciding(patient.pk):
            episode = _begin(patient, where, reason.strip()[:200], by)
        decided = decide(patient.pk, by=by)
        with carrying(*(one.pk for one in decided)):
            write_log(decided, what=WHAT, act=Act.WRITE)
    return patient, episode


def _patient(new: NewPatient, by: Actor, *, production: bool) -> Patient:
    number = _number(new.number, production=production) if new.number.strip() else None
    _check_person(new, by)
    there = patient_by_number(number.digits) if number else None
    if there is None:
        return _made(new, number, by)
    with deciding(there):
        patient = Patient.objects.get(pk=there)
    if patient.family_name.casefold() != new.family_name.strip().casefold():
        raise Refused(
            "register.other_name",
            _("The number belongs to somebody with another family name. Compare both with the document."),
            field="family_name",
        )
    return patient


def _number(text: str, *, production: bool) -> NationalNumber:
    number = read_number(text)
    try:
        check_use(number, production)
    except Refused as refused:
        raise number_refused(refused) from refused
    return number


def _check_person(new: NewPatient, by: Actor) -> None:
    if not new.given_name.strip() or not new.family_name.strip():
        raise Refused("register.name", _("Write both names."), field="given_name")
    here = parties_of(by.community_id or 0, by.today).filter(kind="municipality")
    if new.municipality is not None and not here.filter(pk=new.municipality).exists():
        raise Refused("register.municipality", _("Choose a municipality."), field="municipality")


def _made(new: NewPatient, number: NationalNumber | None, by: Actor) -> Patient:
    """A row nobody can read yet is made under its number, which is drawn first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('care_patient', 'id'))")
        key = int(cursor.fetchone()[0])
    with deciding(key):
        return Patient.objects.create(
            pk=key,
            community_id=by.community_id or 0,
            given_name=new.given_name.strip()[:80],
            family_name=new.family_name.strip()[:80],
            number_kind=_kind(number),
            national_number=number.digits if number else "",
            birth_date=(number.born_by(by.today) if number else None) or new.birth_date,
            sex=(number.sex if number and number.sex else "unknown"),
            language=new.language,
            municipality_id=new.municipality,
            phone=new.phone.strip()[:40],
        )


def _kind(number: NationalNumber | None) -> str:
    """An H-number is a test person's of Nav here: a hospital's own is refused with the other test series."""
    if number is None:
        return NumberKind.NONE
    return NumberKind.FNR if number.ambiguous else NumberKind(str(number.kind))


def _begin(patient: Patient, where: Place, reason: str, by: Actor) -> CareEpisode:
    open_already = CareEpisode.objects.filter(
        patient=patient, team=where.team, state__in=[EpisodeState.ACTIVE, EpisodeState.PAUSED]
    )
    if open_already.filter(reason=reason).exists():
        raise Refused(
            "register.followed", _("Your team follows the patient for this already."), field="reason"
        )
    return CareEpisode.objects.create(
        community_id=patient.community_id,
        tenant=where.tenant,
        patient=patient,
        team=where.team,
        agreement_id=where.agreement,
        reason=reason,
        from_day=by.today,
    )


def move_episode(episode_id: int, patient_id: int, *, to: str, by: Actor) -> CareEpisode:
    """Paused, taken up again, or finished from today. The patient must be open; history keeps each step.

    Refuses an episode of another team (`episode.not_yours`), a step there is none of (`episode.state`), and
    to finish while alerts wait for somebody (`episode.open_alerts`): nobody would see them any more.
    """
    mine = {one.team_id for who in asking(by) for one in who.teams}
    episode = CareEpisode.objects.select_for_update().filter(
        pk=episode_id, patient_id=patient_id, team_id__in=mine
    )
    one = episode.first()
    if one is None:
        raise Refused(
            "episode.not_yours", _("The team that follows the patient decides this."), forbidden=True
        )
    if to not in EPISODE_MOVES[one.state]:
        raise Refused("episode.state", _("This cannot be done as it stands now. Load the page again."))
    if to in (EpisodeState.FINISHED, EpisodeState.MISTAKE):
        _check_nothing_waits(one)
        one.to_day = max(by.today, one.from_day)
    one.state = to
    one.save(update_fields=["state", "to_day"])
    return one


def _check_nothing_waits(one: CareEpisode) -> None:
    waits = Alert.objects.filter(patient_id=one.patient_id, team_id=one.team_id, tenant_id=one.tenant_id)
    if waits.exclude(state=AlertState.CLOSED).exists():
        raise Refused("episode.open_alerts", _("Close the alerts of the patient first, or hand them over."))


def add_near(
    patient_id: int, *, name: str, relation: str, by: Actor, phone: str = "", email: str = "",
    is_next_of_kin: bool = False, may_see: bool = False, may_enter: bool = False,
) -> RelatedPerson:  # fmt: skip
    """Somebody near the patient, who must be open. What they may is the patient's to say
    (pasient- og brukerrettighetsloven § 3-3); `email` is that of the key they sign in with here.

    Refuses no name (`near.name`), an unknown relation (`near.relation`), and a key nobody has (`near.email`).
    """
    if not name.strip():
        raise Refused("near.name", _("Write who it is."), field="name")
    if relation not in Relation.values:
        raise Refused("near.relation", _("Say who it is to the patient."), field="relation")
    return RelatedPerson.objects.create(
        community_id=by.community_id or 0,
        patient_id=patient_id,
        account_id=_account(email.strip(), by),
        name=name.strip()[:160],
        relation=relation,
        phone=phone.strip()[:40],
        is_next_of_kin=is_next_of_kin,
        may_see=may_see,
        may_enter=may_see and may_enter,
        from_day=by.today,
    )


def _account(email: str, by: Actor) -> int | None:
    if not email:
        return None
    known = Account.objects.visible_to(by).filter(
        email__iexact=email, memberships__role="citizen", memberships__community_id=by.community_id or 0
    )
    found = known.values_list("pk", flat=True).first()
    if found is None:
        raise Refused(
            "near.email", _("Nobody signs in here with this address yet. Leave it empty."), field="email"
        )
    return found


def end_near(related_id: int, patient_id: int, *, by: Actor) -> None:
    """They see and enter no more, from now. Refuses (`near.not_here`) who is none of the patient's."""
    found = RelatedPerson.objects.filter(pk=related_id, patient_id=patient_id, to_day__isnull=True)
    if not found.update(to_day=by.today):
        raise Refused("near.not_here", _("There is nobody like that here. Load the page again."))
