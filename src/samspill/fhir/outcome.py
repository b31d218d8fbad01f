"""Findings and refusals as an OperationOutcome, the one form in which the FHIR face says no.

https://hl7.org/fhir/R4/operationoutcome.html. `details.text` is the sentence for people, `details.coding` the
stable key for machines, `expression` the place.
"""

from collections.abc import Callable, Iterable
from typing import Any

from samspill.fhir.validation.issue import ERROR, INFORMATION, Issue
from samspill.refusal import Refused, Sentence

InWords = Callable[[Issue | Refused], str]
KEYS = "urn:samspill:finding"
_WELL = Refused("valid", Sentence("Nothing was found to be wrong."))
# The issue-type of a refusal by the last part of its code; "business-rule" when none of these says it better.
_TYPES = {
    "forbidden": "forbidden",
    "unknown": "not-found",
    "missing": "required",
    "required": "required",
    "duplicate": "duplicate",
    "exists": "duplicate",
    "conflict": "conflict",
    "stale": "conflict",
    "expired": "expired",
    "too-large": "too-long",
    "not-found": "not-found",
    "incomplete": "incomplete",
}


def operation_outcome(
    what: Iterable[Issue] | Refused, *, in_words: InWords = lambda said: said.sentence
) -> dict[str, Any]:
    """The OperationOutcome of findings, or of a refusal. No findings give one that says that all is well.

    `in_words` says an issue or a refusal in the reader's language; without it, its English source sentence.
    Where the two differ, `diagnostics` has the source, which a programmer finds in the documentation.
    """
    if isinstance(what, Refused):
        return _resource([_refusal(what, in_words)])
    issues = [_issue(one, in_words(one)) for one in what]
    return _resource(issues or [_nothing(in_words)])


def _resource(issues: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": issues}


def _nothing(in_words: InWords) -> dict[str, Any]:
    made = _refusal(_WELL, in_words)
    return made | {"severity": INFORMATION, "code": "informational"}


def _issue(issue: Issue, sentence: str) -> dict[str, Any]:
    made = _said(issue.severity, issue.code, issue.key, sentence, issue.sentence)
    return made | ({"expression": [issue.expression]} if issue.expression else {})


def _refusal(refused: Refused, in_words: InWords) -> dict[str, Any]:
    code = "forbidden" if refused.forbidden else _type_of(refused.code)
    made = _said(ERROR, code, refused.code, in_words(refused), refused.sentence)
    return made | ({"expression": [refused.field]} if refused.field else {})


def _type_of(code: str) -> str:
    return next(
        (kind for end, kind in _TYPES.items() if code == end or code.endswith((f"-{end}", f".{end}"))),
        "business-rule",
    )


def _said(severity: str, code: str, key: str, sentence: str, source: str) -> dict[str, Any]:
    details = {"coding": [{"system": KEYS, "code": key}]} if key else {}
    made = {"severity": severity, "code": code, "details": details | {"text": sentence}}
    return made | ({"diagnostics": source} if source != sentence else {})
