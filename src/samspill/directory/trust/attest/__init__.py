"""Attests of the Tillitsrammeverk: why a health worker may look in another organisation's record.

Here: the 58 rules as a table (`rules.yaml`, `table`), an attest's parts, reading and writing it, checking one
that arrives and issuing our own. Not here: whether our own people may look (`decision_rules`), and the log.

Source: github.com/NorskHelsenett/Tillitsrammeverk, specs/.
"""

from samspill.directory.trust.attest.checks import Finding, check_attest, findings
from samspill.directory.trust.attest.issuing import (
    WhoAndWhere,
    for_citizen,
    issue_attest,
    read_signed_attest,
    sign_attest,
)
from samspill.directory.trust.attest.parts import (
    Attest,
    AttestPatient,
    CareRelation,
    Code,
    DecisionRef,
    PersonId,
    Practitioner,
    UnitId,
)
from samspill.directory.trust.attest.reading import attest_of, read_attest, to_document
from samspill.directory.trust.attest.table import Rule, rules

__all__ = [
    "Attest",
    "AttestPatient",
    "CareRelation",
    "Code",
    "DecisionRef",
    "Finding",
    "PersonId",
    "Practitioner",
    "Rule",
    "UnitId",
    "WhoAndWhere",
    "attest_of",
    "check_attest",
    "findings",
    "for_citizen",
    "issue_attest",
    "read_attest",
    "read_signed_attest",
    "rules",
    "sign_attest",
    "to_document",
]
