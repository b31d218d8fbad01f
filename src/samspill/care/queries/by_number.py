"""A patient by the whole national number: for who is to decide about them, and shows nothing before."""

from samspill.care.carrying import asking_for_number
from samspill.care.models import Patient
from samspill.directory.public import Prepared


def patient_by_number(digits: str) -> int | None:
    """The patient's own number here, or None. Whether one may see them is decided afterwards (`opening`)."""
    if not digits:
        return None
    with asking_for_number(digits):
        found = _NUMBERED.first(digits)
        return found.pk if found else None


_NUMBERED = Prepared[Patient](lambda digits: Patient.objects.filter(national_number=digits).only("pk"))
