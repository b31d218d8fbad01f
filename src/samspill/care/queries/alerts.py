"""A patient's alerts, but for those about what the patient has blocked. Inside `opening` of the patient."""

from collections.abc import Callable

from django.db.models import QuerySet

from samspill.care.models import Alert
from samspill.care.states import AlertKind

Hides = Callable[[str], bool]


def nothing(_part: str) -> bool:
    """Nothing is blocked."""
    return False


def part_of(kind: str) -> str:
    """The kind of information an alert is about, as a patient can block it."""
    return "messages" if kind == AlertKind.MESSAGE else "measurements"


def alerts_of(patient_id: int, hidden: Hides) -> QuerySet[Alert]:
    """Those in the records that are open, closed ones too. `hidden` is `Opened.hides`."""
    left_out = [kind for kind in AlertKind if hidden(part_of(kind))]
    return Alert.objects.filter(patient_id=patient_id).exclude(kind__in=left_out)
