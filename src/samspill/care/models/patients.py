"""Whom it is about: the patient, those near, the periods in which services follow, and what was blocked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspill.care.models.base import PatientOwned
from samspill.care.models.services import CareTeam, ServiceAgreement
from samspill.care.states import AddressProtection, BlockedFrom, EpisodeState, NumberKind, Relation, Sex
from samspill.directory.public import CommunityOwned, WrittenForm, tracked


@tracked()
class Patient(CommunityOwned):
    """A person whom services of the helsefellesskap follow. Once in a community, whoever follows.

    `municipality` is where the person lives. `account` is the person's own key, when there is one.
    """

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    number_kind = models.CharField(max_length=16, choices=NumberKind, default=NumberKind.FNR)
    national_number = models.CharField(max_length=11, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    protection = models.CharField(max_length=24, choices=AddressProtection, default=AddressProtection.NONE)
    municipality = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    phone = models.CharField(max_length=40, blank=True)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gp_team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    died_on = models.DateField(null=True, blank=True)

    PERSONAL = ("given_name", "family_name", "national_number", "birth_date", "sex", "phone")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "national_number"],
                condition=~Q(national_number=""),
                name="patient_number_once",
            ),
            models.CheckConstraint(
                condition=Q(number_kind=NumberKind.NONE) | Q(national_number__regex=r"^[0-9]{11}$"),
                name="patient_number_is_eleven_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


@tracked()
class RelatedPerson(CommunityOwned):
    """Somebody near the patient: who, what they may see and enter, and whether they are the next of kin."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="related")
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=160)
    relation = models.CharField(max_length=12, choices=Relation)
    phone = models.CharField(max_length=40, blank=True)
    is_next_of_kin = models.BooleanField(default=False)
    may_see = models.BooleanField(default=False)
    may_enter = models.BooleanField(default=False)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    PERSONAL = ("name", "phone")

    class Meta:
        verbose_name_plural = "related persons"


@tracked()
class CareEpisode(PatientOwned):
    """A period in which a team follows the patient for a reason: the unit of responsibility and access.

    `agreement` is what lets a team of another tenant do it; the database asks for one.
    """

    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="episodes")
    agreement = models.ForeignKey(
        ServiceAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes"
    )
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=16, choices=EpisodeState, default=EpisodeState.ACTIVE)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "state"], name="episode_by_patient")]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="episode_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["patient", "team", "reason"],
                condition=Q(state__in=[EpisodeState.ACTIVE, EpisodeState.PAUSED]),
                name="episode_open_once",
            ),
        ]


@tracked()
class Block(CommunityOwned):
    """The patient does not want somebody to see: pasient- og brukerrettighetsloven § 5-3.

    Against a person, a team, an organisation or everybody; of all, or of `kinds` of information. It holds
    until the patient lifts it.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="blocks")
    against = models.CharField(max_length=12, choices=BlockedFrom)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tenant = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    from_day = models.DateField()
    lifted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="block_names_whom",
                condition=(
                    Q(against=BlockedFrom.PERSON, account__isnull=False)
                    | Q(against=BlockedFrom.TEAM, team__isnull=False)
                    | Q(against=BlockedFrom.TENANT, tenant__isnull=False)
                    | Q(against=BlockedFrom.EVERYBODY)
                ),
            ),
        ]
