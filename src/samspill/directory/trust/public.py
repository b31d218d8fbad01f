"""The door of this package, for the face that answers other systems: what their tokens are checked with."""

from samspill.directory.jose import key_set, public_key
from samspill.directory.oidc.keys import read_private_jwk
from samspill.directory.oidc.proving import with_proof
from samspill.directory.oidc.wire import Answer as Answered
from samspill.directory.trust.access_tokens import TrustedIssuer
from samspill.directory.trust.callers import Caller
from samspill.directory.trust.door import Asked, admit, challenge
from samspill.directory.trust.dpop import UsedIds
from samspill.directory.trust.local_issuer import LocalIssuer
from samspill.directory.trust.nonces import Nonces
from samspill.directory.trust.smart import (
    Client,
    Scope,
    TokenEndpoint,
    answer,
    granted,
    is_allowed,
    parse_scopes,
    smart_configuration,
)
from samspill.directory.trust.smart.asking import KINDS as ISSUER_KINDS
from samspill.directory.trust.smart.asking import Login, Tokens

__all__ = [
    "ISSUER_KINDS",
    "Answered",
    "Asked",
    "Caller",
    "Client",
    "LocalIssuer",
    "Login",
    "Nonces",
    "Scope",
    "TokenEndpoint",
    "Tokens",
    "TrustedIssuer",
    "UsedIds",
    "admit",
    "answer",
    "challenge",
    "granted",
    "is_allowed",
    "key_set",
    "parse_scopes",
    "public_key",
    "read_private_jwk",
    "smart_configuration",
    "with_proof",
]
