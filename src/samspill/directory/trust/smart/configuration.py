"""The document at `.well-known/smart-configuration`: where machines ask for tokens, and what they may ask.

Source: HL7 SMART App Launch 2.2.0, «App State and Conformance», fields of a SMART configuration.
"""

from collections.abc import Iterable

from samspill.directory.jose import ALGORITHMS

CAPABILITIES = ("client-confidential-asymmetric", "permission-v1", "permission-v2")


def smart_configuration(
    *, issuer: str, token_endpoint: str, jwks_uri: str, scopes: Iterable[str]
) -> dict[str, object]:
    """The whole document, as JSON values. `scopes` are those we give out, such as `system/Observation.rs`."""
    return {
        "issuer": issuer,
        "jwks_uri": jwks_uri,
        "token_endpoint": token_endpoint,
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": sorted(ALGORITHMS),
        "dpop_signing_alg_values_supported": sorted(ALGORITHMS),
        "code_challenge_methods_supported": ["S256"],  # required of all, also of those who offer no launch
        "scopes_supported": sorted(set(scopes)),
        "capabilities": list(CAPABILITIES),
    }
