"""Meetings, what stands on their agendas, who comes, and what came of each item."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from samspill.governance.states.cases import CaseKind


class MeetingState(TextChoices):
    """From a date in the year plan to approved minutes."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    DRAFT = "draft", pgettext_lazy("meeting", "Agenda being made")
    CALLED = "called", pgettext_lazy("meeting", "Called")
    UNDER_WAY = "under_way", pgettext_lazy("meeting", "Under way")
    HELD = "held", pgettext_lazy("meeting", "Held")
    MINUTES_OUT = "minutes_out", pgettext_lazy("meeting", "Minutes out for remarks")
    MINUTES_APPROVED = "minutes_approved", pgettext_lazy("meeting", "Minutes approved")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


_M = MeetingState
MEETING_TRANSITIONS: dict[MeetingState, frozenset[MeetingState]] = {
    _M.PLANNED: frozenset({_M.DRAFT, _M.CANCELLED}),
    _M.DRAFT: frozenset({_M.CALLED, _M.CANCELLED}),
    _M.CALLED: frozenset({_M.UNDER_WAY, _M.CANCELLED}),
    _M.UNDER_WAY: frozenset({_M.HELD}),
    _M.HELD: frozenset({_M.MINUTES_OUT}),
    _M.MINUTES_OUT: frozenset({_M.MINUTES_APPROVED}),
    _M.MINUTES_APPROVED: frozenset(),
    _M.CANCELLED: frozenset(),
}
# Its agenda may still change freely; from the notice on, a late item needs the chair's yes.
OPEN_AGENDA = frozenset({_M.PLANNED, _M.DRAFT})
# The notice has been sent: what is public of it is open to everybody.
ANNOUNCED = frozenset({_M.CALLED, _M.UNDER_WAY, _M.HELD, _M.MINUTES_OUT, _M.MINUTES_APPROVED})
# Still to come or going on.
COMING = frozenset({_M.PLANNED, _M.DRAFT, _M.CALLED, _M.UNDER_WAY})


class ItemKind(TextChoices):
    """What stands on an agenda, in the order it is taken."""

    APPROVAL = "approval", pgettext_lazy("agenda", "Approval of minutes")
    ANSWER = "answer", pgettext_lazy("agenda", "Answer from another body")
    DECISION = "decision", pgettext_lazy("agenda", "Decision")
    DISCUSSION = "discussion", pgettext_lazy("agenda", "Discussion")
    INFORMATION = "information", pgettext_lazy("agenda", "Information")
    DECISION_STATUS = "decision_status", pgettext_lazy("agenda", "Status of decisions")
    OTHER_BUSINESS = "other_business", pgettext_lazy("agenda", "Any other business")


AGENDA_ORDER: tuple[ItemKind, ...] = tuple(ItemKind)
ITEM_OF_CASE: dict[CaseKind, ItemKind] = {
    CaseKind.DECISION: ItemKind.DECISION,
    CaseKind.DISCUSSION: ItemKind.DISCUSSION,
    CaseKind.INFORMATION: ItemKind.INFORMATION,
}
# Minutes one sets aside for an item of each kind until somebody says otherwise.
MINUTES_FOR: dict[ItemKind, int] = {
    ItemKind.APPROVAL: 5,
    ItemKind.ANSWER: 5,
    ItemKind.DECISION: 20,
    ItemKind.DISCUSSION: 20,
    ItemKind.INFORMATION: 10,
    ItemKind.DECISION_STATUS: 10,
    ItemKind.OTHER_BUSINESS: 5,
}


class Outcome(TextChoices):
    """What came of an item; `NOARK_CODE` has what Noark 5 (M055) calls it."""

    DECIDED = "decided", pgettext_lazy("outcome", "Decided")
    RECOMMENDED = "recommended", pgettext_lazy("outcome", "Recommended")
    POSTPONED = "postponed", pgettext_lazy("outcome", "Postponed")
    SENT_BACK = "sent_back", pgettext_lazy("outcome", "Sent back")
    ESCALATED = "escalated", pgettext_lazy("outcome", "Lifted")
    NOTED = "noted", pgettext_lazy("outcome", "Noted")
    DELEGATED = "delegated", pgettext_lazy("outcome", "Given as an assignment")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome", "Withdrawn")
    REJECTED = "rejected", pgettext_lazy("outcome", "Not taken up")


_O = Outcome
NOARK_CODE: dict[Outcome, str] = {
    _O.DECIDED: "BE",
    _O.RECOMMENDED: "BE",
    _O.POSTPONED: "UT",
    _O.SENT_BACK: "TB",
    _O.ESCALATED: "BE",
    _O.NOTED: "BE",
    _O.DELEGATED: "TB",
    _O.WITHDRAWN: "BE",
    _O.REJECTED: "BE",
}
# The key that says it in the meeting room.
OUTCOME_KEYS: dict[str, Outcome] = {
    "1": _O.DECIDED,
    "2": _O.RECOMMENDED,
    "3": _O.POSTPONED,
    "4": _O.SENT_BACK,
    "5": _O.ESCALATED,
    "6": _O.NOTED,
    "7": _O.DELEGATED,
}
# The outcome is a text in points.
WITH_POINTS = frozenset({_O.DECIDED, _O.RECOMMENDED, _O.ESCALATED})
# The case goes on to another passage.
GOES_ON = frozenset({_O.POSTPONED, _O.SENT_BACK, _O.ESCALATED, _O.DELEGATED})


class TreatmentState(TextChoices):
    """A passage of a case through a body."""

    PREPARING = "preparing", pgettext_lazy("treatment", "Being prepared")
    QUEUED = "queued", pgettext_lazy("treatment", "In the queue")
    ON_AGENDA = "on_agenda", pgettext_lazy("treatment", "On an agenda")
    TREATED = "treated", pgettext_lazy("treatment", "Treated")
    CANCELLED = "cancelled", pgettext_lazy("treatment", "Taken back")


_T = TreatmentState
TREATMENT_TRANSITIONS: dict[TreatmentState, frozenset[TreatmentState]] = {
    _T.PREPARING: frozenset({_T.QUEUED, _T.CANCELLED}),
    _T.QUEUED: frozenset({_T.PREPARING, _T.ON_AGENDA, _T.CANCELLED}),
    _T.ON_AGENDA: frozenset({_T.QUEUED, _T.TREATED, _T.CANCELLED}),
    _T.TREATED: frozenset(),
    _T.CANCELLED: frozenset(),
}


class Answer(TextChoices):
    """What somebody who is called says; iCalendar's PARTSTAT (RFC 5545) says the same."""

    NONE = "none", pgettext_lazy("invitation", "Has not answered")
    YES = "yes", pgettext_lazy("invitation", "Comes")
    PERHAPS = "perhaps", pgettext_lazy("invitation", "Perhaps")
    NO = "no", pgettext_lazy("invitation", "Cannot come")


PARTSTAT: dict[str, Answer] = {
    "NEEDS-ACTION": Answer.NONE,
    "ACCEPTED": Answer.YES,
    "TENTATIVE": Answer.PERHAPS,
    "DECLINED": Answer.NO,
}


class Presence(TextChoices):
    """Whether somebody was there, for the whole meeting or for one item."""

    PRESENT = "present", pgettext_lazy("attendance", "Present")
    ABSENT = "absent", pgettext_lazy("attendance", "Absent")
    LEFT = "left", pgettext_lazy("attendance", "Had left")
    DISQUALIFIED = "disqualified", pgettext_lazy("attendance", "Disqualified")


class ConflictConclusion(TextChoices):
    """What is concluded about somebody's impartiality; «not disqualified» is written down as well."""

    RAISED = "raised", pgettext_lazy("impartiality", "Raised")
    DISQUALIFIED = "disqualified", pgettext_lazy("impartiality", "Disqualified")
    QUALIFIED = "qualified", pgettext_lazy("impartiality", "Not disqualified")


class ImpartialityGround(TextChoices):
    """Grounds of forvaltningsloven § 6, first paragraph a–e and second paragraph."""

    PARTY = "party", pgettext_lazy("impartiality", "is a party in the case")
    FAMILY = "family", pgettext_lazy("impartiality", "is closely related to a party")
    SPOUSE = "spouse", pgettext_lazy("impartiality", "is or was married, engaged or foster parent to a party")
    REPRESENTS = "represents", pgettext_lazy("impartiality", "represents or has acted for a party")
    LEADS = (
        "leads",
        pgettext_lazy("impartiality", "leads or is on the board of an organisation that is a party"),
    )
    OTHER = "other", pgettext_lazy("impartiality", "other circumstances that may weaken trust")
