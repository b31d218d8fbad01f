"""What the page of a patient shows besides what was measured: alerts, plans, notes, and whom to call.

Inside `care.actions.opening.opening`: each is what its decisions open, and nothing the patient has blocked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.care.actions.opening import Opened
from samspill.care.models import (
    Assessment,
    CareEpisode,
    CareNote,
    CareTeam,
    Measurement,
    NoteSeen,
    PassiveInterval,
    RelatedPerson,
    SafetyNetPlan,
)
from samspill.care.safety_net_states import PlanState
from samspill.care.states import SEEN_WHILE, Basis
from samspill.directory.public import Party

NOTES = 20


def plans_in_force(patient_id: int) -> list[SafetyNetPlan]:
    rows = SafetyNetPlan.objects.filter(patient_id=patient_id, state=PlanState.SENT)
    named = ("team", "tenant", "language_checked_by", "medication_signed_by")
    return list(rows.select_related(*named).prefetch_related("recipients").order_by("problem", "pk"))


def notes_of(patient_id: int, most: int = NOTES) -> list[CareNote]:
    """The newest first; a corrected one is shown under the one that took its place."""
    seen = Prefetch("seen", NoteSeen.objects.order_by("pk"))
    rows = CareNote.objects.filter(patient_id=patient_id, corrected_by__isnull=True)
    return list(rows.select_related("corrects", "reminder").prefetch_related(seen)[:most])


def assessments_of(patient_id: int) -> list[Assessment]:
    """Those that were not corrected, the oldest first."""
    rows = Assessment.objects.filter(patient_id=patient_id, corrected_by__isnull=True)
    return list(rows.select_related("tenant", "episode__team").order_by("on", "pk"))


def pauses_now(patient_id: int, now: datetime) -> list[PassiveInterval]:
    """Those that hold, or are to come."""
    rows = PassiveInterval.objects.filter(patient_id=patient_id).select_related("episode__team")
    return [one for one in rows.order_by("starts") if one.ends is None or one.ends > now]


def first_measured(patient_id: int) -> datetime | None:
    return Measurement.objects.filter(patient_id=patient_id).aggregate(first=Min("effective"))["first"]


@dataclass(frozen=True)
class Person:
    """Somebody to call. `phone` is "" when there is none, or it is not to be shown."""

    name: str
    who: str
    phone: str = ""
    hours: str = ""


def contacts_of(opened: Opened) -> list[Person]:
    """Whom to call, in the order one does: the patient, those near, the teams, the GP."""
    patient, teams = opened.patient, _teams(opened)
    shows_phone, shows_near = (
        not hides_field(opened, "phone"),
        not (hides_field(opened, "relatives") or opened.hides("contacts")),
    )
    found = [Person(str(patient), _("the patient"), patient.phone if shows_phone else "")]
    if shows_near:
        found += [Person(one.name, _near(one), one.phone) for one in _related(opened)]
    gp = opened.patient.gp_team_id
    if gp and gp not in {one.pk for one in teams}:
        teams += CareTeam.objects.filter(pk=gp)
    return [*found, *(Person(one.name, one.get_kind_display(), one.phone, one.hours) for one in teams)]


def _related(opened: Opened) -> list[RelatedPerson]:
    holds = Q(from_day__lte=timezone.localdate()) & (
        Q(to_day__isnull=True) | Q(to_day__gt=timezone.localdate())
    )
    return list(
        RelatedPerson.objects.filter(holds, patient=opened.patient).order_by("-is_next_of_kin", "name")
    )


def _near(one: RelatedPerson) -> str:
    said = one.get_relation_display()
    return _("%(relation)s, next of kin") % {"relation": said} if one.is_next_of_kin else said


def _teams(opened: Opened) -> list[CareTeam]:
    """Of the records that are open: who else follows the patient is not told."""
    rows = CareEpisode.objects.filter(patient=opened.patient, state__in=SEEN_WHILE).select_related("team")
    teams = {one.team_id: one.team for one in rows}
    return sorted(teams.values(), key=lambda one: (one.kind, one.name))


def hides_field(opened: Opened, name: str) -> bool:
    """Whether no decision lets the field be shown, as an address that is protected."""
    return all(name in one.hidden_fields for one in opened.decisions)


def age_on(born: date | None, day: date) -> int | None:
    """Completed years; None when it is not known when."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def why_open(opened: Opened) -> list[str]:
    """Why the one who looks may, a sentence for each decision."""
    tenants = {number for one in opened.decisions for number in one.tenants}
    names = {one.pk: str(one) for one in Party.objects.filter(pk__in=tenants)}
    is_hidden = hides_field(opened, "place")  # the organisation tells where the patient lives
    said = (
        _reason(one.basis, str(one.team or ""), "" if is_hidden else _named(one.tenants, names))
        for one in opened.decisions
    )
    return list(dict.fromkeys(said))


def _named(tenants: Sequence[int], names: dict[int, str]) -> str:
    return ", ".join(names[one] for one in tenants if one in names)


def _reason(basis: str, team: str, record: str) -> str:
    said = {"team": team, "record": record}
    if basis == Basis.AGREEMENT and record:
        return _("you are in %(team)s, which works for %(record)s") % said
    if basis == Basis.BREAK_GLASS:
        return _("you used emergency access")
    if basis == Basis.EPISODE:
        return _("you work where the patient is followed")
    return _("you are in %(team)s, which follows the patient") % said
