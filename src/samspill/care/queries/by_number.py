"""A patient by the whole national number: for who is to decide about them, and shows nothing before."""

from samspill.care.carrying import asking_for_number
from samspill.care.models import Patient


def patient_by_number(digits: str) -> int | None:
    """The patient's own number here, or None. Whether one may see them is decided afterwards (`opening`)."""
    if not digits:
        return None
    with asking_for_number(digits):
        return Patient.objects.filter(national_number=digits).values_list("pk", flat=True).first()
