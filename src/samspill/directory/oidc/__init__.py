"""Signing in with HelseID and ID-porten: OpenID Connect with PAR, PKCE, private_key_jwt and DPoP.

Here: the protocol, without Django and without a database. Lowest first: `keys`, `providers` (settings),
`wire` (HTTP), `issuer` (discovery and signing keys), `identity` (who), `tokens` (what is trusted), `flow`
(one sign-in). Not here: sessions, pages, sentences for people (`directory.views.oidc`), and which account an
identity opens (`directory.actions.accounts.account_for_identity`).

Everything is refused with `Refused` and a stable code that begins with `oidc.`; its sentence is for the log.

Sources: OpenID Connect Core 1.0, RP-Initiated Logout 1.0 and Back-Channel Logout 1.0; RFC 7636 (PKCE), 9126
(PAR), 9207 (iss), 9449 (DPoP); draft-ietf-oauth-rfc7523bis (client assertions); HelseID's security profile;
ID-porten's documentation.
"""

from samspill.directory.oidc.flow import Begun, Pending, RelyingParty, SignedIn
from samspill.directory.oidc.identity import Identity
from samspill.directory.oidc.providers import Provider

__all__ = ["Begun", "Identity", "Pending", "Provider", "RelyingParty", "SignedIn"]
