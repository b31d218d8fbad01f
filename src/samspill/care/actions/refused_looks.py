"""A look that was refused is kept too: for the control of the organisation, and for the patient.

Normen faktaark 15: attempts at unauthorised use are logged and followed up (ehelse.no).
"""

import re

from django.db.models import F
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.care.actions.emergency import may_use
from samspill.care.models import RefusedLook
from samspill.care.queries.access_facts import asking
from samspill.directory.public import Actor, WayOn
from samspill.refusal import Refused

PATIENT_PATH = re.compile(r"/pasienter/([0-9]{1,18})/", re.ASCII)
PASSED_BY_EMERGENCY = frozenset({"access.no_relation", "access.blocked"})


def patient_in(path: str) -> int | None:
    """Whom a page is about, by its address."""
    found = PATIENT_PATH.match(path)
    return int(found[1]) if found else None


def keep_refused(refusal: Refused, path: str, actor: Actor) -> None:
    """For `REFUSAL_EARS`: a refusal of a patient's page, once a minute with how many times."""
    patient = patient_in(path)
    if patient is not None and refusal.forbidden and refusal.code.startswith("access."):
        count_refused(patient, refusal.code, by=actor)


def count_refused(patient_id: int, code: str, *, by: Actor) -> None:
    """The number need not be anybody's: whether there is such a patient is not told, and not looked up."""
    minute = timezone.now().replace(second=0, microsecond=0)
    key = {"community_id": by.community_id, "by_id": by.account_id, "asked": patient_id, "code": code,
           "minute": minute}  # fmt: skip
    if RefusedLook.objects.filter(**key).update(times=F("times") + 1):
        return
    tenants = sorted({int(one.subject.tenant) for one in asking(by) if one.subject.tenant})
    made = RefusedLook(**key, by_name=by.name, tenants=tenants)
    RefusedLook.objects.bulk_create([made], ignore_conflicts=True)


def way_by_emergency(refusal: Refused, path: str, actor: Actor) -> WayOn | None:
    """Who may use emergency access is shown the way to it, also for a number that is nobody's."""
    patient = patient_in(path)
    if patient is None or refusal.code not in PASSED_BY_EMERGENCY or not may_use(by=actor):
        return None
    try:
        return WayOn(_("Use emergency access"), reverse("care:emergency", args=[patient]))
    except NoReverseMatch:
        return None
