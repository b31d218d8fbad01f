"""Sets of open statistics that were taken in use, with their files; kept so that a run can be made again."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import Actor


class DataPackQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "DataPackQuerySet":
        """Which open statistics are in use is no secret."""
        return self.all()

    def standing(self) -> "DataPackQuerySet":
        """Those that have not been withdrawn, the one in use first."""
        return self.filter(withdrawn_at__isnull=True)


class DataPack(models.Model):
    """A set of open statistics that was checked and taken in use.

    The newest that is not withdrawn is the one that runs read. A withdrawn one is kept: what rests on it says
    so, with `withdrawn_because`.
    """

    name = models.CharField(max_length=120)
    folder = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=64, unique=True)
    credit = models.TextField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(auto_now=True)
    taken_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=160, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = DataPackQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="pack_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_year}–{self.last_year}"

    @property
    def credit_of_population(self) -> str:
        """The first source: who counted the people. The others lent births and deaths to the projection."""
        return self.credit.partition("; ")[0]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_embedded(self) -> bool:
        return not self.folder


class PackFile(models.Model):
    """A file of a pack, as it was read. The folder it came from is not needed afterwards."""

    pack = models.ForeignKey(DataPack, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    objects = DataPackQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["pack", "name"], name="pack_file_once")]

    def __str__(self) -> str:
        return self.name
