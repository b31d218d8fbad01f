"""SMART backend services: machines that prove who they are with a key, and get a token for what they may.

Here: scopes as a table (`scopes`), the client's proof (`assertions`), the token endpoint as a plain function
(`token_endpoint`) and the document that tells where it is (`configuration`). Not here: HTTP.

Source: HL7 SMART App Launch 2.2.0, «Backend Services», «Client Authentication: Asymmetric» and «Scopes and
Launch Context» (hl7.org/fhir/smart-app-launch).
"""

from samspill.directory.trust.smart.assertions import check_assertion
from samspill.directory.trust.smart.configuration import smart_configuration
from samspill.directory.trust.smart.scopes import Scope, granted, is_allowed, parse_scope, parse_scopes, table
from samspill.directory.trust.smart.token_endpoint import Answer, Client, TokenEndpoint, answer

__all__ = [
    "Answer",
    "Client",
    "Scope",
    "TokenEndpoint",
    "answer",
    "check_assertion",
    "granted",
    "is_allowed",
    "parse_scope",
    "parse_scopes",
    "smart_configuration",
    "table",
]
