"""«Si ifra hvis du lurer på noe»: the patient asks about a look, and the organisation must answer in time."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.access_states import ReviewKind
from samspill.care.actions.opening import Opened
from samspill.care.models import AccessLogEntry, AccessReview
from samspill.care.queries.access_log import about
from samspill.care.states import Basis
from samspill.directory.public import Actor
from samspill.directory.trust.purposes import access_rules
from samspill.refusal import Refused

LONGEST = 1000


def ask_about(opened: Opened, entry_id: int, text: str, *, by: Actor) -> AccessReview:
    """A question to the organisation the look was made for. The patient must be open to the patient's side.

    Refuses an empty question (`looked.empty`), a long one (`looked.long`), a line that is not about the
    patient (`looked.not_here`), and somebody at work (`looked.not_yours`): they ask their own leader.
    """
    _check(text)
    if not is_own_side(opened):
        raise Refused(
            "looked.not_yours", _("Only the patient, or somebody the patient has let in, asks here."),
            forbidden=True,
        )  # fmt: skip
    entry = about(opened.patient.pk).filter(pk=entry_id).first()
    tenant = answerable(entry) if entry else None
    if entry is None or tenant is None:
        raise Refused("looked.not_here", _("There is no such look here. Choose one on the page."))
    with transaction.atomic():
        return AccessReview.objects.create(
            community_id=entry.community_id,
            tenant_id=tenant,
            patient_id=opened.patient.pk,
            kind=ReviewKind.QUESTION,
            entry=entry,
            looked_by_id=entry.by_id,
            looked_name=entry.by_name,
            told_id=opened.patient.account_id,
            asked_by_id=by.account_id,
            question=text.strip(),
            due_on=by.today + timedelta(days=access_rules().review_within.days),
        )


def is_own_side(opened: Opened) -> bool:
    """The patient, or somebody the patient has let in."""
    return all(one.basis in (Basis.OWN, Basis.RELATIVE) for one in opened.decisions)


def is_themselves(opened: Opened) -> bool:
    """The patient, and nobody else on the patient's behalf."""
    return any(one.basis == Basis.OWN for one in opened.decisions)


def answerable(entry: AccessLogEntry) -> int | None:
    """Who answers for a look: whom the person worked for, or else whose record it was."""
    return entry.worked_for_id or next(iter(entry.tenants), None)


def _check(text: str) -> None:
    if not text.strip():
        raise Refused("looked.empty", _("Write what you wonder about."), field="question")
    if len(text) > LONGEST:
        said = _("A question can be %(most)s characters, and this is %(length)s. Make it shorter.")
        raise Refused("looked.long", said % {"most": LONGEST, "length": len(text)}, field="question")
