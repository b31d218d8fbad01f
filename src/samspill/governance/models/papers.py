"""Papers of a case or a meeting, and the files of each: vedlegg."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, tracked
from samspill.governance.models.base import Screened
from samspill.governance.states import HANDED_OUT, Access, ScanState

_OPEN_CASE = Q(case__is_open=True, case__access=Access.PUBLIC)


@tracked()
class Paper(Screened):
    """An attachment of a case or a meeting; its file has versions."""

    case = models.ForeignKey(
        "governance.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    meeting = models.ForeignKey(
        "governance.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    is_removed = models.BooleanField(default=False)

    class Meta(Screened.Meta):
        ordering = ["order", "pk"]
        constraints = [
            *Screened.Meta.constraints,
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(meeting__isnull=False), name="paper_belongs_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        own = Q(is_open=True, access=Access.PUBLIC, is_removed=False)
        return own & (Q(case__isnull=True) | _OPEN_CASE)


@tracked()
class PaperVersion(CommunityOwned):
    """A file of a paper: its bytes are kept once, by their SHA-256, outside the database."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["paper", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "version"], name="paper_version_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        opened = Q(paper__is_open=True, paper__access=Access.PUBLIC, paper__is_removed=False)
        case = Q(paper__case__isnull=True) | Q(paper__case__is_open=True, paper__case__access=Access.PUBLIC)
        return opened & case & Q(scan__in=sorted(HANDED_OUT))
