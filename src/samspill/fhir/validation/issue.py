"""One finding in a resource: how bad, of what kind, where, and a sentence that says how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from samspill.fhir.validation.sentences import SENTENCES

ERROR, WARNING, INFORMATION = "error", "warning", "information"


@dataclass(frozen=True)
class Issue:
    """A finding. `code` is an R4 issue-type, `expression` the place
    (`Observation.component[1].valueQuantity`).

    `key` and `parameters` are for a face that says the sentence in another language: `SENTENCES[key]` is the
    source sentence. Neither holds a value that may identify a person.
    """

    severity: str
    code: str
    expression: str
    key: str
    parameters: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        return SENTENCES[self.key].format(**self.parameters)

    def __str__(self) -> str:
        return f"{self.severity} at {self.expression}: {self.sentence}"


def is_valid(issues: Iterable[Issue]) -> bool:
    """Whether nothing among the findings makes the resource invalid: warnings and information do not."""
    return not any(issue.severity == ERROR for issue in issues)
