"""Code sets of care. Stored values are stable codes; labels are for people."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NumberKind(TextChoices):
    """What kind of number a person is known by, as `rulebook.national_number` names them."""

    FNR = "fnr", _("national identity number")
    DNR = "dnr", _("D-number")
    HELP = "hjelpenummer", _("emergency number")
    NONE = "none", _("no number")


class Sex(TextChoices):
    """As the population register has it; FHIR administrative-gender."""

    FEMALE = "female", _("female")
    MALE = "male", _("male")
    UNKNOWN = "unknown", _("unknown")


class AddressProtection(TextChoices):
    """How the population register shields an address: code 7 and code 6."""

    NONE = "none", _("none")
    CONFIDENTIAL = "confidential", _("confidential address (code 7)")
    STRICTLY_CONFIDENTIAL = "strictly_confidential", _("strictly confidential address (code 6)")


class TeamKind(TextChoices):
    WARD = "ward", _("hospital ward")
    HOME_NURSING = "home_nursing", _("home nursing")
    NURSE_SERVICE = "nurse_service", _("digital follow-up service")
    GP = "gp", _("GP practice")
    OUT_OF_HOURS = "out_of_hours", _("out-of-hours clinic")
    ACROSS = "across", _("team across levels")
    COORDINATING = "coordinating", _("coordinating unit")


class TeamFunction(TextChoices):
    """What a member does in a team (Volven 9034, the few we need)."""

    NURSE = "nurse", _("nurse")
    PHYSICIAN = "physician", _("physician")
    HELPER = "helper", _("health care worker")
    LEADER = "leader", _("leader")
    COORDINATOR = "coordinator", _("coordinator")


class EpisodeState(TextChoices):
    """FHIR EpisodeOfCare.status."""

    PLANNED = "planned", _("planned")
    ACTIVE = "active", _("active")
    PAUSED = "onhold", _("paused")
    FINISHED = "finished", _("finished")
    CANCELLED = "cancelled", _("cancelled")
    MISTAKE = "entered-in-error", _("entered in error")


EPISODE_MOVES: Mapping[str, frozenset[str]] = {
    EpisodeState.PLANNED: frozenset({EpisodeState.ACTIVE, EpisodeState.CANCELLED, EpisodeState.MISTAKE}),
    EpisodeState.ACTIVE: frozenset({EpisodeState.PAUSED, EpisodeState.FINISHED, EpisodeState.MISTAKE}),
    EpisodeState.PAUSED: frozenset({EpisodeState.ACTIVE, EpisodeState.FINISHED, EpisodeState.MISTAKE}),
    EpisodeState.FINISHED: frozenset({EpisodeState.MISTAKE}),
    EpisodeState.CANCELLED: frozenset({EpisodeState.MISTAKE}),
    EpisodeState.MISTAKE: frozenset(),
}
SEEN_WHILE = (EpisodeState.ACTIVE, EpisodeState.PAUSED)
"""The states in which an episode lets its team see the patient."""


class Relation(TextChoices):
    """Who somebody is to the patient (FHIR v3 RoleCode, the few that are asked for)."""

    CHILD = "child", _("daughter or son")
    SPOUSE = "spouse", _("spouse or partner")
    PARENT = "parent", _("parent")
    SIBLING = "sibling", _("sister or brother")
    GUARDIAN = "guardian", _("guardian")
    FRIEND = "friend", _("friend")
    OTHER = "other", _("other")


class Right(TextChoices):
    """What a team may do for the patients of another tenant under a service agreement."""

    READ = "read", _("read")
    MEASURE = "measure", _("take in measurements")
    ANSWER = "answer", _("answer alerts")
    PLAN = "plan", _("change plans and limits")
    BREAK_GLASS = "break_glass", _("use emergency access")


class Purpose(TextChoices):
    """Why somebody looks (HL7 v3 PurposeOfUse, as in Tillitsrammeverk ATT-38 to 41)."""

    TREATMENT = "TREAT", _("treatment")
    EMERGENCY = "ETREAT", _("emergency treatment")
    COORDINATION = "COC", _("coordination of care")
    BREAK_GLASS = "BTG", _("emergency access")
    OWN = "PATRQT", _("the patient's own access")
    RELATIVE = "FAMRQT", _("access of somebody near")
    DUTY = "HSYSADMIN", _("Samspill watching over limits and due times")


class Basis(TextChoices):
    """What a decision rests on, as `directory.trust.decision_bases` names it."""

    TEAM = "care_team", _("is in the team that follows the patient")
    EPISODE = "care_episode", _("works where the patient is followed")
    AGREEMENT = "service_agreement", _("works for the municipality under an agreement")
    OWN = "own_record_patient", _("is the patient")
    RELATIVE = "guardian_or_relative", _("is a relative with a right to see")
    BREAK_GLASS = "break_glass", _("used emergency access")
    LIST = "list_narrow", _("looks at the list of the team")
    DUTY = "duty", _("Samspill itself")


class Act(TextChoices):
    """What was done with what one saw, in the log."""

    READ = "read", _("looked at")
    LIST = "list", _("saw on a list")
    WRITE = "write", _("wrote")
    EXPORT = "export", _("took out")
    SEARCH = "search", _("searched for")


class BlockedFrom(TextChoices):
    """Whom a patient's block is against."""

    PERSON = "person", _("a person")
    TEAM = "team", _("a team")
    TENANT = "tenant", _("an organisation")
    EVERYBODY = "everybody", _("everybody")


class IndicatorKind(TextChoices):
    """How one knows: a value is measured, a question is answered, or somebody has seen it."""

    MEASURED = "measured", _("measured")
    ASKED = "asked", _("asked")
    OBSERVED = "observed", _("observed")


class Entered(TextChoices):
    """How a measurement got here."""

    SYSTEM = "system", _("from another system")
    PATIENT = "patient", _("entered by the patient")
    RELATIVE = "relative", _("entered by somebody near")
    STAFF = "staff", _("entered by staff")
    PHONE = "phone", _("told by phone")
    FILE = "file", _("from a file")


class AlertKind(TextChoices):
    """Why a person must look (C3 invariants 2, 8 and 25)."""

    OUTSIDE = "outside", _("outside the limits")
    NOT_TRIAGED = "not_triaged", _("no rule to hold it against")
    MACHINE_FAILURE = "machine_failure", _("the rule failed")
    UNEXPECTED = "unexpected", _("not asked for")
    MISSING = "missing", _("did not come")
    SAFETY_ANSWER = "safety_answer", _("an answer that cannot wait")
    MESSAGE = "message", _("a message")
    SET_ASIDE = "set_aside", _("set aside: it cannot be right")


class AlertState(TextChoices):
    """Where an alert is. Whether the value is inside again (`cleared_at`) is another fact."""

    RAISED = "raised", _("new")
    TAKEN = "taken", _("taken")
    ACKNOWLEDGED = "acknowledged", _("understood")
    ACTED = "acted", _("acted on")
    CLOSED = "closed", _("closed")


class AlertAct(TextChoices):
    """What happens with an alert. Acts are only added, never changed."""

    RAISED = "raised", _("raised")
    MEASURED_AGAIN = "measured_again", _("measured again")
    CLEARED = "cleared", _("inside again")
    SEEN = "seen", _("seen")
    TAKEN = "taken", _("taken")
    RELEASED = "released", _("let go")
    ACKNOWLEDGED = "acknowledged", _("understood")
    ACTED = "acted", _("acted on")
    PROPOSED = "proposed", _("offered to another team")
    ACCEPTED = "accepted", _("taken over")
    DECLINED = "declined", _("not taken over")
    ESCALATED = "escalated", _("told to others")
    CLOSED = "closed", _("closed")
    INVALIDATED = "invalidated", _("measurement set aside")
    RESTORED = "restored", _("measurement counts again")


_AT_WORK = frozenset({AlertState.RAISED, AlertState.TAKEN, AlertState.ACKNOWLEDGED, AlertState.ACTED})
_STANDS = (
    AlertAct.MEASURED_AGAIN,
    AlertAct.CLEARED,
    AlertAct.SEEN,
    AlertAct.PROPOSED,
    AlertAct.DECLINED,
    AlertAct.ESCALATED,
    AlertAct.INVALIDATED,
    AlertAct.RESTORED,
)
ALERT_MOVES: Mapping[str, tuple[frozenset[str], str | None]] = {
    **dict.fromkeys(_STANDS, (_AT_WORK, None)),
    AlertAct.TAKEN: (_AT_WORK, AlertState.TAKEN),
    AlertAct.RELEASED: (_AT_WORK - {AlertState.RAISED}, AlertState.RAISED),
    AlertAct.ACCEPTED: (_AT_WORK, AlertState.RAISED),
    AlertAct.ACKNOWLEDGED: (_AT_WORK, AlertState.ACKNOWLEDGED),
    AlertAct.ACTED: (_AT_WORK - {AlertState.RAISED}, AlertState.ACTED),
    AlertAct.CLOSED: (_AT_WORK - {AlertState.RAISED}, AlertState.CLOSED),
}
"""Act -> the states it may be done in, and the state it leads to (None: the same)."""


class MessageWay(TextChoices):
    """Who writes to whom."""

    TO_PATIENT = "to", _("to the patient")
    FROM_PATIENT = "from", _("from the patient or somebody near")


class PauseCause(TextChoices):
    """What began a pause of what is watched."""

    HAND = "hand", _("set by somebody")
    ADMISSION = "admission", _("admitted to hospital")
