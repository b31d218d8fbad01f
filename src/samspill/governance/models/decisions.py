"""What was decided, how, who disagreed, and what becomes of it party by party."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import Bloc, CommunityOwned, WrittenForm, tracked
from samspill.governance.states import (
    CarryingState,
    DecisionKind,
    DecisionMethod,
    DecisionState,
    DissentKind,
    FollowUpState,
    VoteChoice,
)


@tracked()
class Decision(CommunityOwned):
    """What a body decided or recommended on an item, in points.

    authority_words  the words of the mandate that made it a recommendation, for a body without authority
    is_open          the minutes are out and the case is not screened: everybody may read it
    replaced_by      the later decision that took its place
    """

    item = models.OneToOneField("governance.AgendaItem", on_delete=models.PROTECT, related_name="decision")
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        "governance.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField(max_length=16, choices=DecisionKind)
    state = models.CharField(max_length=12, choices=DecisionState, default=DecisionState.PROPOSED)
    method = models.CharField(max_length=20, choices=DecisionMethod, default=DecisionMethod.CONSENSUS)
    decided_on = models.DateField()
    effective_from = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    plain = models.CharField(max_length=500, blank=True)
    authority_words = models.TextField(blank=True)
    is_open = models.BooleanField(default=False)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["body", "-decided_on"], name="decision_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DecisionState.REPLACED) | Q(replaced_by__isnull=False),
                name="decision_replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.plain or str(self.item)

    @staticmethod
    def open_rows() -> Q:
        return Q(is_open=True)


@tracked()
class DecisionPoint(CommunityOwned):
    """A point of a decision. It has a follow-up, or somebody has chosen that it needs none.

    parties  those that are to carry it out, each with how far it has come
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    plain = models.CharField(max_length=500, blank=True)
    no_follow_up = models.BooleanField(default=False)

    class Meta:
        ordering = ["decision", "order"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="decision_point_order_once"),
        ]

    def __str__(self) -> str:
        return self.plain or self.text

    @staticmethod
    def open_rows() -> Q:
        return Q(decision__is_open=True)


@tracked()
class Vote(CommunityOwned):
    """How the holder of a voting seat voted."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey("governance.Seat", on_delete=models.PROTECT, related_name="+")
    tenure = models.ForeignKey("governance.Tenure", on_delete=models.PROTECT, related_name="+")
    bloc = models.CharField(max_length=12, choices=Bloc)
    choice = models.CharField(max_length=8, choices=VoteChoice)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="vote_once_per_seat")]

    def __str__(self) -> str:
        return f"{self.tenure}: {self.get_choice_display()}"

    @staticmethod
    def open_rows() -> Q:
        return Q(decision__is_open=True)


@tracked()
class Dissent(CommunityOwned):
    """Somebody disagrees with a decision, or wants words of theirs beside it in the minutes."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    tenure = models.ForeignKey(
        "governance.Tenure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bloc = models.CharField(max_length=12, choices=Bloc, blank=True)
    kind = models.CharField(max_length=8, choices=DissentKind, default=DissentKind.NOTE)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @staticmethod
    def open_rows() -> Q:
        return Q(decision__is_open=True)


@tracked()
class FollowUp(CommunityOwned):
    """What a point leads to: exactly one party or body answers for it, by a day."""

    point = models.OneToOneField(DecisionPoint, on_delete=models.PROTECT, related_name="follow_up")
    accountable_party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accountable_body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField()
    state = models.CharField(max_length=12, choices=FollowUpState, default=FollowUpState.OPEN)
    help_case = models.ForeignKey(
        "governance.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_by = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="dropped"
    )

    class Meta:
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["community", "state", "due"], name="follow_up_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(accountable_party__isnull=False, accountable_body__isnull=True)
                | Q(accountable_party__isnull=True, accountable_body__isnull=False),
                name="follow_up_one_accountable",
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.DROPPED) | Q(dropped_by__isnull=False),
                name="follow_up_dropped_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return str(self.point)

    @staticmethod
    def open_rows() -> Q:
        return Q(point__decision__is_open=True)


@tracked()
class FollowUpHelper(CommunityOwned):
    """A party or body that helps the one who answers for a follow-up."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="helpers")
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "party", "body"], nulls_distinct=False, name="follow_up_helper_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.party or self.body)

    @staticmethod
    def open_rows() -> Q:
        return Q(follow_up__point__decision__is_open=True)


class FollowUpReport(CommunityOwned):
    """How it goes with a follow-up, as somebody said it at a time. Rows are only added."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=12, choices=FollowUpState)
    sentence = models.CharField(max_length=500, blank=True)
    on_behalf_of = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.sentence or self.get_state_display()

    @staticmethod
    def open_rows() -> Q:
        return Q(follow_up__point__decision__is_open=True)


@tracked()
class DecisionParty(CommunityOwned):
    """How far one party has come with a point that binds it. The newest word stands; history keeps the rest.

    note  what the party says about it; why, when it does not concern the party
    """

    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=CarryingState, default=CarryingState.NOT_STARTED)
    note = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["point", "party"]
        constraints = [
            models.UniqueConstraint(fields=["point", "party"], name="decision_party_once"),
            models.CheckConstraint(
                condition=~Q(state=CarryingState.NOT_RELEVANT) | ~Q(note=""),
                name="decision_party_not_relevant_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_state_display()}"

    @staticmethod
    def open_rows() -> Q:
        return Q(point__decision__is_open=True)
