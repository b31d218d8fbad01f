"""Data sets, their versions, and what was done with them. Rows themselves stand in files, not here."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from samspill.directory.public import Actor
from samspill.insight.states.data_sets import Origin, VersionState


class DataQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "DataQuerySet":
        """Which data figures rest on, from where and when, is no secret. Rows about persons are not here."""
        return self.all()


class DataSet(models.Model):
    """A source of one table that indicators rest on, in versions.

    `titles` by language. `question` is what a source is asked: source, table, select, codelists, address.
    `mapping` is the YAML by which its files become the table. `interval_days` is how often it is asked again;
    `last_refusal` what it answered instead of figures the last time, "" when it answered.
    """

    key = models.SlugField(max_length=60, unique=True)
    titles = models.JSONField()
    table = models.CharField(max_length=30)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=120, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    owner = models.CharField(max_length=160, blank=True)
    has_persons = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FILE)
    question = models.JSONField(default=dict, blank=True)
    mapping = models.TextField(blank=True)
    interval_days = models.PositiveSmallIntegerField(null=True, blank=True)
    is_taken_by_itself = models.BooleanField(default=False)
    last_asked = models.DateTimeField(null=True, blank=True)
    last_refusal = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)

    objects = DataQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=Origin.CONNECTOR) | ~Q(question={}),
                name="data_set_connector_has_question",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="data_set_has_source"),
        ]

    def __str__(self) -> str:
        return self.key

    def title(self, language: str) -> str:
        return str(self.titles.get(language) or self.titles.get("nb") or self.key)


class DataVersion(models.Model):
    """A file or an answer as it was brought in. `folder` is its place below the home folder's `data`.

    `faults`, `difference` (from the version that was in use then) and `provenance` are as
    `samspill.analysis.intake` tells them. Nothing of a refused version is kept but this.
    """

    data_set = models.ForeignKey(DataSet, on_delete=models.PROTECT, related_name="versions")
    table = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.FETCHED)
    retrieved_at = models.DateTimeField()
    brought_by = models.CharField(max_length=160)
    source_updated = models.CharField(max_length=40, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    mapping = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(default=0)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    provenance = models.JSONField(default=dict, blank=True)
    faults = models.JSONField(default=list, blank=True)
    difference = models.JSONField(null=True, blank=True)
    folder = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=160, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    CHANGED = (
        "state", "sha256", "rows", "first_year", "last_year", "provenance", "faults", "difference", "folder",
        "taken_at", "taken_by", "ended_at", "ended_by", "withdrawn_because",
    )  # fmt: skip
    """What may be written after it was brought in; the database lets nothing else be changed."""

    objects = DataQuerySet.as_manager()

    class Meta:
        ordering = ["data_set", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["data_set", "number"], name="data_version_once"),
            models.UniqueConstraint(
                fields=["table"], condition=Q(state=VersionState.IN_USE), name="data_version_one_in_use"
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.WITHDRAWN) | ~Q(withdrawn_because=""),
                name="data_version_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.IN_USE) | Q(taken_at__isnull=False) & ~Q(folder=""),
                name="data_version_in_use_is_there",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True) | Q(first_year__lte=F("last_year")),
                name="data_version_years",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.data_set.key} {self.number}"

    @property
    def is_in_use(self) -> bool:
        return self.state == VersionState.IN_USE


class DataEvent(models.Model):
    """What was done with a version, also by Samspill itself and from the command line. Append only.

    Rows about persons: every reading of them is here.
    """

    version = models.ForeignKey(DataVersion, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    act = models.CharField(max_length=40)
    details = models.JSONField(default=dict)

    PERSONAL = ("by_name",)

    objects = DataQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.act} {self.version_id}"
