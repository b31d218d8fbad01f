"""The FHIR R4 face of Samspill: what is checked, shown and taken in. The tables are in `validation`."""

from samspill.fhir.capability import capability_statement
from samspill.fhir.outcome import operation_outcome
from samspill.fhir.validation.issue import Issue, is_valid
from samspill.fhir.validation.translating import in_words
from samspill.fhir.validation.validating import validate
from samspill.fhir.wire import encode, parse

__all__ = [
    "Issue",
    "capability_statement",
    "encode",
    "in_words",
    "is_valid",
    "operation_outcome",
    "parse",
    "validate",
]
