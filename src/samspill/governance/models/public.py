"""What goes out: subscriptions of people without an account, and packages for each party's archive."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, WrittenForm, tracked
from samspill.governance.states import Follows


class Subscription(CommunityOwned):
    """Somebody who wants mail about what is public. It begins when they confirm it from their own mail.

    It has no history, because nothing of it is kept when it ends.

    token_hash  SHA-256 of the token that confirms it and ends it; the token stands only in mails
    """

    email = models.EmailField()
    follows = models.CharField(max_length=12, choices=Follows)
    body = models.ForeignKey(
        "directory.Body", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "governance.Case", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    query = models.CharField(max_length=400, blank=True)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    is_confirmed = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    sent_until = models.DateTimeField(null=True, blank=True)

    PERSONAL = ("email",)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_follows_display()


@tracked()
class Delivery(CommunityOwned):
    """A meeting's package as it was made for the parties' archives, and the receipt of each.

    receipts  {"party id": {"at": ISO time, "reference": words}}
    """

    meeting = models.ForeignKey("governance.Meeting", on_delete=models.PROTECT, related_name="deliveries")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    receipts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.meeting} {self.sha256[:8]}"

    @staticmethod
    def open_rows() -> Q:
        return Q(pk__in=[])
