"""Medication lists of a patient: the one in use, those before it, and what is new in one, in plain words.

All are called inside `care.actions.opening.opening` of the patient, and see what its decisions open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.care.medication_states import Decision, ListState
from samspill.care.models import MedicationLine, MedicationList
from samspill.refusal import Refused

PART = "medication"
"""What a patient's block of this kind of information is called."""
SAYS_DOSE = (Decision.NEW, Decision.CHANGED)
SIGNED = (ListState.SIGNED, ListState.REPLACED)


def list_in_use(patient_id: int) -> MedicationList | None:
    """The newest that is signed and not replaced, of all records that are open."""
    return with_lines().filter(patient_id=patient_id, state=ListState.SIGNED).first()


def own_list(patient_id: int, tenant: int) -> MedicationList | None:
    """The one in use in one organisation's record; its lines are read when they are asked for."""
    return MedicationList.objects.filter(patient_id=patient_id, tenant=tenant, state=ListState.SIGNED).first()


def with_lines() -> QuerySet[MedicationList]:
    lines = Prefetch("lines", MedicationLine.objects.order_by("order"))
    return MedicationList.objects.select_related("team", "tenant").prefetch_related(lines)


def signed_lists(patient_id: int) -> list[MedicationList]:
    """Those in use first, then those they replaced; drafts and mistakes are not among them."""
    rows = MedicationList.objects.filter(patient_id=patient_id, state__in=SIGNED).select_related(
        "team", "tenant"
    )
    return sorted(rows, key=lambda one: not one.is_in_use)


def find_list(list_id: int, patient_id: int) -> MedicationList:
    """Refuses (`medication.not_here`) a list that is none of the patient's, or not open to who looks."""
    row = with_lines().filter(pk=list_id, patient_id=patient_id).first()
    if row is None:
        raise Refused(
            "medication.not_here", gettext_lazy("There is no such list here. Choose one of the patient's."),
            forbidden=True,
        )  # fmt: skip
    return row


@dataclass(frozen=True)
class Group:
    """Lines of which the same was decided, in the order of the list. `heading` says what."""

    decision: str
    heading: str
    lines: Sequence[MedicationLine]

    @property
    def is_taken(self) -> bool:
        return self.decision in (Decision.NEW, Decision.CHANGED, Decision.CONTINUED)


_HEADINGS = {
    Decision.NEW: gettext_lazy("New medicines"),
    Decision.CHANGED: gettext_lazy("Changed"),
    Decision.PAUSED: gettext_lazy("Pause with these"),
    Decision.STOPPED: gettext_lazy("Stop with these"),
    Decision.CONTINUED: gettext_lazy("As before"),
}
_SAID = {
    Decision.NEW: gettext_lazy("New: %(what)s"),
    Decision.CHANGED: gettext_lazy("Changed: %(what)s"),
    Decision.PAUSED: gettext_lazy("Pause: %(what)s"),
    Decision.STOPPED: gettext_lazy("Stop with: %(what)s"),
}


def groups(lines: Iterable[MedicationLine]) -> list[Group]:
    """What is other than before stands first; what goes on as before comes last."""
    every = list(lines)
    found = [(one, [line for line in every if line.decision == one]) for one in _HEADINGS]
    return [Group(str(one), str(_HEADINGS[one]), some) for one, some in found if some]


def changes_said(lines: Iterable[MedicationLine]) -> list[str]:
    """What is new, changed, paused and stopped, a sentence each, in the language that is active."""
    return [
        str(_SAID[Decision(group.decision)]) % {"what": _said(line)}
        for group in groups(lines)
        if group.decision in _SAID
        for line in group.lines
    ]


def _said(line: MedicationLine) -> str:
    """«Furosemid 40 mg tablett, 1 om morgenen. Mot væske i kroppen.»"""
    first = ", ".join(filter(None, (str(line), line.dose if line.decision in SAYS_DOSE else "")))
    said = [f"{first}."]
    if line.purpose and line.decision == Decision.NEW:
        said.append(_("For: %(purpose)s.") % {"purpose": line.purpose.rstrip(".")})
    if line.reason:
        said.append(_("Why: %(reason)s.") % {"reason": line.reason.rstrip(".")})
    if line.to_day:
        said.append(_("Until %(day)s.") % {"day": _day(line.to_day)})
    return " ".join(said)


def _day(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j b Y"))


def summary(lines: Iterable[MedicationLine]) -> str:
    """«2 new, 1 stopped, 5 as before»."""
    return ", ".join(f"{len(group.lines)} {Decision(group.decision).label}" for group in groups(lines))
