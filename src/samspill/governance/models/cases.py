"""A case and what is written about it: sak, saksframlegg, uttalelse, forankringsrunde, vedlegg."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, WrittenForm, tracked
from samspill.governance.models.base import Screened, Written
from samspill.governance.states import (
    Access,
    AnchoringState,
    BriefPart,
    CaseKind,
    CaseState,
    Stance,
)

_OPEN_CASE = Q(case__is_open=True, case__access=Access.PUBLIC)


@tracked()
class Case(Screened):
    """One case with one number from the first report to the last follow-up, through every body.

    asks               what one wants clarified, in the words of the one who reported it
    concerns           whom it is about, in words
    large_consequence  larger administrative or economic consequences: the body above decides
    needs_anchoring    no meeting takes it before the municipalities have answered, or that is waived
    themes             codes of the shared subjects it is about (`directory.register.themes`)
    patient_groups     codes of the groups it is for, of the same register
    proposed_body      where the one who reported it, or the themes, want it treated
    """

    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=CaseKind, default=CaseKind.DECISION)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.DRAFT)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    asks = models.TextField(blank=True)
    concerns = models.CharField(max_length=500, blank=True)
    themes = models.JSONField(default=list, blank=True)
    patient_groups = models.JSONField(default=list, blank=True)
    large_consequence = models.BooleanField(default=False)
    needs_anchoring = models.BooleanField(default=False)
    proposed_body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reporter_name = models.CharField(max_length=160, blank=True)
    reporter_party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True)

    PERSONAL = ("reporter_name",)

    class Meta(Screened.Meta):
        ordering = ["-pk"]
        indexes = [models.Index(fields=["community", "state"], name="case_by_state")]
        constraints = [
            *Screened.Meta.constraints,
            models.UniqueConstraint(fields=["community", "year", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(state=CaseState.DRAFT) | Q(number__isnull=False, year__isnull=False),
                name="case_has_a_number_once_reported",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """«2026/14», or empty while it is a draft."""
        return f"{self.year}/{self.number}" if self.number else ""

    @property
    def question(self) -> str:
        """What the meeting is asked, as one sentence; empty for who may not read it."""
        return self.gist.question if hasattr(self, "gist") else ""

    @property
    def summary(self) -> str:
        """What it is about, in three lines; empty for who may not read it."""
        return self.gist.summary if hasattr(self, "gist") else ""


@tracked()
class CaseGist(CommunityOwned):
    """A case in a few words, as its brief says it now.

    It stands apart because who is disqualified may read that there is a case: a row cannot be closed in part.

    question  what the meeting is asked, as one sentence; becomes «Dette blir du spurt om»
    summary   what it is about, in three lines
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="gist")
    question = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.question or self.summary[:80]

    @staticmethod
    def open_rows() -> Q:
        return _OPEN_CASE


class CaseText(Written):
    """A part of a case's brief as it was saved."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="texts")
    part = models.CharField(max_length=16, choices=BriefPart)

    class Meta(Written.Meta):
        indexes = [models.Index(fields=["case", "part", "-id"], name="case_text_newest_first")]


class CaseBrief(Screened):
    """A numbered version of a brief as a body got it. Rows are only added.

    content   [{"part": code, "heading": words, "text": text}], in order, in the case's målform
    is_open   here it is said by the case: what is not open then is opened with the notice
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="briefs")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta(Screened.Meta):
        ordering = ["case", "-version"]
        constraints = [
            *Screened.Meta.constraints,
            models.UniqueConstraint(fields=["case", "version"], name="case_brief_version_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.version}"

    @staticmethod
    def open_rows() -> Q:
        return _OPEN_CASE & Q(access=Access.PUBLIC)


@tracked()
class StatementRequest(CommunityOwned):
    """Somebody is asked for a statement on a case by a day: a party, an organisation, or a body."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statement_requests")
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due = models.DateField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party", "organisation", "body"],
                nulls_distinct=False,
                name="statement_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.party or self.organisation or self.body)


class Statement(CommunityOwned):
    """What somebody says about a case. Rows are only added; the newest of each stands."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="statements")
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stance = models.CharField(max_length=12, choices=Stance, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.party or self.organisation or self.body or self.by_name)

    @staticmethod
    def open_rows() -> Q:
        return _OPEN_CASE


@tracked()
class AnchoringRound(CommunityOwned):
    """The municipalities of a region, or of the whole side, are asked about a case before a meeting.

    region        whose municipalities are asked; empty for all
    begun_for     the body whose meeting it is for
    waived_because  the reason, when somebody decided not to wait
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="anchoring_rounds")
    region = models.ForeignKey(
        "directory.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_for = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.CharField(max_length=500)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=AnchoringState, default=AnchoringState.OPEN)
    waived_because = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AnchoringState.WAIVED) | ~Q(waived_because=""),
                name="anchoring_waived_has_reason",
            ),
            models.UniqueConstraint(
                fields=["case", "region"],
                condition=Q(state=AnchoringState.OPEN),
                nulls_distinct=False,
                name="anchoring_one_open_round",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @staticmethod
    def open_rows() -> Q:
        return _OPEN_CASE


class AnchoringAnswer(CommunityOwned):
    """A municipality's answer in a round. Rows are only added; the newest of each municipality stands."""

    round = models.ForeignKey(AnchoringRound, on_delete=models.PROTECT, related_name="answers")
    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=12, choices=Stance)
    remark = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["round", "party", "-id"], name="anchoring_answer_newest")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_stance_display()}"

    @staticmethod
    def open_rows() -> Q:
        return Q(round__case__is_open=True, round__case__access=Access.PUBLIC)
