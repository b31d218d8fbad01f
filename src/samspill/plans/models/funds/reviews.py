"""Vurdering: who scores, what they may not see, the scores with their reasons, and the advice."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, tracked
from samspill.plans.models.funds.applications import Application
from samspill.plans.models.funds.schemes import Call, Criterion
from samspill.plans.states import AwardKind, ConflictGround


@tracked()
class Reviewer(CommunityOwned):
    """Somebody who scores the applications of a call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="reviewers")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["call", "account"], name="reviewer_once")]


@tracked()
class ConflictOfInterest(CommunityOwned):
    """Inhabilitet: this person neither sees nor scores this application.

    `is_automatic` when it was set because the person acts for a party of the application.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="conflicts")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=ConflictGround)
    words = models.CharField(max_length=500, blank=True)
    is_automatic = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "conflicts of interest"
        constraints = [
            models.UniqueConstraint(fields=["application", "account"], name="conflict_once"),
            models.CheckConstraint(
                condition=~Q(ground=ConflictGround.OTHER) | ~Q(words=""), name="conflict_other_has_words"
            ),
        ]


@tracked()
class Review(CommunityOwned):
    """A reviewer's score sheet for an application. It may be written anew until the advice is given."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "reviewer"], name="review_once")]


@tracked()
class Score(CommunityOwned):
    """Points on one criterion, and why."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(condition=~Q(words=""), name="score_has_its_reason"),
        ]


@tracked()
class Recommendation(CommunityOwned):
    """Innstilling: what the deciding body is advised to say about an application."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="recommendation")
    kind = models.CharField(max_length=8, choices=AwardKind)
    nok = models.BigIntegerField()
    words = models.TextField()
    left_out = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AwardKind.REFUSED, nok=0) | (~Q(kind=AwardKind.REFUSED) & Q(nok__gt=0)),
                name="recommendation_amount",
            ),
        ]
