"""A case from the first word to the last follow-up, and what others are asked to say about it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CaseState(TextChoices):
    """How far a case has come. One case, one state, through every body."""

    DRAFT = "draft", pgettext_lazy("case", "Draft")
    REPORTED = "reported", pgettext_lazy("case", "Reported")
    RETURNED = "returned", pgettext_lazy("case", "Sent back to the one who reported it")
    PREPARING = "preparing", pgettext_lazy("case", "Being prepared")
    READY = "ready", pgettext_lazy("case", "Ready for a meeting")
    ON_AGENDA = "on_agenda", pgettext_lazy("case", "On an agenda")
    TREATED = "treated", pgettext_lazy("case", "Treated")
    FOLLOWED_UP = "followed_up", pgettext_lazy("case", "Being followed up")
    CLOSED = "closed", pgettext_lazy("case", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn")
    REJECTED = "rejected", pgettext_lazy("case", "Not taken up")


_S = CaseState
CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    _S.DRAFT: frozenset({_S.REPORTED, _S.WITHDRAWN}),
    _S.REPORTED: frozenset({_S.RETURNED, _S.PREPARING, _S.REJECTED, _S.WITHDRAWN}),
    _S.RETURNED: frozenset({_S.REPORTED, _S.WITHDRAWN}),
    _S.PREPARING: frozenset({_S.READY, _S.WITHDRAWN}),
    _S.READY: frozenset({_S.PREPARING, _S.ON_AGENDA, _S.WITHDRAWN}),
    # Treated and passed on, put off or sent back in one act: the next passage begins where it shall.
    _S.ON_AGENDA: frozenset({_S.TREATED, _S.READY, _S.PREPARING, _S.WITHDRAWN, _S.REJECTED}),
    _S.TREATED: frozenset({_S.READY, _S.PREPARING, _S.FOLLOWED_UP, _S.CLOSED}),
    _S.FOLLOWED_UP: frozenset({_S.CLOSED, _S.READY, _S.PREPARING}),
    _S.CLOSED: frozenset({_S.PREPARING}),
    _S.WITHDRAWN: frozenset({_S.REPORTED}),
    _S.REJECTED: frozenset({_S.PREPARING}),
}
# Those that nobody waits for any more.
ENDED = frozenset({_S.CLOSED, _S.WITHDRAWN, _S.REJECTED})
# The one who reported a case may write in it.
WRITABLE = frozenset({_S.DRAFT, _S.RETURNED})
# A brief is written in these.
BRIEFED = frozenset({_S.REPORTED, _S.PREPARING, _S.READY, _S.ON_AGENDA})


class CaseKind(TextChoices):
    """What a meeting is asked to do with a case."""

    DECISION = "decision", pgettext_lazy("kind of case", "Decision")
    DISCUSSION = "discussion", pgettext_lazy("kind of case", "Discussion")
    INFORMATION = "information", pgettext_lazy("kind of case", "Information")


class BriefPart(TextChoices):
    """The parts of a case brief, in their order."""

    SUMMARY = "summary", pgettext_lazy("brief", "In short")
    QUESTION = "question", pgettext_lazy("brief", "What is asked")
    BACKGROUND = "background", pgettext_lazy("brief", "Background")
    MUNICIPAL_VIEW = "municipal_view", pgettext_lazy("brief", "Assessment by the municipalities")
    HOSPITAL_VIEW = "hospital_view", pgettext_lazy("brief", "Assessment by the hospital")
    USER_VIEW = "user_view", pgettext_lazy("brief", "What this may mean for patients")
    GP_VIEW = "gp_view", pgettext_lazy("brief", "Assessment by the general practitioners")
    ADMINISTRATIVE = "administrative", pgettext_lazy("brief", "Administrative consequences")
    ECONOMIC = "economic", pgettext_lazy("brief", "Economic consequences")
    PRIVACY = "privacy", pgettext_lazy("brief", "Privacy")
    RECOMMENDATION = "recommendation", pgettext_lazy("brief", "Recommendation")


_P = BriefPart
# What must be written before a case may be ready, by what the meeting is asked to do.
REQUIRED_PARTS: dict[CaseKind, frozenset[BriefPart]] = {
    CaseKind.DECISION: frozenset(
        {
            _P.SUMMARY,
            _P.QUESTION,
            _P.BACKGROUND,
            _P.MUNICIPAL_VIEW,
            _P.HOSPITAL_VIEW,
            _P.USER_VIEW,
            _P.ADMINISTRATIVE,
            _P.ECONOMIC,
            _P.PRIVACY,
            _P.RECOMMENDATION,
        }
    ),
    CaseKind.DISCUSSION: frozenset({_P.SUMMARY, _P.QUESTION, _P.BACKGROUND}),
    CaseKind.INFORMATION: frozenset({_P.SUMMARY}),
}


class Stance(TextChoices):
    """What a party says, in a statement or an anchoring round. No row means no answer yet."""

    SUPPORTS = "supports", pgettext_lazy("stance", "Supports")
    WITH_REMARK = "with_remark", pgettext_lazy("stance", "Supports with a remark")
    OPPOSES = "opposes", pgettext_lazy("stance", "Does not support")


class AnchoringState(TextChoices):
    """An anchoring round is open until its day, closed by hand or by the meeting, or waived for a reason."""

    OPEN = "open", pgettext_lazy("anchoring round", "Open")
    CLOSED = "closed", pgettext_lazy("anchoring round", "Closed")
    WAIVED = "waived", pgettext_lazy("anchoring round", "Waived")


ANCHORED = frozenset({AnchoringState.CLOSED, AnchoringState.WAIVED})


class ForwardingKind(TextChoices):
    """The same case goes on to another body: up, down, or back to where it came from."""

    ESCALATED = "escalated", pgettext_lazy("forwarding", "lifted")
    DELEGATED = "delegated", pgettext_lazy("forwarding", "given as an assignment")
    SENT_BACK = "sent_back", pgettext_lazy("forwarding", "sent back")


class ForwardingReason(TextChoices):
    """Why a case goes up or down; the words beside it say more."""

    ECONOMY = "economy", pgettext_lazy("reason", "Money")
    PRINCIPLE = "principle", pgettext_lazy("reason", "A matter of principle")
    DISAGREEMENT = "disagreement", pgettext_lazy("reason", "The sides do not agree")
    AUTHORITY = "authority", pgettext_lazy("reason", "Outside the mandate")
    EXPERTISE = "expertise", pgettext_lazy("reason", "Needs to be looked into by those who know it")
    INCOMPLETE = "incomplete", pgettext_lazy("reason", "Something is missing")


REASONS: dict[ForwardingKind, tuple[ForwardingReason, ...]] = {
    ForwardingKind.ESCALATED: (
        ForwardingReason.ECONOMY,
        ForwardingReason.PRINCIPLE,
        ForwardingReason.DISAGREEMENT,
        ForwardingReason.AUTHORITY,
    ),
    ForwardingKind.DELEGATED: (ForwardingReason.EXPERTISE, ForwardingReason.AUTHORITY),
    ForwardingKind.SENT_BACK: (ForwardingReason.INCOMPLETE, ForwardingReason.EXPERTISE),
}
