"""The outbox: what somebody is to be told by mail, kept until the next bundle leaves."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.worklist.states import NoticeState


@tracked()
class Notice(CommunityOwned):
    """One paragraph of somebody's next mail, written in that person's målform.

    `key` is unique per person: telling the same thing twice makes one notice. `asks` holds what the mail
    offers to do with one click: [{"act": key of LINK_ACTS, "thing": number, "arguments": {…}}]. `calendar` is
    an iCalendar message that goes with the mail (RFC 5545, RFC 5546), empty when there is none.
    `leaves_from` is for what cannot wait for the working day: it leaves from then on, day and night.
    """

    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    asks = models.JSONField(default=list, blank=True)
    calendar = models.TextField(blank=True)
    state = models.CharField(max_length=8, default=NoticeState.WAITING)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    leaves_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "account", "key"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(state=NoticeState.SENT, sent_at__isnull=False)
                | (~Q(state=NoticeState.SENT) & Q(sent_at__isnull=True)),
                name="notice_sent_when_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "account"],
                condition=Q(state=NoticeState.WAITING),
                name="notice_waiting",
            ),
            models.Index(
                fields=["leaves_from"],
                condition=Q(state=NoticeState.WAITING, leaves_from__isnull=False),
                name="notice_at_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
