"""Who there is: helsefellesskap, their parties, regions, organisations, units and bodies.

Bodies stand here, not in governance, because plans, agreements and tasks all point at them as somebody who
answers; what a body may and who sits in it is governance's
(docs/explanation/adr/0003-bodies-in-the-directory.md).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from samspill.directory.actor import Actor
from samspill.directory.models.base import EVERY_ROW, CommunityOwned, tracked
from samspill.directory.states import (
    BLOC_OF,
    Bloc,
    BodyKind,
    OrganisationKind,
    PartyKind,
    UnitKind,
    WrittenForm,
)


class OpenQuerySet(models.QuerySet):
    """Facts that everybody may see."""

    def visible_to(self, actor: Actor) -> "OpenQuerySet":
        return self.all()


class Community(models.Model):
    """A helsefellesskap: one health trust and its municipalities as equal partners. A public fact."""

    code = models.CharField(max_length=8, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=160)
    written_form = models.CharField(max_length=2, choices=WrittenForm)
    health_region = models.CharField(max_length=40)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "communities"

    def __str__(self) -> str:
        return self.full_name


@tracked()
class Party(CommunityOwned):
    """A legal entity of a community: a municipality or a health trust."""

    kind = models.CharField(max_length=16, choices=PartyKind)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, blank=True)
    orgnr = models.CharField(max_length=9, blank=True)
    municipality_code = models.CharField(max_length=4, blank=True)
    written_form = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality_code"],
                condition=~Q(municipality_code="") & Q(left__isnull=True),
                name="party_one_community_per_municipality",
            ),
            models.CheckConstraint(
                condition=Q(kind=PartyKind.HEALTH_TRUST) | ~Q(municipality_code=""),
                name="party_municipality_has_code",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @property
    def bloc(self) -> Bloc:
        return BLOC_OF[self.kind]

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW


@tracked()
class Region(CommunityOwned):
    """Municipalities that speak with one voice: legevaktsdistrikt, kommuneregion. Its set is dated."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, help_text="what this community calls such a region")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "kind", "name"], name="region_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW


class DateSpan(Func):
    """[from, to) as a range; an empty `to` is open."""

    function = "daterange"
    output_field = DateRangeField()


@tracked()
class RegionMunicipality(CommunityOwned):
    """A municipality is in a region from a day until (not including) another."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="municipalities")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="regions")
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="region_municipality_once_at_a_time",
                expressions=[
                    (F("region"), RangeOperators.EQUAL),
                    (F("party"), RangeOperators.EQUAL),
                    (DateSpan(F("from_day"), F("to_day"), Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW


class Organisation(models.Model):
    """Somebody outside the parties: KS, user organisations, Statsforvalter, NAV. A public fact."""

    name = models.CharField(max_length=160, unique=True)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=16, choices=OrganisationKind)
    orgnr = models.CharField(max_length=9, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name or self.name


@tracked()
class Unit(CommunityOwned):
    """A part of a party that does the work: ward, home nursing district, allocation office."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=UnitKind)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW


@tracked()
class Body(CommunityOwned):
    """A committee, network or secretariat of a community, by the name and short form its people use."""

    kind = models.CharField(max_length=24, choices=BodyKind)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="body_name_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gt=F("starts")),
                name="body_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW
