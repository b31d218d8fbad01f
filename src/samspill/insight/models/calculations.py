"""Stored calculations: what was asked, of which figures, by which method, and what came out."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.insight.models.packs import DataPack

CALCULATION = "insight.calculation"  # what links and search call one
KEY_LENGTH = 12  # characters of the fingerprint that make the address; 48 bits


@tracked()
class Calculation(CommunityOwned):
    """An answer with its question, never changed, so that a case or a measure can point at it for years.

    `key` is the head of the fingerprint of kind, question and provenance: the same question put to the same
    figures by the same method is the same calculation. `asked` is the whole question with nothing left
    to defaults, `found` the whole answer, both as JSON gives them back.
    """

    key = models.CharField(max_length=KEY_LENGTH)
    kind = models.SlugField(max_length=40)
    pack = models.ForeignKey(DataPack, on_delete=models.PROTECT, related_name="calculations")
    asked = models.JSONField()
    provenance = models.JSONField()
    found = models.JSONField()
    is_open = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="calculation_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @staticmethod
    def open_rows() -> Q:
        """What was shown to somebody outside is open to all."""
        return Q(is_open=True)
