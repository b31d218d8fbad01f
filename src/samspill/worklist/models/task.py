"""Something somebody is to do: what, who, by when, about which thing."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from samspill.directory.public import CommunityOwned, RoleCode, tracked
from samspill.worklist.states import HolderKind, TaskState

_HOLDERS = ("account", "body", "party")


def _exactly_one_holder() -> Q:
    """One of account, body, party or role, and none of the others."""
    choices = Q()
    for chosen in (*_HOLDERS, "role"):
        only = Q(role="") if chosen != "role" else ~Q(role="")
        for other in _HOLDERS:
            only &= Q(**{f"{other}__isnull": other != chosen})
        choices |= only
    return choices


@tracked()
class Task(CommunityOwned):
    """Waits for one account, body, party or role; everybody in the community may read it.

    Never deleted: a task is done, dropped or put off, and its history can be read.

    `about_kind` and `about_id` point at a thing of any app; `act_label` is then what its button says.
    `outcome` tells what came of it, or why it was dropped.
    """

    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    account = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=20, choices=RoleCode, blank=True)
    due = models.DateField(null=True, blank=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    act_label = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    snoozed_until = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due", "pk"]
        indexes = [
            models.Index(
                fields=["community", "due"],
                condition=Q(state__in=[TaskState.OPEN, TaskState.SNOOZED]),
                name="task_unfinished",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=_exactly_one_holder(), name="task_one_holder"),
            models.CheckConstraint(
                condition=Q(about_kind="", about_id__isnull=True)
                | (~Q(about_kind="") & Q(about_id__isnull=False)),
                name="task_about_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, done_at__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(done_at__isnull=True, done_by__isnull=True)),
                name="task_done_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.SNOOZED, snoozed_until__isnull=False)
                | (~Q(state=TaskState.SNOOZED) & Q(snoozed_until__isnull=True)),
                name="task_put_off_to_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.DROPPED) | ~Q(outcome=""), name="task_dropped_with_reason"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("worklist:task", args=[self.pk])

    @property
    def holder_name(self) -> str:
        """Who it waits for, in words. Reads account, body and party: select them with the task."""
        return str(self.account or self.body or self.party or RoleCode(self.role).label)

    @property
    def holder_kind(self) -> str:
        columns = {
            HolderKind.ACCOUNT: self.account_id,
            HolderKind.BODY: self.body_id,
            HolderKind.PARTY: self.party_id,
        }
        return next((kind for kind, value in columns.items() if value), HolderKind.ROLE)

    @property
    def is_finished(self) -> bool:
        return self.state in (TaskState.DONE, TaskState.DROPPED)
