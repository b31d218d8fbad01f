"""Code sets of joint money, from call to report, and what may follow what."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(TextChoices):
    """A call's life. «Open» and «closed» follow from its days (`rules.funds.calls`) and are never stored."""

    DRAFT = "draft", pgettext_lazy("call", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("call", "Announced")
    OPEN = "open", pgettext_lazy("call", "Open")
    CLOSED = "closed", pgettext_lazy("call", "Closed")
    DECIDED = "decided", pgettext_lazy("call", "Decided")


CALL_TRANSITIONS: dict[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.ANNOUNCED}),
    CallState.ANNOUNCED: frozenset({CallState.OPEN}),
    CallState.OPEN: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.DECIDED}),
    CallState.DECIDED: frozenset(),
}


class ApplicationState(TextChoices):
    """How far an application has come, from the first word to the gains a year after."""

    DRAFT = "draft", pgettext_lazy("application", "Draft")
    ENDORSED = "endorsed", pgettext_lazy("application", "Both sides have said yes")
    SUBMITTED = "submitted", pgettext_lazy("application", "Sent")
    FORMAL_CHECK = "formal_check", pgettext_lazy("application", "Formal check")
    INCOMPLETE = "incomplete", pgettext_lazy("application", "Something is missing")
    REVIEW = "review", pgettext_lazy("application", "Under review")
    RECOMMENDED = "recommended", pgettext_lazy("application", "Recommendation given")
    AWARDED = "awarded", pgettext_lazy("application", "Awarded")
    PARTLY_AWARDED = "partly_awarded", pgettext_lazy("application", "Awarded in part")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    ACCEPTED = "accepted", pgettext_lazy("application", "Award accepted")
    RUNNING = "running", pgettext_lazy("application", "Running")
    INTERIM_REPORT = "interim_report", pgettext_lazy("application", "Interim report sent")
    FINAL_REPORT = "final_report", pgettext_lazy("application", "Final report sent")
    APPROVED = "approved", pgettext_lazy("application", "Final report approved")
    GAINS_FOLLOWED_UP = "gains_followed_up", pgettext_lazy("application", "Gains followed up")


_S = ApplicationState
# A consent names the amount it was given to; when it falls away, an endorsed application is a draft again.
APPLICATION_TRANSITIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    _S.DRAFT: frozenset({_S.ENDORSED}),
    _S.ENDORSED: frozenset({_S.DRAFT, _S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.FORMAL_CHECK}),
    _S.FORMAL_CHECK: frozenset({_S.INCOMPLETE, _S.REVIEW}),
    _S.INCOMPLETE: frozenset({_S.SUBMITTED}),
    _S.REVIEW: frozenset({_S.RECOMMENDED}),
    _S.RECOMMENDED: frozenset({_S.AWARDED, _S.PARTLY_AWARDED, _S.REFUSED}),
    _S.AWARDED: frozenset({_S.ACCEPTED}),
    _S.PARTLY_AWARDED: frozenset({_S.ACCEPTED}),
    _S.REFUSED: frozenset(),
    _S.ACCEPTED: frozenset({_S.RUNNING}),
    _S.RUNNING: frozenset({_S.INTERIM_REPORT, _S.FINAL_REPORT}),
    _S.INTERIM_REPORT: frozenset({_S.FINAL_REPORT}),
    _S.FINAL_REPORT: frozenset({_S.APPROVED}),
    _S.APPROVED: frozenset({_S.GAINS_FOLLOWED_UP}),
    _S.GAINS_FOLLOWED_UP: frozenset(),
}
# The applicant writes in these, and in no other.
WRITABLE = frozenset({_S.DRAFT, _S.ENDORSED, _S.INCOMPLETE})
# Nobody has decided yet, but somebody has asked.
PENDING = frozenset({_S.SUBMITTED, _S.FORMAL_CHECK, _S.INCOMPLETE, _S.REVIEW, _S.RECOMMENDED})
# Those whose work has begun and not ended.
UNDER_WAY = frozenset({_S.RUNNING, _S.INTERIM_REPORT, _S.FINAL_REPORT})

# Those whose work has begun, ended or not.
STARTED = UNDER_WAY | {_S.APPROVED, _S.GAINS_FOLLOWED_UP}


class CriterionKind(TextChoices):
    """A formal criterion is met or not; one that is scored is given points and words."""

    FORMAL = "formal", pgettext_lazy("criterion", "met or not")
    SCORED = "scored", pgettext_lazy("criterion", "given points")


class BudgetSource(TextChoices):
    """A line of the budget is a cost, or it says who pays: the fund, a party or somebody else."""

    COST = "cost", pgettext_lazy("budget", "Cost")
    GRANT = "grant", pgettext_lazy("budget", "Joint funds")
    PARTY = "party", pgettext_lazy("budget", "Own share")
    OTHER = "other", pgettext_lazy("budget", "Others")


class Consent(TextChoices):
    """What a party says about an application and its own share; empty until somebody has answered."""

    YES = "yes", pgettext_lazy("consent", "Yes")
    REMARK = "remark", pgettext_lazy("consent", "Yes, with a remark")
    NO = "no", pgettext_lazy("consent", "No")


CONSENTING = frozenset({Consent.YES, Consent.REMARK})


class ConflictGround(TextChoices):
    """Why a reviewer does not score an application (grounds after forvaltningsloven § 6)."""

    OWN_ORGANISATION = "own_organisation", _("own organisation takes part in the application")
    PARTY = "party", _("takes part in the project")
    FAMILY = "family", _("close family takes part")
    LEADER = "leader", _("leads or works closely with those who apply")
    OTHER = "other", _("other circumstances that may weaken trust")


class AwardKind(TextChoices):
    """What the deciding body said, or what it is advised to say."""

    WHOLE = "whole", pgettext_lazy("award", "The whole amount")
    PART = "part", pgettext_lazy("award", "A part of it")
    REFUSED = "refused", pgettext_lazy("award", "Refused")


STATE_AFTER_AWARD = {
    AwardKind.WHOLE: _S.AWARDED,
    AwardKind.PART: _S.PARTLY_AWARDED,
    AwardKind.REFUSED: _S.REFUSED,
}


class ReportKind(TextChoices):
    """What those who got money tell: on the way, at the end, and what became of it a year later."""

    INTERIM = "interim", pgettext_lazy("report", "Interim report")
    FINAL = "final", pgettext_lazy("report", "Final report")
    GAINS = "gains", pgettext_lazy("report", "Gains a year after")


class ReportState(TextChoices):
    """A report waits, is sent, and is approved or sent back with words."""

    DUE = "due", pgettext_lazy("report", "To be written")
    SENT = "sent", pgettext_lazy("report", "Sent")
    RETURNED = "returned", pgettext_lazy("report", "Sent back")
    APPROVED = "approved", pgettext_lazy("report", "Approved")


REPORT_TRANSITIONS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.DUE: frozenset({ReportState.SENT}),
    ReportState.SENT: frozenset({ReportState.RETURNED, ReportState.APPROVED}),
    ReportState.RETURNED: frozenset({ReportState.SENT}),
    ReportState.APPROVED: frozenset(),
}
STATE_AFTER_REPORT = {
    ReportKind.INTERIM: _S.INTERIM_REPORT,
    ReportKind.FINAL: _S.FINAL_REPORT,
}
