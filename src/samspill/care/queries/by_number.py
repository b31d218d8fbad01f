"""A patient by the whole national number: for who is to decide about them, and shows nothing before."""

from samspill.directory.public import call


def patient_by_number(digits: str) -> int | None:
    """The patient's own number here, or None. Whether one may see them is decided afterwards (`opening`)."""
    found: int | None = call("care_patient_numbered", digits) if digits else None
    return found
