"""The FHIR R4 face of Samspill: what is checked, shown and taken in as FHIR. The tables are in `validation`."""

from samspill.fhir.validation.issue import Issue, is_valid
from samspill.fhir.validation.validating import validate

__all__ = ["Issue", "is_valid", "validate"]
