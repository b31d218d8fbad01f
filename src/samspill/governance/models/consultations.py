"""Hearings: a question set, who answers what, and one joint text whose sources are seen."""

from django.db import models
from django.db.models import F, Q

from samspill.directory.public import CommunityOwned, WrittenForm, tracked
from samspill.governance.models.base import Written
from samspill.governance.states import ConsultationState


@tracked()
class Consultation(CommunityOwned):
    """Somebody asks the helsefellesskap questions, and it answers with one voice.

    case    the case in which a body approves the joint answer
    sha256  of the Word document that was delivered, "" before that
    """

    title = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=160, blank=True)
    intro = models.TextField(blank=True)
    state = models.CharField(max_length=16, choices=ConsultationState, default=ConsultationState.RECEIVED)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    contributions_by = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    approved_by_body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.OneToOneField(
        "governance.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="consultation"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    delivered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        return Q(state=ConsultationState.PUBLISHED)


@tracked()
class ConsultationQuestion(CommunityOwned):
    """A question of the set, in the asker's words, and who leads the answer to it (one, or nobody).

    published_text  the wording that everybody may read, while the answer is published
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="questions")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    lead_party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lead_body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    led_by_secretariat = models.BooleanField(default=False)
    is_done = models.BooleanField(default=False)
    published_text = models.OneToOneField(
        "governance.JointText", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["consultation", "order"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "order"], name="consultation_question_once"),
            models.CheckConstraint(
                condition=Q(lead_party=None, lead_body=None)
                | Q(lead_party=None, led_by_secretariat=False)
                | Q(lead_body=None, led_by_secretariat=False),
                name="consultation_question_one_lead",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_led(self) -> bool:
        return bool(self.lead_party_id or self.lead_body_id or self.led_by_secretariat)

    @staticmethod
    def open_rows() -> Q:
        return Q(consultation__state=ConsultationState.PUBLISHED)


class Contribution(Written):
    """What a party or body says to a question, as it was saved."""

    question = models.ForeignKey(ConsultationQuestion, on_delete=models.PROTECT, related_name="contributions")
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Written.Meta):
        indexes = [models.Index(fields=["question", "-id"], name="contribution_newest_first")]


class JointText(Written):
    """The joint answer to a question, as it was saved.

    sources  ids of the contributions that its paragraphs rest on: [[1, 4], [], [2]]
    """

    question = models.ForeignKey(ConsultationQuestion, on_delete=models.PROTECT, related_name="joint_texts")
    sources = models.JSONField(default=list, blank=True)

    class Meta(Written.Meta):
        indexes = [models.Index(fields=["question", "-id"], name="joint_text_newest_first")]

    @staticmethod
    def open_rows() -> Q:
        """The wording that was published; what it was written from is for those inside."""
        return Q(question__consultation__state=ConsultationState.PUBLISHED, question__published_text=F("pk"))
