"""What the face says, in the language that was asked for: findings from their tables, refusals by gettext."""

from collections.abc import Callable

from django.utils.translation import gettext

from samspill.fhir.validation.issue import Issue
from samspill.fhir.validation.translating import in_words as findings_in_words
from samspill.refusal import Refused


def in_words(language: str) -> Callable[[Issue | Refused], str]:
    """How to say either in `language`, which is the active one of the request."""
    of_finding = findings_in_words(language)
    return lambda one: one.in_words(gettext) if isinstance(one, Refused) else of_finding(one)
