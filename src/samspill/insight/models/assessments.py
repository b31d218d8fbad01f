"""Minimetodevurdering: the national form, filled in part by part."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.insight.states.assessments import AssessmentState


@tracked()
class Assessment(CommunityOwned):
    """A minimetodevurdering of a community.

    `content` has the answers of each part of the form by the part's code, as `assessment_fields` names them;
    a part nobody has begun is not there. Figures are pointed at by the keys of stored calculations.
    `owner` answers for it: is reminded when it is to be assessed again.
    """

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=AssessmentState, default=AssessmentState.DRAFT)
    content = models.JSONField(default=dict)
    is_open = models.BooleanField(default=False)
    owner = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "title"], name="assessment_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="assessment_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        return Q(is_open=True)
