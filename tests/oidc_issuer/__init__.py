"""A small real OpenID Connect issuer on 127.0.0.1, strict about its clients and able to misbehave on demand.

It speaks as HelseID does: PAR, PKCE, private_key_jwt, DPoP with nonces, single-use codes. It consents at once
on behalf of `person`, an invented one. `seen` holds every request, so that a test can look at the wire.

    with LocalIssuer(client_key.public_jwk()) as issuer:
        party = RelyingParty(Provider.from_settings("local", issuer.settings(client_key)))
"""

from oidc_issuer.server import CLIENT_ID, LocalIssuer, Misbehaviour, Seen, visit

__all__ = ["CLIENT_ID", "LocalIssuer", "Misbehaviour", "Seen", "visit"]
